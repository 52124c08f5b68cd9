"""Reading an article as its readers will, and seeing what was changed in it."""
