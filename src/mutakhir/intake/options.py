"""How files are to be read, checked before any is opened."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mutakhir.intake import mapping as mapping_file
from mutakhir.intake.claims import MARK_LISTS, Marks, Words
from mutakhir.intake.crosscheck import AgeLimits
from mutakhir.intake.odd import OddButTrue
from mutakhir.intake.readers import LAYOUTS
from mutakhir.regions import Regions
from mutakhir.regions import load as load_regions
from mutakhir.regions.region import plain
from mutakhir.rules import Rules, RulesError
from mutakhir.rules import load as load_rules

#: Told the file's name and the share read of its present sheet, 0 to 1.
Progress = Callable[[str, float], None]


class OptionError(Exception):
    """An option can't be used; the message says which and what to write."""


@dataclass(frozen=True)
class Options:
    """The reading of one command: layout, code version, region, mapping, day of reference."""

    layout: str | None
    codes: str
    region: str
    mapping_path: Path | None
    mapping: dict[str, Any] | None
    day: date
    rules: Rules
    regions: Regions
    odd: OddButTrue
    withdrawn: Collection[str]
    progress: Progress

    @property
    def marks(self) -> Marks:
        """The code lists of remarks, in the version asked for."""
        return Marks(*(self.rules.codes(name, self.codes) for name in MARK_LISTS))

    @property
    def words(self) -> Words:
        """The words for reasons and documents that may stand in a file as they are."""
        return Words.of(self.rules.at(self.day), self.marks)

    @property
    def ages(self) -> AgeLimits:
        """Age limits of the law in force on the day of reference."""
        law = self.rules.at(self.day).eligibility
        return AgeLimits.on(self.day, youngest=law.age, oldest=law.oldest_unquestioned)


def options(
    *,
    layout: str | None,
    codes: str,
    region: str | None,
    mapping: Path | None,
    day: date | None,
    odd: OddButTrue,
    withdrawn: Collection[str],
    progress: Progress | None,
) -> Options:
    """Checked options. Raises OptionError or MappingError."""
    if layout is not None and layout not in LAYOUTS:
        raise OptionError(f"--as {layout}: pilih salah satu dari {', '.join(LAYOUTS)}.")
    regions, rules = load_regions(), load_rules()
    code = plain(region or "")
    if code and regions.get(code) is None:
        raise OptionError(f"--region {region}: kode wilayah tidak dikenal (contoh: 36.73).")
    _check_version(rules, codes)
    chosen = Options(
        layout,
        codes,
        code,
        mapping,
        mapping_file.load(mapping) if mapping else None,
        # the only use of the clock: which ages deserve a second look
        day or date.today(),  # noqa: DTZ011
        rules,
        regions,
        odd,
        withdrawn,
        progress or (lambda _name, _share: None),
    )
    if chosen.mapping:
        mapping_file.check_words(chosen.mapping, chosen.words)
    return chosen


def _check_version(rules: Rules, version: str) -> None:
    try:
        for listed in (*MARK_LISTS, "disability"):
            rules.codes(listed, version)
    except RulesError:
        raise OptionError(
            f"--codes {version}: tidak ada daftar kode versi itu; pilih 2017 atau 2023."
        ) from None
