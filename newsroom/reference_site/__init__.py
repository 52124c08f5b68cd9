"""A small web site over the standard schema: what readers see, and where they report typos.

It speaks Russian whatever the language of the program, and knows nothing of the newsroom's own database.
"""
