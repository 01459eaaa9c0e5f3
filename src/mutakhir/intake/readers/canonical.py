"""Our own columns (RECORD_SCHEMA, VOTER_SCHEMA), from Parquet or a table that kept the names."""

from mutakhir.intake.plan import FIELDS, Head, Plan

_NEEDED = {"nik", "name", "birth_date", "desa"}
#: Raw columns of other layouts that share a word with nothing of ours.
_OURS = frozenset(FIELDS) - {"kab", "kecamatan", "mark", "category", "institution", "document"}


def recognise(head: Head) -> Plan | None:
    """The first row holds our column names, to the letter."""
    if not head.rows or head.rows[0][0] != 1:
        return None
    names = head.rows[0][1]
    if not set(names) >= _NEEDED:
        return None
    fields = tuple(name if name in _OURS else None for name in names)
    return Plan("canonical", fields, 2, tuple(names))
