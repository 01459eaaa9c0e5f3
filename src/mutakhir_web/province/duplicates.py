"""Duplicates across kab/kota: two registrations side by side, and who decides on them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mutakhir.casework.outlook import documents_to_see
from mutakhir.casework.states import STATES
from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.permissions import may
from mutakhir_web.accounts.roles import Act
from mutakhir_web.areas.area import Area
from mutakhir_web.bulk import door
from mutakhir_web.common.domain_words import document_label, quarter_words, said
from mutakhir_web.common.templatetags.words import region_name
from mutakhir_web.province.forms import DuplicateForm
from mutakhir_web.review.comparison import Field, compare
from mutakhir_web.review.models import Case
from mutakhir_web.review.queries import cross_duplicates

#: States in which the first person's word is still to come.
_UNDECIDED = ("proposed", "field_check", "need_document")


@dataclass(frozen=True, slots=True)
class Pair:
    """A duplicate. ``leaves`` and ``stays``: kab/kota, desa, TPS and since when, in words.

    ``whose``: who must act now; ``form``: None where the user has no word in it now.
    """

    case: Case
    leaves: dict[str, str]
    stays: dict[str, str]
    fields: list[Field]
    state: str
    whose: str
    form: DuplicateForm | None


def pairs(user: User, area: Area, period: str) -> list[Pair]:
    """Every duplicate of the area across kab/kota, those that wait for the first word on top."""
    found = [pair_of(user, case) for case in cross_duplicates(area, period)]
    return sorted(found, key=lambda pair: (pair.case.state not in _UNDECIDED, not pair.case.open))


def pair_of(user: User, case: Case, data: Any = None) -> Pair:
    """One duplicate, as its desk shows it."""
    voter, other = case.sides["voter"] or {}, case.sides["other"] or {}
    waits = case.state in _UNDECIDED and may(user, Act.DECIDE, case.kab)
    return Pair(
        case=case,
        leaves=_place(voter),
        stays=_place(other),
        fields=compare(voter, other, why=case.why),
        state=said(STATES[case.state]),  # type: ignore[index]
        whose=_whose(case),
        form=_form(case, data) if waits else None,
    )


def _place(side: dict[str, Any]) -> dict[str, str]:
    desa = str(side.get("desa") or "")
    since = str(side.get("entered") or "")
    return {
        "dpid": str(side.get("dpid") or ""),
        "kab": region_name(desa[:4]),
        "desa": region_name(desa),
        "tps": str(side.get("tps") or "–"),
        "since": quarter_words(since) if since else "–",
    }


def _whose(case: Case) -> str:
    told = {"kab": region_name(case.kab)}
    if case.state in _UNDECIDED:
        return _("Putusan pertama: %(kab)s atau koordinator provinsi.") % told
    if case.state in ("accepted_waiting_second", "overturn_waiting_second"):
        return _("Menunggu orang kedua di %(kab)s.") % told
    return _("Sudah diputuskan.")


def _form(case: Case, data: Any) -> DuplicateForm:
    law = door.law(case.period)
    proposal = door.docket(case.period).proposal(case.proposal)
    words = documents_to_see(proposal, law) if proposal else ()
    documents = [(word, document_label(word, law)) for word in words]
    return DuplicateForm(
        data,
        documents=documents,
        initial={"seen": case.last_seq or 0},
        auto_id=f"id_{case.proposal}_%s",
    )
