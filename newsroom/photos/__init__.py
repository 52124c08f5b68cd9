"""Photos: checking and cleaning what comes in, the store of originals, smaller copies. Pillow is used here alone."""
