"""Rows of sources, where a screen needs more than a receipt."""

from collections import Counter

import pyarrow.compute as pc
import pyarrow.parquet as pq

from mutakhir_web.bulk import door


def rows_by_kab(source_id: str) -> Counter[str]:
    """How many accepted rows of a source lie in each kab/kota."""
    path = door.store().source(source_id) / "records.parquet"
    desas = pq.read_table(path, columns=["desa"], partitioning=None)["desa"].drop_null()
    counted = pc.value_counts(pc.utf8_slice_codeunits(desas, 0, 4)).to_pylist()
    return Counter({each["values"]: each["counts"] for each in counted})
