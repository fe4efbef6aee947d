from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from tests.governance.initiatives import initiative, orderly

from fe_contracts.exceptions import SourceError
from fe_contracts.model.initiative import Initiative, Position
from fe_contracts.sources import checked, parse_yaml, read_data

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples" / "initiative").glob("*.yaml"))


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_each_example_is_an_initiative_with_comments_and_says_that_it_is_made_up(file: Path) -> None:
    found = checked(read_data(file), Initiative, error=SourceError)
    assert found.fictional
    assert file.read_text(encoding="utf-8").count("#") > 5


def test_three_examples_stand_there() -> None:
    assert [file.stem for file in EXAMPLES] == ["embedded-too-early", "in-balance", "process-ahead"]


def problem(change: dict[str, Any]) -> str:
    with pytest.raises(ValidationError) as caught:
        Initiative.model_validate_json(json.dumps(orderly() | change))
    return str(caught.value)


def test_an_unknown_key_is_refused_with_its_line() -> None:
    text = json.dumps(orderly() | {"stakeholder": []}, indent=1)
    with pytest.raises(SourceError, match="stakeholder' is not a field") as caught:
        checked(parse_yaml(text, "one.yaml"), Initiative, error=SourceError)
    assert caught.value.problems[0].where.line > 1


@pytest.mark.parametrize(("kind", "source"), [("staff_trained", "trainings"), ("clauses_embedded", "contracts")])
def test_what_is_counted_is_never_dated_by_hand(kind: str, source: str) -> None:
    step = {"id": "I1", "kind": kind, "title": "Step", "planned": "2027-01-01", "reached": "2027-01-01", "number": 1}
    assert f"reached is counted from the {source}" in problem({"implementation": [step]})


def test_a_number_belongs_to_what_is_counted() -> None:
    step = {"id": "I1", "kind": "first_report", "title": "Step", "planned": "2027-01-01", "number": 3}
    assert "number belongs to" in problem({"implementation": [step]})
    step = {"id": "I1", "kind": "staff_trained", "title": "Step", "planned": "2027-01-01"}
    assert "staff_trained needs number" in problem({"implementation": [step]})


@pytest.mark.parametrize(
    ("field", "entry", "place"),
    [
        ("training", {"on": "2027-01-01", "agency": "nobody", "trained": 1}, "training[0].agency"),
        ("engagements", {"on": "2027-01-01", "kind": "survey", "took_part": ["people", "nobody"]},
         "engagements[0].took_part"),
        ("sign_offs", {"by": "nobody", "what": "glossary", "version": "1.0.0", "on": "2027-01-01", "record": "Minutes"},
         "sign_offs[0].by"),
        ("implementation", {"id": "I1", "kind": "other", "title": "Step", "planned": "2027-01-01", "agency": "nobody"},
         "implementation[0].agency"),
    ],
)  # fmt: skip
def test_whoever_is_named_is_a_stakeholder(field: str, entry: dict[str, Any], place: str) -> None:
    assert f"no stakeholder has the id named at {place}: nobody" in problem({field: [entry]})


def test_no_id_is_used_twice() -> None:
    twice = orderly()["stakeholders"] * 2
    assert "the stakeholders use the id agency, people more than once" in problem({"stakeholders": twice})
    steps = orderly()["implementation"]
    steps[0]["id"] = "P1"
    assert "the milestones use the id P1 more than once" in problem({"implementation": steps})


def test_positions_go_from_support_to_opposition() -> None:
    assert sorted(Position, key=lambda item: item.rank) == ["supports", "neutral", "concerned", "opposed"]


def test_thresholds_have_defaults_and_can_be_set() -> None:
    assert initiative().thresholds.implementation_within_days == 180
    changed = initiative(orderly() | {"thresholds": {"margin_points": 40}})
    assert (changed.thresholds.margin_points, changed.thresholds.heard_within_days) == (40, 120)
