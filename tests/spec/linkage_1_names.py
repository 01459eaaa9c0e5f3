"""Names: what is one spelling, and how two names compare."""

from lib.people import record, records, voter, voters
from lib.spec_docs import Table
from mutakhir.linkage import normalise
from mutakhir.linkage.compare import compare
from mutakhir.linkage.model import default_model
from mutakhir.linkage.plain import prepared_people
from mutakhir.linkage.prepare import prepare

PAGE = "reference/linkage.md"
TITLE = "Names"


def canonical(name: str) -> str:
    return " ".join(normalise.canonical(name))


def sound(name: str) -> str:
    return "".join(normalise.sound(word) for word in normalise.canonical(name))


def name_level(one: str, other: str) -> str:
    prepared = prepare(voters(voter(name=one)), records(record(name=other)), default_model())
    left, right = prepared_people(prepared)
    return compare(left[0], right[0])["name"]


TABLES = [
    Table(
        "The canonical name.",
        ("written",),
        ("canonical",),
        [
            ("Hj. SITI SA'DIAH, S.Pd", "SITI SADIAH"),
            ("DRS. H. MOH.ALI, M.SI", "MUHAMMAD ALI"),
            ("H. SULAEMAN", "SULAEMAN"),
            ("H", "H"),
            ("DR", "DR"),
            ("SE", "SE"),
            ("SRI WAHYUNI S.E., M.M", "SRI WAHYUNI"),
            ("MUHAMAD RIZKI", "MUHAMMAD RIZKI"),
            ("MOCH. RIZKI", "MUHAMMAD RIZKI"),
            ("M RIZKI", "MUHAMMAD RIZKI"),
            ("M. RIZKI", "MUHAMMAD RIZKI"),
            ("RIZKI M", "RIZKI M"),
            ("ST. AMINAH", "SITI AMINAH"),
            ("AMINAH, ST", "AMINAH"),
            ("SITTI AMINAH", "SITI AMINAH"),
            ("ABD. RAHMAN", "ABDUL RAHMAN"),
            ("ABDOEL RACHMAN", "ABDUL RACHMAN"),
            ("AHMAD BIN ALI", "AHMAD ALI"),
            ("AMINAH BINTI ALI", "AMINAH ALI"),
            ("BINTI", "BINTI"),
            ("SOEHARTO", "SUHARTO"),
            ("DJOKO WIDJAJA", "JOKO WIJAYA"),
            ("TJOET NJAK", "CUT NYAK"),
            ("SJAFRUDDIN", "SYAFRUDIN"),
            ("NOEL", "NOEL"),
            ("FAJAR JAYA", "FAJAR JAYA"),
            ("HERMANNSYAH", "HERMANSYAH"),
            ("R0HMAN", "ROHMAN"),
            ("TB. MARTIN", "TUBAGUS MARTIN"),
            ("-", ""),
        ],
        canonical,
    ),
    Table(
        "The sound, on which names are searched.",
        ("written",),
        ("sound",),
        [
            ("AISYAH", "AISA"),
            ("AISHAH", "AISA"),
            ("AISA", "AISA"),
            ("RIZQY", "RIJKI"),
            ("RISKI", "RISKI"),
            ("RIZKI", "RIJKI"),
            ("NUR HAYATI", "NURHAIATI"),
            ("NURHAYATI", "NURHAIATI"),
            ("YUSUP", "IUSUF"),
            ("DZULFIKAR", "JULFIKAR"),
            ("ZULFIKAR", "JULFIKAR"),
        ],
        sound,
    ),
    Table(
        "Two names. Levels from best: equal, sounds, close, covers, slip, given, differ.",
        ("one", "other"),
        ("level",),
        [
            ("MUHAMMAD RIZKI", "M. RIZKI", "equal"),
            ("SITI SA'DIAH", "HJ. ST SADIAH, S.PD", "equal"),
            ("SOEHARTO", "SUHARTO", "equal"),
            ("NURHAYATI", "NUR HAYATI", "sounds"),
            ("AISYAH", "AISHA", "sounds"),
            ("BUDI SANTOSO", "SANTOSO BUDI", "sounds"),
            ("BUDI SANTOSO", "BUDI SANTOSA", "close"),
            ("FATIMAH", "FATIMA", "sounds"),
            ("JAMIL", "JANIL", "slip"),
            ("RIDUAN", "RIDWAN", "sounds"),
            ("ALI", "ADI", "differ"),
            ("HASAN", "HUSEN", "differ"),
            ("BUDI SANTOSO", "BUDI", "covers"),
            ("AGUS SETIAWAN", "AGUS S", "covers"),
            ("AGUS SETIAWAN", "A SETIAWAN", "covers"),
            ("SETIAWAN", "S", "differ"),
            ("ABDURRAHMAN WAHIDIN", "ABDURRAHMAN WAHI", "covers"),
            ("MUHAMMAD RIZKI", "RIZKI", "covers"),
            ("MUHAMMAD RIZKI", "MUHAMMAD FAUZI", "differ"),
            ("SITI AMINAH", "SITI ROHANI", "differ"),
            ("BUDI SANTOSO", "BUDI HARTONO", "given"),
            ("X", "X", "equal"),
            ("X", "Y", "differ"),
            ("BUDI", "-", "missing"),
        ],
        name_level,
    ),
]
