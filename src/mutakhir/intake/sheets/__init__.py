"""From bytes to sheets of text cells, whatever the container: the only part that opens files."""

from mutakhir.intake.sheets.opening import opened
from mutakhir.intake.sheets.sheet import Sheet

__all__ = ["Sheet", "opened"]
