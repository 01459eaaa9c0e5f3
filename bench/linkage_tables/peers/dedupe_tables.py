"""The dedupe library on the tables, taught by the true labels of a fifth of the people."""

import io
import json
import random
from pathlib import Path

import dedupe
import dedupe.variables as kinds
import numpy as np
from bench.linkage_tables.peers.labels import SEED, labelled_pairs
from bench.linkage_tables.scoring import Scored, ordered, pairs_of_clusters
from bench.linkage_tables.tables import Table, read_entities, read_table

_VARIABLES = {
    "febrl": (
        *(kinds.String(name, has_missing=True) for name in ("given_name", "surname")),
        *(kinds.String(name, has_missing=True) for name in ("address_1", "suburb")),
        *(kinds.ShortString(name, has_missing=True) for name in ("date_of_birth", "soc_sec_id")),
        *(kinds.ShortString(name, has_missing=True) for name in ("street_number", "postcode")),
    ),
    "fake_1000": (
        *(kinds.String(name, has_missing=True) for name in ("first_name", "surname", "email")),
        *(kinds.ShortString(name, has_missing=True) for name in ("dob", "city")),
    ),
}
THRESHOLD = 0.5  # its own default


def run(table: Table, folder: Path) -> list[Scored]:
    """Scored pairs; dedupe says yes where its clusters at .5 hold both lines."""
    random.seed(SEED)
    np.random.seed(SEED)
    people = read_table(folder, table.id_column)
    matcher = dedupe.Dedupe(list(_VARIABLES[table.kind]), num_cores=0, in_memory=True)
    matcher.prepare_training(people, _examples(people, read_entities(folder)))
    matcher.train()
    scores = matcher.score(matcher.pairs(people))
    weights = {
        ordered(*map(str, pair)): float(score)
        for pair, score in zip(scores["pairs"], scores["score"], strict=True)
    }
    clusters = matcher.cluster(scores, THRESHOLD)
    yes = pairs_of_clusters([list(map(str, lines)) for lines, _ in clusters])
    return [(*pair, weights.get(pair, 0.0), pair in yes) for pair in sorted(weights.keys() | yes)]


def _examples(people: dict[str, dict[str, str | None]], entities: dict[str, str]) -> io.StringIO:
    """Labelled pairs in the file format the library reads."""
    matches, others = labelled_pairs(entities)
    examples = {"match": matches, "distinct": others}
    return io.StringIO(
        json.dumps(
            {
                label: [
                    {"__class__": "tuple", "__value__": [people[one], people[other]]}
                    for one, other in pairs
                ]
                for label, pairs in examples.items()
            }
        )
    )
