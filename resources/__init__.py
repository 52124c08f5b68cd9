"""Icons, templates, translations and the sample newsroom: files beside the code, found through `FOLDER`."""

from pathlib import Path

FOLDER = Path(__file__).parent
