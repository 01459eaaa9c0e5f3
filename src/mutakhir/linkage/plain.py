"""Linkage in plain Python, one pair at a time: slow, and the judge of ``program.py``."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import pyarrow as pa

from mutakhir.linkage import score
from mutakhir.linkage.choose import Scored, choose_links
from mutakhir.linkage.clusters import Clusters, cut_links, find_clusters
from mutakhir.linkage.kinds.written import compare_written, same_level, settles
from mutakhir.linkage.link import LINK_SCHEMA
from mutakhir.linkage.model import Block, Exact, Model, Written, blocks_for
from mutakhir.linkage.prepare import prepare

#: A row as written and in normal form; ``n`` is its place in the table.
Row: TypeAlias = dict[str, Any]
#: Places on the left and on the right -> what found the pair.
Pairs: TypeAlias = dict[tuple[int, int], str]
#: A row's key: values, or None when one is missing.
Key: TypeAlias = Callable[[Row], tuple[Any, ...] | None]


@dataclass(frozen=True)
class Linked:
    """Links (LINK_SCHEMA, sorted by left_id, right_id) and clusters, whose cuts the links show."""

    links: pa.Table
    clusters: Clusters


def link(left: pa.Table, right: pa.Table, model: Model) -> pa.Table:
    """The links of ``linked``."""
    return linked(left, right, model).links


def duplicates(people: pa.Table, model: Model) -> pa.Table:
    """The links of ``linked_within``."""
    return linked_within(people, model).links


def linked(left: pa.Table, right: pa.Table, model: Model) -> Linked:
    """Links between people (``left``) and records (``right``): tables with an id and the
    model's columns as text."""
    people, records = _rows(left, model), _rows(right, model)
    run = _Run(model, people, records)
    run.settle_as_written()
    run.count_bearers()
    by_number = run.settle_by_comparing()
    likely = run.find_pairs()
    scored = run.scored(likely | by_number)
    return _linked([*run.written_links(), *choose_links(scored, model)], within=False)


def linked_within(people: pa.Table, model: Model) -> Linked:
    """Links within ``people``, left_id < right_id."""
    rows = _rows(people, model)
    run = _Run(model, rows, rows)
    run.count_bearers()
    pairs: Pairs = {}
    for _, block in blocks_for(model, within=True):
        for one, other in _block_pairs(rows, rows, block):
            if one < other:
                pairs.setdefault((one, other), block.name)
    kept = [pair for pair in run.scored(pairs) if model.keep_no or pair.band != "no"]
    return _linked([_duplicate(pair, model) for pair in kept], within=True)


def _linked(links: list[dict[str, object]], *, within: bool) -> Linked:
    table = _table(links)
    clusters = find_clusters(table, within=within)
    return Linked(cut_links(table, clusters.cut), clusters)


def _duplicate(pair: Scored, model: Model) -> dict[str, object]:
    rule = score.class_of(pair.levels, model) if model.classes else pair.rule
    ids = sorted((pair.left_id, pair.right_id))
    return replace(pair, left_id=ids[0], right_id=ids[1], rule=rule).link(model, pair.band)


def _rows(table: pa.Table, model: Model) -> list[Row]:
    ids = table[model.id_of(table.column_names)].cast(pa.string()).to_pylist()
    source = (
        table[model.source].cast(pa.string()).to_pylist()
        if model.source in table.column_names
        else [""] * table.num_rows
    )
    read = model.read_of(table.column_names)
    texts = pa.table({name: table[name].cast(pa.string()) for name in read})
    written, forms = texts.to_pylist(), prepare(texts, model).to_pylist()
    return [
        {"n": n, "id": ids[n], "source": source[n] or "", "written": written[n], **forms[n]}
        for n in range(table.num_rows)
    ]


def _table(links: list[dict[str, object]]) -> pa.Table:
    links.sort(key=lambda link: (link["left_id"], link["right_id"]))
    return pa.Table.from_pylist(links, LINK_SCHEMA)


class _Run:
    """What a run knows: who is settled, by which record of which source."""

    def __init__(self, model: Model, people: list[Row], records: list[Row]) -> None:
        self.model, self.people, self.records = model, people, records
        self.within = people is records
        self.written: list[tuple[int, int]] = []
        self.settled: list[tuple[int, int]] = []
        self.claims: set[tuple[int, str]] = set()
        self.bearers: score.Bearers = {}
        self.counted = 0

    def settle_as_written(self) -> None:
        """Tier 1: key and fields the same, as written."""
        exact = self.model.exact
        if exact is None:
            return
        by_text: dict[Any, list[int]] = defaultdict(list)
        for person in self.people:
            if (text := self._settling_text(person, exact)) is not None:
                by_text[text].append(person["n"])
        for record in self.records:
            text = self._settling_text(record, exact)
            self.written += [(n, record["n"]) for n in by_text.get(text, ()) if text is not None]
        self._settle(self.written)

    def _settle(self, pairs: Iterable[tuple[int, int]]) -> None:
        self.settled += pairs
        self.claims = {(one, self.records[other]["source"]) for one, other in self.settled}

    def _settling_text(self, row: Row, exact: Exact) -> tuple[str, ...] | None:
        fields = [self.model.field[name] for name in (exact.key, *exact.same)]
        texts = [(field.kind.name, row["written"][field.columns[0]]) for field in fields]
        if not all(settles(kind, text) for kind, text in texts):
            return None
        return tuple(text for _, text in texts)

    def count_bearers(self) -> None:
        """How many people still open bear each name."""
        open_people, open_records = self._open_people(), self._open_records()
        rows = open_people if self.within else [*open_people, *open_records]
        everyone = len(self.people) + (0 if self.within else len(self.records))
        self.bearers = {
            name: Counter(row[name] for row in rows if row[name] is not None)
            for name in self.model.counted
        }
        self.counted = score.counted_people(everyone, len(rows), self.model)

    def settle_by_comparing(self) -> Pairs:
        """Pairs of one NIK but not one writing; they settle where they agree."""
        if self.model.exact is None:
            return {}
        block = self.model.blocks[0]
        found = _block_pairs(self._open_people(), self._open_records(), block)
        pairs = dict.fromkeys(found, block.name)
        self._settle(
            (one, other)
            for one, other in pairs
            if score.exact(
                score.compare(self.people[one], self.records[other], self.model), self.model
            )
        )
        return pairs

    def find_pairs(self) -> Pairs:
        """Pairs of the other blocks among those still open, and those by which a settled person
        is met."""
        people, records = self._open_people(), self._open_records()
        pairs: Pairs = {}
        first = 1 if self.model.exact else 0
        for _, block in [b for b in blocks_for(self.model, within=False) if b[0] >= first]:
            for one, other in _block_pairs(people, records, block):
                if (one, self.records[other]["source"]) not in self.claims:
                    pairs.setdefault((one, other), block.name)
        for reach in self.model.exact.reach if self.model.exact else ():
            for one, other in self._reached(records, reach):
                pairs.setdefault((one, other), "reach")
        for one, other in self._taken():
            pairs.setdefault((one, other), "reach")
        known = set(self.settled)
        return {pair: rule for pair, rule in pairs.items() if pair not in known}

    def _reached(
        self, records: list[Row], columns: tuple[Written, ...]
    ) -> Iterator[tuple[int, int]]:
        """Records still open with people of whom their source has another record."""
        key, cap = _written(columns), self.model.blocks[0].cap
        settled = {one for one, _ in self.settled}
        met = [person for person in self.people if person["n"] in settled]
        for person, record in _pairs_within_cap(met, records, key, cap):
            if (person["n"], record["source"]) in self.claims:
                yield person["n"], record["n"]

    def _taken(self) -> Iterator[tuple[int, int]]:
        """People still open with records of their NIK that have another person."""
        if self.model.exact is None:
            return
        settled = {other for _, other in self.settled}
        taken = [record for record in self.records if record["n"] in settled]
        key = _written((Written(self.model.field[self.model.exact.key].columns[0]),))
        cap = self.model.blocks[0].cap
        for record, person in _pairs_within_cap(taken, self._open_people(), key, cap):
            yield person["n"], record["n"]

    def _open_records(self) -> list[Row]:
        done = {other for _, other in self.settled}
        return [record for record in self.records if record["n"] not in done]

    def _open_people(self) -> list[Row]:
        """People whom not every source has settled."""
        sources = {record["source"] for record in self.records}
        claims = Counter(one for one, _ in self.claims)
        return [p for p in self.people if self.within or claims[p["n"]] < max(len(sources), 1)]

    def scored(self, pairs: Pairs) -> list[Scored]:
        """Pairs compared and weighed, with the numbers of the run as it stands."""
        people, free = len(self.people), 0
        if not self.within:
            free = score.free_worth(people, len(self._open_people()), self.model)
        census = score.Census(score.prior(people, self.model), self.counted, free)
        known, taken = set(self.settled), {other for _, other in self.settled}

        def claimed(one: int, other: int) -> bool:
            """Another record of the source has the person, or another person the record."""
            source = self.records[other]["source"]
            return (one, other) not in known and (other in taken or (one, source) in self.claims)

        return [
            self._scored(pair, rule, census, claimed=claimed(*pair)) for pair, rule in pairs.items()
        ]

    def _scored(
        self, pair: tuple[int, int], rule: str, census: score.Census, *, claimed: bool
    ) -> Scored:
        person, record = self.people[pair[0]], self.records[pair[1]]
        levels = score.compare(person, record, self.model)
        if not self.within and "claimed" in levels:
            word = "yes" if claimed else "free" if census.free else "no"
            levels["claimed"] = self.model.field["claimed"].level(word)
        weights = score.field_weights(levels, (person, record), self.model, self.bearers, census)
        weight = census.prior + sum(weights.values())
        band = score.band(levels, weight, self.model, within=self.within)
        return Scored(
            person["id"], record["id"], record["source"], rule, levels, weights, weight, band
        )

    def written_links(self) -> Iterator[dict[str, object]]:
        """The links of tier 1, as written."""
        for one, other in self.written:
            person, record = self.people[one], self.records[other]
            levels = self._written_levels(person["written"], record["written"])
            weights = score.written_weights(levels, self.model)
            weight = score.prior(len(self.people), self.model) + sum(weights.values())
            rule = self.model.blocks[0].name
            pair = Scored(person["id"], record["id"], "", rule, levels, weights, weight, "sure")
            yield pair.link(self.model, "sure")

    def _written_levels(self, one: Row, other: Row) -> dict[str, int]:
        exact, field = self.model.exact, self.model.field
        assert exact is not None
        same = {
            name: same_level(field[name].kind.name, one[field[name].columns[0]])
            for name in (exact.key, *exact.same)
        }
        also = {
            name: compare_written(
                field[name].kind.name,
                [one[column] for column in field[name].columns],
                [other[column] for column in field[name].columns],
            )
            for name in exact.also
        }
        return {name: field[name].level(word) for name, word in (same | also).items()}


def _block_pairs(people: list[Row], records: list[Row], block: Block) -> Iterator[tuple[int, int]]:
    """Pairs of blocks within the cap, and pairs of larger ones by the finer key too."""
    keys, finer = _prepared(block.keys), _prepared((*block.keys, block.finer))
    sizes = Counter(map(keys, people))
    crowded = [person for person in people if sizes[keys(person)] > block.cap]
    roomy = [person for person in people if sizes[keys(person)] <= block.cap]
    for side, key in ((roomy, keys), (crowded, finer)):
        for one, other in _pairs_within_cap(side, records, key, block.cap):
            if not block.lacking or _lacks(one, block) or _lacks(other, block):
                yield one["n"], other["n"]


def _pairs_within_cap(
    people: Iterable[Row], records: Iterable[Row], key: Key, cap: int
) -> Iterator[tuple[Row, Row]]:
    """Pairs with equal keys, of those keys that at most ``cap`` people have."""
    members: dict[Any, list[Row]] = defaultdict(list)
    for person in people:
        if (value := key(person)) is not None:
            members[value].append(person)
    for record in records:
        found = members.get(key(record), ())
        if len(found) <= cap:
            for person in found:
                yield person, record


def _prepared(columns: tuple[str, ...]) -> Key:
    return lambda row: _whole(tuple(row[column] for column in columns))


def _written(columns: tuple[Written, ...]) -> Key:
    return lambda row: _whole(tuple(column.of(row["written"]) for column in columns))


def _whole(values: tuple[Any, ...]) -> tuple[Any, ...] | None:
    return None if None in values else values


def _lacks(row: Row, block: Block) -> bool:
    return any(row[key] is None for key in block.lacking)
