"""The law of the redline on real files: every pair and version both ways, every contract against an edited copy."""

from __future__ import annotations

import pytest
from tests.redline.corpus import EXCEPTIONS, Case, edited_copies, lightly_edited, real_pairs, triples
from tests.redline.judging import LAW
from tests.redline.minimal import marked, minimal_words
from tests.redline.reading import read
from tests.redline.running import Result, engine, run, validated
from tests.tools import corpus, require_tool

OURS = engine()
GROUPS = {"pairs": real_pairs, "redline-triples": triples, "contracts": edited_copies}


@pytest.fixture(scope="module", params=GROUPS)
def results(request: pytest.FixtureRequest) -> list[Result]:
    """How every case of a group went."""
    corpus(request.param)
    return list(run(GROUPS[request.param](), OURS))


def _told(results: list[Result]) -> list[str]:
    return [f"{one.name}: {one.error or one.verdict.broken}" for one in results if not one.holds]


def test_the_law_holds(results: list[Result]) -> None:
    assert len(results) >= 18
    assert _told(results) == []


def test_little_more_is_marked_than_a_minimal_edit_script_does(results: list[Result]) -> None:
    assert [one.error for one in results if one.error] == []
    assert sum(one.marked for one in results) <= 1.15 * sum(one.minimum for one in results)


def test_nothing_is_marked_in_a_file_against_itself(results: list[Result]) -> None:
    assert [one.name for one in results if one.name.endswith("(itself)") and one.marked] == []


def test_every_exception_is_needed(results: list[Result]) -> None:
    names = {one.name for one in results}
    broken = {(one.name, depth) for one in results for depth in LAW if not one.verdict.holds_at(depth)}
    assert {case for case in EXCEPTIONS if case[0] in names} == {case for case in EXCEPTIONS if case in broken}


def test_exceptions_are_few() -> None:
    corpus("pairs")
    checks = len(LAW) * sum(1 for found in GROUPS.values() for _ in found())
    assert len(EXCEPTIONS) <= 0.02 * checks


@pytest.mark.parametrize("number", range(0, 68, 7))
def test_a_redline_has_no_error_that_its_inputs_do_not_have(number: int) -> None:
    corpus("pairs")
    validator = require_tool("ooxml-validator")
    case: Case = list(real_pairs())[number]
    assert validated(case, OURS(case.old, case.new), validator) == []


def test_a_light_edit_changes_little_and_can_be_made_again() -> None:
    folder = corpus("contracts")
    data = (folder / "bonterms-mutual-nda.docx").read_bytes()
    edited = lightly_edited(data, 4)
    assert edited == lightly_edited(data, 4)
    assert read(edited) != read(data)
    assert 0 < minimal_words(data, edited) < 300
    assert marked(edited) == 0
