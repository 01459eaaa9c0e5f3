"""Parsers by field, each behind a cache: a column repeats its values far more than it changes."""

from collections.abc import Callable, Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.intake.values import dates, numbers, words
from mutakhir.intake.values.parsed import Parsed
from mutakhir.rules import Rules

Parser = Callable[[str], Parsed]

_MOST_CACHED: Final = 200_000

#: Cells that are canonical as they stand, for fields whose values seldom repeat: a cell that
#: matches is its own value without any issue (RE2; held to the parsers by a generative test).
PLAIN: Final = {
    "dpid": r"^[0-9a-f]{16}$",
    # region 11.11 goes the long way: only ones repeated look like a day and a month
    "nik": r"^([2-9][0-9]|1[02-9])[0-9]{4}(0[1-9]|[12][0-9]|3[01]|4[1-9]|[56][0-9]|7[01])"
    r"(0[1-9]|1[0-2])[0-9]{2}([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])$",
    "nkk": r"^([2-9][0-9]|1[02-9])[0-9]{4}([0-6][0-9]|7[01])(0[1-9]|1[0-2])[0-9]{6}$",
    # longer than any word that stands for nothing (NULL, NIHIL)
    "name": r"^([A-Z]{6,}|[A-Z]{2,}([ '.][A-Z]+)+)$",
    "address": r"^[A-Z]{2,}[.]?( [A-Z0-9]+[.]?)+$",
}


class Column(dict[str, str | None]):
    """Canonical values by raw cell; ``odd`` holds the issue codes of raw cells that have one."""

    def __init__(self, parser: Parser, plain: str | None = None) -> None:
        super().__init__()
        self.parser = parser
        self.plain = plain
        self.odd: dict[str, str] = {}

    def __missing__(self, raw: str) -> str | None:
        value, issue = self.parser(raw)
        if issue:
            self.odd[raw] = issue
        self[raw] = value
        return value

    def parse(self, raws: Sequence[str]) -> tuple[list[str | None], list[tuple[int, str]]]:
        """Values for ``raws``, and (position, issue code) of the odd ones."""
        if len(self) > _MOST_CACHED:
            self.clear()
            self.odd.clear()
        if self.plain is not None:
            return self._parse_but_plain(raws, self.plain)
        values = list(map(self.__getitem__, raws))
        odd = self.odd
        issues = [(at, odd[raw]) for at, raw in enumerate(raws) if raw in odd] if odd else []
        return values, issues

    def _parse_but_plain(
        self, raws: Sequence[str], plain: str
    ) -> tuple[list[str | None], list[tuple[int, str]]]:
        values: list[str | None] = list(raws)
        issues = []
        is_plain = pc.match_substring_regex(pa.array(raws, pa.string()), plain)
        for at in pc.indices_nonzero(pc.invert(is_plain)).to_pylist():
            raw = raws[at]
            values[at] = self[raw]
            if raw in self.odd:
                issues.append((at, self.odd[raw]))
        return values, issues


def columns(rules: Rules, version: str) -> dict[str, Column]:
    """A fresh parser for each field of a person, with code lists of ``version``."""

    def coded(
        listed: str, also: dict[str, str], unknown: str, missing: str | None = None
    ) -> Parser:
        return words.coded(rules.codes(listed, version), also, unknown=unknown, missing=missing)

    parsers: dict[str, Parser] = {
        "dpid": numbers.dpid,
        "nkk": numbers.nkk,
        "nik": numbers.nik,
        "name": words.name,
        "birth_place": words.text_upper,
        "birth_date": dates.birth_date,
        "sex": coded("sex", words.REGISTER_SEX, "sex_unknown", "sex_missing"),
        "marital": coded("marital", words.REGISTER_MARITAL, "marital_unknown"),
        "address": words.text_upper,
        "rt": words.rt_rw,
        "rw": words.rt_rw,
        "tps": words.tps,
        "tps_to": words.tps,
        "disability": coded("disability", {}, "disability_unknown"),
        "ktp_el": coded("ktp_el", words.REGISTER_KTP_EL, "ktp_el_unknown"),
        "event_date": dates.event_date,
    }
    return {name: Column(parser, PLAIN.get(name)) for name, parser in parsers.items()}
