"""``python -m ui``: the program with a window."""

import sys

from ui.app import main

sys.exit(main())
