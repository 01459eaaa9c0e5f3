"""A link in words for the person who must decide, in Indonesian."""

from collections.abc import Mapping
from typing import Any, Final

from mutakhir.linkage.evidence import read_terms

_BANDS: Final = {
    "sure": "Hampir pasti orang yang sama",
    "review": "Mungkin orang yang sama, perlu dilihat petugas",
    "no": "Bukti tidak cukup untuk menyebut orang yang sama",
}

#: By field and level. Levels that say nothing to a person (missing) stand in _UNKNOWN.
_PHRASES: Final = {
    "nik": {
        "equal": "NIK sama",
        "typo": "NIK berbeda satu angka",
        "near": "NIK berbeda dua angka",
        "prefix": "NIK salah satu tidak utuh, bagian wilayah dan tanggalnya sama",
        "sibling": "NIK berbeda hanya pada nomor urut, seperti saudara kembar",
        "differ": "NIK berbeda dan keduanya sah",
    },
    "name": {
        "equal": "nama sama",
        "sounds": "nama berbunyi sama dengan ejaan lain",
        "close": "nama berbeda sedikit ejaannya",
        "covers": "nama yang satu bagian dari yang lain",
        "slip": "nama pendek berbeda satu huruf",
        "given": "hanya nama panggilan yang sama",
        "differ": "nama berbeda",
    },
    "birth_date": {
        "equal": "tanggal lahir sama",
        "heaped": "tanggal lahir sama, tetapi tanggal yang lazim dipakai bila tidak diketahui",
        "swapped": "tanggal lahir berbeda: hari dan bulan tertukar",
        "close": "tanggal lahir berbeda satu angka",
        "part": "tanggal lahir berbeda sebagian",
        "month": "bulan dan tahun lahir sama",
        "year": "tahun lahir sama",
        "age": "tahun lahir berselisih satu",
        "day": "hari dan bulan lahir sama",
        "differ": "tanggal lahir berbeda",
    },
    "sex": {"equal": "jenis kelamin sama", "differ": "jenis kelamin berbeda"},
    "nkk": {
        "equal": "NKK sama",
        "close": "NKK berbeda satu atau dua angka",
        "differ": "NKK berbeda",
    },
    "area": {
        "rt": "RT, RW, dan desa/kelurahan sama",
        "rw": "RW dan desa/kelurahan sama",
        "desa": "desa/kelurahan sama",
        "kecamatan": "kecamatan sama, desa/kelurahan berbeda",
        "differ": "kecamatan berbeda",
    },
    "birth_place": {"equal": "tempat lahir sama", "differ": "tempat lahir berbeda"},
    "address": {"equal": "alamat sama", "differ": "alamat berbeda"},
    "claimed": {"yes": "NIK pemilih ini sudah dipakai baris lain dari sumber yang sama"},
}

_UNKNOWN: Final = {
    "nik": "NIK",
    "name": "nama",
    "birth_date": "tanggal lahir",
    "sex": "jenis kelamin",
    "nkk": "NKK",
    "area": "desa/kelurahan",
    "birth_place": "tempat lahir",
    "address": "alamat",
}


def explain(link: Mapping[str, Any]) -> str:
    """One sentence on a line of LINK_SCHEMA, without personal values.

    ``Hampir pasti orang yang sama: NIK sama; nama sama; tanggal lahir berbeda: hari dan bulan
    tertukar. Tidak dapat dibandingkan: alamat.``
    """
    terms = read_terms(link["evidence"])
    said = "; ".join(_PHRASES[t.field][t.level] for t in terms if t.level != "missing")
    unknown = [_UNKNOWN[t.field] for t in terms if t.level == "missing"]
    tail = f" Tidak dapat dibandingkan: {', '.join(unknown)}." if unknown else ""
    return f"{_BANDS[link['band']]}: {said}.{tail}"
