"""fe-contracts schedule: every dated duty, in four forms."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import icalendar
import pytest
from tests.cli.small import run

ROOT = Path(__file__).resolve().parents[2]
PILOT = ROOT / "examples" / "pilot.yaml"
RIDER = ROOT / "examples" / "rider.yaml"


def test_the_table_is_shown_and_ends_with_0() -> None:
    done = run("schedule", PILOT)
    assert done.exit_code == 0, done.output
    assert "Quarterly program report, 2027-Q1" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_json_holds_duties_burden_and_exit_code() -> None:
    done = run("schedule", RIDER, "--format", "json", "--who", "agency", "--kind", "report", "--kind", "milestone")
    data = json.loads(done.stdout)
    assert {duty["kind"] for duty in data["duties"]} == {"report", "milestone"}
    assert {duty["owed_by"] for duty in data["duties"]} == {"agency"}
    assert data["burden"][0]["counts"]["reports_in_term"] == 5
    assert data["exit_code"] == done.exit_code == 0


def test_days_choose_what_is_shown() -> None:
    done = run("schedule", PILOT, "--format", "json", "--from", "2027-04-01", "--to", "2027-04-30")
    found = [duty["last_day"] for duty in json.loads(done.stdout)["duties"]]
    assert found
    assert min(found) >= "2027-04-01"
    assert max(found) <= "2027-04-30"
    bad = run("schedule", PILOT, "--from", "spring")
    assert bad.exit_code == 2
    assert "'spring' is no day such as 2027-01-31" in bad.output


def test_csv_in_a_file_begins_as_excel_wants_it_and_is_never_written_over(tmp_path: Path) -> None:
    out = tmp_path / "dates.csv"
    assert run("schedule", PILOT, "--format", "csv", "-o", out).exit_code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbflast_day,due,")
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) > 60
    again = run("schedule", PILOT, "--format", "csv", "-o", out)
    assert again.exit_code == 2
    assert "exists" in again.stderr
    assert run("schedule", PILOT, "--format", "csv", "-o", PILOT, "--force").exit_code == 2


def test_a_calendar_of_two_contracts_has_the_alarms_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "dates.ics"
    done = run("schedule", PILOT, RIDER, "--format", "ics", "--alarm", "7", "-o", out)
    assert done.exit_code == 0, done.output
    calendar = icalendar.Calendar.from_ical(out.read_bytes())
    events = calendar.walk("VEVENT")
    assert len({event["uid"] for event in events}) == len(events) > 80
    assert {len(event.walk("VALARM")) for event in events} == {1}


def test_what_an_amendment_took_away_is_cancelled(tmp_path: Path) -> None:
    later = tmp_path / "later.yaml"
    text = PILOT.read_text("utf-8").replace("  - id: R2\n", "  - id: R9\n")
    later.write_text(text, "utf-8")
    done = run("schedule", later, "--was", PILOT, "--format", "ics")
    states = [str(event["status"]) for event in icalendar.Calendar.from_ical(done.stdout).walk("VEVENT")]
    assert states.count("CANCELLED") == 8  # four reports, and the City's answer on each


def test_a_bad_spec_in_a_folder_is_named_and_the_others_are_shown(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(RIDER.read_text("utf-8"), "utf-8")
    (tmp_path / "bad.yaml").write_text("contract: [", "utf-8")
    done = run("schedule", tmp_path)
    assert done.exit_code == 1
    assert "SH-2025-108-R1" in done.stdout
    assert "bad.yaml" in done.stderr


@pytest.mark.parametrize("form", ["table", "json", "csv", "ics"])
def test_without_one_contract_it_could_not_run(form: str, tmp_path: Path) -> None:
    done = run("schedule", tmp_path / "none.yaml", "--format", form)
    assert done.exit_code == 2
    assert "none.yaml" in done.output


def test_minutes_that_are_given_count_and_say_so() -> None:
    done = run("schedule", RIDER, "--minutes-per-report", "600")
    assert "600 minutes a report" in " ".join(done.stdout.split())
    assert "as given by whoever asked" in " ".join(done.stdout.split())
