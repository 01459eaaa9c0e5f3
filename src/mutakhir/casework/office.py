"""Acts on sources and periods: adopt, withdraw, overturn, approve, close."""

from pathlib import Path
from typing import Any

from mutakhir.casework import decision_file
from mutakhir.casework.casebook import Casebook, fold
from mutakhir.casework.decision import Act, Decision
from mutakhir.casework.seal import SealError, forward
from mutakhir.casework.states import STATES
from mutakhir.casework.transitions import after
from mutakhir.rules import Law


def adopt(
    path: Path, *, period: str, kab: str, source: str, by: str, law: Law, at: str, note: str = ""
) -> Decision:
    """Make ``source`` the opening roll of ``kab``. SealError when it has one already."""
    book, chain = _open(path, period, kab, at)
    for other in book.adopted.values():
        if other.kab == kab:
            raise SealError(f"{kab} sudah punya daftar awal (keputusan {other.seq})")
    return _seal(path, chain, book, "adopt", period, kab, by, law, at, source=source, note=note)


def withdraw(
    path: Path, *, period: str, kab: str, source: str, by: str, law: Law, at: str, note: str
) -> Decision:
    """Ask that ``source``, and what rests on it alone, be void. Counts once approved."""
    book, chain = _open(path, period, kab, at)
    if source in book.withdrawn:
        raise SealError(f"sumber {source} sudah ditarik (keputusan {book.withdrawn[source].seq})")
    if source in book.adopted:
        raise SealError(f"sumber {source} adalah daftar awal; daftar awal tidak bisa ditarik")
    if not note.strip():
        raise SealError("sebut alasan penarikan sumber")
    return _seal(path, chain, book, "withdraw", period, kab, by, law, at, source=source, note=note)


def overturn(
    path: Path, *, period: str, kab: str, seq: int, by: str, law: Law, at: str, note: str
) -> Decision:
    """Ask that the accept with this ``seq`` be taken back. Counts once approved."""
    book, chain = _open(path, period, kab, at)
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
    return _seal(path, chain, book, "overturn", period, kab, by, law, at, target=seq, note=note)


def approve(
    path: Path, *, period: str, kab: str, seq: int, by: str, law: Law, at: str, note: str = ""
) -> Decision:
    """The second person's yes to the accept, overturn or withdraw with this ``seq``."""
    book, chain = _open(path, period, kab, at)
    target = book.decision(seq)
    if target is None or target.act not in ("accept", "overturn", "withdraw"):
        raise SealError(f"keputusan {seq} tidak menunggu persetujuan")
    if target.by == by:
        raise SealError("penyetuju harus orang lain daripada pengusul keputusan")
    if target.period != period or target.kab != kab:
        raise SealError(f"keputusan {seq} milik {target.kab} periode {target.period}")
    if not _waits(book, target):
        raise SealError(f"keputusan {seq} tidak menunggu persetujuan")
    return _seal(path, chain, book, "approve", period, kab, by, law, at, target=seq, note=note)


def close(path: Path, *, period: str, kab: str, by: str, law: Law, at: str) -> Decision:
    """Close ``period`` for ``kab``: it takes no more decisions."""
    book, chain = _open(path, period, kab, at)
    return _seal(path, chain, book, "close", period, kab, by, law, at)


def _waits(book: Casebook, target: Decision) -> bool:
    if target.act == "withdraw":
        standing = book.withdrawals.get(target.source or "")
        return standing is target and target.source not in book.withdrawn
    subject = book.decision(target.target) if target.act == "overturn" else target
    case = book.case(subject.proposal or "" if subject else "")
    return case.last is target and case.state.endswith("waiting_second")


def _open(path: Path, period: str, kab: str, at: str) -> tuple[Casebook, decision_file.Chain]:
    chain = decision_file.read(path)
    book = fold(chain.decisions)
    forward(book, at)
    if (period, kab) in book.closed:
        raise SealError(f"periode {period} sudah ditutup untuk {kab}")
    return book, chain


def _seal(
    path: Path,
    chain: decision_file.Chain,
    book: Casebook,
    act: Act,
    period: str,
    kab: str,
    by: str,
    law: Law,
    at: str,
    **more: Any,
) -> Decision:
    if not by.strip():
        raise SealError("tanpa nama petugas tidak ada keputusan")
    seq = len(book.decisions) + 1
    decision = Decision(
        seq=seq, at=at, period=period, kab=kab, act=act, by=by, rule=law.name, **more
    )
    book.apply(decision)
    decision_file.append(path, [decision], chain)
    return decision
