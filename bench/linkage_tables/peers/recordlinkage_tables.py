"""recordlinkage on the tables: blocks, similarities, then EM without or logistic with labels."""

from functools import reduce
from pathlib import Path

import pandas as pd
import recordlinkage
from bench.linkage_tables.peers.blocks import BLOCKS
from bench.linkage_tables.peers.labels import sampled_lines
from bench.linkage_tables.scoring import Scored
from bench.linkage_tables.tables import Table, read_entities

#: Column and method; ``exact`` for what is too short to be alike.
_SIMILARITIES = {
    "febrl": {
        "given_name": "jarowinkler",
        "surname": "jarowinkler",
        "date_of_birth": "damerau_levenshtein",
        "soc_sec_id": "damerau_levenshtein",
        "street_number": "damerau_levenshtein",
        "address_1": "jarowinkler",
        "suburb": "jarowinkler",
        "postcode": "damerau_levenshtein",
        "state": "exact",
    },
    "fake_1000": {
        "first_name": "jarowinkler",
        "surname": "jarowinkler",
        "dob": "damerau_levenshtein",
        "city": "jarowinkler",
        "email": "jarowinkler",
    },
}
_ALIKE = 0.85


def ecm(table: Table, folder: Path) -> list[Scored]:
    """EM without labels on similarities above or below .85, as its manual shows."""
    features = _features(table, folder)
    classifier = recordlinkage.ECMClassifier(binarize=_ALIKE)
    classifier.fit(features)
    return _scored(classifier.prob(features))


def logistic(table: Table, folder: Path) -> list[Scored]:
    """Logistic regression, taught by the true labels of a fifth of the people."""
    features, entities = _features(table, folder), read_entities(folder)
    sample = sampled_lines(entities)
    known = features[[a in sample and b in sample for a, b in features.index]]
    matches = known.index[[entities[a] == entities[b] for a, b in known.index]]
    classifier = recordlinkage.LogisticRegressionClassifier()
    classifier.fit(known, matches)
    return _scored(classifier.prob(features))


def _features(table: Table, folder: Path) -> pd.DataFrame:
    people = pd.read_csv(folder / "table.csv", dtype=str).set_index(table.id_column)
    blocks = [recordlinkage.index.Block(list(keys)) for keys in BLOCKS[table.kind]]
    indexes = [block.index(people) for block in blocks or [recordlinkage.index.Full()]]
    candidates = reduce(lambda one, other: one.union(other), indexes)
    compare = recordlinkage.Compare()
    for column, method in _SIMILARITIES[table.kind].items():
        if method == "exact":
            compare.exact(column, column, label=column)
        else:
            compare.string(column, column, method=method, label=column)
    return compare.compute(candidates, people)


def _scored(probabilities: pd.Series) -> list[Scored]:
    return [
        (str(a), str(b), float(chance), bool(chance >= 0.5))
        for (a, b), chance in probabilities.items()
    ]
