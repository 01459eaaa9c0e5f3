"""Numbers of stations that the build itself must know."""

from typing import Final

#: Special stations (TPS lokasi khusus) count from here (KPU forms).
FIRST_SPECIAL: Final = "901"
#: The station of a desa that has none yet.
FIRST: Final = "001"
