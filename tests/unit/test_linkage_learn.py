"""Weights learned without labels from registers whose truth is known."""

import re
from collections import Counter
from importlib.resources import files

import pyarrow.parquet as pq
import pytest

from mutakhir.engines.duckdb import DuckdbEngine
from mutakhir.linkage.learn import learn
from mutakhir.linkage.model_file import default_model, read_model
from mutakhir.linkage.model_writer import learned_model, read_limits
from mutakhir.linkage.prepare import prepare
from mutakhir.linkage.score import compare
from mutakhir.synthetic.registers import make_registers

SHIPPED = files("mutakhir.linkage").joinpath("model.toml").read_text("utf-8")
DUCKDB = DuckdbEngine("1GB")


def counted(left, right, model, folder):
    """Counts of tables, through files as the command does it."""
    folder.mkdir(exist_ok=True)
    paths = [folder / "left.parquet", folder / "right.parquet"]
    for people, path in zip((left, right), paths, strict=True):
        if people is not None:
            pq.write_table(people, path)
    return DUCKDB.counts(paths[0], paths[1] if right is not None else None, model)


def true_places(registers):
    left = {line: n for n, line in enumerate(registers.left["dpid"].to_pylist())}
    right = {line: n for n, line in enumerate(registers.right["record_id"].to_pylist())}
    return [(left[one], right[other]) for one, other in registers.links]


@pytest.fixture(scope="module")
def registers():
    """20,000 lines a side, with truth."""
    return make_registers(1, size=20_000)


@pytest.fixture(scope="module")
def taught(registers, tmp_path_factory):
    """What the two lists teach the shipped model."""
    folder = tmp_path_factory.mktemp("lists")
    model = default_model()
    return learn(counted(registers.left, registers.right, model, folder), model)


@pytest.fixture(scope="module")
def true_shares(registers):
    """Field -> level -> its share of the true pairs in which the field is not missing."""
    model = default_model()
    people, records = (
        prepare(side, model).to_pylist() for side in (registers.left, registers.right)
    )
    seen = {field.name: Counter() for field in model.compared}
    for one, other in true_places(registers):
        levels = compare(people[one], records[other], model)
        for name, shown in seen.items():
            shown[model.field[name].kind.levels[levels[name]]] += 1
    shares = {}
    for name, levels in seen.items():
        del levels["missing"]
        shares[name] = {word: found / levels.total() for word, found in levels.items()}
    return shares


def test_the_learned_m_is_near_the_share_among_true_pairs(taught, true_shares):
    model = default_model()
    for field in model.compared:
        for level, word in enumerate(field.kind.levels):
            true = true_shares[field.name].get(word, 0.0)
            assert taught.m[field.name][level] == pytest.approx(true, rel=0.25, abs=0.003) or (
                # where people live, movers are less often in the blocks by desa
                field.name in {"area", "address", "nkk"}
                and taught.m[field.name][level] == pytest.approx(true, rel=0.25, abs=0.025)
            ), (field.name, word)


@pytest.mark.parametrize(("field", "column"), [("nkk", "nkk"), ("sex", "sex"), ("name", "name")])
def test_the_learned_u_is_the_share_of_equal_values_among_pairs_of_two_people(
    registers, taught, field, column
):
    model = default_model()
    left, right = (
        prepare(side, model)[column].to_pylist() for side in (registers.left, registers.right)
    )
    one, other = Counter(left), Counter(right)
    known = (len(left) - one.pop(None, 0)) * (len(right) - other.pop(None, 0))
    equal = sum(found * other[value] for value, found in one.items())
    own = sum(left[a] == right[b] is not None for a, b in true_places(registers))
    level = model.field[field].level("equal")
    assert taught.u[field][level] == pytest.approx((equal - own) / known, rel=0.1)


#: Between which bits a weight may stand where fields repeat each other in families.
LIMITS = {
    "nik": "sibling = [-8.0, -8.0]",
    "name": "equal = [6.0, 13.0], sounds = [5.0, 11.5], close = [3.0, 7.0], slip = [0.0, 2.0],"
    " given = [0.0, 0.0], covers = [0.0, 5.0]",
    "birth_date": "part = [-3.0, 0.0], heaped = [6.0, 10.0], equal = [10.0, 14.0]",
    "nkk": "equal = [6.0, 10.0], close = [1.0, 4.0], differ = [-4.0, -1.0]",
    "area": "rt = [4.0, 7.0], rw = [3.0, 5.5], desa = [2.0, 4.5], kecamatan = [0.0, 1.0]",
    "birth_place": "equal = [0.0, 2.0], differ = [-3.0, -1.0]",
    "address": "equal = [0.0, 2.0], differ = [-1.0, 0.0]",
}


def limited(text):
    """The shipped model with limits, unless it has its own."""
    if any(read_limits(text).values()):
        return text
    for field, limits in LIMITS.items():
        entry = rf'(\[\[fields\]\]\nname = "{field}"[^\n]*\n)'
        text = re.sub(entry, rf"\1limits = {{ {limits} }}\n", text)
    return text


def best_f1(links, truth):
    """The best F1 over all thresholds of weight."""
    best, right = 0.0, 0
    rows = sorted(links.to_pylist(), key=lambda link: -link["weight"])
    for taken, link in enumerate(rows, 1):
        right += (link["left_id"], link["right_id"]) in truth
        best = max(best, 2 * right / (taken + len(truth)))
    return best


def wrong_and_sure(links, truth):
    sure = (link for link in links.to_pylist() if link["band"] == "sure")
    return sum((link["left_id"], link["right_id"]) not in truth for link in sure)


def test_links_of_the_learned_model_are_as_good_as_the_shipped_ones_on_other_lists(taught):
    other = make_registers(2, size=20_000)
    text = learned_model(limited(SHIPPED), taught, {}, name="learned", period=None)
    shipped, learned = (
        DUCKDB.link(other.left, other.right, model) for model in (default_model(), read_model(text))
    )
    assert best_f1(learned, other.links) >= best_f1(shipped, other.links) - 0.0002
    assert wrong_and_sure(learned, other.links) <= wrong_and_sure(shipped, other.links) + 1
