"""Validate: every rule is asked whatever becomes of the contract, and decisions are applied to what is found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.assembly.specs import make_spec
from tests.cli.small import CONFIRMED, SPEC, run
from tests.compliance.test_engine import placed

from fe_contracts import load_catalog, validate, validate_change
from fe_contracts.compliance import Breach, Change, Demand, Finished, engine, rules
from fe_contracts.compliance.rules import law
from fe_contracts.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from fe_contracts import Catalog

OVERRIDE = {"decided_by": "Ann", "role": "Director", "decided_on": "2026-12-01", "reason": "It was checked by hand."}


def _of_spec(_: object, __: Demand) -> Iterator[Breach]:
    yield Breach("contract.id", "Seen in the spec.")


def _of_contract(finished: Finished, _: Demand) -> Iterator[Breach]:
    minutes = finished.value("FE-04", "minutes")
    yield Breach("clauses.parameters.FE-04.minutes", f"{minutes} minutes, {finished.has('FE-06')}.")


def _of_change(change: Change, _: Demand) -> Iterator[Breach]:
    if change.old.total_amount != change.new.total_amount:
        yield Breach("total_amount", f"It was {change.old.total_amount}.")


def _failing(_: object, __: Demand) -> Iterator[Breach]:
    raise ZeroDivisionError


RULES: dict[str, tuple[Callable[[Any, Demand], Iterator[Breach]], str]] = {
    "TEST010": (_of_spec, "spec"),
    "TEST020": (_of_contract, "contract"),
    "TEST030": (_of_change, "change"),
}


@pytest.fixture
def catalog(library: Path, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    """Return the small library with three requirements; the program has just their rules."""
    monkeypatch.setattr(engine, "_program_loaded", lambda: None)
    monkeypatch.setattr(rules, "_LAW", {})
    for code, (check, _) in RULES.items():
        law(code)(check)
    return replace(
        load_catalog(library), requirements={code: placed(code, reads=reads) for code, (_, reads) in RULES.items()}
    )


def codes(findings: Any) -> list[str]:
    """Return the codes found, those of the requirements alone."""
    return [item.code for item in findings if item.code.startswith(("TEST", "RULE"))]


def test_rules_that_read_the_contract_see_the_values_it_took(catalog: Catalog) -> None:
    spec = make_spec({"clauses.parameters": {"FE-04": {"minutes": 50}}})
    found = [item for item in validate(spec, catalog) if item.code.startswith("TEST")]
    assert [(item.code, item.message) for item in found] == [
        ("TEST010", "Seen in the spec."),
        ("TEST020", "50 minutes, False."),
    ]


def test_rules_that_read_the_spec_are_asked_where_no_contract_can_be_made(catalog: Catalog) -> None:
    unbound = make_spec({"clauses.parameters": {"FE-04": {"minutes": "many"}}})
    assert codes(validate(unbound, catalog)) == ["TEST010"]
    too_early = make_spec({"contract.effective_date": "1999-01-01"})
    found = validate(too_early, catalog)
    assert codes(found) == ["TEST010"]
    assert "SELECT010" in [item.code for item in found]


def test_decisions_are_applied_also_where_the_contract_type_is_not_in_force(catalog: Catalog) -> None:
    changes = {"contract.effective_date": "1999-01-01", "overrides": [{"code": "TEST010", **OVERRIDE}]}
    found = validate(make_spec(changes), catalog)
    assert [item.overridden_by != "" for item in found if item.code == "TEST010"] == [True]
    assert "OVERRIDE010" not in [item.code for item in found]


@pytest.mark.parametrize("fields", [(None, "contract.id"), ("contract.id", None)])
def test_the_decision_about_one_field_goes_before_one_about_all(
    catalog: Catalog, fields: tuple[str | None, str | None]
) -> None:
    found = next(item for item in validate(make_spec(), catalog) if item.code == "TEST010")
    assert found.where.field == "contract.id"
    overrides = [{"code": "TEST010", "field": field, **OVERRIDE, "reason": f"For {field}."} for field in fields]
    (judged,) = (item for item in validate(make_spec({"overrides": overrides}), catalog) if item.code == "TEST010")
    assert judged.overridden_by.endswith("For contract.id.")


def test_no_decision_passes_over_a_contract_type_that_is_not_in_force(catalog: Catalog) -> None:
    changes = {"contract.effective_date": "1999-01-01", "overrides": [{"code": "SELECT010", **OVERRIDE}]}
    found = [item for item in validate(make_spec(changes), catalog) if item.code in {"SELECT010", "OVERRIDE010"}]
    assert {(item.code, item.overridden_by) for item in found} == {("SELECT010", ""), ("OVERRIDE010", "")}


def test_a_change_is_judged_by_the_rules_about_changes_and_the_new_spec_by_all_others(catalog: Catalog) -> None:
    old, new = make_spec(), make_spec({"total_amount": "70000.00"})
    found = validate_change(old, new, catalog)
    assert codes(found) == ["TEST010", "TEST020", "TEST030"]
    assert [item.message for item in found if item.code == "TEST030"] == ["It was 60000.00."]
    assert [item for item in found if item.code != "TEST030"] == [*validate(new, catalog)]
    assert codes(validate_change(old, old, catalog)) == ["TEST010", "TEST020"]


@pytest.mark.parametrize(
    ("field", "overridden"), [("TEST040", True), ("TEST010", False), (None, False)], ids=["its own", "another", "none"]
)
def test_a_rule_that_failed_is_passed_over_by_name_only(catalog: Catalog, field: str | None, overridden: bool) -> None:  # noqa: FBT001
    law("TEST040")(_failing)
    catalog = replace(catalog, requirements={"TEST040": placed("TEST040")})
    spec = make_spec({"overrides": [{"code": "RULE010", "field": field, **OVERRIDE}]})
    found = [item for item in validate(spec, catalog) if item.code in {"RULE010", "OVERRIDE010"}]
    assert [item.code for item in found if not item.overridden_by] == ([] if overridden else ["RULE010", "OVERRIDE010"])


def test_the_command_judges_a_change(tmp_path: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(SPEC + CONFIRMED, encoding="utf-8")
    new.write_text(SPEC.replace("60000.00", "70000.00") + CONFIRMED, encoding="utf-8")
    monkeypatch.setattr("fe_contracts.load_catalog", lambda _: catalog)
    done = run("validate", new, "--against", old)
    assert done.exit_code == 1
    line = SPEC[: SPEC.index("\ntotal_amount")].count("\n") + 2
    assert f"TEST030  {new}:{line}:1: total_amount" in done.stdout
    assert "error    TEST030" not in run("validate", new).stdout


def test_the_command_takes_one_spec_to_replace_another(tmp_path: Path) -> None:
    one = tmp_path / "one.yaml"
    one.write_text(SPEC, encoding="utf-8")
    done = run("validate", one, one, "--against", one)
    assert done.exit_code == 2
    assert "--against takes one SPEC" in done.stderr


def test_a_spec_in_force_that_cannot_be_read_is_named(tmp_path: Path, library: Path) -> None:
    new = tmp_path / "new.yaml"
    new.write_text(SPEC, encoding="utf-8")
    done = run("validate", new, "--against", tmp_path / "gone.yaml", "--catalog", library)
    assert done.exit_code == 2
    assert "gone.yaml" in done.stdout
    assert "There is no such file" in done.stdout


def test_two_contracts_are_not_compared_without_a_word(catalog: Catalog) -> None:
    old, new = make_spec(), make_spec({"contract.id": "SM-2027-002"})
    found = [item for item in validate_change(old, new, catalog) if item.code.startswith("CHANGE")]
    assert [(item.code, item.severity, item.where.field) for item in found] == [
        ("CHANGE010", Severity.WARNING, "contract.id")
    ]
    assert f"{old.contract.id} and SM-2027-002" in found[0].message


def test_a_spec_beside_itself_changes_nothing_and_says_so(catalog: Catalog) -> None:
    found = validate_change(make_spec(), make_spec(), catalog)
    assert [item.code for item in found if item.code.startswith("CHANGE")] == ["CHANGE020"]
    assert "TEST030" not in codes(found)
