"""``python -m whosays`` is ``whosays``."""

from whosays.cli import main

main()
