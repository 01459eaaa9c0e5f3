"""The bulletin: a short news text whose every number is a cell of the recap."""

from dataclasses import dataclass
from typing import Final

from mutakhir.numerals import dots
from mutakhir.recap.calendar import long_date
from mutakhir.recap.elections import last_before
from mutakhir.recap.identities import ensure
from mutakhir.recap.labels import label
from mutakhir.recap.table import Recap, Row
from mutakhir.rules.law import Law
from mutakhir.rules.period import Period

#: By the sign of the change.
_WHY: Final = {
    1: "kenaikan terjadi karena pemilih baru lebih banyak daripada yang dikeluarkan",
    -1: "penurunan terjadi karena pemilih yang dikeluarkan lebih banyak daripada pemilih baru",
    0: "jumlah itu tidak berubah",
}


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A headline, paragraphs, and the line that says what the numbers are bound to."""

    title: str
    paragraphs: tuple[str, ...]
    bound: str

    @property
    def markdown(self) -> str:
        """For a web page."""
        return "\n\n".join([f"# {self.title}", *self.paragraphs, f"*{self.bound}*"]) + "\n"

    @property
    def plain(self) -> str:
        """For a message."""
        return "\n\n".join([self.title, *self.paragraphs, self.bound]) + "\n"


def bulletin(recap: Recap, code: str, law: Law) -> Bulletin:
    """The news of the region ``code``.

    Raises RefusedError when an identity of the recap fails, KeyError for a region not in it.
    """
    ensure(recap)
    row = recap.row(code)
    if row is None:
        raise KeyError(code)
    edition = recap.edition
    last = Period.parse(edition.period).last
    return Bulletin(
        title=f"Pemilih {row.title} {edition.words}: {_change(row)}",
        paragraphs=(
            _total(row, edition.words),
            *_why(row, law),
            _first_time(row, last_before(last).name),
        ),
        bound=(
            f"Sumber: daftar PDPB {row.title}, versi {edition.version}, per {long_date(last)},"
            f" akar {edition.root[:16]}."
            + ("" if edition.closed else " Periode belum ditutup: angka masih dapat berubah.")
        ),
    )


def _change(row: Row) -> str:
    now, before = row.count("akhir").total, row.count("awal").total
    if now == before:
        return f"tetap {dots(now)}"
    return f"{dots(now)}, {'naik' if now > before else 'turun'} {dots(abs(now - before))}"


def _total(row: Row, words: str) -> str:
    now, before = row.count("akhir"), row.count("awal")
    change = _WHY[(now.total > before.total) - (now.total < before.total)]
    return (
        f"Jumlah pemilih {row.title} pada {words} adalah {dots(now.total)}: {dots(now.L)} laki-laki"
        f" dan {dots(now.P)} perempuan, di {dots(row.units['tps'])} TPS. Pada periode sebelumnya"
        f" jumlahnya {dots(before.total)}; {change}."
    )


def _why(row: Row, law: Law) -> list[str]:
    new, gone = row.count("baru").total, row.count("tms").total
    told = []
    if new:
        told.append(f"Ada {dots(new)} pemilih baru: {_most(row, 'baru', law)}.")
    if gone:
        told.append(f"Ada {dots(gone)} pemilih yang dikeluarkan: {_most(row, 'tms', law)}.")
    if corrected := row.count("perbaikan").total:
        told.append(
            f"Data {dots(corrected)} pemilih diperbaiki; perbaikan tidak mengubah jumlah pemilih."
        )
    return [" ".join(told)] if told else ["Tidak ada pemilih yang masuk atau keluar."]


def _most(row: Row, whole: str, law: Law) -> str:
    """The three reasons with most voters, and that there are others."""
    counted = [(word, count.total) for word, count in row.parts(whole).items() if count.total]
    ranked = sorted(counted, key=lambda found: (-found[1], found[0]))
    named = [f"{_lower(label(f'{whole}.{word}', law))} ({dots(n)})" for word, n in ranked[:3]]
    return "; ".join([*named, "selebihnya sebab lain"] if len(ranked) > 3 else named)


def _lower(text: str) -> str:
    """Lower the first letter unless the word is an abbreviation (TNI/Polri)."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _first_time(row: Row, election: str) -> str:
    pemula = row.count("pemula")
    if not pemula.total:
        return f"Tidak ada pemilih yang belum cukup umur pada hari pemungutan suara {election}."
    return (
        f"Pemilih pemula, yang belum cukup umur pada hari pemungutan suara {election}, berjumlah"
        f" {dots(pemula.total)}: {dots(pemula.L)} laki-laki dan {dots(pemula.P)} perempuan."
    )
