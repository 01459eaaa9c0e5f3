"""The plan: how one sheet is to be read. A layout's reader makes it from the sheet's first rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from mutakhir.intake.record import Claim
from mutakhir.intake.sheets.sheet import Cells, Sheet

#: What a column may hold: fields of the canonical record, and raw columns that make one.
FIELDS: Final = (
    "dpid",
    "nkk",
    "nik",
    "name",
    "birth_place",
    "birth_date",
    "birth_place_date",  # "SERANG, 17-08-1985"
    "rt_rw",  # "001/002"
    "sex",
    "marital",
    "address",
    "rt",
    "rw",
    "kab",  # names or codes
    "kecamatan",
    "desa",
    "tps",
    "tps_to",
    "disability",
    "ktp_el",
    "mark",  # keterangan: TMS code, U, B, P, or words
    "category",  # PINDAH MASUK, PEMILIH POTENSIAL, PINDAH KELUAR, MENINGGAL
    "institution",  # TNI, POLRI
    "service",  # MASUK TNI, PENSIUN
    "other_region",
    "event_date",
    "document",  # kind of document behind the row
    "document_no",  # number of the death certificate
    "claim",  # canonical words, from our own files
    "reason",
    "evidence",
    "origin",  # record_id of the row that a corrected row replaces
)


@dataclass(frozen=True)
class Head:
    """What recognition looks at: names, and the first rows that hold anything."""

    sheet: str
    siblings: tuple[str, ...]
    member: str
    #: (row number, cells), blank rows left out
    rows: tuple[tuple[int, Cells], ...]

    def text_above(self, row: int) -> str:
        """Everything above ``row``, upper case: letterhead and title."""
        return " ".join(
            cell.upper() for number, cells in self.rows if number < row for cell in cells if cell
        )


@dataclass(frozen=True)
class Plan:
    """Columns by position, the first data row, and what holds for every row of the sheet."""

    layout: str
    fields: tuple[str | None, ...]
    first_row: int
    header: tuple[str, ...] = ()
    fixed: Mapping[str, str] = field(default_factory=dict)
    claim: Claim = "listed"
    reason: str | None = None
    evidence: str | None = None
    #: False: a guess; its rows are all held until a mapping is confirmed
    sure: bool = True

    def column(self, name: str) -> int | None:
        """Position of the column that holds ``name``."""
        return self.fields.index(name) if name in self.fields else None

    def title(self, position: int) -> str:
        """The heading of a column, or the letter a spreadsheet gives it."""
        named = self.header[position] if position < len(self.header) else ""
        return named or column_letter(position)

    def told(self, position: int) -> str:
        """The same for a receipt: a heading that was not recognised may be a row of a person."""
        title = self.title(position)
        recognised = self.sure and self.layout != "mapping"
        bare = sum(map(str.isdecimal, title)) < 10  # a person's number is longer
        return title if recognised and bare else column_letter(position)


#: Rows that recognition reads, and rows into a sheet within which they must lie.
HEAD_ROWS: Final = 60
HEAD_DEPTH: Final = 5_000


def head_of(sheet: Sheet) -> Head:
    """The head of ``sheet``."""
    rows: list[tuple[int, Cells]] = []
    for number, cells in enumerate(sheet.rows(), 1):
        if any(cell.strip() for cell in cells):
            rows.append((number, [cell.strip() for cell in cells]))
        if len(rows) == HEAD_ROWS or number == HEAD_DEPTH:
            break
    return Head(sheet.name, sheet.siblings, sheet.member, tuple(rows))


def is_table(head: Head) -> bool:
    """Whether some row fills three cells; less is a note or a cover page."""
    return any(sum(map(bool, cells)) >= 3 for _, cells in head.rows)


def column_letter(position: int) -> str:
    """``A`` for 0, ``AA`` for 26."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
