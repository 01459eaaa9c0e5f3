"""What is true of a pair of registers, and what kind of people a wrong link joins."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq


def wrong_kind(people_a: pa.Table, people_b: pa.Table) -> pa.StringArray:
    """Who the two people of each wrong link are to each other.

    Both tables are rows of people.parquet, as long as the links and in their order. ``twin``,
    ``family`` (parent and child or other relatives of one family), ``namesake`` (one name), or
    ``other``; the first that holds.
    """
    same = {
        kind: pc.fill_null(pc.equal(people_a[column], people_b[column]), False)
        for kind, column in (("twin", "twin"), ("family", "family"), ("namesake", "name"))
    }
    conditions = pc.make_struct(*same.values(), field_names=list(same))
    found = pc.case_when(conditions, *same, "other")
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def links(roll_truth: pa.Table, register_truth: pa.Table) -> pa.Table:
    """All pairs (dpid, record_id) of one person, sorted."""
    pairs = roll_truth.join(register_truth, "person", join_type="inner")
    return pairs.select(["dpid", "record_id"]).sort_by(
        [("dpid", "ascending"), ("record_id", "ascending")]
    )


def duplicates(roll_truth: pa.Table) -> pa.Table:
    """All pairs (left, right) of lines of one person, left < right, sorted."""
    order = roll_truth.sort_by([("person", "ascending"), ("dpid", "ascending")])
    person = order["person"].to_numpy()
    # Nobody stands on a list more than twice.
    first = np.flatnonzero(person[1:] == person[:-1])
    dpid = order["dpid"]
    pairs = pa.table({"left": dpid.take(pa.array(first)), "right": dpid.take(pa.array(first + 1))})
    return pairs.sort_by([("left", "ascending"), ("right", "ascending")])


def true_links(folder: Path) -> pa.Table:
    """The pairs (dpid, record_id) of one person in a folder of registers."""
    return links(
        pq.read_table(folder / "roll_truth.parquet"),
        pq.read_table(folder / "register_truth.parquet"),
    )


def true_duplicates(folder: Path) -> pa.Table:
    """The pairs (left, right) of roll lines of one person, left < right."""
    return duplicates(pq.read_table(folder / "roll_truth.parquet"))
