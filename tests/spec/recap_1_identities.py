"""Identities of a recap, row by row."""

from lib.spec_docs import Table
from mutakhir.recap import identities
from mutakhir.recap.figure import Figure

PAGE = "formats/recap.md"
TITLE = "Identities, by example"


def _cells(written: str) -> dict[str, int | None]:
    pairs = (pair.partition("=") for pair in written.split())
    return {name: int(value) if value else None for name, _, value in pairs}


def _said(broken: list[identities.Break]) -> tuple[str, ...]:
    return tuple(
        f"{b.cell} is {b.found}, should be {b.expected} ({Figure(b.difference).signed})"
        for b in broken
    )


def _row(written: str) -> tuple[str, ...]:
    return _said([found for judge in identities.ROW for found in judge(_cells(written))])


def _family(parent: str, below: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    broken, unjudged = identities.children(_cells(parent), [_cells(child) for child in below])
    return _said(broken), tuple(unjudged)


def _moves(written: str) -> tuple[str, ...]:
    return _said(identities.moves(_cells(written)))


TABLES = [
    Table(
        "One row. A cell that is empty or absent is unknown, and what needs it is not judged.",
        ("cells",),
        ("broken",),
        [
            ("L=238009 P=233612 total=471621", ()),
            (
                "L=258957 P=254914 total=513851",
                ("total is 513851, should be 513871 (−20)",),
            ),
            ("L=5 P= total=9", ()),
            ("total=301803 previous_total=301155 baru=822 tms=174", ()),
            (
                "total=301804 previous_total=301155 baru=822 tms=174",
                ("total is 301804, should be 301803 (+1)",),
            ),
            ("total=9 previous_total=5 baru=1 tms=", ()),
            ("total=10 previous_total=10 baru=0 tms=0 perbaikan=7", ()),
            ("total=11 previous_total=10 baru=0 tms=0 masuk_dalam=3 keluar_dalam=2", ()),
            ("total=11 previous_total=10 baru=0 tms=0", ("total is 11, should be 10 (+1)",)),
            ("tms=5 tms.meninggal=3 tms.ganda=1", ("tms is 5, should be 4 (+1)",)),
            ("tms=5 tms.meninggal=3 tms.ganda=", ()),
            ("total=9 ktp_el.S=8 ktp_el.B=2", ("total is 9, should be 10 (−1)",)),
            (
                "baru_L=1 baru_P=2 baru=4",
                ("baru is 4, should be 3 (+1)",),
            ),
        ],
        _row,
    ),
    Table(
        "A parent and its children. A cell that one child leaves empty is not judged.",
        ("parent", "children"),
        ("broken", "not judged"),
        [
            ("total=9 L=4", ("total=4 L=2", "total=5 L=2"), (), ()),
            ("total=9", ("total=4", "total=4"), ("total is 9, should be 8 (+1)",), ()),
            ("total=9 L=4", ("total=4 L=2", "total=5 L="), (), ("L",)),
            ("total=9 tps=3", ("total=4", "total=5"), (), ()),
        ],
        _family,
    ),
    Table(
        "Moves between desa, in a kabupaten/kota or a provinsi.",
        ("cells",),
        ("broken",),
        [
            ("masuk_dalam=12 keluar_dalam=12", ()),
            ("masuk_dalam=12 keluar_dalam=11", ("masuk_dalam is 12, should be 11 (+1)",)),
            ("jk_masuk=2 jk_keluar=3", ("jk_masuk is 2, should be 3 (−1)",)),
        ],
        _moves,
    ),
]
