"""The engine: what a requirement lends its rule, what becomes of a rule that fails, and who may be asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.assembly.specs import make_spec

from fe_contracts.catalog.catalog import PlacedRequirement
from fe_contracts.compliance import (
    Breach,
    Change,
    Demand,
    Finished,
    LawRule,
    check_change,
    check_contract,
    check_spec,
    engine,
    pair,
    rules,
)
from fe_contracts.compliance.rules import law, rule
from fe_contracts.exceptions import CatalogError, LawUnknownError, NotYetInForceError, RuleSetError
from fe_contracts.findings import Citation, Confidence, Severity
from fe_contracts.model.requirement import Requirement
from fe_contracts.sources import checked, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from fe_contracts.findings import Finding
    from fe_contracts.model.spec import Spec

YAML = """\
code: {code}
title: The fee stays under the cap
reads: {reads}
severity: {severity}
sources:
  - {{cite: 24 CFR 1.1(a), confidence: {confidence}, as_of: 2025-01-27, note: What it says.}}
when: {when}
parameters:
  cap:
    help: The cap.
    unit: US dollars
    trigger: subaward_date
    values:
      - {{from: 2020-01-01, value: 10, cite: 24 CFR 1.1(a), confidence: V}}
      - {{from: 2025-07-01, value: 12.50, cite: 24 CFR 1.1(a), confidence: V}}
      - {{from: 2028-01-01, value: null, cite: 90 FR 1, confidence: V}}
why: A monitor would ask for it back.
remedy: Lower the fee.
counsel: whether the fee counts as income.
"""


def placed(
    code: str = "TEST010",
    *,
    reads: str = "spec",
    severity: str = "error",
    confidence: str = "V",
    when: str = "always",
) -> PlacedRequirement:
    """Return a requirement as if a library held it."""
    text = YAML.format(code=code, reads=reads, severity=severity, confidence=confidence, when=when)
    requirement = checked(parse_yaml(text, f"{code}.yaml"), Requirement, error=CatalogError)
    return PlacedRequirement(requirement, "", published=False, file=f"requirements/TEST/{code}.yaml")


def breach(_: object, __: Demand) -> Iterator[Breach]:
    yield Breach("total_amount", "It is too much.")


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let a test have rules of law of its own, and none of the program's."""
    monkeypatch.setattr(engine, "_program_loaded", lambda: None)
    monkeypatch.setattr(rules, "_LAW", {})

    def add(code: str, check: Callable[[Any, Demand], Iterator[Breach]]) -> None:
        law(code)(check)

    return add


def found(requirements: Mapping[str, PlacedRequirement], spec: Spec | None = None) -> list[Finding]:
    return [*check_spec(spec or make_spec(), requirements)]


def test_a_breach_takes_everything_but_its_words_from_the_requirement(register: Callable[..., None]) -> None:
    register("TEST010", breach)
    (finding,) = found({"TEST010": placed()})
    assert (finding.code, finding.severity, finding.message) == ("TEST010", Severity.ERROR, "It is too much.")
    assert (finding.where.field, finding.remedy) == ("total_amount", "Lower the fee.")
    assert finding.citation == Citation("24 CFR 1.1(a)", Confidence.VERIFIED, dt.date(2025, 1, 27), "What it says.")


@pytest.mark.parametrize("severity", ["error", "warning", "confirm", "info"])
@pytest.mark.parametrize("confidence", ["V", "W", "M", "I", "U"])
def test_a_doubtful_reading_says_what_counsel_should_confirm(
    register: Callable[..., None], severity: str, confidence: str
) -> None:
    register("TEST010", breach)
    (finding,) = found({"TEST010": placed(severity=severity, confidence=confidence)})
    doubted = severity in {"error", "warning"} and confidence in {"M", "I", "U"}
    more = " Counsel should confirm: whether the fee counts as income."
    assert finding.message == "It is too much." + more * doubted


@pytest.mark.parametrize(("when", "count"), [("{city.state: OH}", 1), ("{city.state: WA}", 0)])
def test_a_rule_is_asked_only_where_its_requirement_applies(
    register: Callable[..., None], when: str, count: int
) -> None:
    register("TEST010", breach)
    assert len(found({"TEST010": placed(when=when)})) == count


def test_a_rule_is_asked_about_what_its_requirement_reads(register: Callable[..., None]) -> None:
    asked: list[object] = []

    def remember(subject: object, _: Demand) -> Iterator[Breach]:
        asked.append(subject)
        yield from ()

    codes = {"TEST010": "spec", "TEST020": "contract", "TEST030": "change"}
    for code in codes:
        register(code, remember)
    demanded = {code: placed(code, reads=reads) for code, reads in codes.items()}
    old, new = make_spec(), make_spec({"contract.id": "SM-2027-002"})
    contract = Finished(new, None, {})  # type: ignore[arg-type]
    assert [*check_spec(new, demanded), *check_contract(contract, demanded), *check_change(old, new, demanded)] == []
    assert asked == [new, contract, Change(old, new)]


def _raises(_: object, __: Demand) -> Iterator[Breach]:
    yield Breach("contract.id", "Seen before the failure.")
    raise ZeroDivisionError("by nothing")


def _returns_nothing(_: object, __: Demand) -> None:
    return None


def _yields_text(_: object, __: Demand) -> Iterator[str]:
    yield "no breach"


def _asks_unknown(_: object, demand: Demand) -> Iterator[Breach]:
    yield Breach("contract.id", str(demand.value("fee", dt.date(2026, 1, 1))))


@pytest.mark.parametrize(
    ("check", "said"),
    [
        (_raises, "ZeroDivisionError: by nothing"),
        (_returns_nothing, "TypeError: "),
        (_yields_text, "AttributeError: "),
        (_asks_unknown, "KeyError: 'fee'"),
    ],
)
def test_a_rule_that_fails_never_hides_the_others(
    register: Callable[..., None], check: Callable[..., Any], said: str
) -> None:
    register("TEST010", breach)
    register("TEST020", check)
    register("TEST030", breach)
    demanded = {code: placed(code) for code in ("TEST010", "TEST020", "TEST030")}
    every = found(demanded)
    assert [item.code for item in every if not item.code.startswith("RULE") and item.code != "TEST020"] == [
        "TEST010",
        "TEST030",
    ]
    (failed,) = [item for item in every if item.code == "RULE010"]
    assert failed.severity is Severity.ERROR
    assert f"The rule TEST020 ({__name__}.{check.__name__}) failed" in failed.message
    assert said in failed.message
    assert failed.where.field == "TEST020"
    assert "override RULE010 with field: TEST020" in failed.remedy
    assert str(failed.citation) == "24 CFR 1.1(a) [V]"


def test_what_a_rule_found_before_it_failed_is_kept(register: Callable[..., None]) -> None:
    register("TEST010", _raises)
    assert [item.code for item in found({"TEST010": placed()})] == ["TEST010", "RULE010"]


def test_a_condition_that_cannot_be_judged_fails_its_rule_alone(register: Callable[..., None]) -> None:
    register("TEST010", breach)
    register("TEST020", breach)
    demanded = {"TEST010": placed(when="{city.stat: OH}"), "TEST020": placed("TEST020")}
    every = found(demanded)
    assert [item.code for item in every] == ["RULE010", "TEST020"]
    assert "'city.stat' is not a fact" in every[0].message


def test_a_rule_of_sense_that_fails_hides_nothing_either(
    register: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Spec) -> Iterator[Breach]:
        raise RuntimeError("no sense")

    register("TEST010", breach)
    monkeypatch.setattr(rules, "_RULES", {"SENSE010": rules.Rule("SENSE010", "T.", Severity.ERROR, "R.", broken)})
    every = found({"TEST010": placed()})
    assert [item.code for item in every] == ["RULE010", "TEST010"]
    assert every[0].citation is None


def _over_the_cap(spec: Spec, demand: Demand) -> Iterator[Breach]:
    cap = demand.value("cap", spec.contract.effective_date)
    yield Breach("total_amount", f"The cap is {cap!r}.")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2020-01-01", "The cap is 10."),
        ("2025-06-30", "The cap is 10."),
        ("2025-07-01", "The cap is Decimal('12.50')."),
        ("2027-12-31", "The cap is Decimal('12.50')."),
        ("2028-01-01", "The cap is None."),
    ],
)
def test_a_value_is_the_one_that_stands_on_the_day(register: Callable[..., None], day: str, said: str) -> None:
    register("TEST010", _over_the_cap)
    spec = make_spec({"contract.effective_date": day})
    (finding,) = [item for item in found({"TEST010": placed()}, spec) if item.code == "TEST010"]
    assert finding.message == said


def test_a_day_before_the_library_knows_the_law_is_a_warning_not_silence(register: Callable[..., None]) -> None:
    register("TEST010", _over_the_cap)
    (finding,) = found({"TEST010": placed()}, make_spec({"contract.effective_date": "2019-12-31"}))
    assert (finding.code, finding.severity) == ("RULE020", Severity.WARNING)
    assert finding.message == (
        "The library does not know this before 2020-01-01: The cap. TEST010 was not judged for 2019-12-31, "
        "nor for what stands after it in the spec."
    )
    assert finding.where.field == "TEST010"
    assert str(finding.citation) == "24 CFR 1.1(a) [V]"


def test_the_error_behind_it_is_that_of_a_dated_value() -> None:
    demand = Demand(placed().requirement)
    with pytest.raises(NotYetInForceError) as caught:
        demand.value("cap", dt.date(2019, 12, 31))
    assert isinstance(caught.value, LawUnknownError)
    assert (caught.value.day, caught.value.first, caught.value.what) == ("2019-12-31", "2020-01-01", "The cap.")
    assert demand.cite == "24 CFR 1.1(a)"


def test_a_requirement_without_a_rule_is_a_named_error_with_its_file(register: Callable[..., None]) -> None:
    register("TEST010", breach)
    with pytest.raises(RuleSetError) as caught:
        found({"TEST010": placed(), "TEST020": placed("TEST020")})
    (problem,) = caught.value.problems
    assert (problem.code, problem.where.file) == ("RULE030", "requirements/TEST/TEST020.yaml")
    assert "TEST020 has no rule" in problem.message


def test_a_rule_without_a_requirement_is_not_asked_and_not_missed(register: Callable[..., None]) -> None:
    register("TEST010", breach)
    register("TEST020", breach)
    assert [item.code for item in found({"TEST020": placed("TEST020")})] == ["TEST020"]


def test_pairing_names_both_sides() -> None:
    with pytest.raises(RuleSetError) as caught:
        pair({"TEST010": LawRule("TEST010", breach)}, {"TEST020": placed("TEST020")})
    assert [(item.code, item.where.file) for item in caught.value.problems] == [
        ("RULE030", "requirements/TEST/TEST020.yaml"),
        ("RULE040", __file__),
    ]
    assert f"{__name__}.breach" in caught.value.problems[1].message
    pair({"TEST010": LawRule("TEST010", breach)}, {"TEST010": placed()})


@pytest.mark.parametrize("code", ["TEST010", "MONEY010"])
def test_a_code_of_law_is_taken_once_and_never_one_of_sense(register: Callable[..., None], code: str) -> None:
    register("TEST010", breach)
    with pytest.raises(ValueError, match=f"The code {code} is taken by "):
        register(code, breach)


def test_a_rule_of_sense_has_its_title_from_its_first_line_and_stays_a_function(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rules, "_RULES", {})

    def check(_: Spec) -> Iterator[Breach]:
        """The title.

        And more.
        """
        yield Breach("a.b", "It is wrong.")

    def untold(_: Spec) -> Iterator[Breach]:
        yield from ()

    assert rule("SENSE020", Severity.WARNING, "Do it.")(check) is check
    assert rule("SENSE010", Severity.ERROR, "Do that.")(untold) is untold
    assert [(item.code, item.title) for item in rules.all_rules()] == [("SENSE010", ""), ("SENSE020", "The title.")]
    (finding,) = found({})
    assert str(finding) == "a.b: warning SENSE020: It is wrong. Do it."
    with pytest.raises(ValueError, match=r"The code SENSE020 is taken by check\."):
        rule("SENSE020", Severity.ERROR, "Remedy.")(untold)


def test_a_rule_of_law_stays_a_function(register: Callable[..., None]) -> None:
    register("TEST010", breach)
    assert law("TEST020")(breach) is breach


def test_the_first_of_several_sources_is_the_one_cited(register: Callable[..., None]) -> None:
    register("TEST010", breach)
    one = placed()
    second = one.requirement.sources[0].model_copy(update={"cite": "2 CFR 200.1"})
    both = one.requirement.model_copy(update={"sources": (*one.requirement.sources, second)})
    (finding,) = found({"TEST010": replace(one, requirement=both)})
    assert str(finding.citation) == "24 CFR 1.1(a) [V]"
    assert Demand(both).cite == "24 CFR 1.1(a)"


def test_no_rule_of_the_program_is_imported_before_it_is_asked() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from fe_contracts.compliance import check_spec;"
        "print([name for name in sys.modules if name.startswith('fe_contracts.compliance.law')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
