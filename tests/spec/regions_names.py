"""Names of regions, as people type them, and what they resolve to."""

from datetime import date

from lib.spec_docs import Table
from mutakhir import regions
from mutakhir.regions import Ambiguous, Resolved

PAGE = "reference/regions.md"
TITLE = "Names and codes, by example"


def _means(name: str, level: str, parent: str) -> tuple[str, tuple[str, ...]]:
    answer = regions.load().resolve(name, level, parent)  # type: ignore[arg-type]
    if isinstance(answer, Resolved):
        return "resolved", (answer.region.dotted,)
    if isinstance(answer, Ambiguous):
        return "ambiguous", tuple(region.dotted for region in answer.candidates)
    return "unknown", ()


def _now(code: str, day: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    on = None if day is None else date.fromisoformat(day)
    found = regions.load().heirs(code, on)
    return tuple(region.dotted for region in found), tuple(region.name for region in found)


BOTH_SUKAWANA = ("36.73.01.1008", "36.73.04.1007")
OESAO = ("53.01.06.1004", "53.01.06.2015")
TABLES = [
    Table(
        "A name is sought within a parent. What can be two places is held with both.",
        ("name", "level", "within"),
        ("answer", "codes"),
        [
            ("Sukawana", "desa", "36.73", "ambiguous", BOTH_SUKAWANA),
            ("Sukawana", "desa", "36.73.04", "resolved", ("36.73.04.1007",)),
            ("KEL. SUKA WANA", "desa", "367304", "resolved", ("36.73.04.1007",)),
            ("kelurahan  sukawana.", "desa", "367304", "resolved", ("36.73.04.1007",)),
            ("Soekawana", "desa", "367304", "resolved", ("36.73.04.1007",)),
            ("Sukwana", "desa", "367304", "resolved", ("36.73.04.1007",)),
            ("Tembong", "desa", "367301", "unknown", ()),
            ("Serang", "kabkota", "36", "ambiguous", ("36.04", "36.73")),
            ("KAB SERANG", "kabkota", "36", "resolved", ("36.04",)),
            ("Kota Serang", "kabkota", "36", "resolved", ("36.73",)),
            ("TANGERANG SELATAN", "kabkota", "36", "resolved", ("36.74",)),
            ("DKI Jakarta", "provinsi", "", "resolved", ("31",)),
            ("D.I. Yogyakarta", "provinsi", "", "resolved", ("34",)),
            ("Kec. Taktakan", "kecamatan", "36.73", "resolved", ("36.73.06",)),
            ("Kecamatan Tak Takan", "kecamatan", "36.73", "resolved", ("36.73.06",)),
            ("Cipocok Jaja", "kecamatan", "36.73", "resolved", ("36.73.05",)),
            ("Cipocok Raya", "kecamatan", "36.73", "unknown", ()),
            ("Cipocok Jaya I", "kecamatan", "36.73", "unknown", ()),
            ("T. JAMBO AYE", "kecamatan", "11.08", "resolved", ("11.08.14",)),
            ("Piga Satu", "desa", "53.09.07", "resolved", ("53.09.07.2017",)),
            ("Oesao", "desa", "53.01.06", "ambiguous", OESAO),
            ("KEL. OESAO", "desa", "53.01.06", "resolved", OESAO[:1]),
            ("Desa Oesao", "desa", "53.01.06", "resolved", OESAO[1:]),
            ("Desa/Kel. Oesao", "desa", "53.01.06", "ambiguous", OESAO),
            ("Kertasana", "desa", "36.01.01", "ambiguous", ("36.01.01.2002", "36.01.09.2005")),
            ("Suka Wena", "desa", "36.73.04", "resolved", ("36.73.04.1007",)),
            ("", "desa", "36.73", "unknown", ()),
        ],
        _means,
    ),
    Table(
        "A code is read as of the day it was written: in Papua Barat Daya numbers were given to "
        "other places later. Of a split region the part that kept the code comes first.",
        ("code", "written on"),
        ("now", "name"),
        [
            ("36.73", None, ("36.73",), ("Kota Serang",)),
            ("36.02.16.2018", None, ("36.02.28.2009",), ("Cikaratuan",)),
            ("96.01.01.2013", "2024-02-14", ("96.01.01.2011",), ("Klasimigik",)),
            ("96.01.01.2013", "2026-01-01", ("96.01.01.2013",), ("Klagulus",)),
            ("96.01.01.2013", None, ("96.01.01.2013",), ("Klagulus",)),
            ("72.01.09", "2024-02-14", ("72.01.09", "72.01.24"), ("Toili", "Toili Jaya")),
            ("91.01", None, ("93.01",), ("Kabupaten Merauke",)),
            ("92.71", "2020-01-01", ("96.71",), ("Kota Sorong",)),
            ("99.99", None, (), ()),
        ],
        _now,
    ),
]
