"""A small model of another table than the roll, and its rows."""

from collections.abc import Iterable, Mapping

import pyarrow as pa

MODEL = """
format = 2
name = "members-1"

[table]
id = ["member"]

[prior]
least_people = 100

[bands]
sure = 3.0
review = -3.0
margin = 0.0
most = 9
keep_no = true

[queue]
share_most = 1.0

[[fields]]
name = "first"
kind = "text"
columns = ["first", "last"]    # the last name may stand here by mistake
[fields.weights]
equal = 5.0
swapped = 6.0
slip = 4.0
close = 3.0
elsewhere = 2.0
like = 1.0
faint = 0.5
differ = -3.0
missing = 0.0
[[fields.frequencies]]
level = "equal"
of = "first"
add = 0.0
least = 1.0
most = 8.0

[[fields]]
name = "last"
kind = "text"
columns = ["last", "first"]
[fields.weights]
equal = 6.0        # more names than first names
swapped = 6.0
slip = 4.0
close = 3.0
elsewhere = 2.0
like = 1.0
faint = 0.5
differ = -3.0
missing = 0.0

[[fields]]
name = "born"
kind = "loose_date"
[fields.weights]
equal = 10.0
heaped = 8.0
swapped = 6.0
month = 5.0
day = 4.0
year = 3.0
close = 4.0
age = 1.0
part = 1.0
slips = 2.0
differ = -4.0
missing = 0.0
[fields.limits]    # towns stand for families
equal = [0.0, 9.0]

[[fields]]
name = "town"
kind = "category"
weights = { equal = 1.0, differ = -1.0, missing = 0.0 }

[[dependences]]
field = "last"
when = { first = "swapped|elsewhere", last = "swapped|elsewhere" }
weight = 0.0

[[rules]]
name = "another day"
then = "review"
when = { born = "differ" }

[[blocks]]
name = "town"
keys = ["town"]
finer = "born"
cap = 1000
"""


def table(rows: Iterable[Mapping[str, str | None]]) -> pa.Table:
    """Members with an id each: m0001, m0002, and so on."""
    names = ("first", "last", "born", "town")
    columns = {name: pa.string() for name in ("member", *names)}
    made = [{"member": f"m{n:04d}", **row} for n, row in enumerate(rows, 1)]
    return pa.Table.from_pylist(made, pa.schema(columns.items()))
