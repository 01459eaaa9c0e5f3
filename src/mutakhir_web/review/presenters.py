"""A case as its page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mutakhir.casework.docket import Docket
from mutakhir.casework.outlook import Outlook, documents_to_see, outlook
from mutakhir.casework.proposal import Proposed
from mutakhir.casework.transitions import RETRACTABLE
from mutakhir.rules import Law
from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.permissions import may
from mutakhir_web.accounts.roles import Act
from mutakhir_web.common.domain_words import document_label
from mutakhir_web.common.templatetags.words import region_name
from mutakhir_web.review.comparison import Field, compare, date_words
from mutakhir_web.review.models import Case
from mutakhir_web.review.reasons import Reasons, reasons
from mutakhir_web.review.wording import CLAIMS, COLOURS, FIELDS, KINDS, reason_words, standing_words

#: Keys of the documents that an officer may have seen.
_KEYS: Final = "abcdefgh"


@dataclass(frozen=True, slots=True)
class Button:
    """An act, its key, how it looks."""

    act: str
    key: str
    label: str | Promise
    colour: str
    icon: str


#: The yes of a second person takes the place of the first one's.
BUTTONS: Final = (
    Button("accept", "1", gettext_lazy("Terima"), "success", "check"),
    Button("approve", "1", gettext_lazy("Setujui"), "success", "checks"),
    Button("reject", "2", gettext_lazy("Tolak"), "danger", "x"),
    Button("field_check", "3", gettext_lazy("Cek lapangan"), "secondary", "map"),
    Button("need_document", "4", gettext_lazy("Minta dokumen"), "secondary", "file-text"),
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that the officer may have seen, and what accepting does with it."""

    word: str
    label: str
    key: str
    consequence: str
    enough: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One record of a source: where it stands, and how it differs from the first."""

    place: str
    claim: str
    document: str
    source: str
    row: int
    event: str
    differs: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything of a case that its page shows."""

    case: Case
    kind: str
    colour: str
    reason: str
    left_title: str
    left_note: str
    right_title: str
    right_note: str
    lines: list[Field]
    reasons: Reasons
    records: list[Told]
    papers: list[Paper]
    buttons: list[Button]
    two_people: bool
    standing: str
    own: bool
    may_overturn: bool
    may_decide: bool
    retractable: bool

    @property
    def seen(self) -> int:
        """The last decision this page knows of."""
        return self.case.last_seq or 0

    @property
    def alone(self) -> bool:
        """Whether nobody on the roll stands beside the source: then nothing is compared."""
        return not any(line.left for line in self.lines)


def shown(case: Case, docket: Docket, user: User, *, unmasked: bool = False) -> Shown:
    """The case for this officer. ``unmasked``: with its numbers in full."""
    law, proposal = docket.law, docket.proposal(case.proposal)
    own = bool(case.last_by) and case.last_by.casefold() == user.username.casefold()
    left, right, titles = _sides(case)
    group = docket.standing(case.proposal)
    papers = _papers(case, proposal, law) if proposal else []
    return Shown(
        case=case,
        kind=str(KINDS[case.kind]),
        colour=COLOURS[case.kind],
        reason=reason_words(case.kind, case.reason, law),
        **titles,
        lines=compare(left, right, why=case.why, fields=case.sides["fields"], unmasked=unmasked),
        reasons=reasons(case),
        records=[_told(record, law) for record in case.sides["records"]],
        papers=papers,
        buttons=_buttons(case, docket, user, own=own),
        two_people=bool(proposal and outlook(proposal, None, law).two_people),
        standing=standing_words(group.group) if group else "",
        own=own,
        may_overturn=case.state == "in_effect" and may(user, Act.DECIDE, case.kab),
        may_decide=may(user, Act.DECIDE, case.kab),
        retractable=own and _retractable(docket, case),
    )


def names_in(case: Case) -> list[str | None]:
    """The names that the case's two sides hold."""
    people = [case.sides["voter"], case.sides["other"]]
    people += [record["values"] for record in case.sides["records"]]
    return [person.get("name") for person in people if person]


# the two sides


def _sides(case: Case) -> tuple[Any, Any, dict[str, str]]:
    sides = case.sides
    voter, other = sides["voter"], sides["other"]
    first = sides["records"][0] if sides["records"] else None
    if case.reason == "ganda" and not first:
        titles = (_("Akan dicoret"), _("Tetap di daftar"))
        return voter, other, _titles(*titles, _listed(voter), _listed(other))
    right = _with_destination(first) if first else None
    note = _place_of(first) if first else ""
    if case.kind == "add":
        left_note = _listed(other) if other else _("Tidak ada di daftar")
        left = _("Mirip, di daftar") if other else _("Daftar")
        return other, right, _titles(left, _("Sumber"), left_note, note)
    return voter, right, _titles(_("Daftar"), _("Sumber"), _listed(voter), note)


def _titles(left: str, right: str, left_note: str, right_note: str) -> dict[str, str]:
    return {
        "left_title": left,
        "right_title": right,
        "left_note": left_note,
        "right_note": right_note,
    }


def _with_destination(record: Mapping[str, Any]) -> dict[str, Any]:
    """What the record says of the person, with the TPS or desa that a move leads to."""
    values = dict(record["values"])
    region = record.get("other_region") or ""
    if record["claim"] in ("move", "ineligible"):
        values["tps"] = record.get("tps_to") or values.get("tps")
        values["desa"] = region if len(region) == 10 else values.get("desa")
    return values


def _listed(voter: Mapping[str, Any] | None) -> str:
    if not voter:
        return ""
    if voter.get("reason"):
        return _("keluar %(period)s: %(reason)s") % {
            "period": voter["left"],
            "reason": str(voter["reason"]).replace("_", " "),
        }
    marked = _(" · ditangguhkan") if voter.get("status") == "ditangguhkan" else ""
    return _("DPID %(dpid)s · sejak %(entered)s") % {
        "dpid": voter["dpid"],
        "entered": voter["entered"],
    } + str(marked)


def _place_of(record: Mapping[str, Any]) -> str:
    sheet = f" · {record['sheet']}" if record.get("sheet") else ""
    return _("%(file)s%(sheet)s · baris %(row)s") % {
        "file": record["file"],
        "sheet": sheet,
        "row": record["row"],
    }


def _told(record: Mapping[str, Any], law: Law) -> Told:
    return Told(
        place=_place_of(record),
        claim=str(CLAIMS[record["claim"]]),
        document=document_label(record["document"], law),
        source=record["source"],
        row=record["row"],
        event=date_words(record.get("event_date") or ""),
        differs=[
            (str(FIELDS.get(name, name)), "" if name in ("nik", "nkk") else str(value))
            for name, value in record["values"].items()
            if value is not None
        ],
    )


# what accepting does


def _papers(case: Case, proposal: Proposed, law: Law) -> list[Paper]:
    """ "None" first, then each document that bears on the proposal."""
    words = ("", *documents_to_see(proposal, law))
    found = []
    for number, word in enumerate(words):
        then = outlook(proposal, word or None, law)
        label = document_label(word, law) if word else _("Tidak ada")
        key = _KEYS[number - 1] if word else ""
        said = _consequence(case, then, law)
        found.append(Paper(word, label, key, said, then.missing is None))
    return found


def _consequence(case: Case, then: Outlook, law: Law) -> str:
    if then.missing is not None:
        return _("Belum dapat diterima: pilih dokumen yang Anda lihat.")
    after = _("Menunggu orang kedua.") if then.two_people else _("Langsung berlaku.")
    return f"{_effect(case, then, law)} {after}"


def _effect(case: Case, then: Outlook, law: Law) -> str:
    first = case.sides["records"][0] if case.sides["records"] else None
    to = _with_destination(first) if first else {}
    where = region_name(to.get("desa") or case.desa)
    if to.get("tps"):
        where = _("%(desa)s, TPS %(tps)s") % {"desa": where, "tps": to["tps"]}
    reason = reason_words(then.kind, case.reason, law).lower()
    taken = ", ".join(str(FIELDS.get(name, name)) for name in case.sides["fields"])
    texts = {
        "add": _("Masuk daftar di %(where)s.") % {"where": where},
        "remove": _("Dicoret dari daftar: %(reason)s.") % {"reason": reason},
        "correct": _("Diubah menurut sumber: %(fields)s.") % {"fields": taken},
        "relocate": _("Dipindahkan ke %(where)s.") % {"where": where},
        "suspend": _("Tetap di daftar, ditandai ditangguhkan sampai ada akta kematian."),
        "restore": _("Kembali ke daftar."),
    }
    return texts[then.kind]


# who may do what


def _buttons(case: Case, docket: Docket, user: User, *, own: bool) -> list[Button]:
    allowed = docket.transitions(case.proposal)
    second = case.state.endswith("waiting_second")
    if second and own:
        return []  # one's own word waits for somebody else
    return [
        button
        for button in BUTTONS
        if button.act in allowed and _may(user, button.act, case.kab, second=second)
    ]


def _retractable(docket: Docket, case: Case) -> bool:
    """Whether the last word may be taken back, as far as its act tells; the rest is policy's."""
    last = docket.case(case.proposal).last
    return last is not None and last.act in RETRACTABLE and not docket.closed(case.kab)


def _may(user: User, act: str, kab: str, *, second: bool) -> bool:
    if act == "approve":
        return may(user, Act.APPROVE, kab)
    return may(user, Act.DECIDE, kab) or (second and may(user, Act.APPROVE, kab))
