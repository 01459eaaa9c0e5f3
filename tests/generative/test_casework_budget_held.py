"""Any sequence of verdicts: nothing in bulk before the sample, nothing of it after an error."""

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from lib.bulk import RULE, group, standing
from lib.office import CHECKER, OPERATOR, STRANGER, Office
from mutakhir.casework import decision_file
from mutakhir.casework.verdict import Verdict

TABLE = group(6)
SAMPLE = 3
verdicts = st.builds(
    Verdict,
    st.sampled_from(TABLE["proposal_id"].to_pylist()),
    st.sampled_from(["accept", "accept", "reject", "field_check", "approve"]),
    st.sampled_from([OPERATOR, CHECKER, STRANGER]),
    bulk=st.sampled_from([None, RULE]),
)


def opened(folder):
    """An office under a rule that asks for three looks."""
    office = Office(Path(folder) / "store")
    law = office.law()
    small = replace(law, budget=replace(law.budget, sample=SAMPLE))
    office.law = lambda _period="": small
    return office


def effective_in_bulk(decisions):
    """(place, seq) where a bulk accept is given or approved, read line by line."""
    for place, decision in enumerate(decisions):
        subject = decisions[decision.target - 1] if decision.act == "approve" else decision
        if subject.act == "accept" and subject.bulk:
            yield place, decision


@settings(max_examples=150)
@given(st.lists(verdicts, max_size=30), st.booleans())
def test_whatever_is_tried_bulk_follows_a_clean_sample(sequence, looked_first):
    with tempfile.TemporaryDirectory() as folder:
        office = opened(folder)
        sample = standing(office, TABLE).sample
        if looked_first:
            office.seal(TABLE, [Verdict(each, "accept", OPERATOR) for each in sorted(sample)])
        for verdict in sequence:
            office.seal(TABLE, [verdict])
        decisions = decision_file.read(office.store.decisions).decisions
        for place, decision in effective_in_bulk(decisions):
            before = decisions[:place]
            looked = {d.proposal for d in before if d.act in ("accept", "reject") and not d.bulk}
            assert sample <= looked
            assert decision.proposal not in sample
            rejected = {d.proposal for d in before if d.act == "reject"}
            in_bulk = {d.proposal for d in before if d.act == "accept" and d.bulk}
            assert not rejected & (sample | in_bulk)
        assert standing(office, TABLE).sample == sample
