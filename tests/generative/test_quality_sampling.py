"""Any group: the sample can't be chosen, and more errors never look better."""

import math
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from mutakhir.quality.sampling import (
    at_most,
    draw,
    lower_bound,
    over,
    seed_of,
    upper_bound,
)

ids = st.lists(st.text("0123456789abcdef", min_size=4, max_size=4), unique=True, max_size=60)
seeds = st.text("0123456789abcdef", min_size=16, max_size=16)
sizes = st.integers(1, 40)
levels = st.sampled_from([0.8, 0.9, 0.95, 0.99])
seen = st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
PLACE = ("2026-Q3", "3673", "remove/meninggal/akta_kematian")


@given(ids, st.randoms(use_true_random=False), sizes)
def test_the_order_of_cases_changes_neither_seed_nor_sample(cases, luck, size):
    shuffled = luck.sample(cases, len(cases))
    seed = seed_of(PLACE, cases)
    assert seed_of(PLACE, shuffled) == seed
    assert draw(seed, shuffled, size) == draw(seed, cases, size)


@given(ids, sizes)
def test_a_sample_is_as_large_as_asked_or_the_whole_group(cases, size):
    sample = draw(seed_of(PLACE, cases), cases, size)
    assert sample <= {*cases}
    assert len(sample) == min(size, len(cases))


@given(ids, ids, seeds, sizes)
def test_cases_that_come_later_draw_in_none_that_was_passed_over(early, late, seed, size):
    before, after = draw(seed, early, size), draw(seed, {*early, *late}, size)
    assert after & {*early} <= before


@given(ids.filter(bool), st.integers(0, 59))
def test_one_case_less_is_another_seed(cases, number):
    less = [each for n, each in enumerate(cases) if n != number % len(cases)]
    assert seed_of(PLACE, less) != seed_of(PLACE, cases)
    assert seed_of((*PLACE[:2], "other"), cases) != seed_of(PLACE, cases)


@given(seen, levels)
def test_the_truth_lies_between_the_bounds_and_the_estimate_too(case, confidence):
    wrong, looked = case
    low, high = (bound(wrong, looked, confidence) for bound in (lower_bound, upper_bound))
    assert 0 <= low <= wrong / looked <= high <= 1


@given(seen, levels)
def test_more_errors_raise_both_bounds(case, confidence):
    wrong, looked = case
    for bound in (lower_bound, upper_bound):
        assert bound(wrong, looked, confidence) <= bound(wrong + 1, looked + 1, confidence) + 1e-12
        if wrong < looked:
            assert bound(wrong, looked, confidence) <= bound(wrong + 1, looked, confidence)


@given(st.integers(1, 300), levels)
def test_without_an_error_the_bound_is_the_closed_form(looked, confidence):
    closed = 1 - (1 - confidence) ** (1 / looked)
    assert math.isclose(upper_bound(0, looked, confidence), closed, rel_tol=1e-9)


@given(seen.filter(lambda case: case[0] < case[1]), levels)
def test_at_its_upper_bound_so_few_errors_have_just_the_chance_left(case, confidence):
    wrong, looked = case
    high = upper_bound(wrong, looked, confidence)
    assert math.isclose(at_most(wrong, looked, high), 1 - confidence, rel_tol=1e-6)


@given(seen, st.fractions(0, 1, max_denominator=50))
def test_the_binomial_sum_is_the_exact_one(case, share):
    wrong, looked = case
    terms = (
        math.comb(looked, k) * share**k * (1 - share) ** (looked - k) for k in range(wrong + 1)
    )
    assert math.isclose(at_most(wrong, looked, float(share)), sum(terms), abs_tol=1e-9)


@given(seen, st.floats(0, 1), st.floats(0, 1))
def test_a_worse_group_shows_so_few_errors_less_often(case, one, other):
    better, worse = sorted((one, other))
    assert at_most(*case, worse) <= at_most(*case, better) + 1e-12


@given(st.integers(0, 50), st.integers(0, 5000), st.integers(1, 5000))
def test_over_is_an_exact_comparison_of_fractions(wrong, counted, one_in):
    share = Decimal(1) / Decimal(one_in)
    expected = Fraction(wrong) > Fraction(share) * counted
    assert over(wrong, counted, share) == expected
