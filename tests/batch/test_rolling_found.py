"""Days, versions and amendments where files are in disorder: what counts is told, and what is doubtful too."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.batch.mailbox import NUMBER, Mailbox
from tests.library.test_library import ROOT, bundled

from fe_contracts import contract_reports, roll_up, rollup_data
from fe_contracts.performance.rollup.history import FileState
from fe_contracts.performance.rollup.rollup import Timeliness

if TYPE_CHECKING:
    from fe_contracts import RollUp

COUNT = "deliverable.D5.actual"
PERSON = "Jane Doe 123-45-6789"


@pytest.fixture
def mailbox(tmp_path: Path) -> Mailbox:
    return Mailbox.at(tmp_path / "received")


def codes(found: RollUp) -> list[str]:
    return [item.code for item in found.findings]


def states(found: RollUp) -> dict[str, FileState]:
    return {item.arrival.file: item.state for item in found.history}


def timeliness(found: RollUp) -> Timeliness:
    return next(item.state for item in found.reports if item.requirement == "R1" and item.period == "2027-Q1")


def test_an_undated_file_beside_a_dated_one_is_doubtful_and_costs_no_day(mailbox: Mailbox) -> None:
    mailbox.send("R1 2027-04-20.json", {COUNT: 30})
    mailbox.send("R1-corrected.json", {COUNT: 33})
    found = mailbox.roll()
    (doubt,) = (item for item in found.findings if item.code == "ROLLUP005")
    assert "R1-corrected.json" in f"{doubt.where.file} {doubt.message}"
    assert timeliness(found) is Timeliness.IN_TIME


def test_a_late_report_is_not_late_for_certain_where_another_file_has_no_day(mailbox: Mailbox) -> None:
    mailbox.send("R1 2027-05-20.json", {COUNT: 30})
    assert timeliness(mailbox.roll()) is Timeliness.LATE
    mailbox.send("R1-before.json", {COUNT: 33})
    assert timeliness(mailbox.roll()) is Timeliness.NO_DAY


def test_a_copy_without_a_day_does_not_take_the_place_of_the_one_that_has_it(mailbox: Mailbox) -> None:
    shutil.copy(mailbox.send("R1 2027-04-20.json"), mailbox.folder / "a copy.json")
    found = mailbox.roll()
    assert states(found) == {"R1 2027-04-20.json": FileState.COUNTS, "a copy.json": FileState.COPY}
    assert (timeliness(found), codes(found)) == (Timeliness.IN_TIME, [])


def test_a_report_in_the_folder_of_another_contract_is_asked_about(tmp_path: Path) -> None:
    first, second = Mailbox.at(tmp_path / "received" / "one"), Mailbox.at(tmp_path / "received" / "two")
    second.contract("contract.yaml", **{NUMBER: "FE-2027-099"})
    second.send("R1 2027-04-20.json")
    found = roll_up(tmp_path / "received", as_of=dt.date(2027, 8, 15), jobs=1, catalog=bundled())
    (doubt,) = (item for item in found.findings if item.code == "ROLLUP014")
    assert (doubt.where.file, NUMBER in doubt.message) == ("two/R1 2027-04-20.json", True)
    first.send("R1 2027-04-20.json")
    (second.folder / "R1 2027-04-20.json").unlink()
    assert codes(roll_up(tmp_path / "received", as_of=dt.date(2027, 8, 15), jobs=1, catalog=bundled())) == []


def test_a_version_that_was_replaced_and_holds_personal_data_is_remembered(mailbox: Mailbox) -> None:
    mailbox.send("R1 2027-04-20.json", {"narrative.2": "Her number is 123-45-6789, and we were glad."})
    mailbox.send("R1 2027-04-25.json")
    found = mailbox.roll()
    (told,) = (item for item in found.findings if item.code == "ROLLUP015")
    assert told.where.file == "R1 2027-04-20.json"


def test_what_a_file_says_of_itself_is_not_echoed_where_it_points_to_a_person(mailbox: Mailbox) -> None:
    data = json.loads(mailbox.send("R1.json").read_text(encoding="utf-8"))
    data["identity"] |= {"contract": "123-45-6789", "agency": PERSON}
    mailbox.put("other.json", json.dumps(data))
    found = mailbox.roll()
    assert "ROLLUP004" in codes(found)
    assert "123-45" not in json.dumps(rollup_data(found))


def test_a_report_that_is_owed_once_is_missing_from_the_day_after_it_was_due(mailbox: Mailbox) -> None:
    once = (
        "reports:\n  - {id: R9, title: Start-up report, kind: program, frequency: once, due_date: 2027-03-01, "
        "due_days: 0, contents: [what was done]}"
    )
    mailbox.contract("contract.yaml", **{"\nreports:": f"\n{once}"})
    told = [item for item in mailbox.roll(dt.date(2027, 8, 15)).reports if item.requirement == "R9"]
    assert [item.state for item in told] == [Timeliness.MISSING]
    assert [item for item in mailbox.roll(dt.date(2027, 2, 15)).reports if item.requirement == "R9"] == []


def test_an_amendment_counts_from_its_own_day(tmp_path: Path) -> None:
    folder = tmp_path / "received"
    folder.mkdir()
    for name in ("base.yaml", "amended.yaml"):
        shutil.copy(Path(ROOT) / "examples" / "aurora" / name, folder / name)
    early = roll_up(folder, as_of=dt.date(2020, 1, 1), jobs=1, catalog=bundled())
    later = roll_up(folder, as_of=dt.date(2030, 1, 1), jobs=1, catalog=bundled())
    assert [item.file for item in early.contracts] == ["base.yaml"]
    assert [item.file for item in later.contracts] == ["amended.yaml"]


def test_a_monthly_count_is_held_against_its_target_up_to_the_same_day(mailbox: Mailbox) -> None:
    path = mailbox.folder / "contract.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("frequency: quarterly", "frequency: monthly", 1), encoding="utf-8")
    from tests.performance.filling import filled_bytes
    from tests.performance.honest import good_answers

    from fe_contracts.pipeline.reporting import ReportForms
    from fe_contracts.schedule.periods import report_periods

    forms = ReportForms(path, bundled())
    requirement = forms.requirement("R1")
    for period in report_periods(forms.spec, requirement)[:5]:
        form = forms.form(requirement, period)
        values = good_answers(form) | {COUNT: 10}
        mailbox.put(f"R1-{period.label}.json", filled_bytes(form, values, "json"))
    found = mailbox.roll(dt.date(2027, 6, 5))
    (line,) = (item for item in found.contracts[0].deliverables if item.id == "D5")
    assert (line.to_date.value, line.held, line.target_to_date, line.share) == (50, 30, 30, Decimal(100))
    assert [item.target_to_date for item in line.periods] == [None, None, 30, None, None]


def test_the_export_takes_the_contracts_number_in_small_letters_too(mailbox: Mailbox) -> None:
    data = json.loads(mailbox.send("R1 2027-04-20.json").read_text(encoding="utf-8"))
    data["identity"]["contract"] = f"{NUMBER.lower()} "
    mailbox.put("R1 2027-04-20.json", json.dumps(data))
    found = contract_reports(mailbox.folder / "contract.yaml", mailbox.folder, catalog=bundled())
    assert [(item.report, item.period) for item in found.reports] == [("R1", "2027-Q1")]
