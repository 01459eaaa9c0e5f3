"""Links and clusters as short texts."""

import pyarrow as pa

from mutakhir.linkage.link import LINK_SCHEMA


def links(*edges):
    """Edges as ``a b weight band``."""
    rows = [
        {
            **dict(zip(("left_id", "right_id"), edge.split()[:2], strict=True)),
            "weight": float(edge.split()[2]),
            "probability": 0.5,
            "band": edge.split()[3],
            "rule": "nik",
            "evidence": "nik=20.000",
        }
        for edge in edges
    ]
    return pa.Table.from_pylist(rows, LINK_SCHEMA)


def told(members):
    """Clusters as texts: primary voters with a star, records with a dot."""
    found = {}
    for row in members.to_pylist():
        mark = {"left": "*" if row["primary"] else "", "right": "."}[row["side"]]
        found.setdefault(row["cluster"], []).append(row["id"] + mark)
    return [" ".join(found[number]) for number in sorted(found)]
