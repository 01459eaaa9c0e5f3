"""The tutorial says what the screens say; the reference names addresses and filters that exist."""

import re
from pathlib import Path

import polib
from django.urls import resolve

from mutakhir.casework.states import STATES
from mutakhir_web.review.filters import BANDS, DUE, NAMES, WHOSE
from mutakhir_web.review.filters import STATES as FILTERS

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "tutorial" / "workplace.md"
REFERENCE = ROOT / "docs" / "reference" / "workplace.md"
CATALOGUE = ROOT / "src" / "mutakhir_web" / "locale" / "en" / "LC_MESSAGES" / "django.po"
#: On the screen as well, but put together there, or said by the domain.
COMPOSED = (
    *STATES.values(),
    "Masuk daftar di Padasuka. Langsung berlaku.",
    "Dicoret dari daftar: meninggal dunia. Menunggu orang kedua.",
    "Triwulan IV Tahun 2026",
    "dibaca 2 = diterima 1 + ditahan 0 + ditolak 1",
    "Pemilih baru · Genap 17 tahun · Pernyataan sumber saja",
)


def said_in_the_tutorial() -> set[str]:
    """Everything in bold or italics; what ends in … is the beginning of a longer text."""
    text = re.sub(r"```.*?```|!?\[[^\]]*\]\([^)]*\)|`[^`]*`", "", TUTORIAL.read_text(), flags=re.S)
    marked = re.findall(r"\*\*(.+?)\*\*|(?<!\*)\*([^*\n]+?)\*", text)
    return {bold or italic for bold, italic in marked}


def on_the_screen(words: str, source: str) -> bool:
    """Whether ``source``, a text of the screens, may read ``words``; one word fills each gap."""
    plain = re.sub(r"<[^>]+>", "", source).strip(" .…")
    gap = r"(?:[\w.]+|…)"
    expression = gap.join(re.escape(part) for part in re.split(r"%\(\w+\)s", plain))
    letters = re.sub(r"%\(\w+\)s|\W", "", plain)
    if words.endswith("…") and plain.startswith(words.strip(" …")):
        return True
    return len(letters) > 2 and re.fullmatch(expression, words.strip(" .…")) is not None


def test_every_word_of_the_screen_in_the_tutorial_is_on_the_screens():
    sources = [entry.msgid for entry in polib.pofile(str(CATALOGUE))]
    said = said_in_the_tutorial()
    assert len(said) > 40
    unknown = [w for w in said if not any(on_the_screen(w, source) for source in sources)]
    assert sorted(set(unknown) - set(COMPOSED)) == []


def test_a_word_that_no_screen_has_would_be_found():
    carry = "Bawa %(n)s kasus ke periode berikut"
    assert on_the_screen("Bawa 60 kasus ke periode berikut", carry)
    assert on_the_screen("Bawa … kasus ke periode berikut", carry)
    assert not on_the_screen("Hapus 60 kasus", carry)
    assert not on_the_screen("Hapus", "%(by)s")


def test_every_address_of_the_reference_leads_to_a_page():
    written = re.findall(r"`(/[a-z][^`\s?]*)[^`]*`", REFERENCE.read_text())
    assert len(written) > 20
    for address in written:
        filled = re.sub(r"<(?:id|job)>", "12345678-1234-4234-8234-123456789012", address)
        resolve(re.sub(r"<\w+>", "00000000000000a1", filled))  # raises where nothing is


def test_the_reference_names_every_filter_of_the_queue_and_its_values():
    rows = re.findall(r"^\| (`.*?`) \| (.*) \|$", REFERENCE.read_text(), flags=re.M)
    told = {name: values for names, values in rows for name in re.findall(r"`(\w+)`", names)}
    assert told.keys() >= {*NAMES.values(), "hal"}
    for name, values in (("keadaan", FILTERS), ("pita", BANDS), ("milik", WHOSE), ("tenggat", DUE)):
        assert set(re.findall(r"`(\w+)`", told[name])) == set(values)
