"""Proposing: each accepted record leads to one outcome. Nothing changes the roll here."""

import hashlib
from collections.abc import Collection, Mapping
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from mutakhir.casework.draft import Draft, Pad, Proposals
from mutakhir.casework.match import Match, Matcher, Row, rows_of, sure_dpids
from mutakhir.casework.newcomers import Alike, Found, Newcomer, newcomers
from mutakhir.casework.policies import removing_rungs
from mutakhir.casework.proposal import Kind
from mutakhir.intake.record import Claim
from mutakhir.person import PERSON_FIELDS
from mutakhir.rules import Law, RulesError
from mutakhir.rules.eligibility import judge
from mutakhir.rules.period import Period

#: Details a correction may take; where somebody votes is a relocation's business.
DETAILS: Final = tuple(name for name in PERSON_FIELDS if name not in ("desa", "tps"))
#: Which claims may correct what. A list about other things (a feed of candidates, a TMS form)
#: corrects nothing, or every difference in spelling would flood the queue.
MAY_CORRECT: Final[Mapping[Claim, tuple[str, ...]]] = {
    "change": DETAILS,
    "listed": ("marital", "ktp_el"),
    "new": (),
    "ineligible": (),
    "move": (),
}
#: What a record must say to be an addition.
_NEEDED: Final = ("nik", "name", "birth_date", "sex", "desa")
#: Canonical words of proposals that no list of reasons in the rules names.
CORRECTION, INSIDE_MOVE, RETURN = "ubah_data", "pindah_dalam", "kembali"


def propose(
    *,
    period: str,
    voters: pa.Table,
    departed: pa.Table,
    records: pa.Table,
    links: pa.Table,
    duplicates: pa.Table,
    law: Law,
    alike: Alike,
    standing: Collection[str] = (),
) -> Proposals:
    """Proposals and outcomes of ``period`` (docs/formats/proposals.md).

    ``voters`` and ``departed`` are the roll before the period, ``records`` (RECORD_SCHEMA) what
    the period's sources say, ``links`` (LINK_SCHEMA) joins the two, ``duplicates`` (LINK_SCHEMA)
    the roll with itself; ``alike`` links newcomers among themselves. ``standing`` are the
    records by which this period's accepted additions come in: a file handed in later must not
    give the same person a second dpid. The result depends on what the files say, never on
    their order.
    """
    pad = Pad()
    matcher = Matcher(voters, departed, links, records)
    desk = _Desk(Period.parse(period), law, pad, _kabs(voters))
    for record in records.to_pylist():
        desk.take(record, matcher.match(record))
    for newcomer in newcomers(desk.additions, standing, alike):
        desk.propose_addition(newcomer)
    _propose_duplicates(pad, voters, records, links, duplicates)
    return pad.tables(period, law)


def _kabs(voters: pa.Table) -> set[str]:
    return set(pc.unique(pc.utf8_slice_codeunits(voters["desa"], 0, 4)).to_pylist())


class _Desk:
    """Takes records one by one; additions wait until all are seen, to join those of one person."""

    def __init__(self, period: Period, law: Law, pad: Pad, kabs: set[str]) -> None:
        self.period, self.law, self.pad, self.kabs = period, law, pad, kabs
        self.additions: list[Found] = []

    def take(self, record: Row, match: Match) -> None:
        if record["claim"] == "ineligible":
            self.take_ineligible(record, match)
        elif match.place == "active":
            self.take_listed(record, match)
        elif match.place == "departed":
            self.take_departed(record, match)
        else:
            self.take_unknown(record, match)

    # someone on the roll

    def take_listed(self, record: Row, match: Match) -> None:
        """On the roll already: confirmed, or other details, or another place."""
        voter = match.person
        if match.band != "sure" and record["claim"] in ("listed", "new"):
            self.take_unknown(record, match)
            return
        if record["desa"] is not None and record["desa"][:4] != voter["desa"][:4]:
            self.take_unknown(record, match)
            return
        fields = _differing(record, voter)
        relocates = _relocates(record, voter)
        if fields:
            draft = _draft("correct", record, match, CORRECTION, fields=fields)
            words = f"usulan ubah data ({', '.join(fields)})"
            self.pad.propose(draft, record["record_id"], words)
        if relocates:
            draft = _draft("relocate", record, match, _move_reason(record))
            if fields:
                self.pad.keep(draft)
            else:
                words = "usulan pindah tempat memilih di dalam kab/kota"
                self.pad.propose(draft, record["record_id"], words)
        if record["claim"] == "move" and not relocates and record["tps_to"] is None:
            words = "pindah tanpa tujuan; lengkapi TPS atau desa tujuan lalu masukkan lagi"
            self.pad.settle(record["record_id"], "incomplete", words)
        elif not fields and not relocates:
            words = "sudah terdaftar; tidak ada yang berubah"
            self.pad.settle(record["record_id"], "confirmed", words)

    # someone who left

    def take_departed(self, record: Row, match: Match) -> None:
        """A tombstone stands: the dead open a conflict, others may come back."""
        stone = match.person
        if stone["reason"] == "meninggal":
            draft = _draft("conflict", record, match, "meninggal", other=stone["dpid"])
            draft.record_id = None
            words = "tercatat meninggal tetapi muncul lagi; perlu dilihat petugas"
            self.pad.propose(draft, record["record_id"], words)
            return
        if match.band != "sure" or (record["desa"] or "")[:4] != stone["desa"][:4]:
            self.take_unknown(record, match)
            return
        if self.eligible(record) == "under_age":
            self.not_eligible(record)
            return
        draft = _draft("restore", record, match, RETURN, other=stone["dpid"])
        draft.record_id = None
        words = f"pernah keluar dari daftar ({stone['reason']}); usulan dikembalikan"
        self.pad.propose(draft, record["record_id"], words)

    # someone to leave

    def take_ineligible(self, record: Row, match: Match) -> None:
        """A claim that somebody should leave; matching alone never removes anyone."""
        reason, record_id = record["reason"], record["record_id"]
        if match.place == "nowhere":
            self.pad.settle(
                record_id, "not_on_roll", "tidak ada di daftar; tidak ada yang dikeluarkan"
            )
            return
        if match.place == "departed":
            words = f"sudah keluar dari daftar ({match.person['reason']})"
            self.pad.settle(record_id, "departed_already", words)
            return
        if _moves_inside(record, match.person) or not self.leaves(reason):
            self.take_inside_move(record, match)
            return
        if reason not in self.law.removals:
            words = "baris TMS tanpa alasan yang dikenal; perbaiki kodenya lalu masukkan lagi"
            self.pad.settle(record_id, "incomplete", words)
            return
        waits = reason == "meninggal" and match.person["status"] == "ditangguhkan"
        if waits and _document(record) not in removing_rungs(self.law):
            words = "sudah ditangguhkan; menunggu akta kematian"
            self.pad.settle(record_id, "confirmed", words)
            return
        draft = _draft("remove", record, match, reason)
        draft.record_id = None
        self.pad.propose(draft, record_id, f"usulan keluar: {self.law.removal(reason).label}")

    def leaves(self, reason: str | None) -> bool:
        try:
            return self.law.removal(reason or "").leaves
        except RulesError:
            return True

    def take_inside_move(self, record: Row, match: Match) -> None:
        """Code 8 of 2023 and moves inside the kab/kota: right person, other place."""
        if record["tps_to"] is None and record["other_region"] is None:
            words = "salah penempatan TPS tanpa TPS tujuan; lengkapi lalu masukkan lagi"
            self.pad.settle(record["record_id"], "incomplete", words)
            return
        draft = _draft("relocate", record, match, _move_reason(record))
        words = "usulan pindah tempat memilih di dalam kab/kota"
        self.pad.propose(draft, record["record_id"], words)

    # someone new

    def take_unknown(self, record: Row, match: Match) -> None:
        """Not on the roll, as far as the links tell."""
        record_id = record["record_id"]
        if record["claim"] in ("change", "move"):
            words = "tidak ada di daftar; tidak ada yang diubah"
            self.pad.settle(record_id, "not_on_roll", words)
            return
        missing = [name for name in _NEEDED if record[name] is None]
        if missing:
            words = f"belum lengkap untuk ditambahkan ({', '.join(missing)})"
            self.pad.settle(record_id, "incomplete", words)
        elif record["desa"][:4] not in self.kabs:
            self.pad.settle(record_id, "outside", "di luar kab/kota yang dikelola gudang ini")
        elif self.eligible(record) == "under_age":
            self.not_eligible(record)
        else:
            self.additions.append((record, match))

    def eligible(self, record: Row) -> str:
        return judge(record["birth_date"], record["marital"], self.period.last, self.law).answer

    def not_eligible(self, record: Row) -> None:
        words = f"belum {self.law.eligibility.age} tahun dan belum kawin pada akhir {self.period}"
        self.pad.settle(record["record_id"], "not_eligible", words)

    def propose_addition(self, newcomer: Newcomer) -> None:
        """One proposal for one new person, on the evidence of all records that name them."""
        record, match = newcomer.record, newcomer.match
        arrived, why = _elsewhere(record, match), _doubt(newcomer)
        review = bool(why) or self.eligible(record) == "unknown" or match.band != "sure"
        draft = Draft(
            "add",
            record["desa"][:4],
            new_dpid(newcomer.entrance),
            self.new_reason([each for each, _ in newcomer.found], arrived=arrived),
            newcomer.entrance,
            other_dpid=match.person.get("dpid"),
            rivals=tuple(sorted(map(new_dpid, newcomer.rivals))),
            band="review" if review else "sure",
            weight=match.weight,
            why=why or match.why,
            evidence={(each["record_id"], _document(each)) for each, _ in newcomer.found},
        )
        label = self.law.addition(draft.reason).label
        for each, _ in newcomer.found:
            self.pad.propose(draft, each["record_id"], f"usulan pemilih baru: {label}")
        if match.place == "active" and arrived:
            # A move across kab/kota of this store: out there and in here, in one go.
            leaving = _draft("remove", record, match, "pindah_domisili", other=draft.dpid)
            leaving.record_id, leaving.evidence = None, set(draft.evidence)
            self.pad.keep(leaving)

    def new_reason(self, found: list[Row], *, arrived: bool) -> str:
        """The reason a source gives, if one does, else what the person's details say."""
        record = found[0]
        for each in found:
            if each["reason"] in self.law.additions:
                return str(each["reason"])
        if arrived or record["other_region"] is not None:
            return "pindah_masuk"
        before = self.period.previous().last
        now = judge(record["birth_date"], None, self.period.last, self.law).answer
        if now != "eligible":
            return "kawin" if record["marital"] in ("S", "P") else "belum_terdaftar"
        if judge(record["birth_date"], None, before, self.law).answer == "under_age":
            return "genap_17"
        return "belum_terdaftar"


def new_dpid(record_id: str) -> str:
    """The dpid of a voter who comes in by this record and brings none: 16 hexadecimal digits."""
    return hashlib.sha256(f"dpid|{record_id}".encode()).hexdigest()[:16]


def _draft(
    kind: Kind,
    record: Row,
    match: Match,
    reason: str,
    *,
    fields: tuple[str, ...] = (),
    other: str | None = None,
) -> Draft:
    return Draft(
        kind,
        match.person["desa"][:4],
        match.person["dpid"],
        reason,
        record["record_id"],
        fields=fields,
        other_dpid=other,
        band=match.band,
        weight=match.weight,
        why=match.why,
        evidence={(record["record_id"], _document(record))},
    )


def _elsewhere(record: Row, match: Match) -> bool:
    """Whether the person stands, or stood, on the roll of another kab/kota of this store."""
    return match.place != "nowhere" and bool(match.person["desa"][:4] != record["desa"][:4])


def _doubt(newcomer: Newcomer) -> str:
    """Why somebody must look at a newcomer; empty when nobody need."""
    if not newcomer.rivals:
        return newcomer.doubt
    entrance, evidence = min(newcomer.rivals.items())
    more = f" dan {len(newcomer.rivals) - 1} lagi" if len(newcomer.rivals) > 1 else ""
    return f"mungkin orang yang sama dengan usulan baru {new_dpid(entrance)}{more}: {evidence}"


def _document(record: Row) -> str:
    return record["evidence"] or "claim"


def _differing(record: Row, voter: Row) -> tuple[str, ...]:
    """Fields in which an entitled record says something, and something else."""
    entitled = MAY_CORRECT[record["claim"]]
    return tuple(n for n in entitled if record[n] is not None and record[n] != voter[n])


def _relocates(record: Row, voter: Row) -> bool:
    to = record["tps_to"]
    other_tps = to is not None and to != voter["tps"]
    return other_tps or (record["desa"] is not None and record["desa"] != voter["desa"])


def _moves_inside(record: Row, voter: Row) -> bool:
    """A leaver whose destination is another desa of the same kab/kota does not leave the roll."""
    to = record["other_region"] or ""
    inside = len(to) == 10 and to[:4] == voter["desa"][:4]
    return inside and record["reason"] == "pindah_domisili"


def _move_reason(record: Row) -> str:
    here = record["tps_to"] is not None and record["other_region"] is None
    return "salah_penempatan_tps" if here and record["claim"] == "ineligible" else INSIDE_MOVE


def _propose_duplicates(
    pad: Pad, voters: pa.Table, records: pa.Table, links: pa.Table, duplicates: pa.Table
) -> None:
    """Of two registrations of one person one stays: the one a full list of residents confirms;
    where that does not tell, the one that entered earlier, then the smaller dpid."""
    pairs = duplicates.filter(pc.not_equal(duplicates["band"], "no"))
    named = pa.concat_arrays([*pairs["left_id"].chunks, *pairs["right_id"].chunks])
    people = rows_of(voters, named)
    listed = records.filter(pc.equal(records["claim"], "listed"))["record_id"].to_pylist()
    confirmed = sure_dpids(links, listed)

    def order(person: Row) -> tuple[Any, ...]:
        return (person["dpid"] not in confirmed, person["entered"], person["dpid"])

    for pair in pairs.sort_by([("left_id", "ascending"), ("right_id", "ascending")]).to_pylist():
        stays, leaves = sorted((people[pair["left_id"]], people[pair["right_id"]]), key=order)
        pad.keep(
            Draft(
                "remove",
                leaves["desa"][:4],
                leaves["dpid"],
                "ganda",
                other_dpid=stays["dpid"],
                band=pair["band"],
                weight=pair["weight"],
                why=pair["evidence"],
            )
        )
