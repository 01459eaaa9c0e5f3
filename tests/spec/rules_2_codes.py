"""One digit, several years, several meanings."""

from lib.spec_docs import Table
from mutakhir import rules

PAGE = "reference/rules.md"
TITLE = "Codes by version"

LAW = rules.load()


def _means(list_name: str, version: str, code: str) -> tuple[str | None, str | None]:
    found = LAW.codes(list_name, version).meaning(code)
    return (None, None) if found is None else (found.word, found.effect)


TABLES = [
    Table(
        "The same row read with two versions. No code is read without one.",
        ("list", "version", "code"),
        ("word", "effect"),
        [
            ("tms", "2017", "1", "meninggal", "leaves"),
            ("tms", "2023", "1", "meninggal", "leaves"),
            ("tms", "2017", "5", "tidak_dikenal", "leaves"),
            ("tms", "2023", "5", "tidak_dikenal", "not_collected"),
            ("tms", "2017", "8", "hilang_ingatan", "leaves"),
            ("tms", "2023", "8", "salah_penempatan_tps", "moves_inside"),
            ("tms", "2017", "9", "hak_pilih_dicabut", "leaves"),
            ("tms", "2023", "9", None, None),
            ("tms", "2023", "Hak Pilih Dicabut", "hak_pilih_dicabut", "leaves"),
            ("tms", "mutarlihjatim", "2", "pindah_domisili", "leaves"),
            ("tms", "2023", "2", "ganda", "leaves"),
            ("disability", "2017", "2", "netra", "states"),
            ("disability", "2023", "2", "intelektual", "states"),
            ("disability", "2017", "3", "rungu_wicara", "states"),
            ("disability", "2023", "3", "mental", "states"),
            ("disability", "2017", "4", "intelektual", "states"),
            ("disability", "2023", "4", "wicara", "states"),
            ("disability", "2017", "6", None, None),
            ("disability", "2023", "6", "netra", "states"),
            ("disability", "2023", "0", None, "states"),
            ("mark", "2017", "11", "belum_ktp_el", "flag"),
            ("mark", "2023", "11", None, None),
            ("mark", "2023", "u", "ubah", "changes"),
            ("sex", "2023", "LK", "L", "states"),
            ("sex", "2017", "PR", "P", "states"),
            ("marital", "2023", "P", "P", "states"),
            ("ktp_el", "2023", "S", "S", "states"),
            ("new_reason", "2023", "Pindah Masuk", "pindah_masuk", "new"),
            ("new_reason", "2023", "potensial", "belum_terdaftar", "new"),
        ],
        _means,
    ),
]
