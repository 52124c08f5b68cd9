"""The desktop newsroom: everything but the window. Usable without Qt."""

__version__ = "0.1.0"
