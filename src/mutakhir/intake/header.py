"""Header rows: found by what they say, one row or two, and mapped to fields by synonyms."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from mutakhir.intake.plan import Head
from mutakhir.intake.sheets.sheet import Cells

#: Headings in use, by the field they name; compared without signs and case.
SYNONYMS: Final[dict[str, str]] = {
    "dpid": "DPID|DP ID|ID DP|ID PEMILIH|NO DPID",
    "nkk": "NKK|NO KK|NOMOR KK|KK|NOMOR KARTU KELUARGA|NO KARTU KELUARGA|NO KELUARGA",
    "nik": "NIK|NO NIK|NOMOR NIK|NOMOR INDUK KEPENDUDUKAN|NO INDUK KEPENDUDUKAN|NO KTP"
    "|NOMOR KTP|NIK KTP|NIK KTP EL|NO KTP EL|NOMOR IDENTITAS|NIK YANG MENINGGAL",
    "name": "NAMA|NAME|NAMA LENGKAP|NAMA PENDUDUK|NAMA PEMILIH|NAMA WARGA|NAMA YANG MENINGGAL",
    "birth_place": "TEMPAT LAHIR|TMP LAHIR|TPT LAHIR|TMPT LAHIR|TEMPATLAHIR|BIRTH PLACE|KOTA LAHIR"
    "|TEMPAT KELAHIRAN",
    "birth_date": "TANGGAL LAHIR|TGL LAHIR|TGLLAHIR|TANGGALLAHIR|BIRTH DATE|LAHIR|TGL LHR"
    "|TANGGAL KELAHIRAN|DOB",
    "birth_place_date": "TTL|TEMPAT TANGGAL LAHIR|TEMPAT TGL LAHIR|TEMPAT DAN TANGGAL LAHIR"
    "|TEMPAT TGL LHR|TMP TGL LAHIR",
    "sex": "JENIS KELAMIN|JK|L P|LP|KELAMIN|SEX|JNS KELAMIN|GENDER|P L|JENKEL|JENIS KELAMIN L P"
    "|LK PR",
    "marital": "STATUS KAWIN|STS KAWIN|STSKAWIN|KAWIN|STATUS PERKAWINAN|MARITAL|STATUS NIKAH"
    "|STATUS KAWIN B S P|STATUS PERKAWINAN B S P",
    "address": "ALAMAT|ADDRESS|ALAMAT JALAN DUKUH|JALAN DUKUH|JALAN|ALAMAT RUMAH|ALAMAT LENGKAP"
    "|ALAMAT TINGGAL|ALAMAT KTP|ALAMAT DOMISILI|ALAMAT ASAL",
    "rt": "RT|NO RT",
    "rw": "RW|NO RW",
    "rt_rw": "RT RW|NO RT RW",
    "kab": "KABUPATEN|KABUPATEN KOTA|KAB KOTA|KABKOTA|KOTA|KAB|KODE KABUPATEN",
    "kecamatan": "KECAMATAN|KEC|NAMA KECAMATAN|KODE KECAMATAN|DISTRIK",
    "desa": "DESA|KELURAHAN|DESA KELURAHAN|KELURAHAN DESA|KEL|DESA KEL|KEL DESA|KODE DESA"
    "|KODE KELURAHAN|NAMA DESA|NAMA KELURAHAN|KODE WILAYAH|KD DESA|KODE DESA KELURAHAN",
    "tps": "TPS|NO TPS|NOMOR TPS|TPS LAMA|TPS ASAL",
    "tps_to": "TPS BARU|TPS TUJUAN|TPS TO|KE TPS",
    "disability": "DISABILITAS|DIFABEL|DISABILITY|RAGAM DISABILITAS|JENIS DISABILITAS|CACAT"
    "|KODE DISABILITAS",
    "ktp_el": "KTP EL|STATUS KTP EL|KTPEL|EKTP|STATUS KTPEL|STATUS PEREKAMAN|KEPEMILIKAN KTP EL"
    "|STATUS PEREKAMAN KTP EL|STATUS KEPEMILIKAN KTP EL",
    "mark": "KETERANGAN|KET|SARING|KODE SARING|KODE TMS|TMS|ALASAN TMS|KETERANGAN TMS",
    "category": "KATEGORI|JENIS DATA|JENIS PERUBAHAN|KATEGORI DATA",
    "institution": "INSTANSI|KESATUAN|MATRA|SATUAN|ANGKATAN",
    "service": "STATUS|STATUS DINAS|STATUS KEANGGOTAAN|STATUS KEDINASAN",
    "other_region": "KODE ASAL TUJUAN|KODE TUJUAN|KODE ASAL|OTHER REGION|DAERAH ASAL TUJUAN"
    "|KODE WILAYAH ASAL|KODE WILAYAH TUJUAN|KODE ASAL TUJUAN PINDAH",
    "event_date": "TANGGAL PERISTIWA|TGL PERISTIWA|EVENT DATE|TANGGAL MENINGGAL|TGL MENINGGAL"
    "|TANGGAL KEMATIAN|TGL KEMATIAN|TANGGAL WAFAT|TGL WAFAT|TANGGAL PINDAH|TGL PINDAH"
    "|TANGGAL PENSIUN|TGL PENSIUN|TMT|TANGGAL PENGANGKATAN|TGL PENGANGKATAN|TANGGAL SK|TGL SK"
    "|TMT PENSIUN|TANGGAL MASUK|TGL MASUK|TANGGAL MENINGGAL DUNIA",
    "document": "JENIS DOKUMEN|DOKUMEN|BUKTI|DASAR|DOKUMEN PENDUKUNG|JENIS SURAT",
    "document_no": "NO AKTA|NOMOR AKTA|NO AKTA KEMATIAN|NOMOR AKTA KEMATIAN|NO AKTE"
    "|NO AKTE KEMATIAN|NO AKTA MATI",
    "claim": "CLAIM|KLAIM",
    "reason": "REASON|ALASAN KLAIM",
    "evidence": "EVIDENCE|BUKTI KLAIM",
    "origin": "REKAMAN ASAL",
}
_FIELD_OF: Final = {synonym: name for name, row in SYNONYMS.items() for synonym in row.split("|")}
#: Words that qualify a heading without changing what the column holds.
_QUALIFIERS: Final = frozenset(
    (
        *("ALMARHUM", "ALMARHUMAH", "ALM", "JENAZAH", "PESERTA", "SISWA", "MURID", "ANGGOTA"),
        *("WARGA", "PEMILIH", "PENDUDUK", "PELAPOR", "PERSONEL", "PERSONIL", "NAPI", "WBP"),
        *("NARAPIDANA", "TAHANAN", "BINAAN", "LENGKAP", "SESUAI", "KTP", "KK", "16", "DIGIT"),
        *("DD", "MM", "YYYY", "HH", "BB", "TTTT", "B", "S", "P"),
    )
)
_RECAP: Final = re.compile(
    r"^(L \+ P|JUMLAH (DESA|KEL|TPS|PEMILIH|KECAMATAN|LAKI).*|L P|LAKI LAKI PEREMPUAN|"
    r"VOTER M|TOTAL PEMILIH|PDPB AWAL|PEMILIH DPT [LPJ]|PEMILIH|TOTAL|JUMLAH|BARU|TMS .*)$"
)


def folded(heading: str) -> str:
    """Upper case words of a heading, signs dropped: ``No. KK`` is ``NO KK``."""
    return " ".join(re.sub(r"[^A-Z0-9]+", " ", heading.upper()).split())


@lru_cache(maxsize=10_000)
def field_of(heading: str) -> str | None:
    """The field a heading names, or None."""
    text = folded(heading)
    if text in _FIELD_OF:
        return _FIELD_OF[text]
    words = [word for word in text.split() if word not in _QUALIFIERS]
    return _FIELD_OF.get(" ".join(words)) if words else None


@dataclass(frozen=True)
class Header:
    """A header found: its last row, the heading of each column and the fields they name."""

    row: int
    headings: tuple[str, ...]
    fields: tuple[str | None, ...]

    @property
    def known(self) -> frozenset[str]:
        """The fields that have a column."""
        return frozenset(name for name in self.fields if name)


def find_header(head: Head) -> Header | None:
    """The row, or pair of rows, that names most fields (three at least)."""
    singles = [_header(number, cells) for number, cells in head.rows]
    pairs = [
        _header(lower[0], _joined(upper[1], lower[1]))
        for upper, lower in pairwise(head.rows)
        if lower[0] == upper[0] + 1 and not _is_person(upper[1], lower[1])
    ]
    # at a tie the single row wins, and the higher one
    best = max(singles + pairs, key=lambda header: len(header.known), default=None)
    return best if best is not None and len(best.known) >= 3 else None


def is_heading(cells: Cells) -> bool:
    """Whether a row may head columns: no date, no long number, no lone figure stands in it."""
    return not any(_has_data([cell]) or cell.isdecimal() for cell in cells)


def _is_person(upper: Cells, lower: Cells) -> bool:
    """Whether the line below a header is data: figures, or words of its own under NAMA or NIK."""
    under = zip(upper, lower, strict=False)
    return _has_data(lower) or any(
        field_of(over) in ("name", "nik", "nkk") and not _qualifies(cell) for over, cell in under
    )


def _qualifies(cell: str) -> bool:
    words = folded(cell).split()
    return bool(field_of(cell)) or all(w in _QUALIFIERS or w.isdecimal() for w in words)


def _has_data(cells: Cells) -> bool:
    return any(sum(map(str.isdecimal, cell)) >= 6 for cell in cells)


def _header(row: int, headings: Cells) -> Header:
    fields: list[str | None] = []
    for heading in headings:
        name = field_of(heading)
        fields.append(name if name not in fields else None)
    return Header(row, tuple(headings), tuple(fields))


def _joined(upper: Cells, lower: Cells) -> Cells:
    """A two-row header as one: the lower word, alone where it says enough, else with the upper."""
    width = max(len(upper), len(lower))
    above = _spread(upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower)))
    joined: Cells = []
    for over, under in zip(above, lower + [""] * (width - len(lower)), strict=True):
        both, turned = f"{over} {under}".strip(), f"{under} {over}".strip()
        if not under or under.strip(" ()").isdecimal():
            joined.append(over)
        else:
            joined.append(
                next((text for text in (both, turned, under, over) if field_of(text)), both)
            )
    return joined


def _spread(upper: Cells, lower: Cells) -> Cells:
    """Merged cells keep their text in the first column only: spread it over what stands below."""
    spread: Cells = []
    for over, under in zip(upper, lower, strict=True):
        spread.append(over or (spread[-1] if under and spread else ""))
    return spread


def is_recap(head: Head) -> bool:
    """True when a row heads sums (L, P, L + P, numbers of TPS) and none heads people."""
    people = {"nik", "name", "nkk", "birth_date"}
    for number, cells in head.rows:
        if people & _header(number, cells).known:
            return False
    sums = [sum(bool(_is_sum(cell)) for cell in cells) for _, cells in head.rows]
    return max(sums, default=0) >= 2


def _is_sum(heading: str) -> bool:
    text = heading.upper().replace("_", " ").strip(" .")
    return text in ("L", "P", "LK", "PR") or bool(_RECAP.match(text))
