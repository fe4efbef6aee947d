"""The calendar is read by other programs, and given anew it changes its entries instead of doubling them."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.schedules import WINDOW, contract, duty, schedule
from tests.library.test_library import bundled

from fe_contracts import load_spec, render_schedule, schedule_contracts
from fe_contracts.exchange.schedule_ics import schedule_ics
from fe_contracts.schedule.duties import Certainty

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ("pilot", "south-bend", "rider", "coc-rapid-rehousing", "esg-prevention", "san-antonio")


@cache
def of_example(name: str) -> str:
    return render_schedule(schedule_contracts(load_spec(ROOT / "examples" / f"{name}.yaml"), bundled()), "ics")


def events(text: str) -> list[Any]:
    """Return the events; as Any, since the types answer a property with everything it could be."""
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def test_an_event_is_a_whole_day_with_its_name_its_text_and_its_alarms() -> None:
    (event,) = events(schedule_ics(schedule(duty())))
    assert event["uid"] == "t0.PERF-04.report.R1.P03@FE-1.city.fe-contracts"
    assert event.decoded("dtstart") == dt.date(2027, 11, 1)
    assert event.decoded("dtend") == dt.date(2027, 11, 2)
    assert event["summary"] == "Quarterly report, 2027-Q3 – Steady Ground"
    assert event["status"] == "CONFIRMED"
    assert [str(item) for item in event["categories"].cats] == ["report", "owed by agency"]
    for told in (
        "Agency to the Contract Manager. Last day: Monday, November 1, 2027.",
        "2027-10-30 is no Business Day (Saturday); the next one counts.",
        "Covers 2027-07-01 to 2027-09-30.",
        "Evidence: The dated Report.",
        "With it: The match given, by source. (FIN-07, section 6.5)",
        "Contract FE-1, section 5.4 (PERF-04 2.0.0).",
    ):
        assert told in event["description"]
    alarms = [item.decoded("trigger") for item in event.walk("VALARM")]
    assert alarms == [dt.timedelta(days=-14, hours=9), dt.timedelta(days=-2, hours=9)]


def test_alarms_are_as_many_days_before_as_asked() -> None:
    (event,) = events(schedule_ics(schedule(duty()), alarms=(1, 30, 1)))
    assert [item.decoded("trigger").days for item in event.walk("VALARM")] == [-30, -1]
    assert "1 day left" in schedule_ics(schedule(duty()), alarms=(1,))


def test_what_is_not_certain_is_tentative_and_says_so() -> None:
    expected = duty(certainty=Certainty.EXPECTED, note="Counted from 2027-10-15.", owed_by="city")
    (event,) = events(schedule_ics(schedule(expected)))
    assert (event["status"], event["summary"]) == (
        "TENTATIVE",
        "City: Quarterly report, 2027-Q3 (expected) – Steady Ground",
    )
    (event,) = events(schedule_ics(schedule(duty(**WINDOW))))
    assert "On any day from 2027-01-01." in event["description"]


def test_the_number_of_the_change_grows_and_the_clock_is_never_asked() -> None:
    amended = contract(amendments=2, as_of=dt.date(2027, 6, 1))
    renewed = contract(renewal=1, as_of=dt.date(2028, 1, 1))
    found = [events(schedule_ics(schedule(duty(), contracts=(one,))))[0] for one in (contract(), amended, renewed)]
    assert [event["sequence"] for event in found] == [0, 2, 100]
    assert found[1].decoded("dtstamp") == dt.datetime(2027, 6, 1, tzinfo=dt.UTC)
    assert schedule_ics(schedule(duty())) == schedule_ics(schedule(duty()))


def test_what_is_no_longer_owed_is_cancelled_without_an_alarm() -> None:
    gone = duty(uid="t0.PERF-03.reach.M9@FE-1.city.fe-contracts")
    kept, cancelled = events(schedule_ics(schedule(duty(), cancelled=(gone,))))
    assert (kept["status"], cancelled["status"]) == ("CONFIRMED", "CANCELLED")
    assert cancelled.walk("VALARM") == []


def test_the_calendar_has_a_name_and_is_published() -> None:
    one = icalendar.Calendar.from_ical(schedule_ics(schedule(duty())))
    assert (one["method"], one["x-wr-calname"], one["version"]) == ("PUBLISH", "FE-1 Pilot", "2.0")
    many = schedule(duty(), contracts=(contract(), contract("FE-2")))
    assert icalendar.Calendar.from_ical(schedule_ics(many))["name"] == "Due dates of 2 contracts"


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_second_reader_reads_every_example_as_it_was_meant(name: str) -> None:
    spec = load_spec(ROOT / "examples" / f"{name}.yaml")
    found = schedule_contracts(spec, bundled())
    read = vobject.readOne(of_example(name))
    assert read.method.value == "PUBLISH"
    there = {item.uid.value: item for item in read.vevent_list}
    assert set(there) == {item.uid for item in found.duties}
    for item in found.duties:
        event = there[item.uid]
        assert event.dtstart.value == item.last_day
        assert event.dtend.value == item.last_day + dt.timedelta(days=1)
        assert item.title in event.summary.value
        assert item.evidence in event.description.value
        assert len(event.valarm_list) == 2


@pytest.mark.parametrize("name", EXAMPLES)
def test_lines_are_folded_as_the_standard_says(name: str) -> None:
    text = of_example(name)
    assert text.endswith("END:VCALENDAR\r\n")
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert not any("\n" in line for line in lines)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=200))
def test_no_text_of_a_contract_breaks_out_of_its_line(text: str) -> None:
    made = schedule_ics(schedule(duty(title=text, evidence=text, note=text, agency=text)))
    (event,) = events(made)
    assert text in event["summary"]
    assert {made.count(mark) for mark in ("BEGIN:VEVENT\r\n", "END:VEVENT\r\n")} == {1}
    (again,) = vobject.readOne(made).vevent_list
    assert again.uid.value == duty().uid
