"""Everything that can be wrong with a row, in one table (docs/formats/receipt.md shows it).

``error`` rejects the row, ``doubt`` holds it until a person has looked, ``warning`` lets it pass
and stays on the record. Messages are for officials: Indonesian, what is wrong and what to do.
"""

from dataclasses import dataclass
from typing import Final, Literal

Severity = Literal["error", "doubt", "warning"]


@dataclass(frozen=True, slots=True)
class Issue:
    """One kind of defect: its code in files, how grave it is, what it means, what to do."""

    code: str
    severity: Severity
    message: str
    action: str


_TABLE: Final[tuple[tuple[str, Severity, str, str], ...]] = (
    # NIK: hard errors of domain rule "16 digits, serial from 0001, possible day and month"
    (
        "nik_not_16_digits",
        "error",
        "NIK bukan 16 angka",
        "Salin NIK dari KTP-el atau KK sebagai teks.",
    ),
    (
        "nik_serial_0000",
        "error",
        "Empat angka terakhir NIK 0000",
        "Periksa NIK pada KTP-el; nomor urut mulai 0001.",
    ),
    (
        "nik_bad_day",
        "error",
        "Tanggal di dalam NIK tidak mungkin (bukan 01-31 atau 41-71)",
        "Periksa angka ke-7 dan ke-8 NIK pada KTP-el.",
    ),
    (
        "nik_bad_month",
        "error",
        "Bulan di dalam NIK tidak mungkin",
        "Periksa angka ke-9 dan ke-10 NIK pada KTP-el.",
    ),
    (
        "nik_one_digit",
        "error",
        "NIK hanya satu angka yang diulang",
        "Isi NIK yang sebenarnya dari KTP-el.",
    ),
    (
        "no_name_no_nik",
        "error",
        "Baris tanpa nama dan tanpa NIK",
        "Lengkapi nama atau NIK, atau hapus baris ini.",
    ),
    # NIK: doubts
    (
        "nik_lost_digits",
        "doubt",
        "NIK tertulis sebagai bilangan pangkat (3,6E+15): angkanya hilang",
        "Minta ulang berkas dengan kolom NIK berformat teks.",
    ),
    (
        "nik_rounded",
        "doubt",
        "NIK tersimpan sebagai bilangan dan angka terakhirnya 0: mungkin dibulatkan",
        "Cocokkan NIK dengan KTP-el, lalu tulis sebagai teks.",
    ),
    (
        "identity_incomplete",
        "doubt",
        "NIK kosong, dan nama atau tanggal lahir juga kosong",
        "Lengkapi NIK, atau nama beserta tanggal lahir.",
    ),
    ("nik_missing", "warning", "NIK kosong", "Lengkapi NIK bila dokumennya ada."),
    (
        "nik_masked",
        "warning",
        "NIK disamarkan (bintang atau X)",
        "Minta berkas dengan NIK penuh bila berhak.",
    ),
    (
        "nik_birth_date_differs",
        "warning",
        "Tanggal lahir berbeda dari tanggal di dalam NIK",
        "Bandingkan dengan KTP-el; NIK tidak pernah berubah.",
    ),
    (
        "nik_sex_differs",
        "warning",
        "Jenis kelamin berbeda dari penanda di dalam NIK",
        "Bandingkan dengan KTP-el; NIK tidak pernah berubah.",
    ),
    (
        "nik_region_differs",
        "warning",
        "Kabupaten/kota di dalam NIK bukan wilayah tinggal",
        "Tidak apa-apa bila pernah pindah: NIK mencatat pendaftaran pertama.",
    ),
    # NKK
    ("nkk_missing", "warning", "NKK kosong atau 0", "Lengkapi NKK dari KK."),
    (
        "nkk_invalid",
        "warning",
        "NKK bukan 16 angka yang utuh; tidak dipakai",
        "Salin NKK dari KK sebagai teks.",
    ),
    # DPID
    (
        "dpid_twice",
        "doubt",
        "DPID ini dipakai lebih dari satu baris dalam berkas",
        "Tentukan baris mana pemilik DPID itu; kosongkan yang lain.",
    ),
    ("dpid_invalid", "doubt", "DPID tidak terbaca", "Salin DPID dari Sidalih sebagai teks."),
    # name
    ("name_missing", "doubt", "Nama kosong", "Isi nama menurut KTP-el."),
    ("name_not_said", "warning", "Nama kosong; orangnya dicari dari NIK", "Lengkapi nama."),
    (
        "name_one_letter",
        "warning",
        "Nama hanya satu huruf",
        "Periksa KTP-el; bila benar, catat dengan `mutakhir odd-but-true`.",
    ),
    ("name_odd_signs", "warning", "Nama memuat angka atau tanda asing", "Periksa nama di KTP-el."),
    # birth date
    (
        "birth_date_unreadable",
        "doubt",
        "Tanggal lahir tidak terbaca",
        "Tulis tanggal sebagai HH-BB-TTTT.",
    ),
    (
        "birth_date_impossible",
        "doubt",
        "Tanggal lahir tidak ada di kalender",
        "Periksa tanggal di KTP-el.",
    ),
    (
        "birth_date_month_first",
        "doubt",
        "Tanggal lahir tampak tertulis bulan lebih dahulu",
        "Tulis tanggal sebagai HH-BB-TTTT.",
    ),
    (
        "birth_date_century",
        "doubt",
        "Tahun lahir dua angka dapat berarti dua abad",
        "Tulis tahun lahir empat angka.",
    ),
    (
        "birth_date_future",
        "doubt",
        "Tanggal lahir di masa depan",
        "Periksa tahun lahir di KTP-el.",
    ),
    (
        "birth_year_unknown",
        "doubt",
        "Tahun lahir tidak diketahui, padahal usia menentukan hak pilih",
        "Lengkapi tahun lahir dari KTP-el atau KK.",
    ),
    ("birth_date_missing", "warning", "Tanggal lahir kosong", "Lengkapi dari KTP-el atau KK."),
    (
        "birth_date_partial",
        "warning",
        "Tanggal lahir tidak lengkap",
        "Biarkan bila KTP-el memang tidak memuatnya.",
    ),
    (
        "birth_year_two_digits",
        "warning",
        "Tahun lahir dua angka; abad diambil yang mungkin",
        "Tulis tahun lahir empat angka.",
    ),
    (
        "over_100",
        "warning",
        "Usia lebih dari 100 tahun",
        "Periksa; bila benar, catat dengan `mutakhir odd-but-true`.",
    ),
    (
        "under_17",
        "warning",
        "Usia di bawah 17 tahun",
        "Periksa status kawin; yang sudah atau pernah kawin berhak memilih.",
    ),
    # other person fields
    ("sex_missing", "doubt", "Jenis kelamin kosong", "Isi L atau P menurut KTP-el."),
    ("sex_unknown", "doubt", "Jenis kelamin tidak dikenali", "Isi L atau P menurut KTP-el."),
    ("sex_not_said", "warning", "Jenis kelamin kosong atau tidak dikenali", "Isi L atau P."),
    (
        "sex_from_nik",
        "warning",
        "Berkas tanpa kolom jenis kelamin; diambil dari NIK",
        "Bandingkan dengan KTP-el bila ragu.",
    ),
    ("marital_unknown", "warning", "Status kawin tidak dikenali", "Isi B, S atau P."),
    ("rt_rw_zero", "warning", "RT atau RW 0", "Biarkan bila desa memang tanpa RT/RW."),
    ("rt_rw_unreadable", "warning", "RT atau RW tidak terbaca", "Isi dengan angka."),
    ("tps_missing", "warning", "Nomor TPS kosong", "Isi nomor TPS bila diketahui."),
    ("tps_unreadable", "doubt", "Nomor TPS tidak terbaca", "Isi nomor TPS 1 sampai 3 angka."),
    (
        "disability_unknown",
        "warning",
        "Kode disabilitas tidak ada di daftar kode versi ini",
        "Periksa pilihan --codes 2017 atau 2023.",
    ),
    ("ktp_el_unknown", "warning", "Status KTP-el tidak dikenali", "Isi S atau B."),
    # region
    (
        "region_ambiguous",
        "doubt",
        "Nama wilayah cocok dengan lebih dari satu kode",
        "Isi kode desa, atau pilih salah satu calon kode.",
    ),
    (
        "region_unknown",
        "doubt",
        "Nama atau kode wilayah tidak dikenal",
        "Perbaiki ejaan, atau isi kode desa 10 angka.",
    ),
    (
        "region_missing",
        "doubt",
        "Desa/kelurahan tidak disebut",
        "Isi desa/kelurahan, atau beri --region KODE.",
    ),
    (
        "region_needs_kab",
        "doubt",
        "Kecamatan dan desa disebut tanpa kabupaten/kota",
        "Serahkan lagi dengan --region KODE kabupaten/kota (misalnya --region 36.73).",
    ),
    (
        "region_outside",
        "doubt",
        "Desa/kelurahan di luar wilayah --region",
        "Serahkan baris ini kepada KPU wilayah tersebut, atau perbaiki --region.",
    ),
    (
        "region_not_said",
        "warning",
        "Desa/kelurahan tidak disebut; orangnya dicari dari NIK atau nama",
        "Lengkapi bila diketahui.",
    ),
    (
        "region_moved",
        "warning",
        "Kode wilayah lama; dipakai kode yang berlaku",
        "Gunakan kode wilayah terbaru.",
    ),
    (
        "other_region_unknown",
        "warning",
        "Kode daerah asal atau tujuan tidak dikenal",
        "Periksa kode daerah asal atau tujuan.",
    ),
    # claim
    (
        "code_unknown",
        "doubt",
        "Kode keterangan tidak ada di daftar kode versi ini",
        "Periksa kode, atau pilihan --codes 2017 atau 2023.",
    ),
    (
        "code_not_collected",
        "doubt",
        "Kode ini tidak dipakai pada versi kode yang dipilih",
        "Periksa pilihan --codes 2017 atau 2023.",
    ),
    (
        "category_unknown",
        "doubt",
        "Kategori tidak dikenali",
        "Isi PINDAH MASUK, PEMILIH POTENSIAL, PINDAH KELUAR, atau MENINGGAL.",
    ),
    (
        "event_date_unreadable",
        "warning",
        "Tanggal peristiwa tidak terbaca; tidak dipakai",
        "Tulis tanggal sebagai HH-BB-TTTT.",
    ),
    # whole row, whole file
    (
        "columns_shifted",
        "doubt",
        "Isi baris bergeser dari kolomnya",
        "Geser kembali isi baris ke kolom yang benar.",
    ),
    (
        "layout_unknown",
        "doubt",
        "Susunan kolom berkas belum dikenal; seluruh berkas ditahan",
        "Periksa berkas pemetaan yang dibuat, lalu serahkan dengan --map.",
    ),
)

ISSUES: Final[dict[str, Issue]] = {row[0]: Issue(*row) for row in _TABLE}

#: Codes by gravity, for a quick look while rows stream by.
ERRORS: Final = frozenset(code for code, issue in ISSUES.items() if issue.severity == "error")
DOUBTS: Final = frozenset(code for code, issue in ISSUES.items() if issue.severity == "doubt")

#: What the receipt says of a cell instead of its value.
EMPTY: Final = "kosong"


def value_class(raw: str) -> str:
    """The kind and length of a cell, never its value: ``15 angka``, ``7 huruf``, ``kosong``."""
    text = raw.strip()
    if not text:
        return EMPTY
    digits = sum(sign.isdigit() for sign in text)
    letters = sum(sign.isalpha() for sign in text)
    others = len(text) - digits - letters
    parts = [(digits, "angka"), (letters, "huruf"), (others, "tanda lain")]
    return ", ".join(f"{count} {kind}" for count, kind in parts if count)
