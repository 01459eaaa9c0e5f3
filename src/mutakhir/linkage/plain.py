"""Linkage in plain Python, one pair at a time: slow, and the judge of ``duck.py``."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain
from typing import Any, TypeAlias

import pyarrow as pa

from mutakhir.linkage.compare import Levels, Person, band, compare, exact, name_worth, weigh
from mutakhir.linkage.finish import SCORED_SCHEMA, finish_duplicates, finish_links
from mutakhir.linkage.model import FIELDS, Block, Model, level
from mutakhir.linkage.prepare import Prepared, prepare

Pairs: TypeAlias = dict[tuple[int, int], int]


def link(left: pa.Table, right: pa.Table, model: Model) -> pa.Table:
    """Links between people (``left``: dpid + PERSON_FIELDS) and records (RECORD_SCHEMA).

    Returns LINK_SCHEMA sorted by left_id, right_id.
    """
    prepared = prepare(left, right, model)
    people, records = prepared_people(prepared)
    pairs = _find_pairs(people, records, model.blocks[:1], 0)
    sure = {p for p in pairs if exact(compare(people[p[0]], records[p[1]]))}
    done = {r for _, r in sure}
    residue = [record for record in records if record["n"] not in done]
    pairs = _find_pairs(people, residue, model.blocks[1:], 1) | pairs
    claims = {(left, records[right]["source"]) for left, right in sure}
    claimed = {p for p in pairs if p[1] not in done and (p[0], records[p[1]]["source"]) in claims}
    scored = [
        _score(
            people[pair[0]],
            records[pair[1]],
            rule,
            model,
            prior=prepared.prior,
            claimed=pair in claimed,
        )
        for pair, rule in pairs.items()
    ]
    return finish_links(_table(scored, model), prepared, model)


def duplicates(people: pa.Table, model: Model) -> pa.Table:
    """Links within ``people`` (dpid + PERSON_FIELDS), left_id < right_id.

    Returns LINK_SCHEMA sorted by left_id, right_id.
    """
    prepared = prepare(people, None, model)
    lines, _ = prepared_people(prepared)
    pairs = _find_pairs(lines, lines, model.blocks, 0)
    scored = [
        _score(lines[one], lines[other], rule, model, prior=prepared.prior, within=True)
        for (one, other), rule in pairs.items()
        if one < other
    ]
    return finish_duplicates(_table(scored, model), prepared, model)


def prepared_people(prepared: Prepared) -> tuple[list[Person], list[Person]]:
    """Left and right as people with their names in place (see compare)."""
    names = prepared.names.to_pylist()
    sides: list[list[Person]] = [prepared.left.to_pylist(), prepared.right.to_pylist()]
    for person in chain.from_iterable(sides):
        person["words"] = None if person["name"] is None else names[person["name"]]
    return sides[0], sides[1]


def _find_pairs(
    people: list[Person], records: list[Person], blocks: tuple[Block, ...], first: int
) -> Pairs:
    """Every pair that a block brings together, under the first rule that does."""
    found: Pairs = {}
    for number, block in enumerate(blocks, first):
        for pair in _block_pairs(people, records, block):
            found.setdefault(pair, number)
    return found


def _block_pairs(
    people: list[Person], records: list[Person], block: Block
) -> Iterator[tuple[int, int]]:
    """Pairs of blocks within the cap, and pairs of larger ones under the finer key too."""
    finer = (*block.keys, block.finer)
    sizes = Counter(_key(p, block.keys) for p in people)
    finer_sizes = Counter(_key(p, finer) for p in people if _key(p, block.keys) is not None)
    members: dict[Any, list[Person]] = defaultdict(list)
    for person in people:
        key, finer_key = _key(person, block.keys), _key(person, finer)
        if key is None:
            continue
        if sizes[key] <= block.cap:
            members[key].append(person)
        elif finer_key is not None and finer_sizes[finer_key] <= block.cap:
            members[finer_key].append(person)
    for record in records:
        for key in (_key(record, block.keys), _key(record, finer)):
            for person in members.get(key, ()) if key is not None else ():
                if not block.bare or person["bare"] or record["bare"]:
                    yield person["n"], record["n"]


def _key(person: Person, columns: tuple[str, ...]) -> tuple[int, ...] | None:
    """The person's values, None when one is missing."""
    values = tuple(person[column] for column in columns)
    return None if None in values else values


def _score(
    person: Person,
    record: Person,
    rule: int,
    model: Model,
    *,
    prior: int,
    claimed: bool = False,
    within: bool = False,
) -> dict[str, Any]:
    levels: Levels = {**compare(person, record), "claimed": "yes" if claimed else "no"}
    name = name_worth(levels, person, record, model)
    weight = prior + weigh(levels, name, model)
    return {
        "l": person["n"],
        "r": record["n"],
        "rule": rule,
        "name_worth": name,
        "weight": weight,
        "band": band(levels, weight, model, within=within),
        **{field: level(field, levels[field]) for field in FIELDS},
    }


def _table(scored: list[dict[str, Any]], model: Model) -> pa.Table:
    kept = [line for line in scored if model.keep_no or line["band"] != "no"]
    return pa.Table.from_pylist(kept, schema=SCORED_SCHEMA)
