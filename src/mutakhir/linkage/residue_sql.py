"""People whom tier 1 leaves over, taken from the index of the roll (roll_index.py).

Of millions of people left over, only those matter whom a block joins with a record; what else the
run has to know of the others is counted.
"""

# ruff: noqa: S608 - statements are made of column names of the model, no values
from mutakhir.linkage.blocks_sql import Runner
from mutakhir.linkage.model import Model, blocks_for

#: Normal forms of everybody on the left, as the index holds them.
FORMS = "left_forms"
#: The same of those whom not every source has settled.
OPEN_FORMS = "left_forms_open"
#: The same of all whom this run may compare.
MET_FORMS = "left_forms_met"
#: Rows whose names are worth counting.
NAMED = "named"


def take_people(runner: Runner, model: Model, settled: str) -> None:
    """Table ``people``: those not in ``settled`` (a query of n) whom a block joins with a record,
    or whose key of tier 1 some record has. By that key MET_FORMS has those settled as written too,
    who may be met again (reach_sql.py)."""
    met = [
        f"SELECT n FROM {FORMS} SEMI JOIN records USING ({', '.join(block.keys)})"
        for _, block in blocks_for(model, within=False)
    ]
    if model.exact:
        key = model.field[model.exact.key].columns[0]
        met.append(f"SELECT n FROM left_raw SEMI JOIN right_raw USING ({key})")
    runner.table("met_by_block", " UNION ".join(met))
    runner.table(MET_FORMS, f"SELECT f.* FROM {FORMS} f SEMI JOIN met_by_block USING (n)")
    runner.view(OPEN_FORMS, f"SELECT f.* FROM {FORMS} f ANTI JOIN ({settled}) USING (n)")
    runner.table("people", f"SELECT f.* FROM {MET_FORMS} f ANTI JOIN ({settled}) USING (n)")
    columns = ", ".join(model.counted) or "n"
    # A record that tier 1 settled is written as its voter is: its names are there already.
    rows = (f"SELECT {columns} FROM {rows}" for rows in (MET_FORMS, "records"))
    runner.table(NAMED, " UNION ALL ".join(rows))
