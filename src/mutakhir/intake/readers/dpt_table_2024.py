"""The DPT as exported: ``#``-delimited without a header, or a table with these headings.

kecamatan, kelurahan, tps, nkk, nik, nama, tempat lahir, tanggal lahir, status kawin, jenis
kelamin, alamat, RT, RW, disabilitas, keterangan; with a DPID first or last in some exports.
"""

from dataclasses import replace

from mutakhir.intake.header import find_header
from mutakhir.intake.plan import Head, Plan
from mutakhir.intake.readers.headed_table import plan_under
from mutakhir.intake.sheets.sheet import Cells

_FIELDS = (
    "kecamatan",
    "desa",
    "tps",
    "nkk",
    "nik",
    "name",
    "birth_place",
    "birth_date",
    "marital",
    "sex",
    "address",
    "rt",
    "rw",
    "disability",
    "mark",
)
_ORDERS = (_FIELDS, ("dpid", *_FIELDS), (*_FIELDS, "dpid"))


def recognise(head: Head) -> Plan | None:
    """By the order of headings, or without any by the shape of most rows."""
    header = find_header(head)
    if header is not None:
        named = tuple(name for name in header.fields if name)
        fits = named in _ORDERS
        return replace(plan_under(head, header, "dpt_table_2024"), fixed={}) if fits else None
    if not head.rows:
        return None
    for order in _ORDERS:
        fitting = sum(_fits(cells, order) for _, cells in head.rows)
        if fitting >= max(1, 0.6 * len(head.rows)):
            return Plan("dpt_table_2024", order, 1)
    return None


def _fits(cells: Cells, order: tuple[str, ...]) -> bool:
    if len(cells) != len(order):
        return False
    row = dict(zip(order, cells, strict=True))
    return (
        sum(sign.isdecimal() for sign in row["nik"]) >= 14
        and row["sex"].upper() in ("L", "P", "LK", "PR")
        and row["kecamatan"].replace(" ", "").isalpha()
        and not row["name"].isdecimal()
    )
