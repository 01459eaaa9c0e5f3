"""Names and short codes, as they come."""

from lib.spec_docs import Table
from mutakhir.intake.columns import columns
from mutakhir.intake.values import words
from mutakhir.rules import load

PAGE = "formats/layouts.md"
TITLE = "Names and codes of a person"


def _by(field: str, version: str = "2023"):
    parser = columns(load(), version)[field].parser
    return lambda cell: tuple(parser(cell))


TABLES = [
    Table(
        "Names keep titles; every apostrophe becomes one sign; case and spaces do not matter.",
        ("cell",),
        ("value", "code"),
        [
            ("Sa'diah", "SA'DIAH", None),
            ("Sa’diah", "SA'DIAH", None),
            ("SAʼDIAH", "SA'DIAH", None),
            ("SA´DIAH", "SA'DIAH", None),
            ("‘AISYAH", "AISYAH", None),
            ("  siti   aminah ", "SITI AMINAH", None),
            ("H. AHMAD, S.Pd", "H. AHMAD, S.PD", None),
            ("Hj. NUR'AINI", "HJ. NUR'AINI", None),
            ("'BUDI", "BUDI", None),
            ("SUKARNO", "SUKARNO", None),
            ("O", "O", "name_one_letter"),
            ("BUD1 SANTOSO", "BUD1 SANTOSO", "name_odd_signs"),
            ("9999991203820002", None, "columns_shifted"),
            ("-", None, "name_missing"),
            ("", None, "name_missing"),
        ],
        lambda cell: tuple(words.name(cell)),
    ),
    Table(
        "Sex.",
        ("cell",),
        ("value", "code"),
        [
            ("L", "L", None),
            ("p", "P", None),
            ("LK", "L", None),
            ("PR", "P", None),
            ("LAKI-LAKI", "L", None),
            ("Perempuan", "P", None),
            ("1", "L", None),
            ("2.0", "P", None),
            ("X", None, "sex_unknown"),
            ("", None, "sex_missing"),
        ],
        _by("sex"),
    ),
    Table(
        "Marital status.",
        ("cell",),
        ("value", "code"),
        [
            ("B", "B", None),
            ("s", "S", None),
            ("P", "P", None),
            ("BELUM KAWIN", "B", None),
            ("Kawin", "S", None),
            ("CERAI MATI", "P", None),
            ("KAWIN TERCATAT", "S", None),
            ("2", "S", None),
            ("?", None, "marital_unknown"),
            ("-", None, None),
        ],
        _by("marital"),
    ),
    Table(
        "RT and RW are three digits; 0 is normal where a village has none.",
        ("cell",),
        ("value", "code"),
        [
            ("1", "001", None),
            ("001", "001", None),
            ("12.0", "012", None),
            ("RT 03", "003", None),
            ("0", "000", "rt_rw_zero"),
            ("000", "000", "rt_rw_zero"),
            ("-", None, None),
            ("A", None, "rt_rw_unreadable"),
            ("1234", None, "rt_rw_unreadable"),
        ],
        lambda cell: tuple(words.rt_rw(cell)),
    ),
    Table(
        "TPS numbers are three digits; a code of 13 digits ends in one.",
        ("cell",),
        ("value", "code"),
        [
            ("1", "001", None),
            ("123", "123", None),
            ("TPS 001", "001", None),
            ("901", "901", None),
            ("3673011001004", "004", None),
            ("0", None, None),
            ("balai desa", None, "tps_unreadable"),
        ],
        lambda cell: tuple(words.tps(cell)),
    ),
]
