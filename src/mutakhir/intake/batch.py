"""A batch of data rows in, canonical records and rows set aside out."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from mutakhir.intake.claims import (
    Marks,
    Said,
    Words,
    canonical_claim,
    category,
    document,
    institution,
    service,
)
from mutakhir.intake.columns import Column
from mutakhir.intake.crosscheck import AgeLimits, disagreements, sex_in
from mutakhir.intake.damage import Damage
from mutakhir.intake.issues import DOUBTS, ERRORS, ISSUES
from mutakhir.intake.odd import OddButTrue
from mutakhir.intake.place import Places
from mutakhir.intake.plan import Plan
from mutakhir.intake.record import RECORD_SCHEMA
from mutakhir.intake.sheets.sheet import Cells
from mutakhir.intake.values.parsed import clean

#: A reason: the field it speaks of, the issue code, and region codes a person may choose.
Reason = tuple[str, str, tuple[str, ...]]

#: A date and a sex both unreadable in one row have changed places with their neighbours.
_SHIFTED_TOGETHER: Final = {"birth_date_unreadable", "sex_unknown"}
#: Codes that let a row pass as it is, unless an oddity is registered.
_HARMLESS: Final = ISSUES.keys() - ERRORS - DOUBTS
_NO_CANDIDATES: Final[tuple[str, ...]] = ()
#: In a claim about a voter already on the roll these are no doubt: the roll knows them.
_LENIENT: Final = {
    "sex_missing": "sex_not_said",
    "sex_unknown": "sex_not_said",
    "name_missing": "name_not_said",
    "region_missing": "region_not_said",
    "birth_year_unknown": "birth_date_partial",
}


@dataclass(frozen=True)
class Aside:
    """A row held or rejected, with its cells as they came."""

    row: int
    outcome: str  # held, rejected
    reasons: tuple[Reason, ...]
    cells: tuple[str, ...]
    origin: str | None


@dataclass
class Outcome:
    """What became of a batch: ``accepted`` (RECORD_SCHEMA), the rest, and its warnings."""

    accepted: pa.RecordBatch
    aside: list[Aside]
    warnings: Counter[tuple[str, str]]  # (field, code) -> rows
    dpids: pa.Array  # of every row of the batch
    origins: set[str]  # rows of other sources that these replace


@dataclass
class Desk:
    """Where the rows of one sheet are read: the plan, the parsers and the registers."""

    source_id: str
    sheet_number: int
    sheet_label: str
    plan: Plan
    columns: dict[str, Column]
    marks: Marks
    words: Words
    places: Places
    ages: AgeLimits
    odd: OddButTrue
    damage: Damage

    def read(self, rows: Sequence[tuple[int, Cells]]) -> Outcome:
        """Read one batch of data rows, each with its number in the sheet."""
        return _Batch(self, rows).outcome()


class _Batch:
    """The work on one batch, column by column."""

    def __init__(self, desk: Desk, rows: Sequence[tuple[int, Cells]]) -> None:
        self.desk = desk
        self.plan = desk.plan
        self.rows = rows
        self.size = len(rows)
        self.width = len(desk.plan.fields)
        self.issues: dict[int, list[Reason]] = defaultdict(list)
        self.raw = self._raw_columns()
        self.values: dict[str, list[str | None]] = {}

    def outcome(self) -> Outcome:
        """Everything in its order: values, place, claim, checks, then who may pass."""
        self._parse()
        if not {"sex", "name", "nik"} <= self.raw.keys():
            self._look_at_absent_columns()
        self._find_places()
        self._claim()
        self._look_across()
        self.desk.damage.see(self.raw.get("nik", ()), self.values["birth_date"], self.size)
        return self._parted()

    # -- values

    def _raw_columns(self) -> dict[str, Sequence[str]]:
        width = self.width
        padded = [
            cells if len(cells) == width else self._fitted(at, cells)
            for at, (_, cells) in enumerate(self.rows)
        ]
        columns = list(zip(*padded, strict=True)) or [()] * width
        raw: dict[str, Sequence[str]] = {
            name: [value] * self.size for name, value in self.plan.fixed.items()
        }
        raw |= {name: columns[at] for at, name in enumerate(self.plan.fields) if name}
        if "birth_place_date" in raw:
            raw |= _split_places(raw.pop("birth_place_date"))
        if "rt_rw" in raw:
            raw |= _split_rt_rw(raw.pop("rt_rw"))
        return raw

    def _fitted(self, at: int, cells: Cells) -> Cells:
        """A row as wide as the plan. Text beyond it means that cells have shifted."""
        if any(cell.strip() for cell in cells[self.width :]):
            self.issues[at].append(("", "columns_shifted", _NO_CANDIDATES))
        return cells[: self.width] + [""] * (self.width - len(cells))

    def _parse(self) -> None:
        for name, column in self.desk.columns.items():
            if name in self.raw:
                self.values[name], odd = column.parse(self.raw[name])
                for at, code in odd:
                    self.issues[at].append((name, code, _NO_CANDIDATES))
            else:
                self.values[name] = [None] * self.size

    def _find_places(self) -> None:
        blank = [""] * self.size
        parts = [self.raw.get(name, blank) for name in ("kab", "kecamatan", "desa")]
        keys = list(zip(*parts, strict=True))
        found = {key: self.desk.places.find(*key) for key in set(keys)}
        places = [found[key] for key in keys]
        self.values["desa"] = [place.desa for place in places]
        for at, place in enumerate(places):
            if place.issue:
                self.issues[at].append(("desa", place.issue, place.candidates))
        others = self.raw.get("other_region", blank)
        known = {raw: self.desk.places.other(raw) for raw in set(others)}
        self.values["other_region"] = [known[raw][0] for raw in others]
        for at, raw in enumerate(others):
            if issue := known[raw][1]:
                self.issues[at].append(("other_region", issue, _NO_CANDIDATES))

    # -- claims

    def _claim(self) -> None:
        self.values["claim"] = [self.plan.claim] * self.size
        self.values["reason"] = [self.plan.reason] * self.size
        self._claimed_by_institution()
        # canonical words come first, so that a row's own remark may say otherwise
        self._listen("claim", canonical_claim)
        self._own_words("reason", self.desk.words.reasons, self.values["reason"])
        self._listen("service", service)
        self._listen("mark", self.desk.marks.said)
        self._listen("category", category)
        self.values["evidence"] = self._evidence()

    def _claimed_by_institution(self) -> None:
        if self.plan.reason in ("tni", "polri"):
            for at, raw in enumerate(self.raw.get("institution", ())):
                self.values["reason"][at] = institution(raw) or self.plan.reason

    def _listen(self, name: str, said: Callable[[str], Said]) -> None:
        """Take from the column ``name`` what each of its cells claims."""
        raws = self.raw.get(name, ())
        heard = {raw: words for raw in set(raws) if any(words := said(raw))}
        for at, raw in enumerate(raws if heard else ()):
            if raw in heard:
                self._hear(at, name, heard[raw])

    def _hear(self, at: int, name: str, said: Said) -> None:
        claim, reason, issue = said
        if issue:
            self.issues[at].append((name, issue, _NO_CANDIDATES))
        if claim is None:
            return
        # a bare mark repeats what the sheet says; it must not wipe the sheet's reason
        if claim != self.values["claim"][at] or reason is not None:
            self.values["reason"][at] = reason
        self.values["claim"][at] = claim

    def _own_words(self, name: str, known: frozenset[str], into: list[str | None]) -> None:
        """Take our own words of the column ``name``; what is none of them is a doubt."""
        for at, raw in enumerate(self.raw.get(name, ())):
            word = clean(raw).lower()
            if word in known:
                into[at] = word
            elif word:
                self.issues[at].append((name, "code_unknown", _NO_CANDIDATES))

    def _evidence(self) -> list[str | None]:
        evidence: list[str | None] = [self.plan.evidence] * self.size
        self._own_words("evidence", self.desk.words.evidence, evidence)
        for at, raw in enumerate(self.raw.get("document_no", ())):
            dead = self.values["reason"][at] == "meninggal"
            if dead:
                evidence[at] = "akta_kematian" if clean(raw) else "claim"
        for at, raw in enumerate(self.raw.get("document", ())):
            evidence[at] = document(raw) or evidence[at]
        return evidence

    # -- checks across fields

    def _look_across(self) -> None:
        values = self.values
        found = disagreements(values["nik"], values["birth_date"], values["sex"], values["desa"])
        for at, code in found:
            if code in ISSUES:
                self.issues[at].append(("nik", code, _NO_CANDIDATES))
            else:
                self.desk.damage.see_issue(code)
        births = values["birth_date"]
        flags = {b: flag for b in set(births) if b and (flag := self.desk.ages.issue(b))}
        for at, birth in enumerate(births):
            if birth in flags:
                self.issues[at].append(("birth_date", flags[birth], _NO_CANDIDATES))
        self._look_at_identity()

    def _look_at_identity(self) -> None:
        values = self.values
        for at, nik in enumerate(values["nik"]):
            if nik is None and values["dpid"][at] is None:
                name = values["name"][at]
                if not (name and values["birth_date"][at]):
                    self._identity_missing(at, name)
        yearless = {birth for birth in set(values["birth_date"]) if birth and birth < "0001"}
        for at, birth in enumerate(values["birth_date"] if yearless else ()):
            if birth in yearless and values["claim"][at] == "new":
                self.issues[at].append(("birth_date", "birth_year_unknown", _NO_CANDIDATES))

    def _identity_missing(self, at: int, name: str | None) -> None:
        codes = {code for _, code, _ in self.issues[at]}
        if codes & ERRORS or "nik_lost_digits" in codes or "nik_rounded" in codes:
            return
        said_name = name is not None or "columns_shifted" in codes
        code = "identity_incomplete" if said_name else "no_name_no_nik"
        self.issues[at].append(("nik", code, _NO_CANDIDATES))

    def _look_at_absent_columns(self) -> None:
        """What no column says is missing in every row; the sex then stands in the NIK."""
        known = self.plan.claim in ("ineligible", "change")
        for at in range(self.size):
            nik = self.values["nik"][at]
            if "sex" not in self.raw and not known:
                self.values["sex"][at] = sex_in(nik) if nik else None
                code = "sex_from_nik" if nik else "sex_missing"
                self.issues[at].append(("sex", code, _NO_CANDIDATES))
            if "name" not in self.raw:
                self.issues[at].append(("name", "name_missing", _NO_CANDIDATES))
            if "nik" not in self.raw:
                self.issues[at].append(("nik", "nik_missing", _NO_CANDIDATES))

    # -- parting

    def _parted(self) -> Outcome:
        aside: list[Aside] = []
        warnings: Counter[tuple[str, str]] = Counter()
        passing: list[list[str]] = [[]] * self.size
        keep = [True] * self.size
        for at in sorted(self.issues):
            reasons = self.issues[at]
            if self.desk.odd or any(code not in _HARMLESS for _, code, _ in reasons):
                reasons = self._weighed(at)
            outcome = _outcome(reasons)
            if outcome:
                keep[at] = False
                aside.append(self._aside(at, outcome, reasons))
            elif reasons:
                warnings.update((name, code) for name, code, _ in reasons)
                passing[at] = [code for _, code, _ in reasons]
        dpids = pa.array(self.values["dpid"], pa.string())
        origins = {origin for at in range(self.size) if (origin := self._origin(at))}
        return Outcome(self._records(passing, keep), aside, warnings, dpids, origins)

    def _weighed(self, at: int) -> list[Reason]:
        """Softened in claims about known voters; registered oddities left out."""
        reasons = self.issues[at]
        if self._is_shifted(at, reasons):
            reasons = [("", "columns_shifted", _NO_CANDIDATES)]
            self.desk.damage.see_issue("columns_shifted")
        else:
            for _, code, _ in reasons:
                self.desk.damage.see_issue(code)
        if self.values["claim"][at] in ("ineligible", "change"):
            reasons = [
                (name, _LENIENT.get(code, code), candidates) for name, code, candidates in reasons
            ]
        if self.desk.odd:
            keys = (self.values["dpid"][at], self._origin(at), self._record_id(at))
            reasons = [r for r in reasons if not self.desk.odd.holds(keys, r[1])]
        return list(dict.fromkeys(reasons))

    def _is_shifted(self, at: int, reasons: list[Reason]) -> bool:
        codes = {code for _, code, _ in reasons}
        if "columns_shifted" in codes or codes >= _SHIFTED_TOGETHER:
            return True
        if "no_name_no_nik" in codes and sum(map(bool, self.rows[at][1])) == 1:
            return True  # a line with another delimiter than the rest is one cell
        if "nik_not_16_digits" not in codes:
            return False
        if _is_words(self.raw["nik"][at]):
            return True
        people = [n for n, name in enumerate(self.plan.fields) if name in ("nik", "nkk", "dpid")]
        cells = self.rows[at][1]
        return any(
            len(cell) == 16 and cell.isdecimal()
            for position, cell in enumerate(cells)
            if position not in people
        )

    def _aside(self, at: int, outcome: str, reasons: list[Reason]) -> Aside:
        row, cells = self.rows[at]
        return Aside(row, outcome, tuple(reasons), tuple(cells), self._origin(at))

    def _origin(self, at: int) -> str | None:
        return (clean(self.raw["origin"][at]) or None) if "origin" in self.raw else None

    def _record_id(self, at: int) -> str:
        return f"{self.desk.source_id}:{self.desk.sheet_number}:{self.rows[at][0]}"

    def _records(self, passing: list[list[str]], keep: list[bool]) -> pa.RecordBatch:
        desk = self.desk
        stem = f"{desk.source_id}:{desk.sheet_number}:"
        numbers = [row for row, _ in self.rows]
        named: dict[str, list[object]] = {
            "record_id": [f"{stem}{row}" for row in numbers],
            "source_id": [desk.source_id] * self.size,
            "sheet": [desk.sheet_label] * self.size,
            "row": list(numbers),
            "warnings": list(passing),
        }
        both = {**self.values, **named}
        arrays = [pa.array(both[column.name], column.type) for column in RECORD_SCHEMA]
        batch = pa.RecordBatch.from_arrays(arrays, schema=RECORD_SCHEMA)
        return batch if all(keep) else batch.filter(pa.array(keep))


def _outcome(reasons: list[Reason]) -> str | None:
    codes = {code for _, code, _ in reasons}
    if codes & ERRORS:
        return "rejected"
    return "held" if codes & DOUBTS else None


def _is_words(cell: str) -> bool:
    """A name or a date where a number should be."""
    return sum(map(str.isalpha, cell)) >= 3 or "/" in cell or "|" in cell


def _split_places(raws: Sequence[str]) -> dict[str, Sequence[str]]:
    """``SERANG, 17-08-1985`` as a place and a date: the date starts at the first digit or star."""
    places, days = [], []
    for raw in raws:
        at = next((n for n, sign in enumerate(raw) if sign.isdecimal() or sign == "*"), len(raw))
        places.append(raw[:at].strip(" ,/|-"))
        days.append(raw[at:])
    return {"birth_place": places, "birth_date": days}


def _split_rt_rw(raws: Sequence[str]) -> dict[str, Sequence[str]]:
    """``001/002`` or ``RT 01 RW 02`` as RT and RW."""
    halves = [re.split(r"[/\\|-]|(?=RW)", raw.upper().strip(), maxsplit=1) for raw in raws]
    return {
        "rt": [half[0] for half in halves],
        "rw": [half[1].lstrip(" /") if len(half) > 1 else "" for half in halves],
    }
