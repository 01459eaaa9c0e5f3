"""The ledger: each change that moves a voter between accounts, in double entry."""

from typing import Final

import pyarrow as pa

#: An account is a station of the roll, ``<desa>.<tps>`` (``3673011001.004``), or an outside
#: account ``luar.<reason>`` (``luar.meninggal``, ``luar.genap_17``). A voter always moves from
#: one to the other, so opening + in - out = closing by construction. A corrected sex is an entry
#: from the account to itself with another sex on each side.
ENTRY_SCHEMA: Final = pa.schema(
    [
        pa.field("version", pa.int32(), nullable=False),
        pa.field("decision", pa.int64(), nullable=False),  # seq of the decision in effect
        pa.field("dpid", pa.string(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),
        pa.field("account_from", pa.string(), nullable=False),
        pa.field("sex_from", pa.string(), nullable=False),
        pa.field("account_to", pa.string(), nullable=False),
        pa.field("sex_to", pa.string(), nullable=False),
    ]
)

#: Details corrected without a move, one row per voter and field; values stand in the snapshots.
CHANGE_SCHEMA: Final = pa.schema(
    [
        pa.field("version", pa.int32(), nullable=False),
        pa.field("decision", pa.int64(), nullable=False),
        pa.field("dpid", pa.string(), nullable=False),
        pa.field("field", pa.string(), nullable=False),
    ]
)

#: Reason of the entries by which the opening list comes in, and of a corrected sex.
OPENING: Final = "daftar_awal"
SEX_CORRECTED: Final = "perbaikan_jenis_kelamin"
#: First characters of an outside account.
OUTSIDE: Final = "luar."
