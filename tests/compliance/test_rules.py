"""Every rule is shown to pass and to fail, in cases that a lawyer can read (cases/<CODE>.yaml)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.assembly.specs import make_spec

from fe_contracts.compliance import Breach, all_rules, check_spec, rule
from fe_contracts.compliance.rules import Rule
from fe_contracts.findings import Severity
from fe_contracts.sources import read_data

CASES = Path(__file__).parent / "cases"
RULES = {item.code: item for item in all_rules()}


def cases_of(code: str) -> list[dict[str, Any]]:
    """Return the cases of one rule: a sentence, the changes to the base spec, and the fields it is found at."""
    file = CASES / f"{code}.yaml"
    assert file.is_file(), f"Write tests/compliance/cases/{code}.yaml: a case that passes and one that fails."
    data = read_data(file).data
    assert data["rule"] == code
    return list(data["cases"])


ALL = [(code, case) for code in RULES for case in cases_of(code)]


@pytest.mark.parametrize("code", RULES)
def test_every_rule_is_shown_to_pass_and_to_fail(code: str) -> None:
    outcomes = {bool(case["finds"]) for case in cases_of(code)}
    assert outcomes == {True, False}, f"tests/compliance/cases/{code}.yaml needs a passing and a failing case"


@pytest.mark.parametrize(("code", "case"), ALL, ids=[f"{code}: {case['name']}" for code, case in ALL])
def test_a_rule_finds_what_its_case_says(code: str, case: dict[str, Any]) -> None:
    spec = make_spec(case.get("changes"))
    found = [*RULES[code].findings(spec)]
    assert [finding.where.field for finding in found] == case["finds"]
    assert {finding.code for finding in found} <= {code}
    assert {finding.severity for finding in found} <= {RULES[code].severity}
    for said in case.get("says", []):
        assert any(said in finding.message for finding in found), said


def test_every_case_file_is_about_a_rule() -> None:
    assert {file.stem for file in CASES.glob("*.yaml")} == set(RULES)


def test_the_base_spec_breaks_no_rule() -> None:
    assert [*check_spec(make_spec())] == []


@pytest.mark.parametrize("item", RULES.values(), ids=RULES)
def test_every_rule_has_a_title_and_a_remedy(item: Rule) -> None:
    assert item.title.endswith(".")
    assert item.remedy.endswith(".")
    assert item.severity in {Severity.ERROR, Severity.WARNING}


def test_a_code_is_taken_once() -> None:
    with pytest.raises(ValueError, match="The code MONEY010 is taken by funding_adds_up"):
        rule("MONEY010", Severity.ERROR, "Remedy.")(lambda _: iter(()))


def test_a_breach_becomes_a_finding_at_its_field() -> None:
    made = Rule("X010", "A title.", Severity.WARNING, "Do it.", lambda _: iter([Breach("a.b", "It is wrong.")]))
    (finding,) = made.findings(make_spec())
    assert str(finding) == "a.b: warning X010: It is wrong. Do it."
