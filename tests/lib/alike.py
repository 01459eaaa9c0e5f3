"""People who are alike in odd ways, and links compared: for tests that engines agree."""

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc_csv
from hypothesis import strategies as st

from lib.people import BUDI, record, records, voter, voters
from mutakhir.linkage.link import LINK_SCHEMA
from mutakhir.linkage.model_file import default_model

GOLDEN = Path(__file__).parents[1] / "data" / "linkage_golden"

NAMES = (
    *("BUDI SANTOSO", "BUDI S", "SANTOSO BUDI", "BOEDI SANTOSO", "BUDI", "HJ. BUDI", "B S", "-"),
    *("MUHAMMAD BUDI", "M. BUDI", "SITI AMINAH", "ST AMINA", "AMINAH", "ABDURRAHMAN WAHIDIN"),
    *("ABDURRAHMAN WAHI", "NUR HAYATI", "NURHAYATI", None),
)
NIKS = (
    *("9999991203820002", "9999991203820003", "9999981203820002", "9999895203820002"),
    *("9999995203820002", "9999991203820000", "9999991203820020", "1111111111111111", "12", None),
)
_DATES = (
    *("1982-03-12", "1982-12-03", "1982-03-13", "1982-03-00", "1982-00-00", "1983-00-00"),
    *("0000-03-12", "1982-07-01", "0000-00-00", None),
)


def lines(*, names=NAMES, niks=NIKS):
    """What a list says of one person, few enough values that people meet in them."""
    return st.fixed_dictionaries(
        {
            "name": st.sampled_from(names),
            "nik": st.sampled_from(niks),
            "birth_date": st.sampled_from(_DATES),
            "sex": st.sampled_from(["L", "P", None]),
            "nkk": st.sampled_from(
                ["9999990101100001", "9999990101100002", "0000000000000000", None]
            ),
            "desa": st.sampled_from(["3673011001", "3673011002", "3673012001", "3673021001", None]),
            "rt": st.sampled_from(["001", "000", None]),
            "rw": st.sampled_from(["002", "000", None]),
            "birth_place": st.sampled_from(["SERANG", "KAB. SERANG", "LEBAK", None]),
            "address": st.sampled_from(["KP. BARU", "KAMPUNG BARU", "", None]),
        }
    )


@st.composite
def two_lists(draw, *, most=10):
    """Lines of two lists, most of the second taken from the first with a slip or none; on either
    list a person may stand twice."""
    left = draw(st.lists(lines(), min_size=1, max_size=most))
    again = st.sampled_from(left)
    slip = st.builds(
        lambda one, other, field: {**one, field: other[field]},
        again,
        lines(),
        st.sampled_from(sorted(left[0])),
    )
    left += draw(st.lists(slip, max_size=3))
    return left, draw(st.lists(st.one_of(again, slip, lines()), max_size=most))


def models(*caps):
    """The shipped model with one cap for all blocks, showing the band `no` or not."""
    return st.builds(
        lambda cap, keep: replace(
            default_model(),
            keep_no=keep,
            blocks=tuple(replace(block, cap=cap) for block in default_model().blocks),
        ),
        st.sampled_from(caps),
        st.booleans(),
    )


def roll_of(people):
    return voters(*(voter({**BUDI, **p}, dpid=f"{i:016x}") for i, p in enumerate(people, 1)))


def feed_of(people):
    sources = ("aaaaaaaaaaaaaaaa", "cccccccccccccccc")
    return records(
        *(record({**BUDI, **p}, row=i, source_id=sources[i % 2]) for i, p in enumerate(people, 1))
    )


def assert_same(links, judged):
    """Row by row, weights to the bit, probabilities to 1e-9."""
    kept = [name for name in links.column_names if name != "probability"]
    assert links.select(kept).to_pylist() == judged.select(kept).to_pylist()
    chances = zip(links["probability"].to_pylist(), judged["probability"].to_pylist(), strict=True)
    assert all(abs(one - other) < 1e-9 for one, other in chances)


def golden_links(what: str) -> pa.Table:
    """``links`` or ``duplicates`` of the golden registers, as the plain engine found them."""
    types = pc_csv.ConvertOptions(column_types=LINK_SCHEMA)
    return pc_csv.read_csv(f"{GOLDEN}_{what}.csv", convert_options=types)
