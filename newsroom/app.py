"""The one composition root: a home directory becomes a newsroom with its stores, sites and publisher."""
from pathlib import Path
