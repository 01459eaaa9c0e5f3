"""``python -m mutakhir``: the same as ``./mutakhir``."""

from mutakhir.cli import main

main()
