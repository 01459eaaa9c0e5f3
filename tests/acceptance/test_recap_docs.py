import re
from pathlib import Path

from typer.testing import CliRunner

from mutakhir.commands.recap import app
from mutakhir.recap import meeting
from mutakhir.recap.published import NUMBERS

DOCS = Path(__file__).parents[2] / "docs"
DATA = Path(__file__).parents[1] / "data"


def test_the_how_to_shows_what_the_command_says():
    shown = (DOCS / "how-to" / "check-a-published-recap.md").read_text()
    said = CliRunner().invoke(app, ["check", str(DATA / "published_recaps.csv")]).stdout
    for line in said.strip().splitlines():
        assert f"    {line}\n" in shown


def test_the_format_names_every_number_column():
    text = (DOCS / "formats" / "recap.md").read_text()
    assert {name for name in NUMBERS if f"`{name}`" not in text} == set()


def test_the_example_meeting_of_the_reference_is_read_whole(tmp_path):
    text = (DOCS / "reference" / "minutes.md").read_text()
    example = re.search(r"```toml\n(.*?)```", text, re.DOTALL)[1]
    path = tmp_path / "meeting.toml"
    path.write_text(example)
    held = meeting.read(path)
    assert held.number("Kota Serang", "3673") == "23/BA-KPU.KSR/X/2026"
    assert len(held.commissioners) == 2
    given = set(re.findall(r"^(\w+) =", example.split("[[")[0], re.MULTILINE))
    given |= set(re.findall(r"^\[\[(\w+)\]\]", example, re.MULTILINE))
    assert given == set(meeting.Meeting.__dataclass_fields__)
