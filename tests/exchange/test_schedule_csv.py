"""The schedule as CSV holds what the duties hold, and nothing that a spreadsheet would calculate."""

from __future__ import annotations

import csv
import io

import pytest
from tests.exchange.schedules import duty, schedule

from fe_contracts.exchange.schedule_csv import COLUMNS, schedule_csv


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_each_duty_is_a_line_with_its_days_and_its_section() -> None:
    (row,) = rows(schedule_csv(schedule(duty())))
    assert tuple(row) == COLUMNS
    wanted = {
        "last_day": "2027-11-01",
        "due": "2027-10-30",
        "contract": "FE-1",
        "title": "Quarterly report",
        "period": "2027-Q3",
        "period_start": "2027-07-01",
        "period_end": "2027-09-30",
        "section": "5.4",
        "owed_by": "agency",
        "recipient": "the Contract Manager",
        "goes_with": "The match given, by source. (FIN-07, section 6.5)",
        "window_start": "",
    }
    assert {name: row[name] for name in wanted} == wanted


def test_what_has_no_day_comes_last_and_only_if_it_is_wanted() -> None:
    found = rows(schedule_csv(schedule(duty()), everything=True))
    assert len(found) == 2
    assert (found[1]["last_day"], found[1]["title"], found[1]["certainty"]) == ("", "Tell of a claim", "none")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x.example")', "\uff1d1+1"])
def test_a_formula_is_made_harmless_wherever_it_stands(text: str) -> None:
    bad = duty(title=text, agency=text, evidence=text, note=text, recipient=text)
    (row,) = rows(schedule_csv(schedule(bad)))
    for name in ("title", "agency", "evidence", "note", "recipient"):
        assert row[name] != text
        assert row[name].endswith(text)
        assert row[name][0] not in "=+-@\uff1d"


def test_quotes_separators_and_line_breaks_come_back_as_they_were() -> None:
    text = 'He said "now"; then, later\nand more'
    (row,) = rows(schedule_csv(schedule(duty(note=text))))
    assert row["note"] == text
