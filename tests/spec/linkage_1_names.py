"""Names: what is one spelling, and how two names compare."""

from typing import Any

import pyarrow as pa

from lib.spec_docs import Table
from mutakhir.linkage import normalise
from mutakhir.linkage.kinds.name import compare_names
from mutakhir.linkage.name_batch import normalise_names

PAGE = "reference/linkage.md"
TITLE = "Names"


def canonical(name: str) -> str:
    return " ".join(normalise.canonical(name))


def sound(name: str) -> str:
    return "".join(normalise.sound(word) for word in normalise.canonical(name))


def alike(one: str, other: str) -> bool:
    return sound(one) == sound(other)


def given(name: str) -> str:
    return normalise.given(normalise.canonical(name))


def parts(name: str) -> dict[str, Any]:
    [forms] = pa.table(normalise_names(pa.array([name]))).to_pylist()
    return {"": forms.pop("canonical"), **forms}


def name_level(one: str, other: str) -> str:
    level = compare_names(parts(one), parts(other))
    assert compare_names(parts(other), parts(one)) == level
    return level


def written(about: str, rows: list[tuple[str, str]]) -> Table:
    return Table(about, ("written",), ("canonical",), rows, canonical)


def compared(about: str, rows: list[tuple[str, str, str]]) -> Table:
    return Table(about, ("one", "other"), ("level",), rows, name_level)


def heard(about: str, rows: list[tuple[str, str, bool]]) -> Table:
    return Table(about, ("one", "other"), ("one sound",), rows, alike)


SPELLINGS = [
    written(
        "The canonical name. Titles before and after go, as long as a word is left.",
        [
            ("Hj. SITI SA'DIAH, S.Pd", "SITI SADIAH"),
            ("DRS. H. MOH.ALI, M.SI", "MUHAMMAD ALI"),
            ("PROF. DR. IR. H. BUDI SANTOSO, S.T., M.T.", "BUDI SANTOSO"),
            ("KH. ABDUL FATAH", "ABDUL FATAH"),
            ("H.M. ALI", "MUHAMMAD ALI"),
            ("HM ALI", "MUHAMMAD ALI"),
            ("SRI WAHYUNI, S. PD., M. SI", "SRI WAHYUNI"),
            ("BUDI S. SANTOSO", "BUDI S SANTOSO"),
            ("UST. HASAN BASRI LC", "HASAN BASRI"),
            ("SRI WAHYUNI S.E., M.M", "SRI WAHYUNI"),
            ("SERTU ANDI, A.MD.KEP", "ANDI"),
            ("ALM. JUMADI", "JUMADI"),
            ("JUMADI (ALM)", "JUMADI"),
            ("AMINAH, HJ", "AMINAH"),
            ("H. SULAEMAN", "SULAEMAN"),
            ("H", "H"),
            ("DR", "DR"),
            ("SE", "SE"),
            ("-", ""),
        ],
    ),
    written(
        "Short forms.",
        [
            ("M RIZKI", "MUHAMMAD RIZKI"),
            ("M. RIZKI", "MUHAMMAD RIZKI"),
            ("M.RIZKI", "MUHAMMAD RIZKI"),
            ("MOH. RIZKI", "MUHAMMAD RIZKI"),
            ("MOCH. RIZKI", "MUHAMMAD RIZKI"),
            ("MHD RIZKI", "MUHAMMAD RIZKI"),
            ("MUHAMAD RIZKI", "MUHAMMAD RIZKI"),
            ("MOHAMMED RIZKI", "MUHAMMAD RIZKI"),
            ("RIZKI M", "RIZKI M"),
            ("M", "M"),
            ("ACHMAD FAUZI", "AHMAD FAUZI"),
            ("ABD. RAHMAN", "ABDUL RAHMAN"),
            ("ABDUR ROHMAN", "ABDUL RAHMAN"),
            ("ABDURRAHMAN", "ABDULRAHMAN"),
            ("ABDUSSALAM", "ABDULSALAM"),
            ("ABDKADIR", "ABDULKADIR"),
            ("ABDULLAH", "ABDULAH"),
            ("ABDILLAH", "ABDILAH"),
            ("ST. AMINAH", "SITI AMINAH"),
            ("SITTI AMINAH", "SITI AMINAH"),
            ("AMINAH, ST", "AMINAH"),
            ("TB. MARTIN", "TUBAGUS MARTIN"),
            ("RD. KUSUMA", "RADEN KUSUMA"),
        ],
    ),
    written(
        "Old spelling. A word with OE, DJ, TJ, SJ or a leading NJ is old throughout.",
        [
            ("SOEHARTO", "SUHARTO"),
            ("DJOKO WIDJAJA", "JOKO WIJAYA"),
            ("TJOET NJAK", "CUT NYAK"),
            ("TJAHJONO", "CAHYONO"),
            ("SOERJADI", "SURYADI"),
            ("SJAFRUDDIN", "SYAFRUDIN"),
            ("ABDOEL RACHMAN", "ABDUL RAHMAN"),
            ("JUSUF", "YUSUF"),
            ("JANTO", "YANTO"),
            ("PANDJI", "PANJI"),
            ("FAJAR JAYA", "FAJAR JAYA"),
            ("RINJANI", "RINJANI"),
            ("KHADIJAH", "KHADIJAH"),
            ("KHOERUL", "KHOERUL"),
            ("NOEL", "NOEL"),
        ],
    ),
    written(
        "Marks of descent go between two words.",
        [
            ("AHMAD BIN ALI", "AHMAD ALI"),
            ("AMINAH BINTI ALI", "AMINAH ALI"),
            ("AMINAH BT. ALI", "AMINAH ALI"),
            ("AMINAH BTE ALI", "AMINAH ALI"),
            ("AHMAD BIN ALI BIN UMAR", "AHMAD ALI UMAR"),
            ("BINTI", "BINTI"),
            ("SITI BINTI", "SITI BINTI"),
        ],
    ),
    written(
        "Doubled letters, apostrophes, accents, and digits typed for the letters they look like.",
        [
            ("ANNISSA", "ANISA"),
            ("HERMANNSYAH", "HERMANSYAH"),
            ("MUHAMMAD", "MUHAMMAD"),
            ("NI`MAH", "NIMAH"),
            ("JOSÉ ANDRÉ", "JOSE ANDRE"),
            ("R0HMAN", "RAHMAN"),
            ("R1ZK1", "RIZKI"),
            ("A1I", "ALI"),
            ("5ITI", "SITI"),
            ("8UDI", "BUDI"),
            ("BUDI 2", "BUDI 2"),
        ],
    ),
]

SOUNDS = [
    Table(
        "The sound, on which names are searched.",
        ("written",),
        ("sound",),
        [
            ("AISYAH", "AISA"),
            ("AISHA", "AISA"),
            ("RIZQY", "RISKI"),
            ("NUR HAYATI", "NURHAIATI"),
            ("NURHAYATI", "NURHAIATI"),
            ("YUSUP", "IUSUF"),
            ("DZULFIKAR", "JULFIKAR"),
            ("EKA", "EKA"),
        ],
        sound,
    ),
    heard(
        "Arabic and foreign names in the spellings that scribes choose.",
        [
            ("DZULFIQAR", "ZULFIKAR", True),
            ("RIZQY", "RISKI", True),
            ("FADHILLAH", "FADILA", True),
            ("FADHLI", "FADLI", True),
            ("FADLILAH", "FADHILAH", True),
            ("RIDLWAN", "RIDUAN", True),
            ("HAFIZH", "HAFIDZ", True),
            ("CHOIRUL", "KHAIRUL", True),
            ("KHAERUL", "HAIRUL", True),
            ("ICHSAN", "IKHSAN", True),
            ("ROHMAWATI", "RACHMAWATI", True),
            ("IBROHIM", "IBRAHIM", True),
            ("MUNAWAROH", "MUNAWARAH", True),
            ("GHOZALI", "GAZALI", True),
            ("SHOLIKHAH", "SALEHAH", True),
            ("SYAIFUL", "SAEPUL", True),
            ("SYAHPUTRA", "SAPUTRA", True),
            ("UTSMAN", "USMAN", True),
            ("QOMARIAH", "KOMARIYAH", True),
            ("PATIMAH", "FATHIMAH", True),
            ("MUHAMMAT", "MOHAMAD", True),
            ("ABDURRAHMAN", "ABDUL ROHMAN", True),
            ("DESY", "DESI", True),
            ("SYLVIA", "SILVIA", True),
            ("CHRISTINA", "KRISTINA", True),
            ("OCTAVIA", "OKTAFIA", True),
            ("CHANDRA", "CANDRA", True),
        ],
    ),
    heard(
        "Common names that are two names and stay two.",
        [
            ("EKA", "IKA", False),
            ("ADE", "ADI", False),
            ("DENI", "DINI", False),
            ("DEDE", "DIDI", False),
            ("RENI", "RINI", False),
            ("YENI", "ENI", False),
            ("DEA", "DIAH", False),
            ("REZA", "RIZA", False),
            ("JONI", "JUNI", False),
            ("ANDRE", "ANDRI", False),
            ("NUGROHO", "NUGRAHA", False),
            ("HASAN", "HUSEN", False),
            ("HASAN", "HASAM", False),
            ("RAHMA", "RAMA", False),
            ("HASAN", "HASIAN", False),
            ("SONI", "SANI", False),
        ],
    ),
    Table(
        "The given name: the word people are called by.",
        ("written",),
        ("sound of the given name",),
        [
            ("MUHAMMAD RIZKI", "RISKI"),
            ("M. RIZKI", "RISKI"),
            ("SITI AMINAH", "AMINA"),
            ("BUDI SANTOSO", "BUDI"),
            ("SITI", "SITI"),
        ],
        given,
    ),
]

PAIRS = [
    compared(
        "Two names. Levels from best: equal, sounds, close, covers, slip, given, differ.",
        [
            ("MUHAMMAD RIZKI", "M. RIZKI", "equal"),
            ("SITI SA'DIAH", "HJ. ST SADIAH, S.PD", "equal"),
            ("SOEHARTO", "SUHARTO", "equal"),
            ("AHMAD BIN ALI", "AHMAD ALI", "equal"),
            ("R1ZKI", "RIZKI", "equal"),
            ("NURHAYATI", "NUR HAYATI", "sounds"),
            ("AISYAH", "AISHA", "sounds"),
            ("RIDUAN", "RIDWAN", "sounds"),
            ("ABDURRAHMAN", "ABD. RAHMAN", "sounds"),
            ("BUDI SANTOSO", "BUDI SANTOSA", "close"),
            ("DEDI SUPRIADI", "DEDE SUPRIADI", "close"),
            ("JAMIL", "JANIL", "slip"),
            ("EKA", "IKA", "differ"),
            ("ALI", "ADI", "differ"),
            ("HASAN", "HUSEN", "differ"),
            ("SITI AMINAH", "SITI ROHANI", "differ"),
            ("MUHAMMAD RIZKI", "MUHAMMAD FAUZI", "differ"),
            ("BUDI SANTOSO", "BUDI HARTONO", "given"),
        ],
    ),
    compared(
        "Words swapped, dropped, or down to an initial.",
        [
            ("BUDI SANTOSO", "SANTOSO BUDI", "sounds"),
            ("SITI NUR AMINAH", "AMINAH SITI NUR", "sounds"),
            ("BUDI SANTOSO", "BUDI", "covers"),
            ("BUDI SANTOSO", "SANTOSO", "covers"),
            ("MUHAMMAD RIZKI", "RIZKI", "covers"),
            ("AGUS SETIAWAN", "AGUS S", "covers"),
            ("AGUS SETIAWAN", "A SETIAWAN", "covers"),
            ("AGUS SETIAWAN", "SETIAWAN A.", "covers"),
            ("AGUS SETIAWAN", "AGUS B", "given"),
            ("SETIAWAN", "S", "differ"),
        ],
    ),
    compared(
        "Two letters that changed places are one slip; a space left out or put in is none.",
        [
            ("DWI BAHTIAR", "DIW BAHTIAR", "close"),
            ("SHERLY VERONICA", "SHERLY VEROINCA", "close"),
            ("SIHOMBING", "SIHOMBNIG", "close"),
            ("WALUYO", "WLAUYO", "slip"),
            ("RINA", "RANI", "differ"),
            ("SRI NUR", "SRI RUN", "given"),
            ("EKO TUNO", "EKOTUNO", "sounds"),
            ("JOKO BAMBANG", "JOKOBAMBANG", "sounds"),
            ("DENI SETIAWAN", "DINI SETIAWAN", "close"),
        ],
    ),
    compared(
        "Single names, names of one letter, and names cut at the width of a column.",
        [
            ("SARNATA", "SARNATA", "equal"),
            ("SARNATA", "SARNATI", "slip"),
            ("SARNATA", "SANATA", "slip"),
            ("SARNATA", "SARTINI", "differ"),
            ("X", "X", "equal"),
            ("X", "Y", "differ"),
            ("BUDI", "-", "missing"),
            ("ABDURRAHMAN WAHIDIN", "ABDURRAHMAN WAHI", "covers"),
            ("SITI KHOIRUNNISA RAHMADANI", "SITI KHOIRUNNISA RA", "covers"),
        ],
    ),
]

PLACES = Table(
    'A birth place or street: words that mean only "place" or "street" go.',
    ("one", "other"),
    ("one place",),
    [
        ("KOTA SERANG", "SERANG", True),
        ("JL. RAYA CILEGON NO. 5", "Jalan Raya Cilegon 5", True),
        ("JL. RAYA CILEGON NO. 5", "JL. RAYA CILEGON NO. 6", False),
        ("KP. PASIR AWI", "KAMPUNG PASIRAWI", True),
        ("DJAKARTA", "JAKARTA", True),
        ("PANDEGLANG", "LEBAK", False),
    ],
    lambda one, other: normalise.place(one) == normalise.place(other),
)

TABLES = [*SPELLINGS, *SOUNDS, *PAIRS, PLACES]
