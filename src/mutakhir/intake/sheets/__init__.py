"""From bytes to sheets of text cells, whatever the container: the only part that opens files."""

from mutakhir.intake.sheets.opening import Opened, opened
from mutakhir.intake.sheets.sheet import Sheet

__all__ = ["Opened", "Sheet", "opened"]
