"""The examples are what they say: whole specs that make sense, and broken ones that break where they say."""

from __future__ import annotations

import re
import runpy
from functools import cache
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
    from collections.abc import Iterable

    from fe_contracts.catalog import Catalog
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


PUBLIC = ("san-antonio", "south-bend")


@pytest.mark.parametrize("name", PUBLIC)
def test_every_value_of_a_public_example_is_marked_on_record_or_assumed(name: str) -> None:
    file = EXAMPLES / f"{name}.yaml"
    data, spec = dict(read_data(file).data), spec_of(file)
    del data["evidence"]
    marks = {leaf: basis_of(leaf, spec) for leaf in leaves(data)}
    assert [leaf for leaf, mark in marks.items() if mark is None] == []
    on_record = {leaf for leaf, mark in marks.items() if mark is EvidenceBasis.ON_RECORD}
    assert "total_amount" in on_record
    assert not {leaf for leaf in on_record if leaf.startswith(("agency.", "payment", "budget", "outcomes", "term"))} - {
        "agency.nonprofit_501c3",
        "budget[0].description",
        "budget[1].description",
    }


@pytest.mark.parametrize("name", PUBLIC)
def test_every_mark_of_a_public_example_marks_something(name: str) -> None:
    file = EXAMPLES / f"{name}.yaml"
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


@cache
def library(folder: str) -> Catalog:
    return load_catalog(ROOT / folder)


def counted(findings: Iterable[Finding], expected: set[str]) -> list[Finding]:
    """Return what a broken example is judged by: errors, warnings, and whatever else it says it shows."""
    weighty = {Severity.ERROR, Severity.WARNING}
    return [item for item in findings if item.severity in weighty or item.code in expected]


@pytest.mark.parametrize("file", BROKEN, ids=ids)
def test_the_whole_program_finds_in_a_broken_example_what_it_says(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    expected = set(EXPECTED.findall(text))
    if findings_on_reading(file):
        return  # it cannot be judged further; the test above looked at all of it
    catalog, spec = library("clause_library"), pipeline.load_spec(file)
    against = re.search(r"^# against: (.+)$", text, re.MULTILINE)
    if against:
        found = pipeline.validate_change(pipeline.load_spec(file.parent / against[1]), spec, catalog)
        alone = pipeline.validate(spec, catalog)
        assert not {item.code for item in alone} & {code for code, _ in expected}, "it needs its pair"
    else:
        found = pipeline.validate(spec, catalog)
    shown = [item for item in counted(found.standing, {code for code, _ in expected}) if item.code != "APPROVAL010"]
    assert {(item.code, item.where.field) for item in shown} == expected
    assert all(item.where.line for item in shown)


@pytest.mark.parametrize("file", [file for file in BROKEN if file.name.startswith("T")], ids=ids)
def test_a_trap_names_in_its_first_line_the_one_code_it_shows(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    first = re.match(r"# shows: ([A-Z]+[0-9]+)\n", text)
    assert first
    assert {code for code, _ in EXPECTED.findall(text)} == {first[1]}
    if first[1] != "CITE010":  # it has no requirement: each citation brings its own source
        requirement = library("clause_library").requirements[first[1]].requirement
        assert f"T{int(file.name[1:3])}" in requirement.traps


@pytest.mark.parametrize("file", WHOLE, ids=ids)
def test_the_whole_program_finds_no_error_and_only_the_missing_approval_in_a_whole_example(file: Path) -> None:
    found = pipeline.validate(pipeline.load_spec(file), library("clause_library")).standing
    weighty = [item for item in found if item.severity in {Severity.ERROR, Severity.WARNING}]
    assert [item.code for item in weighty] == ["APPROVAL010"]


SAMPLES = ("coc-rapid-rehousing", "esg-prevention", "pilot-to-sign", "san-antonio")


@pytest.mark.parametrize("name", SAMPLES)
def test_a_worked_contract_is_clean_under_the_catalog_of_its_city(name: str) -> None:
    found = pipeline.validate(pipeline.load_spec(EXAMPLES / f"{name}.yaml"), library("examples/exampleton"))
    assert found.clean, [str(item) for item in found]


def test_the_pilot_to_sign_is_the_pilot_with_its_facts_confirmed() -> None:
    pilot, signed = (dict(read_data(EXAMPLES / name).data) for name in ("pilot.yaml", "pilot-to-sign.yaml"))
    first = len(pilot["confirmations"])
    assert signed["confirmations"][:first] == pilot["confirmations"]
    assert {**signed, "confirmations": pilot["confirmations"]} == pilot


def test_the_pilot_leaves_two_facts_to_be_confirmed() -> None:
    found = pipeline.validate(pipeline.load_spec(EXAMPLES / "pilot.yaml"), library("clause_library"))
    open_facts = {problem.where.field for problem in found if problem.severity is Severity.CONFIRM}
    assert len(open_facts) >= 2
    assert not any("success_delta_points" in field for field in open_facts)


def test_every_example_is_listed_in_its_readme() -> None:
    for folder, names in [(EXAMPLES, [*EXAMPLES.glob("*.yaml")]), (EXAMPLES / "broken", BROKEN)]:
        text = (folder / "README.md").read_text(encoding="utf-8")
        assert all(f"`{file.name}`" in text for file in names)
