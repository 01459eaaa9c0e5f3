"""English words of the workplace: whole, compiled, and with the places where values go kept."""

import ast
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.utils.translation import gettext, ngettext, override

from lib import words
from lib.words import Words
from mutakhir_web.common.domain_sentences import FIXED, FORMS, said, shape

#: Where the domain writes sentences that have a form.
DOMAIN = (
    *(f"casework/{name}" for name in ("policies", "retraction", "budget")),
    *(f"casework/{name}" for name in ("match", "newcomers", "propose")),
    *("roll/gate", "roll/checks"),
)
#: ``%(name)s``, ``%d``, ``{kode}`` and tags: what stands for a value or shapes the page.
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}|</?\w+[^>]*>")
RUN = "run PYTHONPATH=src:tests .venv/bin/python -m lib.words, see docs/how-to/update-the-words.md"


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return words.read()


@pytest.fixture(scope="module")
def source() -> set[Words]:
    return words.source_words()


def test_every_text_of_the_workplace_is_in_the_catalogue_and_no_other(
    source: set[Words], catalogue: polib.POFile
) -> None:
    listed = {Words(each.msgid, each.msgid_plural) for each in catalogue}

    assert sorted(source - listed) == [], f"new texts: {RUN}"
    assert sorted(listed - source) == [], f"texts that are gone: {RUN}"


def test_every_text_has_its_english(catalogue: polib.POFile) -> None:
    poor = [each.msgid for each in catalogue if each.fuzzy or not each.translated()]

    assert poor == []


def test_the_compiled_catalogue_is_the_written_one(catalogue: polib.POFile) -> None:
    compiled = polib.mofile(str(words.CATALOGUE.with_suffix(".mo")))

    assert _by_source(compiled) == _by_source(catalogue), RUN


def test_english_has_the_places_of_the_indonesian(catalogue: polib.POFile) -> None:
    differ = [
        (indonesian, english)
        for each in catalogue
        for indonesian, english in _pairs(each)
        if _places(indonesian) != _places(english)
    ]

    assert differ == []


def test_english_keeps_the_spaces_at_the_ends_and_the_full_stop(catalogue: polib.POFile) -> None:
    differ = [
        (indonesian, english)
        for each in catalogue
        for indonesian, english in _pairs(each)
        if _ends(indonesian) != _ends(english)
    ]

    assert differ == []


def test_a_text_that_code_or_a_page_marks_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "views.py").write_text(
        '_("Satu " "kata")\nngettext("%d kata", "%d kata-kata", n)\n_(name)\n_plain("bukan")\n'
    )
    (tmp_path / "page.html").write_text(
        "{% load i18n %}<a title='{% trans \"Tautan\" %}'>teks)\n"
        '{% include "x" with a=_("Nama") %}\n'
        "{% blocktrans with n=n %}Ada {{ n }} orang{% endblocktrans %}</a>\n"
        "{% blocktrans count n=n %}{{ n }} a{% plural %}{{ n }} b{% endblocktrans %}"
    )
    monkeypatch.setattr(words, "WEB", tmp_path)
    monkeypatch.setattr(words, "domain_words", set)

    assert words.source_words() == {
        Words("Satu kata"),
        Words("%d kata", "%d kata-kata"),
        Words("Tautan"),
        Words("Nama"),
        Words("Ada %(n)s orang"),
        Words("%(n)s a", "%(n)s b"),
    }


def test_an_update_keeps_english_adds_what_is_new_and_drops_what_is_gone() -> None:
    before = polib.POFile()
    before.append(polib.POEntry(msgid="Tetap", msgstr="Stays"))
    before.append(polib.POEntry(msgid="Hilang", msgstr="Gone"))

    after = words.update({Words("Tetap"), Words("Baru")}, before)

    assert {each.msgid: each.msgstr for each in after} == {"Baru": "", "Tetap": "Stays"}


def test_pages_speak_english_when_asked() -> None:
    with override("en"):
        assert gettext("Antrean") == "Queue"
        assert ngettext("Buat %(n)s akun", "Buat %(n)s akun", 1) == "Make %(n)s account"
        assert ngettext("Buat %(n)s akun", "Buat %(n)s akun", 2) == "Make %(n)s accounts"
    with override("id"):
        assert gettext("Antrean") == "Antrean"


def test_every_refusal_of_a_decision_has_a_form() -> None:
    known = {shape(form) for form in (*FORMS, *FIXED)}
    refusals = {text for name in ("policies", "retraction") for text in _returned(name)}

    assert refusals
    assert sorted(refusals - known) == []


def test_every_form_is_one_that_the_domain_writes() -> None:
    written = "\n".join(text for name in DOMAIN for text in _written(name))
    bare = (shape(form).removeprefix("{}") for form in (*FORMS, *FIXED))

    assert [form for form in bare if form not in written] == []


def test_a_sentence_with_values_is_said_with_them() -> None:
    with override("en"):
        assert said("periode 2026-Q3 sudah ditutup untuk 3673") == (
            "period 2026-Q3 is closed for 3673"
        )
        assert said("`accept` tidak mungkin pada usulan yang menunggu dokumen") == (
            "`accept` is not possible on a proposal that is waiting for a document"
        )
        assert said("belum ada dokumen yang diminta: Surat pindah, KTP-el") == (
            "a document that is asked for is missing: Moving letter, KTP-el"
        )
        assert said("lain sama sekali") == "lain sama sekali"
        assert said("") == ""
    with override("id"):
        assert said("lebih dari 100 tahun: cek lapangan") == "lebih dari 100 tahun: cek lapangan"


def _tree(name: str) -> ast.Module:
    return ast.parse((words.WEB.parent / "mutakhir" / f"{name}.py").read_text(encoding="utf-8"))


def _returned(name: str) -> Iterator[str]:
    """Texts that a module of casework answers with; what comes from elsewhere has its own form."""
    for node in ast.walk(_tree(f"casework/{name}")):
        if isinstance(node, ast.Return) and node.value is not None:
            answers = (each for each in ast.walk(node.value) if _is_text(each))
            yield from itertools.islice(map(_shape, answers), 1)


def _written(name: str) -> Iterator[str]:
    return (_shape(node) for node in ast.walk(_tree(name)) if _is_text(node))


def _is_text(node: ast.AST) -> bool:
    if isinstance(node, ast.JoinedStr):
        return True
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value


def _shape(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    assert isinstance(node, ast.JoinedStr)
    texts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
    return "".join(map(str, texts))


def _by_source(catalogue: polib.POFile | polib.MOFile) -> dict[Words, list[str]]:
    return {
        Words(each.msgid, each.msgid_plural): [each.msgstr, *each.msgstr_plural.values()]
        for each in catalogue
    }


def _pairs(entry: polib.POEntry) -> list[tuple[str, str]]:
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    one, many = entry.msgstr_plural.values()
    return [(entry.msgid, one), (entry.msgid_plural, many)]


def _places(text: str) -> Counter[str]:
    return Counter(PLACE.findall(text))


def _ends(text: str) -> tuple[bool, bool, bool]:
    return text[:1] == " ", text[-1:] == " ", text[-1:] in ".…"
