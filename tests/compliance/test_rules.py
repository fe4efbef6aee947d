"""Every rule is shown to pass and to fail, in cases that a lawyer can read (cases/<CODE>.yaml; see casebook.py)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from tests.assembly.specs import make_spec
from tests.compliance import casebook
from tests.compliance.casebook import SENSE, Case

from fe_contracts.compliance import check_contract, check_spec, pair, rules_of_law
from fe_contracts.findings import Severity
from fe_contracts.model.requirement import Reads

if TYPE_CHECKING:
    from fe_contracts.compliance.rules import Rule

LAW = casebook.requirements()
CODES = sorted({*SENSE, *LAW})
ALL = [case for code in CODES if (casebook.CASES / f"{code}.yaml").is_file() for case in casebook.cases_of(code)]
DATED = [(code, name) for code, placed in LAW.items() for name in placed.requirement.parameters]


def test_requirements_and_rules_of_law_pair_off() -> None:
    pair(rules_of_law(), LAW)


@pytest.mark.parametrize("code", CODES)
def test_every_rule_is_shown_to_pass_and_to_fail(code: str) -> None:
    outcomes = {bool(case.finds) for case in casebook.cases_of(code)}
    assert outcomes == {True, False}, f"tests/compliance/cases/{code}.yaml needs a passing and a failing case"


@pytest.mark.parametrize("case", ALL, ids=str)
def test_a_rule_finds_what_its_case_says(case: Case) -> None:
    found = casebook.run(case)
    assert [finding.where.field for finding in found] == case.finds, [str(finding) for finding in found]
    assert {finding.code for finding in found} <= {case.code}
    severity = SENSE[case.code].severity if case.code in SENSE else LAW[case.code].requirement.severity
    assert {finding.severity for finding in found} <= {severity}
    for said in case.data.get("says", []):
        assert any(said in finding.message for finding in found), (said, [finding.message for finding in found])


@pytest.mark.parametrize("case", [case for case in ALL if case.finds], ids=str)
def test_a_case_names_fields_that_exist(case: Case) -> None:
    assert [path for path in case.finds if not casebook.field_exists(path)] == []


@pytest.mark.parametrize(("code", "name"), DATED)
def test_every_dated_value_has_a_case_on_both_sides_of_its_change(code: str, name: str) -> None:
    requirement = LAW[code].requirement
    known = {day for case in casebook.cases_of(code) for day in casebook.days_of(case, requirement, name)}
    first, *later = (entry.from_ for entry in requirement.parameters[name].values)
    wanted = {first} | {day for change in later for day in (change - dt.timedelta(days=1), change)}
    missing = sorted(str(day) for day in wanted - known)
    assert not missing, f"{code}.{name}: write a case on {', '.join(missing)}"


def test_every_case_file_is_about_a_rule() -> None:
    assert {file.stem for file in casebook.CASES.glob("*.yaml")} == set(CODES)


def test_the_small_spec_breaks_no_rule() -> None:
    assert [*check_spec(make_spec(), {})] == []


@pytest.mark.parametrize("name", casebook.base_names())
def test_a_base_breaks_no_rule_that_reads_a_spec(name: str) -> None:
    found = check_spec(casebook.base_spec(name), LAW)
    assert [str(finding) for finding in found if finding.severity is not Severity.INFO] == []


@pytest.mark.parametrize("name", casebook.base_names())
def test_a_base_makes_a_contract_that_breaks_no_rule(name: str) -> None:
    contract = casebook.finished(casebook.base_spec(name))
    reading = {code: placed for code, placed in LAW.items() if placed.requirement.reads is Reads.CONTRACT}
    found = check_contract(contract, reading)
    assert [str(finding) for finding in found if finding.severity is not Severity.INFO] == []


@pytest.mark.parametrize("item", SENSE.values(), ids=SENSE)
def test_every_rule_of_sense_has_a_title_and_a_remedy(item: Rule) -> None:
    assert item.title.endswith(".")
    assert item.remedy.endswith(".")
    assert item.severity in {Severity.ERROR, Severity.WARNING}


@pytest.mark.parametrize("code", sorted(rules_of_law()))
def test_every_rule_of_law_says_what_must_be_true(code: str) -> None:
    assert (rules_of_law()[code].check.__doc__ or "").strip().split("\n")[0].endswith(".")
