"""The table of a schedule fits a narrow window and says what a reader must know."""

from __future__ import annotations

import pytest
from tests.exchange.schedules import WINDOW, contract, duty, schedule

from fe_contracts.exchange.schedule_table import schedule_table
from fe_contracts.schedule.duties import Certainty


def plain(text: str) -> str:
    return " ".join(text.split())


def test_a_duty_stands_under_its_last_day_and_says_that_it_moved() -> None:
    text = schedule_table(schedule(duty()), width=120)
    assert "2027-11-01 Mon" in text
    assert "Quarterly report, 2027-Q3 (moved from Sat 2027-10-30)" in plain(text)
    assert "5.4" in text


def test_expected_days_and_windows_say_so() -> None:
    text = plain(
        schedule_table(schedule(duty(certainty=Certainty.EXPECTED, counts_as=None), duty(**WINDOW)), width=120)
    )
    assert "Quarterly report, 2027-Q3 (expected)" in text
    assert "(on any day from 2027-01-01)" in text


@pytest.mark.parametrize("width", [60, 80, 120])
def test_it_is_never_wider_than_the_window(width: int) -> None:
    long = duty(title="A very long title of a report that has many words " * 3, contract="FE-1")
    two = schedule(long, duty(contract="FE-2"), contracts=(contract(), contract("FE-2")))
    for shown in (schedule(long), two):
        assert max(map(len, schedule_table(shown, everything=True, width=width).splitlines())) <= width


def test_burden_estimate_notes_and_what_has_no_day_stand_below() -> None:
    text = plain(schedule_table(schedule(duty())))
    for told in (
        "1 more have no day",
        "Steady Ground reports 4 times a year (5 reports in the term), 13 invoices at most, about 50 values to enter",
        "and 22.5 hours a year.",
        "The hours are an estimate [U]: 60 minutes a report, 5 a value, 60 an invoice",
        "A note.",
    ):
        assert told in text
    assert "Tell of a claim (both, GEN-03, section 9.3): At once." in plain(
        schedule_table(schedule(duty()), everything=True)
    )


def test_many_contracts_are_told_apart_and_summed_up() -> None:
    one = schedule(duty(), duty(contract="FE-2"), contracts=(contract(), contract("FE-2")))
    two = type(one)(one.contracts, one.duties, one.undated, one.burden * 2, one.findings, one.notes)
    text = plain(schedule_table(two))
    assert "2 contracts, 2 duties with a day" in text
    assert "2 contracts ask for 8 reports a year, 26 invoices at most, about 100 values and 45 hours a year" in text


def test_marks_of_the_printing_library_stay_text() -> None:
    assert "[bold]Report[/bold] :smile:" in schedule_table(schedule(duty(title="[bold]Report[/bold] :smile:")))


def test_without_a_duty_there_is_no_table() -> None:
    text = schedule_table(schedule())
    assert "0 duties with a day" in text
    assert "Last day" not in text
