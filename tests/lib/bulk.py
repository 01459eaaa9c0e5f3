"""A bulk group for tests: many removals on equal evidence, and an office that looks."""

from collections.abc import Collection, Iterable

import pyarrow as pa

from lib.cases import proposal, proposals
from lib.office import CHECKER, OPERATOR, Q3, Office
from mutakhir.casework.budget import Groups, Standing
from mutakhir.casework.desk import casebook
from mutakhir.casework.seal import SealReceipt, all_proposed
from mutakhir.casework.verdict import Verdict

RULE = "remove/meninggal/akta_kematian"


def group(size: int, period: str = Q3, first: int = 1) -> pa.Table:
    """``size`` removals for a death with the certificate, numbered from ``first``."""
    numbers = range(first, first + size)
    year = period.replace("-", "")
    return proposals(
        *(proposal(proposal_id=f"{year}{n:010x}", dpid=f"{n:016x}", period=period) for n in numbers)
    )


def standing(office: Office, table: pa.Table, period: str = Q3) -> Standing:
    """How the one group in ``table`` stands."""
    known = all_proposed(table)
    (found,) = Groups(known, casebook(office.store), office.law(period).budget, period)
    return found


def look(
    office: Office,
    table: pa.Table,
    wrong: Collection[str] = (),
    period: str = Q3,
    skip: Collection[str] = (),
) -> SealReceipt:
    """Answer every case of the sample by itself, but ``skip``: ``wrong`` ones are rejected."""
    cases = sorted(standing(office, table, period).waiting - {*skip})
    said = [Verdict(i, "reject" if i in wrong else "accept", OPERATOR) for i in cases]
    return office.seal(table, said, period)


def in_bulk(office: Office, table: pa.Table, period: str = Q3) -> SealReceipt:
    """Accept all others of the group at once."""
    return office.seal(table, bulk_verdicts(others(office, table, period)), period)


def bulk_verdicts(ids: Iterable[str]) -> list[Verdict]:
    """Verdicts of one officer on many."""
    return [Verdict(each, "accept", OPERATOR, bulk=RULE) for each in ids]


def others(office: Office, table: pa.Table, period: str = Q3) -> list[str]:
    """The proposals outside the sample."""
    return sorted({*table["proposal_id"].to_pylist()} - standing(office, table, period).sample)


def approve(office: Office, table: pa.Table, ids: Iterable[str], period: str = Q3) -> SealReceipt:
    """The second person's yes."""
    return office.seal(table, [Verdict(each, "approve", CHECKER) for each in ids], period)
