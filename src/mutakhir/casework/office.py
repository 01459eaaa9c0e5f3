"""Acts on sources, periods and earlier decisions.

Each raises SealError when the act is not allowed.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from mutakhir.casework import retraction
from mutakhir.casework.casebook import Casebook
from mutakhir.casework.decision import Act, Decision, same_person
from mutakhir.casework.decision_book import DecisionBook, Where
from mutakhir.casework.policies import bulk_stopped
from mutakhir.casework.seal import SealError, forward
from mutakhir.casework.states import STANDING, STATES
from mutakhir.casework.transitions import after
from mutakhir.rules import Law


def adopt(
    where: Where, *, period: str, kab: str, source: str, by: str, law: Law, at: str, note: str = ""
) -> Decision:
    """Make ``source`` the opening roll of ``kab``.

    SealError when it has one already, or when the store's first period is over: only the first
    version takes opening lists.
    """
    with _desk(where, period, kab, at) as desk:
        book = desk.book
        if kab in book.adopted:
            raise SealError(f"{kab} sudah punya daftar awal (keputusan {book.adopted[kab].seq})")
        first = min((adopted.period for adopted in book.adopted.values()), default=period)
        if period != first or any(decision.period > first for decision in book.decisions):
            text = (
                f"daftar awal hanya untuk periode pertama gudang ini ({first}), sebelum yang lain"
            )
            raise SealError(f"{text}; buat gudang baru untuk {kab}")
        return desk.seal("adopt", by, law, source=source, note=note)


def withdraw(
    where: Where, *, period: str, kab: str, source: str, by: str, law: Law, at: str, note: str
) -> Decision:
    """Ask that ``source``, and what rests on it alone, be void. Counts once approved."""
    with _desk(where, period, kab, at) as desk:
        book = desk.book
        if source in book.withdrawn:
            raise SealError(
                f"sumber {source} sudah ditarik (keputusan {book.withdrawn[source].seq})"
            )
        if any(source == adopted.source for adopted in book.adopted.values()):
            raise SealError(f"sumber {source} adalah daftar awal; daftar awal tidak bisa ditarik")
        if not note.strip():
            raise SealError("sebut alasan penarikan sumber")
        return desk.seal("withdraw", by, law, source=source, note=note)


def overturn(
    where: Where, *, period: str, kab: str, seq: int, by: str, law: Law, at: str, note: str
) -> Decision:
    """Ask that the accept with this ``seq`` be taken back. Counts once approved."""
    with _desk(where, period, kab, at) as desk:
        book = desk.book
        target = book.decision(seq)
        if target is None or target.act != "accept":
            raise SealError(f"keputusan {seq} bukan penerimaan usulan; tidak ada yang dibatalkan")
        if target.kab != kab:
            raise SealError(f"keputusan {seq} milik {target.kab}, bukan {kab}")
        case = book.case(target.proposal or "")
        if case.accept is not target or after(case.state, "overturn", two_people=True) is None:
            raise SealError(f"keputusan {seq} tidak sedang berlaku ({STATES[case.state]})")
        if not note.strip():
            raise SealError("sebut alasan pembatalan")
        return desk.seal("overturn", by, law, target=seq, note=note)


def approve(
    where: Where, *, period: str, kab: str, seq: int, by: str, law: Law, at: str, note: str = ""
) -> Decision:
    """The second person's yes to the accept, overturn or withdraw with this ``seq``."""
    with _desk(where, period, kab, at) as desk:
        book = desk.book
        target = book.decision(seq)
        if target is None or target.act not in ("accept", "overturn", "withdraw"):
            raise SealError(f"keputusan {seq} tidak menunggu persetujuan")
        if same_person(target.by, by):
            raise SealError("penyetuju harus orang lain daripada pengusul keputusan")
        late = target.act == "accept" and target.period != period
        if late or target.kab != kab:
            raise SealError(f"keputusan {seq} milik {target.kab} periode {target.period}")
        if not _waits(book, target):
            raise SealError(f"keputusan {seq} tidak menunggu persetujuan")
        stop = bulk_stopped(target, book, law) if target.act == "accept" else None
        if stop is not None:
            raise SealError(stop)
        return desk.seal("approve", by, law, target=seq, note=note)


def retract(
    where: Where,
    *,
    period: str,
    kab: str,
    seqs: Iterable[int],
    by: str,
    law: Law,
    at: str,
    built_until: int,
    note: str = "",
) -> tuple[Decision, ...]:
    """Take back the officer's own last decisions with these ``seqs``: all of them, or none.

    ``built_until``: seq of the last decision that a roll version was built from, 0 for none.
    """
    with _desk(where, period, kab, at) as desk:
        made = []
        for seq in seqs:
            decision = desk.decision("retract", by, law, target=seq, note=note)
            stop = retraction.objection(desk.book, decision, law=law, built_until=built_until)
            if stop is not None:
                raise SealError(stop)
            desk.book.apply(decision)
            made.append(decision)
    return tuple(made)


def close(where: Where, *, period: str, kab: str, by: str, law: Law, at: str) -> Decision:
    """Close ``period`` for ``kab``: it takes no more decisions."""
    with _desk(where, period, kab, at) as desk:
        return desk.seal("close", by, law)


def reopen(
    where: Where, *, period: str, kab: str, by: str, law: Law, at: str, note: str, basis: str
) -> Decision:
    """Let a closed or skipped period of ``kab`` take decisions again, for the reason ``note``.

    ``basis``: the article or letter that asks for it. Whether a later version already stands on
    the period is the caller's to ask (``roll.steps.too_late_to_reopen``).
    """
    said = _why(note, basis)
    with DecisionBook.of(where).sealing() as book:
        if (period, kab) not in book.closed:
            raise SealError(f"periode {period} tidak ditutup untuk {kab}; tidak perlu dibuka")
        desk = _Desk(book, period, kab, forward(book, at))
        return desk.seal("reopen", by, law, **said)


def skip(
    where: Where, *, period: str, kab: str, by: str, law: Law, at: str, note: str, basis: str
) -> Decision:
    """Pass the period over for ``kab``, for the reason ``note`` on the ground ``basis``.

    SealError when accepts of that period stand or wait: they would never come into effect.
    """
    said = _why(note, basis)
    with _desk(where, period, kab, at) as desk:
        if standing := _standing(desk.book, period, kab):
            raise SealError(
                f"{standing} penerimaan pada periode {period} akan hilang bila dilewati; batalkan"
                " atau tolak dulu, atau tutup periode seperti biasa"
            )
        return desk.seal("skip", by, law, **said)


def _why(note: str, basis: str) -> dict[str, Any]:
    if not note.strip():
        raise SealError("sebut alasannya")
    if not basis.strip():
        raise SealError("sebut dasarnya: pasal, atau nomor surat")
    return {"note": note.strip(), "extra": {"basis": basis.strip()}}


def _standing(book: Casebook, period: str, kab: str) -> int:
    """Accepts of the period that count, or wait for the second person."""
    accepts = (
        case.accept
        for case in book.cases.values()
        if case.accept and (case.state in STANDING or case.state == "accepted_waiting_second")
    )
    return sum(accept.period == period and accept.kab == kab for accept in accepts)


def _waits(book: Casebook, target: Decision) -> bool:
    if target.act == "withdraw":
        standing = book.withdrawals.get(target.source or "")
        return standing is target and target.source not in book.withdrawn
    subject = book.decision(target.target) if target.act == "overturn" else target
    case = book.case(subject.proposal or "" if subject else "")
    return case.last is target and case.state.endswith("waiting_second")


@dataclass(frozen=True)
class _Desk:
    """The casebook of one period and kab/kota, held at one moment."""

    book: Casebook
    period: str
    kab: str
    at: str

    def decision(self, act: Act, by: str, law: Law, **more: Any) -> Decision:
        if not by.strip():
            raise SealError("tanpa nama petugas tidak ada keputusan")
        return Decision(
            seq=len(self.book.decisions) + 1,
            at=self.at,
            period=self.period,
            kab=self.kab,
            act=act,
            by=by,
            rule=law.name,
            **more,
        )

    def seal(self, act: Act, by: str, law: Law, **more: Any) -> Decision:
        decision = self.decision(act, by, law, **more)
        self.book.apply(decision)
        return decision


@contextmanager
def _desk(where: Where, period: str, kab: str, at: str) -> Iterator[_Desk]:
    """What is sealed at the desk is in the file when it is left."""
    with DecisionBook.of(where).sealing() as book:
        if (period, kab) in book.closed:
            raise SealError(f"periode {period} sudah ditutup untuk {kab}")
        yield _Desk(book, period, kab, forward(book, at))
