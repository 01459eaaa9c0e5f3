"""The filter of the queue: what a URL asks for, as conditions on cases."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mutakhir.casework.states import OPEN
from mutakhir_web.accounts.models import User
from mutakhir_web.review.models import Case
from mutakhir_web.review.places import ORDER, places

#: ``keadaan``: states that an office looks at together.
STATES: Final[dict[str, tuple[str, ...]]] = {
    "baru": ("proposed",),
    "terbuka": tuple(sorted(OPEN)),
    "lapangan": ("field_check",),
    "dokumen": ("need_document",),
    "kedua": ("accepted_waiting_second", "overturn_waiting_second"),
    "berlaku": ("in_effect",),
    "ditolak": ("rejected", "overturned"),
    "semua": (),
}
STATE_WORDS: Final = {
    "baru": _("Belum diputus"),
    "terbuka": _("Semua yang terbuka"),
    "lapangan": _("Cek lapangan"),
    "dokumen": _("Menunggu dokumen"),
    "kedua": _("Menunggu orang kedua"),
    "berlaku": _("Berlaku"),
    "ditolak": _("Ditolak atau dibatalkan"),
    "semua": _("Semua"),
}
BANDS: Final = {"sure": _("Pasti"), "review": _("Perlu dilihat")}
WHOSE: Final = {"saya": _("Tugas saya"), "tanpa": _("Belum dibagi")}
DUE: Final = {"lewat": _("Lewat tenggat"), "pekan": _("Tenggat 7 hari ini")}
#: Days since the office has held the file, from and before; ``queries.summary`` counts by them.
AGES: Final[dict[str, tuple[int, int | None]]] = {
    "7": (0, 7),
    "30": (7, 30),
    "90": (30, 90),
    "lama": (90, None),
}
AGE_WORDS: Final = {
    "7": _("sampai 7 hari"),
    "30": _("8–30 hari"),
    "90": _("31–90 hari"),
    "lama": _("lebih dari 90 hari"),
}
#: Field of Filter -> its name in a URL.
NAMES: Final = {
    "kind": "jenis",
    "group": "kelompok",
    "band": "pita",
    "kec": "kec",
    "state": "keadaan",
    "whose": "milik",
    "due": "tenggat",
    "age": "umur",
    "sampled": "contoh",
    "carried": "bawaan",
    "cross": "lintas",
    "reason": "alasan",
}


@dataclass(frozen=True, slots=True)
class Filter:
    """Cases of one kab/kota and period. Texts are empty, flags False, where nothing is asked."""

    kab: str
    period: str
    kind: str = ""
    reason: str = ""
    group: str = ""
    band: str = ""
    kec: str = ""
    state: str = "baru"
    whose: str = ""
    due: str = ""
    age: str = ""
    sampled: bool = False
    carried: bool = False
    cross: bool = False

    @classmethod
    def parse(cls, asked: Mapping[str, str], *, kab: str, period: str) -> "Filter":
        """What the parameters ask for; what is no choice asks for nothing."""
        texts = {name: asked.get(NAMES[name], "") for name in NAMES}
        choices = {"band": BANDS, "whose": WHOSE, "due": DUE, "age": AGES, "state": STATES}
        for name, known in choices.items():
            texts[name] = texts[name] if texts[name] in known else ""
        flags = {name: texts.pop(name) == "1" for name in ("sampled", "carried", "cross")}
        texts["state"] = texts["state"] or "baru"
        return cls(kab, period, **texts, **flags)

    def but(self, **changes: Any) -> "Filter":
        """The same with some fields changed."""
        return replace(self, **changes)

    @property
    def query(self) -> str:
        """As a URL's query, without question mark; what is not asked for is left out."""
        found = {"periode": self.period}
        for name, word in NAMES.items():
            value = getattr(self, name)
            if value and (name, value) != ("state", "baru"):
                found[word] = "1" if value is True else str(value)
        return urlencode(found)

    def cases(self, user: User) -> QuerySet[Case]:
        """The cases, in the order of the queue. ``user``: whose own tasks are meant."""
        found = Case.objects.filter(self._rows(user)).order_by("place")
        if self.kind not in ORDER:
            return found
        # Cases of a kind, and of a group, stand beside each other: a stretch of the queue's index.
        first, end = places(self.kind, self.group)
        return found.filter(place__gte=first, place__lt=end)

    def counted(self, user: User) -> QuerySet[Case]:
        """The same cases in no order, for counting: looked up by what they are, not by place."""
        return Case.objects.filter(self._rows(user)).order_by()

    def _rows(self, user: User) -> Q:
        equal = {
            "kind": self.kind,
            "reason": self.reason,
            "group": self.group,
            "band": self.band,
            "kec": self.kec,
        }
        rows = Q(kab=self.kab, period=self.period, superseded=False)
        rows &= Q(**{name: value for name, value in equal.items() if value})
        if states := STATES[self.state]:
            rows &= Q(state=states[0]) if len(states) == 1 else Q(state__in=states)
        flags = {"sampled": self.sampled, "carried": self.carried}
        rows &= Q(**{name: True for name, asked in flags.items() if asked})
        if self.cross:
            rows &= ~Q(other_kab="")
        return rows & self._whose(user) & self._due() & self._age()

    def _whose(self, user: User) -> Q:
        if self.whose == "saya":
            return Q(assigned_to=user)
        return Q(assigned_to=None) if self.whose == "tanpa" else Q()

    def _due(self) -> Q:
        today = timezone.localdate()
        if self.due == "lewat":
            return Q(due__lt=today)
        return Q(due__range=(today, today + timedelta(days=7))) if self.due == "pekan" else Q()

    def _age(self) -> Q:
        return age_rows(self.age) if self.age else Q()


def age_rows(age: str) -> Q:
    """The condition of one of AGES."""
    least, most = AGES[age]
    now = timezone.now()
    rows = Q(since__lte=now - timedelta(days=least)) if least else Q()
    return rows & (Q(since__gt=now - timedelta(days=most)) if most else Q())
