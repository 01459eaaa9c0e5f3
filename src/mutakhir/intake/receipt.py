"""The receipt: where every line of a file went (docs/formats/receipt.md)."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from mutakhir.intake.damage import Damage
from mutakhir.intake.issues import ISSUES
from mutakhir.intake.refused import FileRefusedError

FORMAT: Final = 1
#: A receipt lists this many set-aside rows; all of them stand in set_aside.parquet.
MOST_ROWS: Final = 100_000

#: taken: rows went in; held: nothing went in, all rows wait (unknown layout, --region missing);
#: already: the same bytes were taken in before; refused: nothing could be read.
Status = Literal["taken", "held", "already", "refused"]


@dataclass
class SheetReceipt:
    """One sheet's count: ``lines = read + skipped`` and ``read = accepted + held + rejected``."""

    number: int
    sheet: str
    layout: str
    lines: int = 0
    read: int = 0
    accepted: int = 0
    held: int = 0
    rejected: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    warnings: Counter[tuple[str, str]] = field(default_factory=Counter)
    columns: dict[str, str] = field(default_factory=dict)  # heading -> field, "" = not read

    def to_json(self) -> dict[str, Any]:
        """As it stands in receipt.json."""
        return {
            "number": self.number,
            "sheet": self.sheet,
            "layout": self.layout,
            "lines": self.lines,
            "read": self.read,
            "accepted": self.accepted,
            "held": self.held,
            "rejected": self.rejected,
            "skipped_lines": dict(sorted(self.skipped.items())),
            "columns": self.columns,
            "warnings": [
                {"field": name, "code": code, "rows": rows, "action": ISSUES[code].action}
                for (name, code), rows in sorted(self.warnings.items())
            ],
        }


@dataclass
class Receipt:
    """One file's receipt."""

    file: str
    source_id: str
    status: Status = "taken"
    sheets: list[SheetReceipt] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    damage: Damage = field(default_factory=Damage)
    error: dict[str, str] | None = None
    #: members of an archive that could not be read: member, code, message, action
    refused_members: list[dict[str, str]] = field(default_factory=list)
    #: files made for the office: rows to mend, a draft mapping (paths)
    made: dict[str, str] = field(default_factory=dict)

    @classmethod
    def refused(cls, file: str, source_id: str, refusal: FileRefusedError) -> "Receipt":
        """The receipt of a file that could not be taken in."""
        return cls(file, source_id, "refused", error=refusal.to_json())

    @classmethod
    def already(cls, taken: dict[str, Any]) -> "Receipt":
        """The counts of a receipt.json, for the same bytes handed in again."""
        counts = ("number", "sheet", "layout", "lines", "read", "accepted", "held", "rejected")
        sheets = [SheetReceipt(**{name: of[name] for name in counts}) for of in taken["sheets"]]
        receipt = cls(taken["file"], taken["source_id"], "already", sheets)
        receipt.refused_members = taken.get("refused_members", [])
        return receipt

    @property
    def totals(self) -> dict[str, int]:
        """Read, accepted, held and rejected over all sheets."""
        names = ("read", "accepted", "held", "rejected")
        return {name: sum(getattr(sheet, name) for sheet in self.sheets) for name in names}

    def to_json(self) -> dict[str, Any]:
        """As it stands in receipt.json."""
        return {
            "format": FORMAT,
            "file": self.file,
            "source_id": self.source_id,
            "status": self.status,
            **self.totals,
            "sheets": [sheet.to_json() for sheet in self.sheets],
            "rows": self.rows,
            "damage": self.damage.findings(),
            "error": self.error,
            "refused_members": self.refused_members,
            "made": self.made,
        }


def totals(receipts: list[Receipt]) -> dict[str, int]:
    """Read, accepted, held and rejected over all files, and the files that were refused."""
    names = ("read", "accepted", "held", "rejected")
    added = {name: sum(receipt.totals[name] for receipt in receipts) for name in names}
    return added | {"refused_files": sum(receipt.status == "refused" for receipt in receipts)}
