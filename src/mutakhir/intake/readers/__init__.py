"""One module per layout. ``recognise`` looks at a sheet's head and gives a plan, or None."""

from collections.abc import Callable
from typing import Final

from mutakhir.intake.plan import Head, Plan
from mutakhir.intake.readers import (
    ab_kwk,
    bawaslu_7,
    canonical,
    dps_xlsx_2021,
    dpt_table_2024,
    dpt_xlsx_per_tps_sheets,
    headed_table,
    model_a_daftar_pemilih,
    opensid_bip,
    pemutakhiran_xlsx_4sheets,
    perbaikan,
    sidalih_dp_xls_2018,
)

Recognise = Callable[[Head], Plan | None]

#: The narrower a layout's signs, the earlier it is asked.
LAYOUTS: Final[dict[str, Recognise]] = {
    "perbaikan": perbaikan.recognise,
    "canonical": canonical.recognise,
    "pemutakhiran_xlsx_4sheets": pemutakhiran_xlsx_4sheets.recognise,
    "dpt_xlsx_per_tps_sheets": dpt_xlsx_per_tps_sheets.recognise,
    "ab_kwk": ab_kwk.recognise,
    "sidalih_dp_xls_2018": sidalih_dp_xls_2018.recognise,
    "dpt_table_2024": dpt_table_2024.recognise,
    "opensid_bip": opensid_bip.recognise,
    "dps_xlsx_2021": dps_xlsx_2021.recognise,
    "model_a_daftar_pemilih": model_a_daftar_pemilih.recognise,
    "bawaslu_7": bawaslu_7.recognise,
    "headed_table": headed_table.recognise,
}


def recognise(head: Head, layout: str | None = None) -> Plan | None:
    """The plan of the first layout that knows ``head``, or of the one asked for."""
    readers = LAYOUTS.values() if layout is None else (LAYOUTS[layout],)
    return next((plan for reader in readers if (plan := reader(head)) is not None), None)
