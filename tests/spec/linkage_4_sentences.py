"""What a link says to the person who must decide."""

from lib.spec_docs import Table
from mutakhir.linkage.evidence import CHAIN, RIVALS
from mutakhir.linkage.explain import Language, sentence, waterfall
from mutakhir.linkage.model_file import default_model

PAGE = "reference/linkage.md"
TITLE = "A link in words"

_ALIKE = "name=10.000 birth_date=13.000 sex=1.000"
#: Name → band, weight, evidence.
LINKS: dict[str, tuple[str, float, str]] = {
    "as written": ("sure", 42.0, f"nik=20.000 {_ALIKE} nkk=10.000 area=7.000:rt"),
    "moved, day and month swapped": (
        "sure",
        14.5,
        "nik=20.000 name=10.000 birth_date~7.000:swapped sex=1.000 nkk!-2.500 area!-3.000"
        " birth_place=1.000 address?0.000",
    ),
    "own NIK, other name": (
        "review",
        26.0,
        "nik=20.000 name!-7.000 birth_date=13.000 sex=1.000 nkk=10.000 area=7.000:rt"
        " birth_place=1.000 address!0.000",
    ),
    "two NIKs in one household": (
        "review",
        14.0,
        f"nik!-8.000:sibling {_ALIKE} nkk=10.000 area=7.000:rt birth_place!-1.000 address=1.000",
    ),
    "a second voter fits too": (
        "review",
        13.0,
        f"nik?0.000 {_ALIKE} nkk?0.000 area=7.000:rt birth_place=1.000 address?0.000 {RIVALS}",
    ),
    "a chain of duplicates": (
        "review",
        14.0,
        f"nik?0.000 {_ALIKE} nkk?0.000 area=7.000:rt birth_place=1.000 address=1.000 {CHAIN}",
    ),
}


def told(case: str, language: Language) -> str:
    band, weight, evidence = LINKS[case]
    return sentence(
        {"band": band, "weight": weight, "evidence": evidence}, default_model(), language
    )


def steps(case: str) -> str:
    band, weight, evidence = LINKS[case]
    link = {"band": band, "weight": weight, "evidence": evidence}
    return "; ".join(
        f"{step.weight / 1000:+.1f} {step.label} = {step.total / 1000:.1f}"
        for step in waterfall(link, default_model())
    )


TABLES = [
    Table(
        "A link as a sentence. `id` is Indonesian, `en` English.",
        ("link", "language"),
        ("sentence",),
        [
            (
                "as written",
                "id",
                (
                    "Hampir pasti orang yang sama: NIK sama; nama sama; tanggal lahir sama;"
                    " jenis kelamin sama; NKK sama; desa/kelurahan, RW, dan RT sama. Tidak "
                    "diperiksa: tempat lahir, alamat."
                ),
            ),
            (
                "as written",
                "en",
                (
                    "Almost surely the same person: same NIK; same name; same birth date; "
                    "same sex; same NKK; same village, RW and RT. Not looked at: birth "
                    "place, address."
                ),
            ),
            (
                "moved, day and month swapped",
                "id",
                (
                    "Hampir pasti orang yang sama: NIK sama; nama sama; tanggal lahir "
                    "berbeda: hari dan bulan tertukar; jenis kelamin sama; NKK berbeda; "
                    "kecamatan dan desa/kelurahan berbeda; tempat lahir sama. Tidak dapat "
                    "dibandingkan: alamat."
                ),
            ),
            (
                "moved, day and month swapped",
                "en",
                (
                    "Almost surely the same person: same NIK; same name; birth date "
                    "differs: day and month swapped; same sex; NKK differs; kecamatan and "
                    "village differ; same birth place. Could not be compared: address."
                ),
            ),
            (
                "own NIK, other name",
                "id",
                (
                    "Mungkin orang yang sama, perlu dilihat petugas: NIK sama; nama "
                    "berbeda; tanggal lahir sama; jenis kelamin sama; NKK sama; "
                    "desa/kelurahan, RW, dan RT sama; tempat lahir sama; alamat berbeda. "
                    "Menurut aturan: NIK sama tetapi nama lain, maka ditinjau."
                ),
            ),
            (
                "own NIK, other name",
                "en",
                (
                    "Possibly the same person, an officer must look: same NIK; name "
                    "differs; same birth date; same sex; same NKK; same village, RW and RT;"
                    " same birth place; address differs. By rule: same NIK but another "
                    "name, hence looked at."
                ),
            ),
            (
                "two NIKs in one household",
                "id",
                (
                    "Mungkin orang yang sama, perlu dilihat petugas: NIK berbeda hanya pada"
                    " nomor urut, seperti saudara kembar; nama sama; tanggal lahir sama; "
                    "jenis kelamin sama; NKK sama; desa/kelurahan, RW, dan RT sama; tempat "
                    "lahir berbeda; alamat sama. Menurut aturan: dua NIK sah berbeda, "
                    "ditinjau karena serumah."
                ),
            ),
            (
                "two NIKs in one household",
                "en",
                (
                    "Possibly the same person, an officer must look: NIK differs in the "
                    "serial alone, as of twins; same name; same birth date; same sex; same "
                    "NKK; same village, RW and RT; birth place differs; same address. By "
                    "rule: two valid different NIKs, looked at since in one household."
                ),
            ),
            (
                "a second voter fits too",
                "id",
                (
                    "Mungkin orang yang sama, perlu dilihat petugas: nama sama; tanggal "
                    "lahir sama; jenis kelamin sama; desa/kelurahan, RW, dan RT sama; "
                    "tempat lahir sama. Ada yang lain yang sama atau hampir sama cocoknya, "
                    "maka belum pasti. Tidak dapat dibandingkan: NIK, NKK, alamat."
                ),
            ),
            (
                "a second voter fits too",
                "en",
                (
                    "Possibly the same person, an officer must look: same name; same birth "
                    "date; same sex; same village, RW and RT; same birth place. Another "
                    "fits as well or nearly so, hence not sure. Could not be compared: NIK,"
                    " NKK, address."
                ),
            ),
            (
                "a chain of duplicates",
                "id",
                (
                    "Mungkin orang yang sama, perlu dilihat petugas: nama sama; tanggal "
                    "lahir sama; jenis kelamin sama; desa/kelurahan, RW, dan RT sama; "
                    "tempat lahir sama; alamat sama. Rantai baris ganda diputus di sini, "
                    "pada sambungan terlemahnya. Tidak dapat dibandingkan: NIK, NKK."
                ),
            ),
            (
                "a chain of duplicates",
                "en",
                (
                    "Possibly the same person, an officer must look: same name; same birth "
                    "date; same sex; same village, RW and RT; same birth place; same "
                    "address. A chain of duplicates was cut here, at its weakest edge. "
                    "Could not be compared: NIK, NKK."
                ),
            ),
        ],
        told,
    ),
    Table(
        "A link as a sum, in bits.",
        ("link",),
        ("steps",),
        [
            (
                "moved, day and month swapped",
                (
                    "-19.0 dua baris sembarang = -19.0; +20.0 NIK sama = 1.0; +10.0 nama "
                    "sama = 11.0; +7.0 tanggal lahir berbeda: hari dan bulan tertukar = "
                    "18.0; +1.0 jenis kelamin sama = 19.0; -2.5 NKK berbeda = 16.5; -3.0 "
                    "kecamatan dan desa/kelurahan berbeda = 13.5; +1.0 tempat lahir sama = "
                    "14.5; +0.0 alamat: tidak dapat dibandingkan = 14.5"
                ),
            )
        ],
        steps,
    ),
]
