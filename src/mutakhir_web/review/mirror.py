"""The mirror: the decision file's lines as rows, so that screens can ask.

The file is the truth. Whatever it holds and the database does not (a decision made by the command
line, or one whose transaction broke after it was sealed) is taken over by the next ``mirror``.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import Max

from mutakhir.casework.decision import Decision
from mutakhir.casework.decision_file import encode
from mutakhir.casework.docket import Docket
from mutakhir.casework.states import OPEN, STANDING
from mutakhir_web.bulk import door
from mutakhir_web.review.models import Case, Decided

#: Key of PostgreSQL's advisory lock for acts; any number nobody else uses.
_KEY: Final = 0x6D75_7461
_BATCH: Final = 1_000
#: States in which an accept waits or counts.
_FIRST: Final = {*STANDING, "accepted_waiting_second"}
#: What a decision changes in a case.
_STANDING: Final = (
    *("state", "open", "first_seq", "first_by", "last_seq", "last_by", "changed_at"),
    *("claimed_by", "claimed_at"),
)


@contextmanager
def writing() -> Iterator[None]:
    """One transaction in which nobody else acts: one waits here, not in the middle.

    SQLite's transactions are so by themselves (IMMEDIATE); PostgreSQL takes a lock that ends with
    the transaction. Whoever seals does it inside, so file and rows follow each other in one order.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_KEY])
        yield


def mirror(docket: Docket | None = None) -> int:
    """Take over what the decision file holds beyond the mirror; how many lines that was.

    ``docket``: of any period; all share one file. Raises DecisionFileError when it is broken.
    """
    with writing():
        docket = docket or door.docket(door.current_period(""))
        docket.catch_up()
        last = Decided.objects.aggregate(last=Max("seq"))["last"] or 0
        lines = docket.since(last)
        for start in range(0, len(lines), _BATCH):
            _take_over(lines[start : start + _BATCH], docket)
    return len(lines)


def _take_over(lines: Sequence[Decision], docket: Docket) -> None:
    subjects = {line.seq: _subject(line, docket) for line in lines}
    Decided.objects.bulk_create([_row(line, subjects[line.seq]) for line in lines])
    touched = {subject.proposal for subject in subjects.values() if subject.proposal}
    cases = list(Case.objects.filter(proposal__in=touched))
    for case in cases:
        stand(case, docket)
    Case.objects.bulk_update(cases, _STANDING, batch_size=500)


def _subject(line: Decision, docket: Docket) -> Decision:
    """The line on the proposal or source that ``line`` is about: itself, or what it points to."""
    while line.target is not None:
        found = docket.file.book.decision(line.target)
        assert found is not None  # or the file could not have been folded
        line = found
    return line


def _row(line: Decision, subject: Decision) -> Decided:
    return Decided(
        seq=line.seq,
        at=datetime.fromisoformat(line.at),
        period=line.period,
        kab=line.kab,
        act=line.act,
        by=line.by[:150],
        rule=line.rule[:60],
        note=line.note,
        proposal=subject.proposal or "",
        kind=subject.kind or "",
        dpid=subject.dpid or "",
        reason=(subject.reason or "")[:40],
        target=line.target,
        source=subject.source or "",
        bulk=(line.bulk or "")[:200],
        line=json.loads(encode(line, "")),
    )


def stand(case: Case, docket: Docket) -> None:
    """Put down where the docket has the case now. Nobody works on a case just decided on.

    ``last_seq`` counts every line, also one taken back since: a page made before it is stale.
    """
    lines = docket.decisions_on(case.proposal)
    if not lines:
        return  # as it was made
    standing = docket.case(case.proposal)
    accept, last = standing.accept, standing.last
    counts = accept is not None and standing.state in _FIRST
    case.state = standing.state
    case.open = standing.state in OPEN
    case.first_seq = accept.seq if accept and counts else None
    case.first_by = accept.by[:150] if accept and counts else ""
    case.last_seq = lines[-1].seq
    case.last_by = last.by[:150] if last else ""
    case.changed_at = datetime.fromisoformat(lines[-1].at)
    case.claimed_by, case.claimed_at = None, None
