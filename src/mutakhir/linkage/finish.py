"""Scored pairs → links: the choice among rivals, probabilities, evidence, ids and order.

The same for both engines.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.linkage.evidence import write_evidence
from mutakhir.linkage.link import LINK_SCHEMA
from mutakhir.linkage.model import FIELDS, Model, level
from mutakhir.linkage.prepare import Prepared

#: What an engine hands over, in any order: rows of left and right, number of the blocking rule,
#: weights in thousandths of a bit, band, and the level of each field.
SCORED_SCHEMA: Final = pa.schema(
    [
        *(pa.field(name, pa.int32()) for name in ("l", "r", "rule", "name_worth", "weight")),
        pa.field("band", pa.string()),
        *(pa.field(field, pa.int8()) for field in FIELDS),
    ]
)


def finish_links(scored: pa.Table, prepared: Prepared, model: Model) -> pa.Table:
    """LINK_SCHEMA of the best links of each record and the seconds close to them."""
    kept = _choose(scored, prepared, model)
    rules = np.array([block.name for block in model.blocks], dtype=object)
    return _links(kept, rules[kept["rule"].to_numpy()].tolist(), prepared, model)


def finish_duplicates(scored: pa.Table, prepared: Prepared, model: Model) -> pa.Table:
    """LINK_SCHEMA of all pairs, ``rule`` telling the class: K1, K2, K3 or beyond."""
    return _links(scored, _classes(scored), prepared, model)


def _classes(scored: pa.Table) -> list[str]:
    """K1 NIK, NKK and name are the same; K2 NIK and name; K3 the NIK, or an identity alike: a
    NIK with a slip, with like name and birth date (domain.md §4)."""
    nik, name, nkk, date = (scored[f].to_numpy() for f in ("nik", "name", "nkk", "birth_date"))
    same_nik, same_name = nik == level("nik", "equal"), name >= level("name", "sounds")
    slip = (nik == level("nik", "typo")) | (nik == level("nik", "near"))
    alike = (name >= level("name", "covers")) & (date >= level("birth_date", "swapped"))
    classes: list[str] = np.select(
        [
            same_nik & same_name & (nkk == level("nkk", "equal")),
            same_nik & same_name,
            same_nik | (slip & alike),
        ],
        ["K1", "K2", "K3"],
        "beyond",
    ).tolist()
    return classes


def _choose(scored: pa.Table, prepared: Prepared, model: Model) -> pa.Table:
    """Best link and close seconds of each record.

    A pair with the record's own NIK always stays. A sure link by likeness with a second within
    the margin is a question for a person, and so is the second.
    """
    right, weight = scored["r"].to_numpy(), scored["weight"].to_numpy()
    own = scored["nik"].to_numpy() == level("nik", "equal")
    best = np.full(prepared.right.num_rows, np.iinfo(np.int64).min)
    np.maximum.at(best, right, weight)
    near = weight >= best[right] - model.margin
    place = _places(scored, prepared)
    keep = own | (near & (place < model.most)) | np.bool_(model.keep_no)
    rivals = np.bincount(right[near], minlength=prepared.right.num_rows)[right] > 1
    band = scored["band"].to_numpy(zero_copy_only=False)
    band = np.where(rivals & near & ~own & (band == "sure"), "review", band)
    index = scored.schema.get_field_index("band")
    return scored.set_column(index, "band", pa.array(band, pa.string())).filter(pa.array(keep))


def _places(scored: pa.Table, prepared: Prepared) -> npt.NDArray[np.int64]:
    """The place of each pair among those of its record: by weight, then by left id."""
    ids = prepared.left_ids.take(scored["l"])
    table = pa.table({"r": scored["r"], "weight": scored["weight"], "id": ids})
    order = pc.sort_indices(
        table, sort_keys=[("r", "ascending"), ("weight", "descending"), ("id", "ascending")]
    ).to_numpy()
    right = scored["r"].to_numpy()[order]
    starts = np.searchsorted(right, right)
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order)) - starts
    return places


def _links(scored: pa.Table, rules: list[str], prepared: Prepared, model: Model) -> pa.Table:
    left = prepared.left_ids.take(scored["l"]).combine_chunks()
    right = prepared.right_ids.take(scored["r"]).combine_chunks()
    if prepared.right is prepared.left:
        ordered = pc.less(left, right)
        left, right = pc.if_else(ordered, left, right), pc.if_else(ordered, right, left)
    weight = scored["weight"].to_numpy() / 1000
    table = pa.table(
        {
            "left_id": left,
            "right_id": right,
            "weight": weight,
            "probability": _probabilities(weight),
            "band": scored["band"],
            "rule": pa.array(rules, pa.string()),
            "evidence": write_evidence(scored, model),
        }
    ).cast(LINK_SCHEMA)
    return table.sort_by([("left_id", "ascending"), ("right_id", "ascending")]).combine_chunks()


def _probabilities(weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """1 / (1 + 2^-weight), each distinct weight once and by the same means for all engines."""
    distinct, inverse = np.unique(weights, return_inverse=True)
    return np.array([1 / (1 + 2.0**-w) for w in distinct.tolist()], np.float64)[inverse]
