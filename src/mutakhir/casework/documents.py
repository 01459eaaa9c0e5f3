"""Kinds of document: which of them an officer's own eyes stand for, and what an office says."""

from collections.abc import Iterable
from typing import Final

from mutakhir.rules import Law

#: Documents that show a person alive: they resolve a conflict with a tombstone.
#: ``alive``: seen alive by a field officer (COKTAS), on the officer's own signature.
PROOF_OF_LIFE: Final = ("alive", "biodata", "ktp_el")
#: Named as the document of an addition: the officer has seen that this newcomer and the one
#: who may be the same are two people, on the officer's own signature.
TWO_PEOPLE: Final = "two_people"
#: Kinds of document in the words of an office; rungs of the ladder are called as the law does.
DOCUMENTS: Final = {
    "ktp_el": "KTP-el",
    "kk": "Kartu keluarga",
    "biodata": "Biodata penduduk",
    "surat_pindah": "Surat pindah",
    "sk_tni": "SK TNI",
    "sk_polri": "SK Polri",
    "sk_pensiun": "SK pensiun",
    "putusan_pengadilan": "Putusan pengadilan",
    "buku_nikah": "Buku nikah",
    "claim": "Pernyataan sumber saja",
    "alive": "Dilihat hidup oleh petugas (COKTAS)",
    TWO_PEOPLE: "Petugas melihat bahwa mereka dua orang",
}


def document_label(word: str, law: Law) -> str:
    """A kind of document in the words of an office."""
    rungs = {rung.word: rung.label for rung in law.rungs}
    return rungs.get(word) or DOCUMENTS.get(word, word.replace("_", " "))


def document_labels(words: Iterable[str], law: Law) -> str:
    """Several kinds in one line, in the order of their words."""
    return ", ".join(document_label(word, law) for word in sorted(words))
