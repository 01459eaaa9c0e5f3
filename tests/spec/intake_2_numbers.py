"""NIK, NKK and DPID: text always. All of region 99, which does not exist."""

from lib.spec_docs import Table
from mutakhir.intake.values.numbers import dpid, nik, nkk

PAGE = "formats/layouts.md"
TITLE = "NIK, NKK, DPID"

TABLES = [
    Table(
        "NIK. A spreadsheet's number ends in `.0` here; it keeps 15 digits, the 16th becomes 0.",
        ("cell",),
        ("value", "code"),
        [
            ("9999991203820002", "9999991203820002", None),
            ("9999995708850001", "9999995708850001", None),
            ("'9999991203820002", "9999991203820002", None),
            ("‘9999991203820002", "9999991203820002", None),
            ('="9999991203820002"', "9999991203820002", None),
            ("\ufeff9999991203820002", "9999991203820002", None),
            (" 9999991203820002 ", "9999991203820002", None),
            ("999999 120382 0002", "9999991203820002", None),
            ("99.99.99.120382.0002", "9999991203820002", None),
            ("9999991203820002.0", "9999991203820002", None),
            ("9999991203820010.0", None, "nik_rounded"),
            ("9999991203820000.0", None, "nik_rounded"),
            ("9.99999E+15", None, "nik_lost_digits"),
            ("9,99999E+15", None, "nik_lost_digits"),
            ("999999******0002", None, "nik_masked"),
            ("999999120382XXXX", None, "nik_masked"),
            ("999999120382000", None, "nik_not_16_digits"),
            ("99999912038200021", None, "nik_not_16_digits"),
            ("999999120382000O", None, "nik_not_16_digits"),
            ("BUDI SANTOSO", None, "nik_not_16_digits"),
            ("9999991203820000", None, "nik_serial_0000"),
            ("9999990003820002", None, "nik_bad_day"),
            ("9999993203820002", None, "nik_bad_day"),
            ("9999997203820002", None, "nik_bad_day"),
            ("9999991200820002", None, "nik_bad_month"),
            ("9999991213820002", None, "nik_bad_month"),
            ("1111111111111111", None, "nik_one_digit"),
            ("0000000000000000", None, "nik_one_digit"),
            ("0", None, "nik_missing"),
            ("-", None, "nik_missing"),
            ("", None, "nik_missing"),
        ],
        lambda cell: tuple(nik(cell)),
    ),
    Table(
        "NKK: what is not whole is not used, with a warning.",
        ("cell",),
        ("value", "code"),
        [
            ("9999990101100001", "9999990101100001", None),
            ("'9999990101100001", "9999990101100001", None),
            ("0", None, "nkk_missing"),
            ("0.0", None, "nkk_missing"),
            ("-", None, "nkk_missing"),
            ("999999010110000", None, "nkk_invalid"),
            ("9.99999E+15", None, "nkk_invalid"),
            ("9999990101100000.0", None, "nkk_invalid"),
            ("5555555555555555", None, "nkk_invalid"),
        ],
        lambda cell: tuple(nkk(cell)),
    ),
    Table(
        "DPID: any office's number of a voter; ours are 16 hexadecimal digits.",
        ("cell",),
        ("value", "code"),
        [
            ("00000000000000a1", "00000000000000a1", None),
            ("00000000000000A1", "00000000000000a1", None),
            ("123456789", "123456789", None),
            ("123456789.0", "123456789", None),
            ("", None, None),
            ("0", None, None),
            ("1.23E+08", None, "dpid_invalid"),
            ("lihat catatan", None, "dpid_invalid"),
        ],
        lambda cell: tuple(dpid(cell)),
    ),
]
