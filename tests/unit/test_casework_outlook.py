"""What accepting would do is said before it is done, by the policies that will judge it."""

import pytest

from mutakhir import rules
from mutakhir.casework.documents import PROOF_OF_LIFE, TWO_PEOPLE, document_label
from mutakhir.casework.outlook import documents_to_see, outlook
from mutakhir.casework.proposal import Proposed
from mutakhir.rules.period import Period
from mutakhir.rules.values import DOCUMENTS


@pytest.fixture(scope="module")
def law():
    return rules.load().at(Period.parse("2026-Q4").last)


def _proposal(kind, reason, *documents, **more):
    evidence = tuple((f"{n:016x}:0:1", word) for n, word in enumerate(documents))
    return Proposed("0" * 16, "2026-Q4", "3673", kind, "a" * 16, reason, evidence, "sure", **more)


@pytest.mark.parametrize(
    ("proposed", "seen", "expected"),
    [
        (("add", "genap_17", "claim"), None, ("add", False, True)),
        (("correct", "ubah_data", "claim"), None, ("correct", False, True)),
        (("relocate", "pindah_dalam", "claim"), None, ("relocate", False, True)),
        (("remove", "meninggal", "akta_kematian"), None, ("remove", True, True)),
        (("remove", "pindah_domisili", "claim"), None, ("remove", True, False)),
        (("remove", "pindah_domisili", "claim"), "surat_pindah", ("remove", True, True)),
        (("remove", "ganda"), None, ("remove", True, False)),
        (("remove", "ganda"), "ktp_el", ("remove", True, True)),
        (("suspend", "meninggal", "village_letter"), None, ("suspend", False, True)),
        (("suspend", "meninggal", "village_letter"), "akta_kematian", ("remove", True, True)),
        (("restore", "kembali", "claim"), None, ("restore", True, True)),
        (("conflict", "meninggal", "claim"), None, ("restore", True, False)),
        (("conflict", "meninggal", "claim"), "alive", ("restore", True, True)),
    ],
)
def test_what_accepting_does(law, proposed, seen, expected):
    """Expected: what it does, whether a second person must approve, whether it may be done."""
    found = outlook(_proposal(*proposed), seen, law)
    assert (found.kind, found.two_people, found.missing is None) == expected


def test_the_documents_offered_are_those_the_rule_asks_for(law):
    assert set(documents_to_see(_proposal("remove", "pindah_domisili", "claim"), law)) == set(
        law.removal("pindah_domisili").documents
    )
    assert documents_to_see(_proposal("suspend", "meninggal"), law) == (
        "civil_register",
        "akta_kematian",
    )
    assert documents_to_see(_proposal("conflict", "meninggal"), law) == PROOF_OF_LIFE


def test_an_officer_may_say_that_two_newcomers_are_two_people_only_where_it_is_asked(law):
    alone = _proposal("add", "genap_17", "claim")
    assert TWO_PEOPLE not in documents_to_see(alone, law)
    rival = _proposal("add", "genap_17", "claim", rivals=("b" * 16,))
    assert documents_to_see(rival, law)[0] == TWO_PEOPLE


def test_every_document_has_a_name(law):
    words = [*DOCUMENTS, *PROOF_OF_LIFE, TWO_PEOPLE, *(rung.word for rung in law.rungs)]
    assert all(document_label(word, law) != word for word in words)
    assert document_label("akta_kematian", law) == "Akta kematian"
