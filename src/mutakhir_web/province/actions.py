"""What the province writes: its word on a recap."""

from django.db import transaction
from django.utils.translation import gettext as _

from mutakhir_web.accounts.models import User
from mutakhir_web.accounts.permissions import require
from mutakhir_web.accounts.roles import Act
from mutakhir_web.audit import auditor
from mutakhir_web.periods import queries as periods
from mutakhir_web.province.models import Judgement, Verdict


class NotJudgedError(ValueError):
    """The word was not taken; the message says why and what to do."""


@transaction.atomic
def judge(
    *, by: User, kab: str, label: str, edition: int, verdict: str, reason: str = ""
) -> Judgement:
    """Accept the newest edition of a kab/kota's recap, or send it back with a reason.

    The same word twice is one. Raises PermissionDenied, NotJudgedError.
    """
    require(by, Act.JUDGE_RECAP, kab)
    told = Verdict(verdict)
    issued = periods.editions(kab, label)
    if not issued or issued[-1].edition != edition:
        raise NotJudgedError(
            _("Sementara itu rekap yang lebih baru terbit. Muat ulang, lalu periksa yang terakhir.")
        )
    if told is Verdict.RETURNED and not reason.strip():
        raise NotJudgedError(_("Tulis alasannya, supaya kabupaten/kota tahu apa yang salah."))
    last = Judgement.objects.filter(kab=kab, label=label, edition=edition).first()
    if last is not None and (last.verdict, last.reason) == (told, reason.strip()):
        return last
    found = Judgement.objects.create(
        kab=kab, label=label, edition=edition, verdict=told, reason=reason.strip(), by=by.username
    )
    auditor.record(
        "judge_recap", by=by, kab=kab, subject=f"recap:{kab}:{label}:{edition}", verdict=told
    )
    return found
