"""Sure links → clusters: the rows that are one person, without contradictions.

A cluster is consistent when all its pairs are linked, at least for review: within one list every
two rows, between two lists every voter and record. Sure links join clusters, the heaviest first;
one that would bring two rows together that are not linked is cut: it becomes a question for a
person, with a mark. So a chain breaks at its weakest edge. Result: docs/formats/links.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.linkage.evidence import CHAIN
from mutakhir.linkage.repeated import repeated

#: ``side``: of which list the row is. ``primary``: the one voter who stands for the person.
CLUSTER_SCHEMA: Final = pa.schema(
    [
        pa.field("cluster", pa.int64(), nullable=False),
        pa.field("side", pa.string(), nullable=False),
        pa.field("id", pa.string(), nullable=False),
        pa.field("primary", pa.bool_(), nullable=False),
    ]
)
Side: TypeAlias = Literal["left", "right"]
Node: TypeAlias = tuple[Side, str]
Pair: TypeAlias = tuple[Node, Node]


@dataclass(frozen=True)
class Clusters:
    """``members``: CLUSTER_SCHEMA. ``cut``: (left_id, right_id) of the sure links that were cut.
    ``several``: how many records are linked to more than one voter, in any band."""

    members: pa.Table
    cut: frozenset[tuple[str, str]]
    several: int


def find_clusters(links: pa.Table, *, within: bool) -> Clusters:
    """The people of ``links`` (LINK_SCHEMA, or its ids, weight and band) who have more than one
    row on the left. ``within``: links of one list. The order of rows does not matter."""
    several = links.filter(pa.array(repeated(links["right_id"])))
    edges, linked = _tangled(links, several, within=within)
    group = _grouped(edges, linked, within=within)
    cut = {pair for pair in edges if group[pair[0]] is not group[pair[1]]}
    whole = _written(group, cut)
    rows = [row for number, nodes in enumerate(whole, 1) for row in _rows(number, nodes, linked)]
    members = pa.Table.from_pylist(rows, CLUSTER_SCHEMA)
    ids = frozenset((one[1], other[1]) for one, other in cut)
    return Clusters(members, ids, 0 if within else len(pc.unique(several["right_id"])))


def cut_links(links: pa.Table, cut: frozenset[tuple[str, str]]) -> pa.Table:
    """``links`` (LINK_SCHEMA) with those in ``cut`` for review and marked (evidence.CHAIN)."""
    lefts = pa.array(sorted({left for left, _ in cut}), pa.string())
    flags = pc.is_in(links["left_id"], value_set=lefts).to_numpy()
    flags[flags] = [pair in cut for pair in _ids(links.filter(pa.array(flags)))]
    if not flags.any():
        return links
    mask = pa.array(flags)
    marked = pc.binary_join_element_wise(links["evidence"].filter(mask), CHAIN, " ")
    evidence = links["evidence"].combine_chunks()
    columns = {name: links[name] for name in links.column_names} | {
        "band": pc.if_else(mask, "review", links["band"]),
        "evidence": pc.replace_with_mask(evidence, mask, marked.combine_chunks()),
    }
    return pa.table(columns, links.schema)


def _tangled(
    links: pa.Table, several: pa.Table, *, within: bool
) -> tuple[list[Pair], dict[Pair, float]]:
    """Sure links of people with more than one row on the left, the heaviest first (ties by id),
    and the weight of every link among these rows. All others are a voter and its records.
    ``several``: links of records that have more than one."""
    near = links
    if not within:
        surely = several.filter(pc.equal(several["band"], "sure"))
        voters = pc.unique(surely["left_id"].filter(pa.array(repeated(surely["right_id"]))))
        near = links.filter(pc.is_in(links["left_id"], value_set=voters))
    near = near.filter(pc.not_equal(near["band"], "no"))
    other: Side = "left" if within else "right"
    linked: dict[Pair, float] = {}
    sure: list[Pair] = []
    for (one, two), weight, band in zip(
        _ids(near), near["weight"].to_pylist(), near["band"].to_pylist(), strict=True
    ):
        pair: Pair = (("left", one), (other, two))
        linked[pair] = weight
        if band == "sure":
            sure.append(pair)
    sure.sort(key=lambda pair: (-linked[pair], pair))
    return sure, linked


def _ids(links: pa.Table) -> Iterator[tuple[str, str]]:
    return zip(links["left_id"].to_pylist(), links["right_id"].to_pylist(), strict=True)


def _grouped(
    edges: list[Pair], linked: Mapping[Pair, float], *, within: bool
) -> dict[Node, list[Node]]:
    """Each row's cluster: one list, shared by its members."""
    group: dict[Node, list[Node]] = {node: [node] for pair in edges for node in pair}
    for one, other in edges:
        large, small = sorted((group[one], group[other]), key=len, reverse=True)
        if large is not small and _consistent(large, small, linked, within=within):
            large += small
            group.update(dict.fromkeys(small, large))
    return group


def _consistent(
    one: list[Node], other: list[Node], linked: Mapping[Pair, float], *, within: bool
) -> bool:
    """Whether all pairs between two clusters are linked; two records of a source list meet only
    through voters and are not compared."""
    return all(_pair(a, b) in linked for a in one for b in other if within or a[0] != b[0])


def _pair(a: Node, b: Node) -> Pair:
    return (a, b) if a < b else (b, a)


def _written(group: dict[Node, list[Node]], cut: set[Pair]) -> list[list[Node]]:
    """The clusters with more than one row on the left, and those that a cut left; in order."""
    torn = {node for pair in cut for node in pair}
    clusters = {id(nodes): nodes for nodes in group.values()}.values()
    return [
        nodes
        for nodes in sorted(map(sorted, clusters))
        if sum(side == "left" for side, _ in nodes) > 1 or not torn.isdisjoint(nodes)
    ]


def _rows(
    number: int, nodes: list[Node], linked: Mapping[Pair, float]
) -> Iterator[dict[str, object]]:
    """A cluster's lines. Primary: the voter with the heaviest link in it, ties by id."""

    def best(voter: Node) -> tuple[float, Node]:
        return -max(
            (linked.get(_pair(voter, x), 0.0) for x in nodes if x != voter), default=0.0
        ), voter

    primary = min((node for node in nodes if node[0] == "left"), key=best, default=None)
    for node in nodes:
        yield {"cluster": number, "side": node[0], "id": node[1], "primary": node == primary}
