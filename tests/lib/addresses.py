"""Every address of the workplace, and a sample of what it is about: something of Kota Serang."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from lib.workplace import CLOSED, KAB, OTHER_KAB, RUNNING, People, published
from mutakhir.roll import snapshot
from mutakhir.roll.lookup_index import build_lookup
from mutakhir.store import Store
from mutakhir_web.accounts.roles import MATRIX, Act, Role
from mutakhir_web.audit.models import Entry
from mutakhir_web.bulk import door
from mutakhir_web.intake import mirror
from mutakhir_web.intake.models import Source, Upload
from mutakhir_web.jobs.models import Job
from mutakhir_web.periods.forms import SETS
from mutakhir_web.periods.models import Scan
from mutakhir_web.review.bridge import open_cases
from mutakhir_web.review.models import Attachment, Case
from mutakhir_web.voters.models import Submission

#: Open without an act: signing in, one's own account, the language, whether the server lives.
OPEN = ("account", "mfa_", "own_session", "set_language", "alive", "start")


@dataclass(frozen=True)
class Address:
    """One pattern of the URL configuration. ``needs``: one of these acts opens it."""

    name: str
    parameters: frozenset[str]
    needs: frozenset[Act]

    @property
    def is_open(self) -> bool:
        """Whether it is one of those that are meant to be."""
        return self.name.startswith(OPEN)


def addresses() -> list[Address]:
    """All of them."""
    return list(_below(get_resolver(), "", frozenset()))


def _below(resolver: URLResolver, within: str, outer: frozenset[str]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        named = outer | frozenset(pattern.pattern.converters)
        if isinstance(pattern, URLPattern):
            needs = getattr(pattern.callback, "needs", frozenset())
            yield Address(f"{within}{pattern.name}", named, needs)
        else:
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _below(pattern, within + space, named)


@dataclass(frozen=True)
class There:
    """What there is in Kota Serang for addresses to be about."""

    store: Store
    people: People

    def address(self, of: Address) -> str:
        """``of`` with a sample for each parameter; with ``?kab=`` where nothing else says whose."""
        given = {name: self._sample(of.name, name) for name in of.parameters}
        query = QUERIES[of.name](self) if of.name in QUERIES else ""
        if not of.parameters & WHOSE.keys():
            query = f"kab={KAB}&{query}"
        return f"{reverse(of.name, kwargs=given)}?{query}"

    def _sample(self, address: str, parameter: str) -> Any:
        make = SAMPLES.get((address, parameter)) or WHOSE.get(parameter) or WHICH.get(parameter)
        if make is None:
            pytest.fail(
                f"tests/lib/addresses.py: add a sample of Kota Serang for the parameter"
                f" {parameter!r} of the address {address!r}"
            )
        return make(self)


def _case(there: There) -> str:
    open_cases(RUNNING)
    return str(Case.objects.filter(kab=KAB).order_by("place")[0].proposal)


def _source(there: There) -> str:
    """A source whose rows are of no other kab/kota."""
    mirror.catch_up()
    for source in Source.objects.order_by("pk"):
        if [row.kab for row in source.kabs.all()] == [KAB]:
            return str(source.pk)
    raise LookupError(KAB)


def _version(there: There) -> int:
    """The newest version, indexed."""
    version = int(door.latest().version)
    build_lookup(there.store, version)
    return version


def _voter(there: There, table: str = "voters") -> str:
    version = _version(there)
    rows = getattr(snapshot.read(there.store, version, [KAB]), table)
    return str(rows["dpid"][0].as_py())


def _upload(there: There) -> str:
    given = {"name": "a.csv", "size": 10, "agency": "bps", "region": KAB, "by": "operator"}
    return str(Upload.objects.create(kab=KAB, period=RUNNING, **given).pk)


def _job(there: There, kind: str = "sample") -> str:
    return str(Job.objects.create(kind=kind, title="x", kab=KAB, by="operator").pk)


def _session(there: There) -> int:
    stored = SessionStore()
    stored.create()
    given = {"session_key": stored.session_key, "ip": "10.0.0.1", "user_agent": "x"}
    return int(UserSession.objects.create(user=there.people.operator, **given).pk)


def _entry(there: There) -> int:
    given = {"by": "operator", "role": "operator", "act": "look"}
    return int(Entry.objects.create(kab=KAB, **given).pk)


def _username(there: There) -> str:
    return there.people.operator.username


def _file(there: There) -> dict[str, Any]:
    given = {"file": ContentFile(b"%PDF-1.7", name="a.pdf"), "name": "a.pdf", "size": 8}
    return {**given, "content_type": "application/pdf", "sha256": "0" * 64, "by": "operator"}


def _attachment(there: There) -> int:
    case = Case.objects.get(proposal=_case(there))
    return int(Attachment.objects.create(case=case, **_file(there)).pk)


def _scan(there: There) -> int:
    return int(Scan.objects.create(kab=KAB, label=RUNNING, **_file(there)).pk)


def _submission(there: There) -> str:
    given = {"kab": KAB, "period": RUNNING, "claim": "add", "file": "a.csv", "by": "operator"}
    source = _source(there)
    Submission.objects.create(token=uuid.uuid4(), source=source, **given)
    return source


def _published(there: There) -> str:
    """The period of which there is an edition."""
    published(there.store)
    return CLOSED


def _across(there: There) -> str:
    """A duplicate whose other registration is said to lie in another kab/kota."""
    open_cases(RUNNING)
    case = Case.objects.filter(kab=KAB, reason="ganda")[0]
    case.other_kab = OTHER_KAB
    case.save()
    return case.proposal


Make = Callable[[There], Any]
#: Parameters that name a thing of a kab/kota.
WHOSE: dict[str, Make] = {
    "proposal": _case,
    "source_id": _source,
    "source": _source,
    "pk": _attachment,
    "dpid": _voter,
    "upload_id": _upload,
    "job_id": _job,
    "session_id": _session,
    "entry_id": _entry,
    "username": _username,
    "scan_id": _scan,
    "kab": lambda _there: KAB,
}
#: Parameters that name a part, a period or a way.
WHICH: dict[str, Make] = {
    "label": lambda _there: RUNNING,
    "seq": lambda _there: 1,
    "edition": lambda _there: 1,
    "version": _version,
}
#: Samples of a parameter for one address only.
SAMPLES: dict[tuple[str, str], Make] = {
    ("intake:download", "which"): lambda _there: "berkas",
    ("review:neighbour", "way"): lambda _there: "berikut",
    ("review:attachment", "pk"): _attachment,
    ("review:receipt", "job_id"): lambda there: _job(there, "bulk"),
    ("voters:return", "dpid"): lambda there: _voter(there, "departed"),
    ("voters:submission", "source"): _submission,
    ("voters:attachment", "source"): _submission,
    ("periods:row", "kind"): lambda _there: next(iter(SETS)),
    ("periods:document", "label"): _published,
    ("periods:document", "name"): lambda _there: "berita-acara.pdf",
    ("recap:download", "name"): lambda _there: "rekap.csv",
    ("province:decide", "proposal"): _across,
}
#: What an address wants behind the question mark to show anything.
QUERIES: dict[str, Make] = {
    "periods:row": lambda _there: f"{next(iter(SETS))}-TOTAL_FORMS=1",
    "recap:compare_csv": lambda there: f"dari=1&ke={_version(there)}&apa=left",
}
#: The least that a form must say to be read at all, in the role that sends it.
FORMS: dict[str, Callable[[Role], dict[str, str]]] = {
    "review:decide": lambda role: {"act": "accept" if Act.DECIDE in MATRIX[role] else "approve"}
}
#: Addresses for whom the area is a provinsi: they are about several kab/kota.
WIDER = frozenset({"province:duplicates", "province:decide"})
#: Forms that only take back what one's own session holds, whatever they are about.
HARMLESS = frozenset({"voters:mask"})
