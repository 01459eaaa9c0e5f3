"""What the domain calls things, in the language of the page.

The domain speaks Indonesian. Its words that pages show are closed lists, and each is in the
catalogue (``tests/lib/words.py`` collects them); a word of an office's own rules stays as it is.
"""

from django.utils.translation import gettext

from mutakhir.casework import documents
from mutakhir.recap import labels
from mutakhir.rules import Law
from mutakhir.rules.period import Period
from mutakhir_web.common.domain_sentences import said


def document_label(word: str, law: Law) -> str:
    """A kind of document in the words of an office."""
    return said(documents.document_label(word, law))


def recap_label(cell: str, law: Law) -> str:
    """A cell of the recap, a reason in it as the law in force calls it."""
    whole, _dot, word = cell.partition(".")
    if whole == "baru" and word not in law.additions and word in law.removals:
        return gettext("Dipulihkan, semula %(why)s") % {"why": said(law.removals[word].label)}
    return said(labels.label(cell, law))


def quarter_words(label: str) -> str:
    """``2026-Q4`` → Triwulan IV Tahun 2026."""
    period = Period.parse(label)
    return gettext("Triwulan %(number)s Tahun %(year)s") % {
        "number": period.roman,
        "year": period.year,
    }
