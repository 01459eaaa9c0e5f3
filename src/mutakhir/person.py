"""The fields of a person, shared by what sources say and what the roll holds.

All values are text. A missing value is ``None``, never an empty string, so that one
value has one canonical form and one hash on every engine.

==============  ==========================================================================
dpid            voter's stable, meaningless identity in the roll (16 hexadecimal digits)
nkk, nik        16 digits
name            upper case, single spaces, titles kept as written
birth_place     upper case
birth_date      ``YYYY-MM-DD``; unknown parts are zeros: ``1961-07-00``, ``0000-07-01``
sex             ``L`` or ``P``
marital         ``B`` belum, ``S`` sudah, ``P`` pernah
address         street or hamlet, upper case
rt, rw          3 digits; ``000`` where the village has none
desa            10 digits, Kemendagri code of the desa or kelurahan without dots
tps             3 digits; special stations count from ``901``
disability      meaning, not code: see ``rules`` (``fisik``, ``netra``, ...); ``None`` = none
ktp_el          ``S`` sudah, ``B`` belum
==============  ==========================================================================
"""

from typing import Final

PERSON_FIELDS: Final = (
    "nkk",
    "nik",
    "name",
    "birth_place",
    "birth_date",
    "sex",
    "marital",
    "address",
    "rt",
    "rw",
    "desa",
    "tps",
    "disability",
    "ktp_el",
)
