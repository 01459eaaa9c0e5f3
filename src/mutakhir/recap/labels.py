"""What documents call the cells of a recap, in Indonesian."""

from typing import Final

from mutakhir.rules.law import Law

LABELS: Final = {
    "awal": "Pemilih periode sebelumnya",
    "akhir": "Pemilih periode ini",
    "baru": "Pemilih baru",
    "tms": "Pemilih tidak memenuhi syarat",
    "perbaikan": "Perbaikan data pemilih",
    "masuk_dalam": "Pindah antar-desa/kelurahan, masuk",
    "keluar_dalam": "Pindah antar-desa/kelurahan, keluar",
    "pindah_tps": "Pindah TPS dalam satu desa/kelurahan",
    "jk_masuk": "Perbaikan jenis kelamin, menjadi",
    "jk_keluar": "Perbaikan jenis kelamin, semula",
    "pemula": "Pemilih pemula",
    "ditangguhkan": "Ditangguhkan (laporan kematian, menunggu akta)",
    "disabilitas": "Pemilih disabilitas",
    "usia.di_bawah_17": "Di bawah 17 tahun",
    "usia.17_20": "17–20 tahun",
    "usia.21_30": "21–30 tahun",
    "usia.31_40": "31–40 tahun",
    "usia.41_50": "41–50 tahun",
    "usia.51_60": "51–60 tahun",
    "usia.61_70": "61–70 tahun",
    "usia.di_atas_70": "Di atas 70 tahun",
    "ktp_el.S": "Sudah memiliki KTP-el",
    "ktp_el.B": "Belum memiliki KTP-el",
    "perbaikan.nik": "NIK",
    "perbaikan.nkk": "NKK",
    "perbaikan.ktp_el": "Status KTP-el",
    "baru.pembatalan": "Pembatalan pengeluaran",
    "baru.penarikan_sumber": "Penarikan sumber",
    "tms.pembatalan": "Pembatalan pemasukan",
    "tms.penarikan_sumber": "Penarikan sumber",
    "disabilitas.wicara": "Sensorik wicara",
    "disabilitas.rungu": "Sensorik rungu",
    "disabilitas.netra": "Sensorik netra",
    "disabilitas.rungu_wicara": "Sensorik rungu/wicara",
}


def label(cell: str, law: Law) -> str:
    """The name of ``cell``; reasons are called as the law in force calls them."""
    whole, _, word = cell.partition(".")
    if whole == "tms" and word in law.removals:
        return law.removals[word].label
    if whole == "baru" and word in law.additions:
        return law.additions[word].label
    if whole == "baru" and word in law.removals:
        return f"Dipulihkan, semula {law.removals[word].label}"
    return LABELS.get(cell) or (word or whole).replace("_", " ").capitalize()
