"""The page on periods is held to the table of stages."""

from pathlib import Path

from mutakhir_web.periods.stages import TRANSITIONS, Stage, diagram, transition

PAGE = Path(__file__).parents[2] / "docs/reference/periods.md"


def test_the_diagram_in_the_docs_is_the_one_in_the_code():
    assert f"```mermaid\n{diagram()}\n```" in PAGE.read_text()


def test_every_stage_is_explained():
    for stage in Stage:
        assert f"| {stage.value} |" in PAGE.read_text()


def test_a_step_leads_to_one_stage_only():
    assert len({(t.stage, t.step) for t in TRANSITIONS}) == len(TRANSITIONS)
    assert transition(Stage.OPEN, "close") is None
