"""Documents are held to the tree and to the command line."""

import re
from pathlib import Path

import click
import pytest
import typer.main

from mutakhir.cli import app

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
COMMAND = re.compile(r"\./mutakhir ([^`\n|#]+)")


def name(document: Path) -> str:
    return str(document.relative_to(ROOT))


@pytest.mark.parametrize("document", PAGES, ids=name)
def test_every_relative_link_of_a_page_leads_to_a_file(document):
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text())
    broken = [t for t in targets if "://" not in t and not (document.parent / t).exists()]
    assert broken == []


def unknown(words: list[str], command: click.Command) -> list[str]:
    """Subcommands and options among ``words`` that ``command`` does not have."""
    for at, word in enumerate(words):
        found = getattr(command, "commands", {}).get(word)
        if found is not None:
            return unknown(words[at + 1 :], found) + strange(words[:at], command)
    return strange(words, command)


def strange(words: list[str], command: click.Command) -> list[str]:
    if command.context_settings.get("ignore_unknown_options"):
        return []  # passed on to another program
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    written = [word.split("=")[0] for word in words if word.startswith("--")]
    return [option for option in written if option not in known]


@pytest.mark.parametrize("document", PAGES, ids=name)
def test_every_command_and_option_of_a_page_exists(document):
    root = typer.main.get_command(app)
    wrong = []
    for line in COMMAND.findall(document.read_text().replace("\\\n", " ")):
        words = re.findall(r"--?[\w-]+|[\w.-]+", line)
        if words[0] not in {*root.commands, "--help"}:
            wrong.append(words[0])
        else:
            wrong += unknown(words, root)
    assert wrong == []


def test_a_command_or_option_that_is_not_there_would_be_found():
    root = typer.main.get_command(app)
    assert unknown(["recap", "check", "--jsonn"], root) == ["--jsonn"]
    assert unknown(["recap", "check", "x.csv", "--json"], root) == []
