"""What a spec takes and refuses, beyond the kinds of its values."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from fe_contracts.exceptions import SpecError
from fe_contracts.model.spec import Spec
from fe_contracts.sources import checked, parse_yaml, problems_of, read_data
from fe_contracts.sources.overlays import overlay

if TYPE_CHECKING:
    from fe_contracts.findings import Finding
    from fe_contracts.sources import Loaded

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PILOT = read_data(EXAMPLES / "pilot.yaml")
RIDER = read_data(EXAMPLES / "rider.yaml")


def problems(changes: dict[str, str], base: Loaded = PILOT) -> tuple[Finding, ...]:
    return problems_of(replace(base, data=overlay(base.data, changes)), Spec)


def spec(changes: dict[str, str] | None = None) -> Spec:
    return checked(replace(PILOT, data=overlay(PILOT.data, changes or {})), Spec, error=SpecError)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"term.end_date": "2026-12-31"}, "term", "end_date 2026-12-31 lies before start_date 2027-01-01"),
        ({"term.max_extent_date": "2027-06-30"}, "term", "max_extent_date 2027-06-30 lies before end_date"),
        ({"term.renewals": "0"}, "term", "max_extent_date must be given where there are renewals, and only there"),
        ({"term.renewals": "5"}, "term.renewals", "at most 4"),
        ({"funding[0].source": "ESG"}, "funding[0]", "ESG money needs its federal_award"),
        ({"deliverables[0].annual_target": "5"}, "deliverables[0]", "add up to 4, but annual_target is 5"),
        ({"deliverables[0].quarterly_targets[0]": "-1"}, "deliverables[0].quarterly_targets[0]", "at least 0"),
        ({"reports[0].due_date": "2027-05-01"}, "reports[0]", "due_date must be given where frequency is once"),
        ({"reports[0].frequency": "once"}, "reports[0]", "due_date must be given where frequency is once"),
        ({"services.offered[0]": "COUNSEL"}, "services", "offered lists COUNSEL more than once"),
        ({"contract.type": "fe_rider"}, "", "a rider needs host_contract"),
        ({"spec_version": "2"}, "spec_version", "this program reads spec_version 1, not 2"),
        ({"total_amount": "-0.01"}, "total_amount", "at least 0"),
        ({"total_amount": "0.001"}, "total_amount", "digits after the point"),
        ({"total_amount": "NaN"}, "total_amount", "'NaN' is not an amount"),
        ({"total_amount": "-Infinity"}, "total_amount", "is not an amount"),
        ({"total_amount": ".inf"}, "total_amount", "A number is expected"),
        ({"total_amount": "9999999999999.00"}, "total_amount", "digits"),
        ({"payment.invoice_day": "32"}, "payment.invoice_day", "at most 31"),
        ({"outcomes[0].target_percent": "100.5"}, "outcomes[0].target_percent", "at most 100"),
        ({"city.state": "Ohio"}, "city.state", "'Ohio' does not have the form"),
        ({"city.fiscal_year_start": "02-30"}, "city.fiscal_year_start", "02-30 is not a day of every year"),
        ({"agency.fiscal_year_start": "02-29"}, "agency.fiscal_year_start", "not a day of every year"),
        ({"agency.ein": "١٢-٣٤٥٦٧٨٩"}, "agency.ein", "does not have the form"),
        ({"agency.uei": "ABCDEFGHIJKL"}, "agency.uei", "does not have the form"),
        ({"funding[0].id": "general fund"}, "funding[0].id", "does not have the form"),
        ({"clauses.include[0]": "FE-4"}, "clauses.include[0]", "'FE-4' does not have the form"),
        ({"clauses.pins.FE-04": "1.0"}, "clauses.pins.FE-04", "Text is expected here, not the number 1.0"),
        ({"agency.legal_name": "a\x07b"}, "agency.legal_name", "character 2 is U+0007, a control character"),
        ({"agency.legal_name": "a\ufffeb"}, "agency.legal_name", "U+FFFE"),
        ({"agency.legal_name": "two\nlines"}, "agency.legal_name", "must stand on one line"),
        ({"agency.legal_name": "  "}, "agency.legal_name", "The text is empty"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_where_it_stands(changes: dict[str, str], field: str, said: str) -> None:
    (problem,) = problems(changes)
    assert problem.where.field == field
    assert said.casefold() in problem.message.casefold()


def test_a_host_contract_belongs_to_a_rider() -> None:
    (problem,) = problems({"contract.type": "subcontract"}, RIDER)
    assert problem.message.startswith("host_contract belongs to a rider")


def test_money_that_is_not_federal_has_no_federal_award() -> None:
    award = {"award_date": "2026-11-01", "awarding_agency_name": "HUD", "assistance_listing_number": "'14.267",
             "assistance_listing_title": "Continuum of Care"}  # fmt: skip
    changes = {f"funding[0].federal_award.{name}": value for name, value in award.items()}
    (problem,) = problems(changes)
    assert problem.where.field == "funding[0]"
    assert "LOCAL money is not federal" in problem.message
    assert problems({**changes, "funding[0].source": "COC", "coc.city_role": "RECIPIENT"}) == ()


def test_a_program_has_its_section_where_its_money_is_and_nowhere_else() -> None:
    coc = {"funding[0].source": "COC", "funding[0].federal_award.award_date": "2026-11-01"}
    (problem,) = problems(coc)
    assert problem.message == "COC money needs the section coc, with the program's own terms."
    assert problems({**coc, "coc.city_role": "UFA"}) == ()
    (problem,) = problems({"esg.components[0]": "HP"})
    assert problem.message.startswith("esg is given, but no fund is ESG money")
    (problem,) = problems({"cdbg.national_objective": "LMC", "cdbg.benefit_test": "Income is documented"})
    assert problem.message.startswith("cdbg is given")


@pytest.mark.parametrize(
    "name",
    [
        "R&D <House> \"of\" 'Hope'",
        "בית תקווה",
        "بيت الأمل",
        "Casa 🏠 Esperanza",
        "日本の家",
        "O\u2019Brien\u00a0House",
        "§ 5 — “x”",
    ],
)
def test_text_in_any_script_is_kept(name: str) -> None:
    made = checked(
        parse_yaml(
            (EXAMPLES / "pilot.yaml")
            .read_text(encoding="utf-8")
            .replace("Steady Ground Financial Counseling, Inc.", f"'{name.replace(chr(39), chr(39) * 2)}'"),
            "pilot",
        ),
        Spec,
        error=SpecError,
    )
    assert made.agency.legal_name == name


def test_accents_written_in_two_ways_are_one_text() -> None:
    assert spec({"agency.legal_name": "Cafe\u0301"}).agency.legal_name == "Café"


def test_a_spec_cannot_be_changed_and_equal_files_give_equal_specs() -> None:
    made = spec()
    with pytest.raises(ValidationError):
        made.total_amount = Decimal(1)  # type: ignore[misc]
    assert made == spec()
    assert made != spec({"total_amount": "260000.01"})


def test_money_is_never_rounded_on_the_way() -> None:
    assert str(spec({"total_amount": "999999999999.99"}).total_amount) == "999999999999.99"
    assert spec({"total_amount": "0.10"}).total_amount + spec({"total_amount": "0.20"}).total_amount == Decimal("0.30")


def test_services_begin_with_the_term_unless_said_otherwise() -> None:
    assert spec().service_start == dt.date(2027, 2, 1)
    assert checked(RIDER, Spec, error=SpecError).service_start == dt.date(2027, 2, 1)
