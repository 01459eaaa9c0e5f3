"""Histories of a small office: what is decided, overturned and withdrawn over the quarters."""

from hypothesis import strategies as st

from lib.cases import proposal, proposals
from lib.office import Q2, Q3, Office, no_outcomes
from lib.people import BUDI, SITI, record
from mutakhir.casework import decision_file
from mutakhir.casework.draft import OUTCOME_SCHEMA, Proposals
from mutakhir.casework.seal import SealError
from mutakhir.roll import snapshot

OPENING, FEED, OTHER = "a" * 16, "b" * 16, "c" * 16
S, B, NEW = "00000000000000a1", "00000000000000a2", "00000000000000ff"
PERIODS = ("2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2")
sources = st.lists(st.sampled_from([FEED, OTHER]), min_size=1, max_size=2, unique=True)
wishes = st.tuples(
    st.sampled_from([S, B, NEW]),
    st.sampled_from(["leave", "suspend", "correct", "relocate"]),
    sources,
)
undoings = st.tuples(st.sampled_from(["overturn", "withdraw"]), st.integers(0, 9))
quarters = st.one_of(
    st.lists(wishes, max_size=3, unique_by=lambda wish: wish[0]), st.lists(undoings, max_size=2)
)


def opened(folder):
    office = Office(folder, "plain")
    people = [record(SITI, row=2, dpid=S), record(BUDI, row=3, dpid=B)]
    office.adopt(office.source(*(dict(line, source_id=OPENING) for line in people)), Q2)
    for source in (FEED, OTHER):
        more = {"nik": "9999995708850009", "tps_to": "009", "name": f"SITI {source[:1]}"}
        office.source(record(SITI, row=2, source_id=source, **more))
    office.build(Q2)
    return office


def wished(roll, wish, number, period):
    """The proposal that casework could make of a wish, as the voter stands on the roll."""
    dpid, kind, named = wish
    evidence = [{"record_id": f"{s}:0:2", "kind": "akta_kematian"} for s in named]
    base = {"proposal_id": f"{number:016x}", "period": period, "dpid": dpid, "evidence": evidence}
    gone = {row["dpid"]: row["reason"] for row in roll.departed.to_pylist()}
    status = {row["dpid"]: row["status"] for row in roll.voters.to_pylist()}
    values = {"record_id": f"{named[0]}:0:2", "reason": "ubah_data"}
    if dpid in gone:
        return proposal(**base, kind="conflict" if gone[dpid] == "meninggal" else "restore")
    if dpid not in status:
        return proposal(**base, **{**values, "kind": "add", "reason": "pindah_masuk"})
    if kind in ("correct", "relocate"):
        return proposal(**base, **values, kind=kind, fields=["name"] if kind == "correct" else [])
    if kind == "leave" or status[dpid] == "ditangguhkan":
        return proposal(**base)
    weak = [{**item, "kind": "rt_statement"} for item in evidence]
    return proposal(**{**base, "evidence": weak}, kind="suspend")


def undo(office, undoing, period):
    how, number = undoing
    try:
        if how == "withdraw":
            office.withdraw(FEED if number % 2 else OTHER, period)
        else:
            decisions = decision_file.read(office.store.decisions).decisions
            accepts = [d.seq for d in decisions if d.act == "accept"] or [1]
            office.overturn(accepts[number % len(accepts)], period)
    except SealError:
        return  # already overturned or withdrawn


def live(office, history):
    number = 0
    for period, steps in zip(PERIODS, history, strict=False):
        roll = snapshot.read(office.store, office.store.versions()[-1])
        for step in steps:
            number += 1
            if step[0] in ("overturn", "withdraw"):
                undo(office, step, period)
            else:
                line = wished(roll, step, number, period)
                document = "alive" if line["kind"] == "conflict" else None
                office.accept(proposals(line), period, document)
        office.build(period)


PROPOSALS = proposals(
    proposal(dpid=S),
    proposal(
        proposal_id="2" * 16, kind="add", dpid=NEW, reason="pindah_masuk", record_id=f"{FEED}:0:2",
        documents=["kk"],
    ),
    proposal(
        proposal_id="3" * 16, kind="correct", dpid=B, reason="ubah_data", fields=["name"],
        record_id=f"{FEED}:0:3",
    ),
    proposal(
        proposal_id="4" * 16, kind="relocate", dpid=B, reason="pindah_dalam",
        record_id=f"{FEED}:0:4",
    ),
)  # fmt: skip


def settled(folder):
    """An office with an opening and one quarter: SITI has died, BUDI moved, one has come."""
    office = Office(folder)
    office.source(
        record(SITI, row=2, dpid=S, source_id=OPENING),
        record(BUDI, row=3, dpid=B, source_id=OPENING),
    )
    office.source(
        record(SITI, row=2, source_id=FEED, nik="9999995708850009"),
        record(BUDI, row=3, source_id=FEED, name="BUDI S."),
        record(BUDI, row=4, source_id=FEED, claim="move", tps_to="009"),
    )
    office.adopt(OPENING)
    office.build(Q2)
    outcomes = no_outcomes().from_pylist(
        [
            {
                "record_id": f"{FEED}:0:2",
                "outcome": "proposal",
                "proposal_id": "2" * 16,
                "words": "usulan pemilih baru",
            }
        ],
        schema=OUTCOME_SCHEMA,
    )
    office.put(Proposals(PROPOSALS, outcomes))
    office.minute = 1440 * 10
    office.accept(PROPOSALS)
    office.build(Q3)
    return office
