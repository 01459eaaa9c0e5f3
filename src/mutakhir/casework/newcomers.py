"""Newcomers: records of people who are not on the roll, put together person by person."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import pyarrow as pa

from mutakhir.casework.match import Match, Row
from mutakhir.person import PERSON_FIELDS

#: Links within one table of people, dpid + PERSON_FIELDS → LINK_SCHEMA: ``Engine.duplicates``.
Alike: TypeAlias = Callable[[pa.Table], pa.Table]
Found: TypeAlias = tuple[Row, Match]
#: Records that say the same in these are one person; linkage need not be asked.
_SAME: Final = ("nik", "name", "birth_date", "desa")
_PEOPLE: Final = pa.schema([pa.field(name, pa.string()) for name in ("dpid", *PERSON_FIELDS)])


@dataclass(slots=True)
class Newcomer:
    """One new person of one kab/kota.

    ``found``: the records that name the person, first the one by which they would come in.
    ``rivals``: entrances (record_id) of newcomers who may be the same person, with the evidence.
    ``doubt``: what else a person must look at; empty when nothing.
    """

    found: list[Found]
    rivals: dict[str, str] = field(default_factory=dict)
    doubt: str = ""

    @property
    def record(self) -> Row:
        """The record by which the person would come in."""
        return self.found[0][0]

    @property
    def entrance(self) -> str:
        """Its record_id."""
        return str(self.record["record_id"])

    @property
    def match(self) -> Match:
        """The strongest link of any of the records to somebody on the roll or gone from it."""
        return min((match for _, match in self.found), key=_strength)


def _strength(match: Match) -> tuple[bool, bool, float]:
    return (match.place == "nowhere", match.band != "sure", -match.weight)


def newcomers(
    additions: Iterable[Found], standing: Collection[str], alike: Alike
) -> list[Newcomer]:
    """Each new person once, however many sources name them, in whatever spelling.

    Records that ``alike`` links surely are one person; a link for review leaves two newcomers who
    name each other. Kab/kota never share one: each decides on its own. ``standing``: see
    ``propose``. Sorted by the smallest record_id; the order of ``additions`` changes nothing.
    """
    ordered = sorted(additions, key=lambda each: each[0]["record_id"])
    of_name = _equal(ordered)
    pairs = _links(of_name, alike)
    person = _joined(of_name, pairs)
    persons: dict[str, Newcomer] = {}
    for name, found in of_name.items():
        persons.setdefault(person[name], Newcomer([])).found += found
    for newcomer in persons.values():
        newcomer.found.sort(key=lambda f: (f[0]["record_id"] not in standing, f[0]["record_id"]))
        if len({record["desa"] for record, _ in newcomer.found}) > 1:
            newcomer.doubt = "sumber menyebut desa yang berbeda"
    _name_rivals(persons, person, pairs)
    return list(persons.values())


def _equal(ordered: Iterable[Found]) -> dict[str, list[Found]]:
    """Records that say the same, under the record_id of their first."""
    of_key: dict[tuple[str, ...], str] = {}
    groups: dict[str, list[Found]] = {}
    for record, match in ordered:
        name = of_key.setdefault(tuple(record[f] for f in _SAME), record["record_id"])
        groups.setdefault(name, []).append((record, match))
    return groups


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two record_ids that linkage holds for one person, or that somebody must look at."""

    one: str
    other: str
    same: bool
    evidence: str


def _links(of_name: dict[str, list[Found]], alike: Alike) -> list[_Pair]:
    """Links among the first records of ``of_name``; across kab/kota never the same."""
    first = {name: found[0][0] for name, found in of_name.items()}
    people = [{**record, "dpid": name} for name, record in first.items()]
    pairs = []
    for link in alike(pa.Table.from_pylist(people, schema=_PEOPLE)).to_pylist():
        one, other = link["left_id"], link["right_id"]
        one_kab = first[one]["desa"][:4] == first[other]["desa"][:4]
        if link["band"] != "no":
            sure = link["band"] == "sure" and one_kab
            pairs.append(_Pair(one, other, sure, link["evidence"]))
    return pairs


def _joined(names: Iterable[str], pairs: Iterable[_Pair]) -> dict[str, str]:
    """Each name's smallest of those it is the same as, directly or through others."""
    lead = {name: name for name in names}

    def leader(name: str) -> str:
        while lead[name] != name:
            name = lead[name]
        return name

    for pair in pairs:
        if pair.same:
            small, large = sorted((leader(pair.one), leader(pair.other)))
            lead[large] = small
    return {name: leader(name) for name in lead}


def _name_rivals(
    persons: dict[str, Newcomer], person: dict[str, str], pairs: Iterable[_Pair]
) -> None:
    """Links for review: between two newcomers rivals, within one a doubt."""
    for pair in pairs:
        one, other = persons[person[pair.one]], persons[person[pair.other]]
        if one is not other:
            one.rivals.setdefault(other.entrance, pair.evidence)
            other.rivals.setdefault(one.entrance, pair.evidence)
        elif not pair.same:
            one.doubt = one.doubt or f"sumber berbeda: {pair.evidence}"
