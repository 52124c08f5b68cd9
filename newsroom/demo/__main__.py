"""``python -m newsroom.demo``."""

import sys

from newsroom.demo.journey import main

sys.exit(main(sys.argv[1:]))
