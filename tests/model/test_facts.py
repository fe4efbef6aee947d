"""The day that a clause's trigger names, for contracts that have its date and for those that do not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from fe_contracts.effective import Trigger
from fe_contracts.exceptions import SpecError
from fe_contracts.model.facts import facts_of, trigger_day
from fe_contracts.model.spec import Spec
from fe_contracts.sources import Loaded, checked, read_data
from fe_contracts.sources.overlays import overlay

PILOT = read_data(Path(__file__).resolve().parents[2] / "examples" / "pilot.yaml").data


def spec(changes: dict[str, str]) -> Spec:
    data: dict[str, Any] = overlay(PILOT, changes)
    return checked(Loaded("spec.yaml", data, {}, ""), Spec, error=SpecError)


def federal(place: int, day: str) -> dict[str, str]:
    award = f"funding[{place}].federal_award"
    return {
        f"funding[{place}].source": "COC",
        f"{award}.award_date": day,
        f"{award}.awarding_agency_name": "HUD",
        f"{award}.assistance_listing_number": "'14.267",
        f"{award}.assistance_listing_title": "Continuum of Care",
        "coc.city_role": "RECIPIENT",
    }


def test_a_local_contract_falls_back_to_its_own_date_and_says_so() -> None:
    day, why = trigger_day(spec({}), Trigger.AWARD_DATE)
    assert day == dt.date(2027, 1, 1)
    assert "no federal award date" in why


def test_an_award_decides_by_its_own_date() -> None:
    made = spec(federal(0, "2024-09-30"))
    assert trigger_day(made, Trigger.AWARD_DATE) == (dt.date(2024, 9, 30), "award date")
    assert facts_of(made)["award.date"] == dt.date(2024, 9, 30)


def test_of_two_awards_the_latest_decides_the_contract_and_each_its_own_clause() -> None:
    made = spec({**federal(0, "2024-09-30"), **federal(1, "2026-03-01")})
    assert trigger_day(made, Trigger.AWARD_DATE) == (dt.date(2026, 3, 1), "latest award date")
    assert trigger_day(made, Trigger.AWARD_DATE, made.funding[0])[0] == dt.date(2024, 9, 30)
    assert facts_of(made)["award.date"] == dt.date(2024, 9, 30)


@pytest.mark.parametrize(
    ("fiscal_year", "effective", "start"),
    [
        ("07-01", "2027-01-01", dt.date(2026, 7, 1)),
        ("07-01", "2027-06-30", dt.date(2026, 7, 1)),
        ("07-01", "2027-07-01", dt.date(2027, 7, 1)),
        ("01-01", "2027-01-01", dt.date(2027, 1, 1)),
        ("12-31", "2028-02-29", dt.date(2027, 12, 31)),
    ],
)
def test_the_fiscal_year_is_the_one_that_holds_the_effective_date(
    fiscal_year: str, effective: str, start: dt.date
) -> None:
    made = spec({"agency.fiscal_year_start": fiscal_year, "contract.effective_date": effective})
    assert trigger_day(made, Trigger.AUDITEE_FY_START)[0] == start


def test_every_trigger_names_a_day_and_where_it_came_from() -> None:
    made = spec({})
    for trigger in Trigger:
        day, why = trigger_day(made, trigger)
        assert isinstance(day, dt.date)
        assert why
    assert trigger_day(made, Trigger.SERVICE_DATE)[0] == dt.date(2027, 2, 1)
