"""What a machine can find in an article before a reader does.

Each check is a small function in the file of its subject. Some look at one paragraph (`Piece`), others at the article
(`Material`); `checker` runs them all and remembers what it has seen. All of them rather stay silent than cry wolf.
"""
