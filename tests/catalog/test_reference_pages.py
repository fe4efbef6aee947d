"""The reference pages keep their word: every example on them is read as the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fe_contracts.assembly.computed import COMPUTED, DEFERRED
from fe_contracts.catalog.checks import check_version
from fe_contracts.catalog.conditions import FACT_KINDS, faults_of
from fe_contracts.catalog.grammar import parse_wording
from fe_contracts.catalog.inline import FILTERS
from fe_contracts.catalog.wording import Placeholder, Wording, walk
from fe_contracts.model.clause import ClauseIdentity, ParameterDefinition, ParameterType, VersionFrontMatter
from fe_contracts.model.condition import Condition
from fe_contracts.model.facts import VOCABULARY
from fe_contracts.sources import parse_yaml, try_checked

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def examples(page: str, language: str) -> list[str]:
    """Return the code blocks of a page in one language."""
    text = (REFERENCE / page).read_text(encoding="utf-8")
    return [code for found, code in FENCE.findall(text) if found == language]


def front_matter() -> tuple[VersionFrontMatter, Wording]:
    """Return the version that the page on the clause format shows."""
    (source,) = (code for code in examples("clause-format.md", "markdown") if code.startswith("---\n"))
    front_text, body = source[4:].split("\n---\n", 1)
    front, problems = try_checked(parse_yaml(front_text, "page"), VersionFrontMatter)
    assert front is not None, problems
    wording, found = parse_wording(body, "FE-04@1.0.0", "page")
    assert found == ()
    return front, wording


@pytest.mark.parametrize("source", examples("wording-grammar.md", "markdown"))
def test_every_example_of_the_grammar_is_in_the_grammar(source: str) -> None:
    wording, problems = parse_wording(source, "FE-01@1.0.0", "page")
    assert problems == ()
    assert [*walk(wording.nodes)]


def test_every_filter_of_the_page_is_known_and_every_known_filter_is_on_the_page() -> None:
    page = (REFERENCE / "wording-grammar.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| `(\w+)(?:\(.*\))?` \|", page, re.MULTILINE)
    assert sorted(table) == sorted(FILTERS)


def test_every_reference_of_the_page_is_read_as_one() -> None:
    page = (REFERENCE / "wording-grammar.md").read_text(encoding="utf-8")
    references = [found.replace(r"\|", "|") for found in re.findall(r"`(\[\[.*?\]\])`", page)]
    assert len(references) >= 7
    for reference in references:
        _, problems = parse_wording(f"Under {reference}.", "FE-01@1.0.0", "page")
        assert problems == (), reference


def test_every_condition_of_the_page_can_hold() -> None:
    lines = [line for code in examples("conditions.md", "yaml") for line in code.splitlines() if line]
    assert len(lines) >= 4
    for line in lines:
        condition = Condition.parse(parse_yaml(line, "page").data)
        assert [*faults_of(condition, FACT_KINDS.__getitem__)] == []


def test_the_identity_of_the_page_is_one() -> None:
    (source,) = (code for code in examples("clause-format.md", "yaml") if "\nid: " in code)
    identity, problems = try_checked(parse_yaml(source, "page"), ClauseIdentity)
    assert (identity is not None, problems) == (True, ())


def test_the_version_of_the_page_agrees_with_itself() -> None:
    front, wording = front_matter()
    told = [problem.message for problem in check_version(front, wording, "page")]
    assert [message for message in told if not message.startswith("svc is a set of words")] == []
    assert any(isinstance(piece, Placeholder) for node in walk(wording.nodes) for piece in getattr(node, "pieces", ()))


def test_the_confirmation_of_the_page_is_one() -> None:
    (source,) = (code for code in examples("clause-format.md", "yaml") if code.lstrip().startswith("confirm:"))
    data = {"type": "int", "help": "A number.", "default": 35, **parse_yaml(source, "page").data}
    assert ParameterDefinition.model_validate(data, strict=False).confirm is not None


def test_every_type_and_every_computed_value_is_on_the_page() -> None:
    page = (REFERENCE / "clause-format.md").read_text(encoding="utf-8")
    assert [kind for kind in ParameterType if f"`{kind}`" not in page] == []
    assert [name for name in (*COMPUTED, DEFERRED) if f"`computed.{name}`" not in page] == []


def test_every_fact_of_the_vocabulary_has_its_kind() -> None:
    assert list(FACT_KINDS) == list(VOCABULARY)
