"""The sample newsroom: built with the desk's own use cases, shown in the window or published without one."""

from newsroom.demo.journey import main
from newsroom.demo.sample import build_sample

__all__ = ["build_sample", "main"]
