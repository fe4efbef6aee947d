"""The examples are what they say: whole specs that make sense, and broken ones that break where they say."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fe_contracts import pipeline
from fe_contracts.catalog import load_catalog
from fe_contracts.exceptions import SourceError, SpecError
from fe_contracts.findings import Severity
from fe_contracts.model.spec import Spec
from fe_contracts.model.vocabulary import EvidenceBasis, PaymentModel
from fe_contracts.sources import checked, field_name, read_data
from fe_contracts.sources.overlays import overlaid
from fe_contracts.sources.tables import read_table

if TYPE_CHECKING:
    from fe_contracts.findings import Finding

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
WHOLE = [*sorted(EXAMPLES.glob("*.yaml")), EXAMPLES / "forty-agencies" / "base.yaml"]
BROKEN = sorted((EXAMPLES / "broken").glob("*.yaml"))
EXPECTED = re.compile(r"^# expect: ([A-Z]+[0-9]+) at (.+)$", re.MULTILINE)
OF_READING = ("SOURCE", "FIELD")


def spec_of(file: Path) -> Spec:
    return checked(read_data(file), Spec, error=SpecError)


def ids(file: Path) -> str:
    return file.stem


@pytest.mark.parametrize("file", WHOLE, ids=ids)
def test_a_whole_example_is_a_spec_whose_money_adds_up(file: Path) -> None:
    spec = spec_of(file)
    assert sum(fund.amount for fund in spec.funding) == spec.total_amount
    for fund in spec.funding:
        assert sum(line.amount for line in spec.budget if line.fund == fund.id) == fund.amount
    assert spec.contract.fictional


@pytest.mark.parametrize("file", WHOLE, ids=ids)
def test_targets_stay_within_what_practice_has_shown(file: Path) -> None:
    spec = spec_of(file)
    assert all(25 <= outcome.target_percent <= 40 or outcome.id == "O3" for outcome in spec.outcomes)


def test_the_pilot_pays_by_milestone_on_both_tracks() -> None:
    spec = spec_of(EXAMPLES / "pilot.yaml")
    assert spec.payment.model is PaymentModel.MILESTONE
    assert sum(rate.maximum for rate in spec.payment.rates) == spec.total_amount
    assert [rate.id for rate in spec.payment.rates] == [item.id for item in spec.milestones]
    for entries in (spec.deliverables, spec.milestones):
        assert {item.track.value for item in entries} == {"process", "implementation"}
    assert not spec.federal_funds


def test_the_rider_names_its_host_and_what_it_amends() -> None:
    host = spec_of(EXAMPLES / "rider.yaml").host_contract
    assert host is not None
    assert host.amends
    assert host.covers


def leaves(data: Any, path: tuple[str | int, ...] = ()) -> list[str]:
    """Return the path of every value that is no group and no list of groups."""
    if isinstance(data, dict):
        return [leaf for name, value in data.items() for leaf in leaves(value, (*path, name))]
    if isinstance(data, list):
        return [leaf for place, value in enumerate(data) for leaf in leaves(value, (*path, place))]
    return [field_name(path)]


def basis_of(leaf: str, spec: Spec) -> EvidenceBasis | None:
    """Return what the value rests on: the longest path that covers it decides."""
    covering = [
        (len(path), item.basis)
        for item in spec.evidence
        for path in item.fields
        if leaf == path or leaf.startswith((f"{path}.", f"{path}["))
    ]
    return max(covering)[1] if covering else None


def test_every_value_of_the_public_example_is_marked_on_record_or_assumed() -> None:
    file = EXAMPLES / "south-bend.yaml"
    data, spec = dict(read_data(file).data), spec_of(file)
    del data["evidence"]
    marks = {leaf: basis_of(leaf, spec) for leaf in leaves(data)}
    assert [leaf for leaf, mark in marks.items() if mark is None] == []
    on_record = {leaf for leaf, mark in marks.items() if mark is EvidenceBasis.ON_RECORD}
    assert "funding[0].amount" in on_record
    assert "total_amount" in on_record
    assert not {leaf for leaf in on_record if leaf.startswith(("agency.", "payment", "deliverables", "term"))} - {
        "agency.nonprofit_501c3"
    }


def test_every_mark_of_the_public_example_marks_something() -> None:
    file = EXAMPLES / "south-bend.yaml"
    data, spec = dict(read_data(file).data), spec_of(file)
    del data["evidence"]
    found = leaves(data)
    paths = [path for item in spec.evidence for path in item.fields]
    assert len(paths) == len(set(paths))
    for path in paths:
        assert any(leaf == path or leaf.startswith((f"{path}.", f"{path}[")) for leaf in found), path


def test_the_table_of_forty_agencies_is_the_one_its_helper_makes() -> None:
    helper = runpy.run_path(str(Path(__file__).with_name("forty_agencies.py")))
    on_disk = (EXAMPLES / "forty-agencies" / "table.csv").read_text(encoding="utf-8")
    assert on_disk == helper["table"](), "Run: python tests/model/forty_agencies.py"


def test_each_of_forty_agencies_is_a_spec_of_its_own_that_adds_up() -> None:
    base = read_data(EXAMPLES / "forty-agencies" / "base.yaml")
    rows = read_table(EXAMPLES / "forty-agencies" / "table.csv")
    specs = [checked(overlaid(base, row), Spec, error=SpecError) for row in rows]
    assert len(specs) == 40
    assert len({spec.contract.id for spec in specs}) == 40
    assert len({spec.agency.legal_name for spec in specs}) == 40
    for spec in specs:
        assert sum(line.amount for line in spec.budget) == spec.funding[0].amount == spec.total_amount
        assert spec.agency.legal_name != "Agency of the Table, Inc."


def findings_on_reading(file: Path) -> tuple[Finding, ...]:
    try:
        spec_of(file)
    except (SourceError, SpecError) as error:
        return error.problems
    return ()


@pytest.mark.parametrize("file", BROKEN, ids=ids)
def test_a_broken_example_breaks_where_it_says_and_nowhere_else(file: Path) -> None:
    expected = set(EXPECTED.findall(file.read_text(encoding="utf-8")))
    assert expected, "say at the top what is expected"
    of_reading = {(code, place) for code, place in expected if code.startswith(OF_READING)}
    found = {
        (problem.code, problem.where.field or f"line {problem.where.line}") for problem in findings_on_reading(file)
    }
    assert found == of_reading


@pytest.mark.parametrize("file", BROKEN, ids=ids)
def test_the_whole_program_finds_in_a_broken_example_what_it_says(file: Path) -> None:
    expected = set(EXPECTED.findall(file.read_text(encoding="utf-8")))
    if findings_on_reading(file):
        return  # it cannot be judged further; the test above looked at all of it
    errors = pipeline.validate(pipeline.load_spec(file), load_catalog()).errors
    assert {(problem.code, problem.where.field) for problem in errors} == expected
    assert all(problem.where.line for problem in errors)


@pytest.mark.parametrize("file", WHOLE, ids=ids)
def test_the_whole_program_finds_no_error_and_no_warning_in_a_whole_example(file: Path) -> None:
    found = pipeline.validate(pipeline.load_spec(file), load_catalog()).standing
    assert [str(problem) for problem in found if problem.severity in {Severity.ERROR, Severity.WARNING}] == []


def test_the_pilot_leaves_two_facts_to_be_confirmed() -> None:
    found = pipeline.validate(pipeline.load_spec(EXAMPLES / "pilot.yaml"), load_catalog())
    open_facts = {problem.where.field for problem in found if problem.severity is Severity.CONFIRM}
    assert len(open_facts) >= 2
    assert not any("success_delta_points" in field for field in open_facts)


def test_every_example_is_listed_in_its_readme() -> None:
    for folder, names in [(EXAMPLES, [*EXAMPLES.glob("*.yaml")]), (EXAMPLES / "broken", BROKEN)]:
        text = (folder / "README.md").read_text(encoding="utf-8")
        assert all(f"`{file.name}`" in text for file in names)
