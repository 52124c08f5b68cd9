"""The page of photos, and the pictures that other pages show."""
