"""Two Splink models of an Indonesian voter: stock comparisons, and what an expert would write."""

from dataclasses import dataclass

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on

#: Pairs drawn to estimate u; more changed no figure and took longer.
U_PAIRS = 5e6
SEED = 1

#: Each rule brings a pair together once; the list covers every field being wrong or missing.
BLOCKS = (
    ("nik",),
    ("nkk", "first_name"),
    ("nkk", "dob"),
    ("name", "dob"),
    ("dob", "desa", "first_name"),
    ("dob", "desa", "last_name"),
    ("nik_head", "first_name"),
    ("nik_tail", "name"),
    ("name", "desa", "rt", "rw"),
)


@dataclass(frozen=True)
class Model:
    """Comparisons and blocks, and the blocks under which EM learns m (each leaves its own out)."""

    name: str
    comparisons: tuple[object, ...]
    blocks: tuple[tuple[str, ...], ...]
    em_blocks: tuple[tuple[str, ...], ...]

    def settings(self, link_type: str) -> SettingsCreator:
        return SettingsCreator(
            link_type=link_type,
            comparisons=list(self.comparisons),
            blocking_rules_to_generate_predictions=[block_on(*keys) for keys in self.blocks],
            retain_matching_columns=False,
            retain_intermediate_calculation_columns=False,
        )


def stock() -> Model:
    """Splink's own comparisons of people, with their default levels and thresholds."""
    return Model(
        name="Splink, stock comparisons",
        comparisons=(
            cl.ForenameSurnameComparison("first_name", "last_name"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.LevenshteinAtThresholds("nik"),
            cl.ExactMatch("nkk"),
            cl.ExactMatch("desa").configure(term_frequency_adjustments=True),
            cl.ExactMatch("sex"),
        ),
        blocks=(("nik",), ("name", "dob"), ("nkk", "first_name"), ("dob", "desa", "last_name")),
        em_blocks=(("nik",), ("name", "dob")),
    )


def tuned() -> Model:
    """Levels for what goes wrong in these lists; m and u learned from the data."""
    return Model(
        name="Splink, tuned",
        comparisons=(nik(), full_name(), birth_date(), family(), area(), cl.ExactMatch("sex")),
        blocks=BLOCKS,
        em_blocks=(("nik",), ("name", "dob")),
    )


def nik() -> cl.CustomComparison:
    """Equal, last digits cut off, a sibling's serial, one or two digits off.

    A number is 16 signs long here (see cleaned.py), so the cheap Hamming distance will do.
    """
    cut = "nik_l[1:15] = nik_r[1:15] and (nik_l[16] in ('?', '0') or nik_r[16] in ('?', '0'))"
    return cl.CustomComparison(
        output_column_name="nik",
        comparison_levels=[
            cll.NullLevel("nik"),
            cll.ExactMatchLevel("nik"),
            # Too rare among random pairs to be seen: one in ten million shares 15 digits.
            cll.CustomLevel(cut, "the same but for a last digit cut off").configure(
                u_probability=1e-7, fix_u_probability=True
            ),
            # Learned, it is worth 14 bits and links some twins; set below zero by hand, it loses
            # as many people whose serial was mistyped (tried; best F1 .99902 against .99905).
            cll.CustomLevel("nik_l[1:12] = nik_r[1:12]", "same region and date, other serial"),
            cll.CustomLevel("hamming(nik_l, nik_r) = 1", "one digit"),
            cll.CustomLevel("hamming(nik_l, nik_r) = 2", "two digits, or two swapped"),
            cll.CustomLevel("nik_l[7:16] = nik_r[7:16]", "same date and serial, other region"),
            cll.ElseLevel(),
        ],
    )


def full_name() -> cl.CustomComparison:
    """Equal (a common name says less), nearly equal, a part of it, alike, the given name only."""
    part = "starts_with(name_l, name_r || ' ') or starts_with(name_r, name_l || ' ')"
    near = "abs(length(name_l) - length(name_r)) < 2 and levenshtein(name_l, name_r) = 1"
    return cl.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            cll.NullLevel("name"),
            cll.ExactMatchLevel("name", term_frequency_adjustments=True),
            cll.CustomLevel(near, "one letter"),
            cll.JaroWinklerLevel("name", 0.95),
            cll.CustomLevel(part, "one name is the beginning of the other"),
            cll.ExactMatchLevel("sorted_name"),
            cll.JaroWinklerLevel("name", 0.88),
            cll.ExactMatchLevel("first_name", term_frequency_adjustments=True),
            cll.ElseLevel(),
        ],
    )


def birth_date() -> cl.CustomComparison:
    """Equal (heaped dates say less), day and month swapped, a slip, parts."""
    swapped = "dob_l[1:4] = dob_r[1:4] and dob_l[6:7] = dob_r[9:10] and dob_l[9:10] = dob_r[6:7]"
    parts = "dob_l[1:7] = dob_r[1:7] or dob_l[6:10] = dob_r[6:10]"
    return cl.CustomComparison(
        output_column_name="dob",
        comparison_levels=[
            cll.NullLevel("dob"),
            cll.ExactMatchLevel("dob", term_frequency_adjustments=True),
            cll.CustomLevel(swapped, "day and month swapped"),
            cll.CustomLevel("hamming(dob_l, dob_r) = 1", "one digit"),
            cll.CustomLevel(parts, "day apart, or year apart"),
            cll.CustomLevel("dob_l[1:4] = dob_r[1:4]", "same year"),
            cll.ElseLevel(),
        ],
    )


def family() -> cl.CustomComparison:
    return cl.CustomComparison(
        output_column_name="nkk",
        comparison_levels=[
            cll.NullLevel("nkk"),
            cll.ExactMatchLevel("nkk"),
            cll.CustomLevel("hamming(nkk_l, nkk_r) = 1", "one digit"),
            cll.ElseLevel(),
        ],
    )


def area() -> cl.CustomComparison:
    """Same RT, desa, kecamatan, or elsewhere."""
    same_rt = "desa_l = desa_r and rt_l = rt_r and rw_l = rw_r and rt_l <> '000'"
    return cl.CustomComparison(
        output_column_name="area",
        comparison_levels=[
            cll.NullLevel("desa"),
            cll.CustomLevel(same_rt, "same RT"),
            cll.ExactMatchLevel("desa"),
            cll.ExactMatchLevel("kecamatan"),
            cll.ElseLevel(),
        ],
    )


def train(linker: Linker, model: Model) -> None:
    """Splink's recommended order: prior, then u from random pairs, then m by EM per block."""
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("nik"), block_on("name", "dob", "desa")], recall=0.97
    )
    training.estimate_u_using_random_sampling(max_pairs=U_PAIRS, seed=SEED)
    for keys in model.em_blocks:
        training.estimate_parameters_using_expectation_maximisation(
            block_on(*keys), estimate_without_term_frequencies=True
        )
