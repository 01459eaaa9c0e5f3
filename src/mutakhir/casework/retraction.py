"""Taking back: an officer undoes their own last decision before anything rests on it."""

from datetime import datetime, timedelta

from mutakhir.casework.casebook import Casebook
from mutakhir.casework.decision import Decision, same_person
from mutakhir.casework.tally import Tally
from mutakhir.casework.transitions import RETRACTABLE
from mutakhir.rules import Law


def objection(book: Casebook, decision: Decision, *, law: Law, built_until: int) -> str | None:
    """Why the retract ``decision`` may not be sealed, in words for the office; None when it may.

    ``built_until``: seq of the last decision that a roll version was built from.
    """
    seq = decision.target
    target = book.decision(seq)
    if target is None or target.act not in RETRACTABLE or not book.subject(target).proposal:
        return f"keputusan {seq} bukan putusan atas usulan; tidak bisa ditarik kembali"
    if target.seq in book.retracted:
        return f"keputusan {seq} sudah ditarik kembali (keputusan {book.retracted[target.seq].seq})"
    if not same_person(target.by, decision.by):
        return f"keputusan {seq} dibuat orang lain; hanya pembuatnya yang bisa menariknya kembali"
    if (target.period, target.kab) != (decision.period, decision.kab):
        return f"keputusan {seq} milik {target.kab} periode {target.period}"
    late = _rested_on(book, target, decision, law, built_until)
    return late and f"{late}; {_INSTEAD}"


_INSTEAD = "putuskan lagi, atau batalkan dengan `overturn` bila sudah berlaku"


def _rested_on(
    book: Casebook, target: Decision, decision: Decision, law: Law, built_until: int
) -> str | None:
    last = book.case(book.subject(target).proposal or "").last
    if last is not None and last is not target:
        return f"usulan itu sudah diputus lagi (keputusan {last.seq})"
    if target.seq <= built_until:
        return f"daftar sudah dibangun dengan keputusan {target.seq}"
    minutes = law.retraction.minutes
    age = datetime.fromisoformat(decision.at) - datetime.fromisoformat(target.at)
    if age > timedelta(minutes=minutes):
        return f"keputusan {target.seq} sudah lebih dari {minutes} menit"
    if _bulk_since(book, target):
        return "putusan massal kelompoknya sudah bersandar pada contoh ini"
    return None


def _bulk_since(book: Casebook, target: Decision) -> bool:
    """Whether bulk went on after a look at the sample: it may have waited for just that look."""
    looked_at = [tally for tally in book.tallies.groups.values() if _looked(tally, target)]
    return any(seq > target.seq for tally in looked_at for seq in tally.bulk.values())


def _looked(tally: Tally, target: Decision) -> bool:
    seq, _ = tally.looked.get(target.proposal or "", (0, ""))
    return seq == target.seq
