"""Small seeded registers with truth, for tests and timings of linkage. All people are made up."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from mutakhir.intake.record import RECORD_SCHEMA
from mutakhir.roll.voter import VOTER_SCHEMA

_MEN = """
AHMAD BUDI AGUS ANDI HENDRA JOKO SLAMET SUPRIYADI WAHYUDI IRAWAN RUDI DEDI SUHARTO YUSUF IBRAHIM
ISMAIL HASAN HUSEN RIZKI FAUZI HIDAYAT RAHMAN SETIAWAN GUNAWAN SANTOSO KURNIAWAN MULYADI SURYADI
SARNATA SAEPUL BAHRI UJANG ASEP DADANG ENTIS SUTISNA JUNAEDI SARIPUDIN MADSARI ARIFIN ZAENAL ABIDIN
SUHENDI KOSIM JAYA WIJAYA FATHONI MAULANA SOLEH TUBAGUS MARTIN SAMSUL
"""
_WOMEN = """
AMINAH FATIMAH AISYAH SRI DEWI NUR HAYATI YANTI WATI RINA LESTARI RAHAYU WULANDARI KHADIJAH MARYAM
ZAHRA NURUL HASANAH ROHANI SUMIATI SUKAESIH ARSITI RASITI JUJU MURNI IDA FITRI HANDAYANI PUSPITA
SADIAH RATU MULYATI ROHMAH UMI KULSUM HALIMAH SARI INDAH PERMATA ANISA SALSABILA NABILA EVA NENG
TITIN YULIANA OKTAVIA LINDA SUSANTI DAMAYANTI
"""
_SYLLABLES = "BA DI KU LA MI NA PU RA SI TA WA YO GE HA JO SU RO MA LI NO"
MEN, WOMEN, SYLLABLES = _MEN.split(), _WOMEN.split(), _SYLLABLES.split()
REGIONS = [f"36{kab}{kec:02d}" for kab in ("73", "04", "02", "72") for kec in range(1, 7)]


@dataclass
class Registers:
    """A roll, a feed, and the pairs (dpid, record_id) and (dpid, dpid) that are one person."""

    left: pa.Table
    right: pa.Table
    links: set[tuple[str, str]] = field(default_factory=set)
    duplicates: set[tuple[str, str]] = field(default_factory=set)

    @property
    def unnamed(self) -> set[str]:
        """Records of the oversight list: a name, an age and an RT, no numbers."""
        rows = zip(
            self.right["record_id"].to_pylist(), self.right["birth_date"].to_pylist(), strict=True
        )
        return {record_id for record_id, birth in rows if birth.endswith("-00-00")}


class Office:
    """Makes people, family by family, then what an office writes of them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.serials: Counter[str] = Counter()
        rare = ["".join(self.random.choices(SYLLABLES, k=3)) for _ in range(1500)]
        self.words = {"L": [*MEN, *rare], "P": [*WOMEN, *rare]}
        self.weights = {
            sex: [1 / (rank + 4) for rank in range(len(words))] for sex, words in self.words.items()
        }

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def name(self, sex: str, last: str | None = None) -> str:
        count = self.random.choices((1, 2, 3), (29, 45, 26))[0]
        words = self.random.choices(self.words[sex], self.weights[sex], k=count)
        first = {"L": "MUHAMMAD", "P": "SITI"}[sex]
        if self.chance(0.08) and first not in words:
            words[0:0] = [first]
        if last and len(words) > 1:
            words[-1] = last
        return " ".join(words[:4])

    def birth(self, first: int, last: int) -> str:
        year = self.random.randint(first, last)
        if self.chance(0.03):
            return f"{year}-{self.random.choice(('01-01', '07-01', '12-31'))}"
        return (date(year, 1, 1) + timedelta(days=self.random.randrange(365))).isoformat()

    def nik(self, region: str, birth: str, sex: str) -> str:
        year, month, day = birth.split("-")
        head = f"{region}{int(day) + 40 * (sex == 'P'):02d}{month}{year[2:]}"
        self.serials[head] += self.random.choices((1, 2, 3), (80, 15, 5))[0]
        return f"{head}{self.serials[head]:04d}"

    def person(self, home: dict[str, Any], sex: str, birth: str, name: str) -> dict[str, Any]:
        own = f"{home['desa'][:4]}{home['desa'][4:6]}"
        region = own if self.chance(0.7) else self.random.choice(REGIONS)
        return {
            **home,
            "sex": sex,
            "birth_date": birth,
            "name": name,
            "nik": self.nik(region, birth, sex),
        }

    def home(self, number: int) -> dict[str, Any]:
        kecamatan, desa = self.random.randint(1, 6), self.random.randint(1, 11)
        places = ("SERANG", "SERANG", "PANDEGLANG", "LEBAK", "CILEGON")
        rt, rw = self.random.randint(1, 15), self.random.randint(1, 10)
        return {
            "nkk": f"3673{kecamatan:02d}{self.random.randint(1, 28):02d}0110{number % 10**4:04d}",
            "birth_place": self.random.choice(places),
            "marital": "S",
            "address": f"KP. {self.random.choice(SYLLABLES)}{self.random.choice(SYLLABLES)} {desa}",
            "rt": f"{rt:03d}",
            "rw": f"{rw:03d}",
            "desa": f"3673{kecamatan:02d}10{desa:02d}",
            "tps": f"{rt:03d}",
            "disability": None,
            "ktp_el": "S",
        }

    def family(self, number: int) -> list[dict[str, Any]]:
        home = self.home(number)
        father = self.person(home, "L", self.birth(1940, 1975), self.name("L"))
        mother = self.person(home, "P", self.birth(1945, 1980), self.name("P"))
        people = [father, mother]
        for _ in range(self.random.randint(0, 3)):
            sex = self.random.choice("LP")
            last = father["name"].split()[-1] if self.chance(0.3) else None
            name = father["name"] if sex == "L" and self.chance(0.02) else self.name(sex, last)
            people.append(self.person(home, sex, self.birth(1980, 2008), name))
        if self.chance(0.02):
            people.extend(self.twins(home))
        return people

    def twins(self, home: dict[str, Any]) -> list[dict[str, Any]]:
        birth, first = self.birth(1980, 2008), self.random.choice(self.words["L"])
        sexes = self.random.choice(("LL", "PP", "LP"))
        names = [f"{first} {self.name(sex).split()[-1]}" for sex in sexes]
        region = home["desa"][:6]
        return [
            {
                **home,
                "sex": sex,
                "birth_date": birth,
                "name": name,
                "nik": self.nik(region, birth, sex),
            }
            for sex, name in zip(sexes, names, strict=True)
        ]

    def people(self, size: int) -> list[dict[str, Any]]:
        made: list[dict[str, Any]] = []
        for number in range(size):
            made.extend(self.family(number))
            if self.chance(0.002):  # another person of the same name and birth date
                twin = self.random.choice(made)
                home = self.home(number)
                made.append(self.person(home, twin["sex"], twin["birth_date"], twin["name"]))
            if len(made) >= size:
                break
        return made[:size]

    def written(self, person: dict[str, Any]) -> dict[str, Any]:
        """The person as another office writes them."""
        row = dict(person)
        if self.chance(0.08):
            row["name"] = self.misspelt(row["name"], row["sex"])
        if self.chance(0.05):
            moved = self.home(self.random.randrange(10**4))
            row.update({k: moved[k] for k in ("nkk", "address", "rt", "rw", "desa", "tps")})
        elif self.chance(0.03):
            row["nkk"] = self.home(self.random.randrange(10**4))["nkk"]
        if self.chance(0.015):
            row["nik"] = self.mistyped(row["nik"])
        elif self.chance(0.02):
            row["nik"] = None
        row["birth_date"] = self.misdated(row["birth_date"])
        if self.chance(0.2):
            row["address"] = row["address"].replace("KP.", "KAMPUNG")
        return row

    def mistyped(self, nik: str) -> str:
        place = self.random.randrange(16)
        digit = self.random.choice([d for d in "0123456789" if d != nik[place]])
        return nik[:place] + digit + nik[place + 1 :]

    def misdated(self, birth: str) -> str:
        year, month, day = birth.split("-")
        if int(day) <= 12 and self.chance(0.01):
            return f"{year}-{day}-{month}"
        if self.chance(0.005):
            return f"{int(year) + self.random.choice((-1, 1))}-{month}-{day}"
        return f"{year}-{month}-00" if self.chance(0.003) else birth

    def misspelt(self, name: str, sex: str) -> str:
        first, *rest = name.split()
        at = self.random.randrange(len(name))
        ways = {
            "title": self.random.choice(("H. {}", "{}, S.PD", "DRS. {}")).format(name),
            "letter": name[:at] + self.random.choice("AEIOUNRST") + name[at + 1 :],
            "old": name.replace("U", "OE").replace("J", "DJ"),
            "double": name.replace("A", "AA", 1),
        }
        if rest:
            ways["drop"] = " ".join([first, *rest[:-1]])
            ways["initial"] = " ".join([first, *rest[:-1], rest[-1][0]])
        if first in ("MUHAMMAD", "SITI"):
            short = {"L": ("M.", "MOH.", "MUHAMAD"), "P": ("ST.", "SITTI", "ST")}[sex]
            ways["short"] = " ".join([self.random.choice(short), *rest])
        return ways[self.random.choice(sorted(ways))]


def make_registers(
    seed: int, *, roll: int, feed: int, doubled: float = 0.003, unnamed: float = 0.02
) -> Registers:
    """A roll of about ``roll`` and a feed of about ``feed`` rows, two thirds of it on the roll."""
    office = Office(seed)
    people = office.people(roll + feed // 3)
    office.random.shuffle(people)
    listed, new = people[:roll], people[roll:]
    lines = [(number, person) for number, person in enumerate(listed)]
    again = office.random.sample(lines, int(roll * doubled))
    lines += [(number, double(office, person)) for number, person in again]
    ids = [f"{value:016x}" for value in office.random.sample(range(16**8), len(lines))]
    voters = [
        {**person, "dpid": dpid, "status": "aktif", "entered": "2026-Q2"}
        for dpid, (_, person) in zip(ids, lines, strict=True)
    ]
    result = Registers(pa.Table.from_pylist(voters, VOTER_SCHEMA), RECORD_SCHEMA.empty_table())
    owners: dict[int, list[str]] = {}
    for dpid, (number, _) in zip(ids, lines, strict=True):
        owners.setdefault(number, []).append(dpid)
    result.duplicates = {tuple(sorted(o)) for o in owners.values() if len(o) == 2}  # type: ignore[misc]
    chosen = office.random.sample(list(enumerate(listed)), feed - len(new))
    rows = [*chosen, *((-1, person) for person in new)]
    result.right = _records(office, rows, unnamed)
    for (number, _), record_id in zip(rows, result.right["record_id"].to_pylist(), strict=True):
        result.links |= {(dpid, record_id) for dpid in owners.get(number, ())}
    return result


def double(office: Office, person: dict[str, Any]) -> dict[str, Any]:
    """The person registered twice: same NIK, a slip in it, or a second one."""
    kind = office.random.choices(("same", "moved", "slip", "second"), (4, 3, 2, 1))[0]
    row = office.written({**person}) if kind != "same" else dict(person)
    if kind == "moved":
        row["nkk"] = office.home(office.random.randrange(10**4))["nkk"]
        row["nik"] = person["nik"]
    if kind == "slip":
        row["nik"] = office.mistyped(person["nik"])
    if kind == "second":
        row["nik"] = office.nik(person["desa"][:6], person["birth_date"], person["sex"])
    return row


def _records(office: Office, rows: list[tuple[int, dict[str, Any]]], unnamed: float) -> pa.Table:
    records = []
    for row, (_, person) in enumerate(rows, 2):
        written = office.written(person)
        if office.chance(unnamed):  # an oversight list: no NIK, no NKK, an age
            year = int(written["birth_date"][:4]) + office.random.choice((0, 0, 1))
            written.update(nik=None, nkk=None, birth_date=f"{year}-00-00", birth_place=None)
        records.append(
            {
                **written,
                **{"record_id": f"bbbbbbbbbbbbbbbb:0:{row}", "source_id": "bbbbbbbbbbbbbbbb"},
                **{"sheet": "", "row": row, "claim": "listed", "warnings": []},
            }
        )
    return pa.Table.from_pylist(records, RECORD_SCHEMA)
