"""Parsers by field, each behind a cache: a column repeats its values far more than it changes."""

from collections.abc import Callable, Sequence
from typing import Final

from mutakhir.intake.values import dates, numbers, words
from mutakhir.intake.values.parsed import Parsed
from mutakhir.rules import Rules

Parser = Callable[[str], Parsed]

_MOST_CACHED: Final = 200_000


class Column(dict[str, str | None]):
    """Canonical values by raw cell; ``odd`` holds the issue codes of the raw cells that have one."""

    def __init__(self, parser: Parser) -> None:
        super().__init__()
        self.parser = parser
        self.odd: dict[str, str] = {}

    def __missing__(self, raw: str) -> str | None:
        value, issue = self.parser(raw)
        if issue:
            self.odd[raw] = issue
        self[raw] = value
        return value

    def parse(self, raws: Sequence[str]) -> tuple[list[str | None], list[tuple[int, str]]]:
        """Values for ``raws``, and (position, issue code) of the odd ones."""
        values = list(map(self.__getitem__, raws))
        odd = self.odd
        issues = [(at, odd[raw]) for at, raw in enumerate(raws) if raw in odd] if odd else []
        if len(self) > _MOST_CACHED:
            self.clear()
            odd.clear()
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
    return {name: Column(parser) for name, parser in parsers.items()}
