"""The English catalogue of the workplace, from the words in its code, its pages and the domain.

``PYTHONPATH=src:tests .venv/bin/python -m lib.words`` brings ``django.po`` up to date and compiles
it; it needs no GNU gettext.
"""

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import polib
from django.conf import settings
from django.utils.translation import override
from django.utils.translation.template import templatize

from mutakhir.casework.documents import DOCUMENTS
from mutakhir.casework.proposal import KINDS
from mutakhir.casework.states import STATES
from mutakhir.intake.issues import ISSUES
from mutakhir.intake.set_aside import LABELS as FIELDS
from mutakhir.recap.labels import LABELS as CELLS
from mutakhir.rules.loading import load
from mutakhir_web.common.domain_sentences import FIXED, FORMS
from mutakhir_web.intake.presenters import reason_words

WEB: Final = Path(__file__).parents[2] / "src/mutakhir_web"
CATALOGUE: Final = WEB / "locale/en/LC_MESSAGES/django.po"
#: Cells of the recap that count by reason: screens name the others by words of their own.
REASONS: Final = ("baru.", "tms.")
#: Calls that mark words, and whether a plural follows.
MARKS: Final = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), False),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), True),
}
CONTEXTS: Final = ("pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy")
HEADER: Final = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "en",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


class Words(NamedTuple):
    """A source text, Indonesian, and its plural where the page counts."""

    one: str
    many: str = ""


def source_words() -> set[Words]:
    """Every text that the workplace marks for translation, or takes from the domain."""
    found = {words for path in _files(".py") for words in _in_code(path)}
    found |= {words for path in _files(".html", ".txt") for words in _in_page(path)}
    return found | {Words(word) for word in domain_words()}


def _files(*endings: str) -> Iterator[Path]:
    for path in sorted(WEB.rglob("*")):
        inside = path.relative_to(WEB).parts
        if path.suffix in endings and not {"static", "migrations"} & set(inside):
            yield path


def _in_code(path: Path) -> Iterator[Words]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
            if texts:
                yield from _marked(node.func.id, texts, path)


def _in_page(path: Path) -> Iterator[Words]:
    """What Django makes of a page for gettext: everything but marked words is crossed out."""
    text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    # Inside brackets Python does not mind how lines are indented.
    tokens = list(tokenize.generate_tokens(io.StringIO(f"({text}\n)").readline))
    for at, token in enumerate(tokens):
        if token.type == tokenize.NAME and tokens[at + 1].string == "(":
            texts = [tokens[at + place] for place in (2, 4)]
            found = [ast.literal_eval(t.string) for t in texts if t.type == tokenize.STRING]
            yield from _marked(token.string, found, path)


def _marked(name: str, texts: list[str], path: Path) -> Iterator[Words]:
    if name in CONTEXTS:
        raise ValueError(f"{path}: {name}() gives a context; write words that need none")
    if name in MARKS and texts:
        yield Words(*texts[: 2 if MARKS[name] else 1])


def domain_words() -> set[str]:
    """What pages take from the domain by ``common.domain_words``, as far as it is a closed list."""
    named = ("removal", "addition", "rungs")
    law = {e.values["label"] for e in load().entries if e.topic in named}
    with override("id"):
        issues = {text for code in ISSUES for text in reason_words(code)}
    reasons = {cell: words for cell, words in CELLS.items() if cell.startswith(REASONS)}
    listed = (DOCUMENTS, KINDS, STATES, FIELDS, reasons)
    return law.union(issues, FORMS, FIXED, *(words.values() for words in listed))


def read() -> polib.POFile:
    """The catalogue as it is committed."""
    return polib.pofile(str(CATALOGUE))


def update(now: set[Words], before: polib.POFile) -> polib.POFile:
    """A catalogue of the words of ``now``, in order; what is new has no translation yet."""
    known = {Words(each.msgid, each.msgid_plural): each for each in before}
    after = polib.POFile(wrapwidth=100)
    after.metadata = HEADER
    for words in sorted(now):
        after.append(known.get(words) or _untranslated(words))
    return after


def _untranslated(words: Words) -> polib.POEntry:
    if words.many:
        forms = {0: "", 1: ""}
        return polib.POEntry(msgid=words.one, msgid_plural=words.many, msgstr_plural=forms)
    return polib.POEntry(msgid=words.one)


def main() -> None:
    """Write both files anew; say what still lacks English."""
    after = update(source_words(), read())
    after.save(str(CATALOGUE))
    after.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
    missing = after.untranslated_entries()
    for each in missing:
        print(each.msgid)  # noqa: T201
    print(f"{len(after)} texts, {len(missing)} without English")  # noqa: T201


if __name__ == "__main__":
    settings.configure(USE_I18N=False)  # words as they are in the source
    main()
