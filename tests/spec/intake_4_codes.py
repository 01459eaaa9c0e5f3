"""The same remark read as 2017 and as 2023."""

from lib.spec_docs import Table
from mutakhir.intake.claims import MARK_LISTS, Marks, category, document, service
from mutakhir.intake.columns import columns
from mutakhir.rules import load

PAGE = "formats/layouts.md"
TITLE = "Remarks, by version of the code lists"


def _said(mark: str, version: str):
    return Marks(*(load().codes(name, version) for name in MARK_LISTS)).said(mark)


def _disability(code: str, version: str):
    return tuple(columns(load(), version)["disability"].parser(code))


TABLES = [
    Table(
        "A KETERANGAN, SARING or TMS column: claim, reason and code.",
        ("cell", "--codes"),
        ("claim", "reason", "code"),
        [
            ("1", "2017", "ineligible", "meninggal", None),
            ("1", "2023", "ineligible", "meninggal", None),
            ("4", "2023", "ineligible", "pindah_domisili", None),
            ("5", "2017", "ineligible", "tidak_dikenal", None),
            ("5", "2023", None, None, "code_not_collected"),
            ("8", "2017", "ineligible", "hilang_ingatan", None),
            ("8", "2023", "move", "salah_penempatan_tps", None),
            ("8.0", "2023", "move", "salah_penempatan_tps", None),
            ("9", "2017", "ineligible", "hak_pilih_dicabut", None),
            ("9", "2023", None, None, "code_unknown"),
            ("HAK PILIH DICABUT", "2023", "ineligible", "hak_pilih_dicabut", None),
            ("U", "2023", "change", None, None),
            ("b", "2017", "new", None, None),
            ("P", "2023", "move", None, None),
            ("meninggal dunia", "2023", "ineligible", "meninggal", None),
            ("X", "2023", None, None, "code_unknown"),
            ("rumah pagar hijau", "2023", None, None, None),
            ("0", "2023", None, None, None),
            ("-", "2023", None, None, None),
        ],
        _said,
    ),
    Table(
        "Disability codes.",
        ("cell", "--codes"),
        ("value", "code"),
        [
            ("2", "2017", "netra", None),
            ("2", "2023", "intelektual", None),
            ("6", "2017", None, "disability_unknown"),
            ("6", "2023", "netra", None),
            ("0", "2023", None, None),
            ("", "2023", None, None),
        ],
        _disability,
    ),
    Table(
        "KATEGORI of derived candidates.",
        ("cell",),
        ("claim", "reason", "code"),
        [
            ("PINDAH MASUK", "new", "pindah_masuk", None),
            ("Pemilih Potensial", "new", None, None),
            ("PINDAH KELUAR", "ineligible", "pindah_domisili", None),
            ("MENINGGAL", "ineligible", "meninggal", None),
            ("LAINNYA", None, None, "category_unknown"),
            ("", None, None, "category_unknown"),
        ],
        category,
    ),
    Table(
        "STATUS in lists of TNI and Polri.",
        ("cell",),
        ("claim", "reason", "code"),
        [
            ("MASUK TNI", "ineligible", "tni", None),
            ("AKTIF TNI AD", "ineligible", "tni", None),
            ("MASUK POLRI", "ineligible", "polri", None),
            ("PENSIUN", "new", "sipil", None),
            ("PURNAWIRAWAN POLRI", "new", "sipil", None),
            ("HIDUP", None, None, None),
        ],
        service,
    ),
    Table(
        "JENIS DOKUMEN, as a rung or kind of evidence.",
        ("cell",),
        ("evidence",),
        [
            ("Akta Kematian", "akta_kematian"),
            ("Surat Kematian Kelurahan", "village_letter"),
            ("Pernyataan Ketua RT", "rt_statement"),
            ("SK Pensiun", "sk_pensiun"),
            ("KTP-el", "ktp_el"),
            ("katanya", None),
        ],
        document,
    ),
]
