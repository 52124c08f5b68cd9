"""``python -m newsroom`` is the command line."""

from newsroom.cli import main

raise SystemExit(main())
