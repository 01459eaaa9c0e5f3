"""Any table whose header names the columns: most lists that other offices send.

Death certificates of the civil registry, KPU RI's derived candidates, lists of TNI and Polri,
schools, prisons, BPJS, village letters. The claim comes from title, columns or rows.
"""

from mutakhir.intake.claims import headed
from mutakhir.intake.header import Header, find_header
from mutakhir.intake.letterhead import named_above
from mutakhir.intake.plan import Head, Plan

_NAMES_PEOPLE = frozenset({"nik", "nkk", "dpid", "birth_date", "birth_place_date"})


def recognise(head: Head) -> Plan | None:
    """A header with a name or NIK and something that tells people apart."""
    header = find_header(head)
    if header is None or not (header.known & {"name", "nik"} and header.known & _NAMES_PEOPLE):
        return None
    return headed(plan_under(head, header, "headed_table"), _title(head, header), header.headings)


def plan_under(head: Head, header: Header, layout: str) -> Plan:
    """A plan by ``header``, with region and TPS from the letterhead where no column has them."""
    above = named_above(head, header.row)
    fixed = {name: value for name, value in above.items() if name not in header.known}
    if "desa" not in fixed and "desa" in header.known and "kecamatan" in header.known:
        fixed = {name: value for name, value in fixed.items() if name != "tps"}
    return Plan(layout, header.fields, header.row + 1, header.headings, fixed)


def _title(head: Head, header: Header) -> str:
    return f"{head.text_above(header.row)} {head.sheet.upper()}"
