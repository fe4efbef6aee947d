"""The part on money asks for what the contract asks for, and for no more."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.library.test_library import bundled
from tests.performance.filling import contract, form_of

from fe_contracts.model.vocabulary import RelationshipKind
from fe_contracts.performance.forms.form import SectionKind
from fe_contracts.pipeline.reporting import ReportForms

if TYPE_CHECKING:
    from fe_contracts.performance.forms.form import FormSection, ReportForm


def money(form: ReportForm) -> FormSection:
    section = form.section(SectionKind.BUDGET)
    assert section is not None
    return section


def test_program_income_is_asked_of_a_subrecipient_by_fund_and_of_no_one_else() -> None:
    asked = {row.fields[0].key for row in money(form_of("esg-prevention", "R1")).rows if row.table == "Program income"}
    funds = {fund.id for fund in contract("esg-prevention").spec.federal_funds}
    assert asked == {f"income.{fund}.fund" for fund in funds}
    assert len(asked) == 2
    assert "Program income" not in {row.table for row in money(form_of("pilot", "R2")).rows}


def test_no_program_income_is_asked_of_a_contractor_paid_with_federal_money() -> None:
    """Section FIN-08 is in such a contract too, but not its paragraph on program income."""
    spec = contract("san-antonio").spec
    relationship = spec.relationship.model_copy(update={"determination": RelationshipKind.CONTRACTOR})
    forms = ReportForms(spec.model_copy(update={"relationship": relationship}), bundled())
    form = forms.form(*forms.wanted("2027-Q1", "R1")[0])
    assert "FIN-08" in form.section_numbers
    assert "Program income" not in {row.table for row in money(form).rows}
    assert "program income" not in " ".join(money(form).intro).casefold()


@pytest.mark.parametrize(("name", "report", "is_asked"), [("pilot", "R2", True), ("south-bend", "R1", False)])
def test_where_the_contract_pays_by_rates_it_is_to_be_said_where_costs_differ_from_a_line(
    name: str, report: str, *, is_asked: bool
) -> None:
    forms = contract(name)
    form = forms.form(*forms.wanted("Q1", report)[0])
    said = f"differ from a line by more than 10 percent (section {form.section_numbers['FIN-02']})"
    assert (said in " ".join(money(form).intro)) is is_asked


def test_every_fund_has_its_total_and_the_totals_are_the_budget() -> None:
    form = form_of("esg-prevention", "R1")
    spec = contract("esg-prevention").spec
    for fund in spec.funding:
        lines = [line for line in spec.budget if line.fund == fund.id]
        formula = form.by_key[f"fund.{fund.id}.budget"].formula
        assert formula is not None
        assert formula.of == tuple(f"budget.{line.id}.budget" for line in lines)
    given = [form.by_key[f"budget.{line.id}.budget"].value for line in spec.budget]
    assert sum(Decimal(str(value)) for value in given) == sum(line.amount for line in spec.budget)


def test_a_report_for_one_fund_has_the_lines_of_that_fund_alone() -> None:
    spec = contract("esg-prevention").spec
    first = spec.federal_funds[0].id
    report = spec.reports[0].model_copy(update={"funds": (first,)})
    forms = ReportForms(spec.model_copy(update={"reports": (report,)}), bundled())
    form = forms.form(*forms.wanted("2027-Q1", "R1")[0])
    lines = {row.id for row in money(form).rows if row.fields[0].key.startswith("budget.")}
    assert lines == {line.id for line in forms.spec.budget if line.fund == first}
    assert lines < {line.id for line in forms.spec.budget}
