"""A form asks for what its contract asks for: its targets, its words, its funds, and nothing twice."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from tests.library.test_library import bundled
from tests.performance.filling import contract, form_of, generated

from fe_contracts.model.vocabulary import RelationshipKind
from fe_contracts.performance.forms.calculating import calculated
from fe_contracts.performance.forms.form import BEFORE, FieldRole, SectionKind
from fe_contracts.schedule.periods import report_periods

if TYPE_CHECKING:
    from fe_contracts.performance.forms.form import ReportForm

PARTS = {
    "R1": ["deliverables", "outcomes", "training", "milestones", "narrative", "certification"],
    "R2": ["budget", "narrative", "certification"],
    "R3": ["outcomes", "narrative", "certification"],
    "R4": ["deliverables", "outcomes", "training", "milestones", "budget", "narrative", "certification"],
}
LAW = (
    "I certify to the best of my knowledge and belief that the information provided herein is true, complete, and "
    "accurate. I am aware that the provision of false, fictitious, or fraudulent information, or the omission of any "
    "material fact, may subject me to criminal, civil, or administrative consequences including, but not limited to "
    "violations of U.S. Code Title 18, Sections 2, 1001, 1343 and Title 31, Sections 3729-3730 and 3801-3812."
)


def given(form: ReportForm, key: str) -> object:
    return form.by_key[key].value


def every_form() -> list[ReportForm]:
    made = []
    for name in ("pilot", "rider", "south-bend", "coc-rapid-rehousing", "esg-prevention"):
        forms = contract(name)
        for requirement in forms.spec.reports:
            made += [forms.form(requirement, period) for period in report_periods(forms.spec, requirement)]
    return made


@pytest.mark.parametrize(("report", "period"), [("R1", "2027-Q2"), ("R2", "2027-Q2"), ("R3", "2027"), ("R4", "term")])
def test_the_parts_of_a_report_follow_from_what_it_is_about(report: str, period: str) -> None:
    assert [section.kind.value for section in form_of("pilot", report, period).sections] == PARTS[report]


def test_every_key_is_there_once_and_every_formula_follows_from_earlier_fields() -> None:
    for form in every_form():
        keys = [item.key for item in form.fields]
        assert len(keys) == len({key.casefold() for key in keys})
        known: set[str] = set()
        for item in form.fields:
            assert set(item.formula.of if item.formula else ()) <= known, item.key
            assert (item.formula is not None) is (item.role is FieldRole.COMPUTED)
            assert item.explains in {"", *keys}
            known.add(item.key)


def test_a_quarter_has_its_target_and_the_targets_to_date() -> None:
    form = form_of("pilot", "R1", "2027-Q3")
    assert [given(form, f"deliverable.D5.{name}") for name in ("target", "target_to_date", "target_term")] == [
        75,
        180,
        250,
    ]
    assert given(form, "deliverable.D2.target") == 10
    assert given(form, "deliverable.D2.target_to_date") == 40


@pytest.mark.parametrize(
    ("frequency", "place", "target", "to_date"),
    [
        ("monthly", 0, None, None),
        ("monthly", 2, None, 30),
        ("semiannual", 0, 105, 105),
        ("semiannual", 1, 145, 250),
        ("annual", 0, 250, 250),
        ("final", 0, 250, 250),
    ],
)
def test_a_period_has_a_target_where_it_is_made_of_whole_contract_quarters(
    frequency: str, place: int, target: int | None, to_date: int | None
) -> None:
    forms = generated("pilot", {"reports[0].frequency": frequency})
    requirement = forms.spec.reports[0]
    form = forms.form(requirement, report_periods(forms.spec, requirement)[place])
    assert given(form, "deliverable.D5.target") == target
    assert given(form, "deliverable.D5.target_to_date") == to_date
    told = " ".join((form.section(SectionKind.DELIVERABLES) or form.sections[0]).intro)
    assert ("no target is shown" in told) is (target is None)


def test_periods_of_the_calendar_that_cut_contract_quarters_have_no_target() -> None:
    forms = generated("pilot", {
        "term.start_date": "2027-02-01", "term.end_date": "2028-01-31", "term.max_extent_date": "2030-01-31",
        "reports[0].periods": "calendar",
    })  # fmt: skip
    requirement = forms.spec.reports[0]
    form = forms.form(requirement, report_periods(forms.spec, requirement)[1])
    assert given(form, "deliverable.D5.target") is None
    assert given(form, "deliverable.D5.target_to_date") is None


def test_a_count_below_the_agreed_share_of_its_targets_needs_a_plan_and_a_small_miss_a_reason() -> None:
    form = form_of("pilot", "R1", "2027-Q1")
    assert form.tolerance == Decimal(80)
    said = {
        count: calculated(form, {"deliverable.D5.actual": count})["deliverable.D5.standing"]
        for count in (0, 23, 24, 29, 30, 31)
    }
    assert said == {
        0: "Say why, with a plan",
        23: "Say why, with a plan",
        24: "Say why",
        29: "Say why",
        30: "On target",
        31: "On target",
    }


def test_after_the_term_the_reasons_are_asked_for_and_no_plan() -> None:
    form = form_of("pilot", "R1", "2027-Q4")
    values = {"deliverable.D5.before": 0, "deliverable.D5.actual": 0}
    assert calculated(form, values)["deliverable.D5.standing"] == "Say why"


def test_the_tolerance_is_the_one_that_the_contract_states() -> None:
    forms = generated("pilot", {"clauses.parameters.PERF-01": {"shortfall_pct": 90}})
    form = forms.form(forms.spec.reports[0], report_periods(forms.spec, forms.spec.reports[0])[0])
    assert form.tolerance == 90
    assert calculated(form, {"deliverable.D5.actual": 26})["deliverable.D5.standing"] == "Say why, with a plan"


def test_in_the_first_period_nothing_was_reported_before_and_later_it_is_asked_for() -> None:
    first, second = form_of("pilot", "R1", "2027-Q1"), form_of("pilot", "R1", "2027-Q2")
    assert {item.value for item in first.fields if item.column == BEFORE} == {0}
    assert {item.role for item in second.fields if item.column == BEFORE} == {FieldRole.INPUT}


def test_an_outcome_is_counted_as_the_contract_defines_it() -> None:
    form = form_of("pilot", "R3", "2027")
    row = next(row for row in form.sections[0].rows if row.id == "O3")
    facts = dict(row.facts)
    assert facts["Reached when"] == "A Safe Account that is open and in use 90 days after it was opened"
    assert facts["Baseline"] == "The Client's answers in the first Session"
    assert facts["Follow-up"] == "Within 180 days after the baseline"
    known = calculated(
        form, {f"outcome.O3.{name}": count for name, count in (("population", 50), ("measured", 40), ("reached", 20))}
    )
    assert (known["outcome.O3.not_measured"], known["outcome.O3.result"]) == (10, 40)
    assert known["outcome.O3.standing"] == "On target"


def test_training_asks_for_what_the_clauses_promise() -> None:
    form = form_of("pilot", "R1", "2027-Q1")
    assert (given(form, "training.FE-12.target"), given(form, "training.FE-12.by")) == (80, dt.date(2027, 12, 31))
    known = calculated(form, {"training.FE-12.people": 40, "training.FE-12.trained": 10})
    assert (known["training.FE-12.share"], known["training.FE-12.standing"]) == (25, "Not due yet")
    last = calculated(form_of("pilot", "R1", "2027-Q4"), {"training.FE-12.people": 40, "training.FE-12.trained": 10})
    assert last["training.FE-12.standing"] == "Say why"


def test_a_milestone_is_asked_about_when_it_is_due() -> None:
    form = form_of("pilot", "R1", "2027-Q1")
    asked = [item.row for item in form.fields if item.key.endswith(".status") and item.required]
    assert asked == ["M1", "M2", "M3"]


def test_a_milestone_that_is_recorded_as_met_is_not_asked_about() -> None:
    forms = generated("pilot", {"milestones[0].status": "met"})
    form = forms.form(forms.spec.reports[0], report_periods(forms.spec, forms.spec.reports[0])[0])
    assert not form.by_key["milestone.M1.status"].required
    assert given(form, "milestone.M1.recorded") == "Recorded as met"


def test_money_is_asked_for_by_line_with_sums_by_fund() -> None:
    form = form_of("pilot", "R2", "2027-Q1")
    known: Any = calculated(form, {f"budget.B{number}.period": Decimal(100 * number) for number in range(1, 11)})
    assert known["fund.general-fund.period"] == 600
    assert known["fund.foundation.period"] == 4900
    assert known["total.budget.to_date"] == 5500
    assert known["total.budget.budget"] == 260_000
    assert known["budget.B1.left"] == 111_900
    over = calculated(form, {"budget.B9.period": Decimal("8000.01")})
    assert over["budget.B9.standing"] == "Over the line: say why"


def test_a_report_for_some_funds_has_their_lines_alone() -> None:
    forms = generated("pilot", {"reports[1].funds": ["foundation"]})
    requirement = forms.spec.reports[1]
    form = forms.form(requirement, report_periods(forms.spec, requirement)[0])
    lines = {item.row for item in form.fields if item.key.startswith("budget.")}
    assert lines == {f"B{number}" for number in range(4, 11)}


def test_what_figures_answer_need_not_be_told_in_words() -> None:
    form = form_of("pilot", "R1", "2027-Q1")
    narrative = {item.key: item.required for item in form.fields if item.section is SectionKind.NARRATIVE}
    assert narrative == {"narrative.1": False, "narrative.2": True, "narrative.3": False, "narrative.change": True}


def test_a_program_report_on_federal_money_relates_money_to_what_was_done() -> None:
    assert "narrative.money" in form_of("coc-rapid-rehousing", "R1", "2027-Q1").by_key
    assert "narrative.money" not in form_of("coc-rapid-rehousing", "R2", "2027-Q1").by_key
    assert "narrative.money" not in form_of("pilot", "R1", "2027-Q1").by_key


def test_a_financial_report_on_federal_money_carries_the_exact_words_of_the_law() -> None:
    words = form_of("coc-rapid-rehousing", "R2", "2027-Q1").certifications
    assert [(item.text, item.source, item.by_law) for item in words][:1] == [(LAW, "2 CFR 200.415(b)", True)]
    library = bundled().requirements["UG280"].requirement.parameters["certification"].dated
    assert library.on(dt.date(2026, 1, 1)) == LAW


@pytest.mark.parametrize(("name", "report"), [("pilot", "R2"), ("coc-rapid-rehousing", "R1")])
def test_other_reports_carry_the_sentence_of_the_contract_and_no_words_of_law(name: str, report: str) -> None:
    (words,) = form_of(name, report, "2027-Q1").certifications
    assert words.text == "A Report must be complete and true and state only what the Agency\u2019s files support."
    assert words.source == "section 5.4 of the contract"


def test_for_an_award_before_the_words_were_law_the_city_gives_them() -> None:
    words = form_of("esg-prevention", "R1", "2027-Q1").certifications
    assert [item.by_law for item in words] == [True, False, False]
    assert words[1].source == "section 6.3 of the contract"
    assert "The City gives you the words" in words[1].text


def test_a_contractor_certifies_no_words_that_law_wants_of_subrecipients() -> None:
    forms = contract("coc-rapid-rehousing")
    spec = forms.spec.model_copy(
        update={
            "relationship": forms.spec.relationship.model_copy(update={"determination": RelationshipKind.CONTRACTOR})
        }
    )
    made = type(forms)(spec, bundled())
    requirement = spec.reports[1]
    form = made.form(requirement, report_periods(spec, requirement)[0])
    assert not any(item.by_law for item in form.certifications)


def test_the_day_it_is_due_is_the_one_of_the_schedule() -> None:
    form = form_of("rider", "R1", "Q1")
    assert (form.due, form.due_because) == (
        dt.date(2027, 6, 1),
        "2027-05-30 is no Business Day (Sunday); the next one counts.",
    )


def test_an_amendment_makes_another_version_of_the_contract() -> None:
    amended = [{"number": 1, "effective_date": "2027-06-01", "reason": "More time."}]
    forms = generated("pilot", {"contract.amendments": amended})
    requirement = forms.spec.reports[0]
    form = forms.form(requirement, report_periods(forms.spec, requirement)[0])
    assert (form.identity["amendments"], form.identity["effective"]) == ("1", "2027-06-01")
