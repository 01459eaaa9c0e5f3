"""docs/reference/permissions.md, from the table in the code."""

from django.utils.translation import override

from lib.spec_docs import grid
from mutakhir_web.accounts.roles import MATRIX, Act, Role

INTRO = """# Permissions

Which role may do what, inside its area. Nobody may do anything outside it: what lies in another
area is not found (404); what lies in one's own and is not for one's role is refused (403). The
table is `MATRIX` in `src/mutakhir_web/accounts/roles.py`; `tests/web/test_permissions.py` asks
for every address of the workplace in every role, inside the area and outside it, and fails for an
address that asks for no act.

An area is a region code: empty for the country, two digits for a provinsi, four for a
kabupaten/kota. It holds every code that begins with it. Whether something may be done to a
certain case (a second person for a removal, a period that is frozen) is not a permission but a
policy, and stands in the domain: see [casework](casework.md).

An administrator acts on others, never on themselves, and gives no area that is not inside their
own."""


def page() -> str:
    """The page."""
    with override("id"):
        head = ["Act", "In words", *(f"`{role.value}`" for role in Role)]
        rows = [
            [f"`{act.value}`", str(act.label), *(_mark(act, role) for role in Role)] for act in Act
        ]
        roles = [[f"`{role.value}`", str(role.label)] for role in Role]
        return f"{INTRO}\n\n{grid(['Role', 'In words'], roles)}\n\n{grid(head, rows)}\n"


def _mark(act: Act, role: Role) -> str:
    return "yes" if act in MATRIX[role] else ""
