"""Lines of a decision file as a hand writes them: chained, and asked nothing."""

from collections.abc import Iterable
from pathlib import Path

from mutakhir.casework import decision_file
from mutakhir.casework.decision import Decision


def append(path: Path, decisions: Iterable[Decision]) -> None:
    """Put ``decisions`` at the end of the file."""
    known = decision_file.read(path).end
    with decision_file.sealing(path, known) as held:
        held.append(decisions)
