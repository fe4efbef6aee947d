"""Many agencies' reports, end to end: who is drifting, what counts, what is kept, and one bad file stops none."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import multiprocessing
import os
import sys
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from tests.batch.mailbox import NUMBER, Mailbox
from tests.batch.quarters import AS_OF, write_quarters

from fe_contracts import RollUp, load_spec, roll_up
from fe_contracts.batch import rolling, rollup_work
from fe_contracts.exceptions import CatalogError, SourceError
from fe_contracts.findings import Severity
from fe_contracts.performance.rollup.data import rollup_data
from fe_contracts.performance.rollup.history import Change, FileState
from fe_contracts.performance.rollup.rollup import Count, Timeliness

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fe_contracts.batch.rollup_work import ReadFile, Standing, TermTask
    from fe_contracts.performance.rollup.rollup import DueReport, RolledContract

T = TypeVar("T")
PLACES = (2, 3, 4, 6, 9)
"""Of the twelve: who corrects a report, is behind, is as it should be, is late, and has one missing."""


@pytest.fixture(scope="module")
def quarters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_quarters(tmp_path_factory.mktemp("received"), places=PLACES)


@pytest.fixture(scope="module")
def found(quarters: Path) -> RollUp:
    return roll_up(quarters, as_of=AS_OF, jobs=2)


@pytest.fixture
def mailbox(tmp_path: Path) -> Mailbox:
    return Mailbox.at(tmp_path / "received")


def of(found: RollUp, agency: str) -> RolledContract:
    (item,) = (item for item in found.contracts if item.agency == agency)
    return item


def said(found: RollUp, code: str) -> list[tuple[str, str]]:
    return [(item.where.file, item.message) for item in found.findings if item.code == code]


def due(found: RollUp, requirement: str = "R1", period: str = "2027-Q1") -> DueReport:
    (item,) = (item for item in found.reports if (item.requirement, item.period) == (requirement, period))
    return item


def new_clients(found: RollUp, period: str = "2027-Q1") -> Count:
    """Return how many new clients the one contract counts in a period."""
    (line,) = (line for line in found.contracts[0].deliverables if line.id == "D5")
    return next(item.actual for item in line.periods if item.period == period)


# --- agencies over four quarters --------------------------------------------------------------------------------------


def test_every_agency_and_every_quarter_is_there(found: RollUp) -> None:
    assert found.agencies == (
        "Birchwood Services", "Bridgeway House", "Cedar Court Families", "Eastside Day Center", "Harbor Light",
    )  # fmt: skip
    for group in found.deliverables:
        assert [item.period for item in group.periods] == ["2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4"]
        assert len(group.lines) == 5


def test_the_counts_are_those_in_the_files(quarters: Path, found: RollUp) -> None:
    contract = of(found, "Cedar Court Families")
    files = sorted(quarters.glob("05 *//R1-*.json"))
    told = [json.loads(path.read_text(encoding="utf-8"))["values"] for path in files]
    assert len(told) == 4
    for line in contract.deliverables:
        counts = [values[f"deliverable.{line.id}.actual"] for values in told]
        assert [item.actual.value for item in line.periods] == counts
        assert line.to_date.value == sum(counts)
    for group in found.deliverables:
        whole = sum(int(line.to_date.value or 0) for line in group.lines)
        assert group.to_date.value == whole


def test_an_agency_below_its_targets_two_quarters_running_is_drifting_and_so_is_one_that_is_late_twice(
    found: RollUp,
) -> None:
    behind = {item.about for item in found.drifting if item.agency == "Bridgeway House"}
    assert "D5 New Clients counseled" in behind
    assert "Reports" not in behind
    (late,) = (item for item in found.drifting if item.agency == "Eastside Day Center")
    assert late.about == "Reports"
    assert late.why == "2 of 8 reports that were due: R1 2027-Q2 8 days late; R1 2027-Q3 12 days late."
    assert {item.agency for item in found.drifting} == {"Bridgeway House", "Eastside Day Center"}


def test_a_report_that_did_not_come_is_missing_since_the_day_it_was_due(found: RollUp) -> None:
    (missing,) = (item for item in found.reports if item.state is Timeliness.MISSING)
    assert (missing.agency, missing.period, missing.received_on, missing.file) == ("Harbor Light", "2027-Q4", None, "")
    assert missing.late_days == (AS_OF - missing.due).days > 0


def test_the_corrected_report_counts_and_what_it_replaced_stays_in_the_history(found: RollUp) -> None:
    contract = of(found, "Birchwood Services")
    first, second = (item for item in contract.history if (item.requirement, item.period) == ("R1", "2027-Q2"))
    assert (first.state, second.state) == (FileState.REPLACED, FileState.COUNTS)
    assert (first.arrival.file, second.arrival.file) == (second.replaces, first.replaced_by)
    assert first.arrival.received_on is not None
    assert second.arrival.received_on == first.arrival.received_on + dt.timedelta(days=8)
    (change,) = second.changes
    assert change.key == "deliverable.D5.actual"  # what follows from it is not told again
    (line,) = (line for line in contract.deliverables if line.id == "D5")
    assert (change.after, change.before) == (line.periods[1].actual.value, int(str(change.after)) + 9)
    assert [item.versions for item in contract.reports if item.period == "2027-Q2"] == [2, 1]


def test_foreign_files_are_listed_and_the_broken_one_is_named(found: RollUp) -> None:
    assert [item.file for item in found.skipped] == ["mailing list.csv", "minutes of the meeting.docx", "notes.yaml"]
    assert [(item.where.file, item.severity) for item in found.findings] == [("broken.xlsx", Severity.ERROR)]


def test_the_earlier_the_day_the_fewer_reports_count(quarters: Path) -> None:
    """After the second quarter nobody knows of the third; what came later is told as such."""
    early = roll_up(quarters, as_of=dt.date(2027, 7, 31), jobs=1)
    assert {item.period for item in early.reports if item.requirement == "R1"} == {"2027-Q1", "2027-Q2"}
    assert [item for item in early.drifting if item.agency == "Eastside Day Center"] == []
    late = {item.arrival.file for item in early.history if item.state is FileState.LATER}
    assert "07 Eastside Day Center/R1-2027-Q2.xlsx" in late
    ((file, why),) = said(early, "ROLLUP011")
    assert file in late
    assert why.startswith(f"{len(late)} reports came after 2027-07-31")
    (missing,) = (item for item in early.reports if item.state is Timeliness.MISSING)
    assert (missing.agency, missing.period) == ("Eastside Day Center", "2027-Q2")


def test_one_process_two_threads_and_others_own_processes_come_to_the_same(quarters: Path, found: RollUp) -> None:
    told = json.dumps(rollup_data(found))
    assert json.dumps(rollup_data(roll_up(quarters, as_of=AS_OF, jobs=1))) == told
    with ThreadPoolExecutor(2) as threads:
        assert json.dumps(rollup_data(roll_up(quarters, as_of=AS_OF, executor=threads))) == told
        assert threads.submit(int, "7").result() == 7  # left open for its owner
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as processes:
        assert json.dumps(rollup_data(roll_up(quarters, as_of=AS_OF, executor=processes))) == told


def test_nothing_in_the_folder_is_touched(quarters: Path) -> None:
    def state() -> dict[str, tuple[str, int]]:
        paths = [path for path in quarters.rglob("*") if path.is_file()]
        return {str(path): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns) for path in paths}

    before = state()
    roll_up(quarters, as_of=AS_OF, jobs=2)
    assert state() == before


# --- which file counts ------------------------------------------------------------------------------------------------


def test_of_two_files_of_one_period_the_one_that_came_last_counts_whatever_its_name(mailbox: Mailbox) -> None:
    mailbox.send("b.json", {"deliverable.D5.actual": 40})
    mailbox.send("a.csv", {"deliverable.D5.actual": 31})
    mailbox.received(("b.json", "2027-04-20"), ("a.csv", "2027-04-26"))
    found = mailbox.roll()
    assert new_clients(found) == Count(31)
    assert due(found).file == "a.csv"
    assert Change("deliverable.D5.actual", 40, 31, "D5 New Clients counseled, This period") in found.history[1].changes
    mailbox.received(("b.json", "2027-04-26"), ("a.csv", "2027-04-20"))
    assert new_clients(mailbox.roll()) == Count(40)


def test_two_files_of_one_period_without_a_day_are_doubted(mailbox: Mailbox) -> None:
    mailbox.send("R1 v2.json", {"deliverable.D5.actual": 31})
    mailbox.send("R1 v10.json", {"deliverable.D5.actual": 40})
    found = mailbox.roll()
    assert new_clients(found) == Count(40)
    assert due(found).state is Timeliness.NO_DAY
    ((file, why),) = said(found, "ROLLUP005")
    assert (file, "R1 v2.json" in why) == ("R1 v10.json", True)
    assert found.exit_code == 1


def test_the_same_file_in_two_places_counts_once_and_nobody_doubts(mailbox: Mailbox) -> None:
    path = mailbox.send("R1.json")
    mailbox.put("mail/R1.json", path.read_bytes())
    found = mailbox.roll()
    assert sorted(item.state for item in found.history) == [FileState.COUNTS, FileState.COPY]
    assert (len(found.findings), due(found).versions) == (0, 1)


def test_a_correction_with_more_errors_than_before_counts_and_is_told(mailbox: Mailbox) -> None:
    mailbox.send("one 2027-04-20.json")
    mailbox.send("two 2027-04-25.json", {"outcome.O1.reached": 9})
    found = mailbox.roll()
    ((file, why),) = said(found, "ROLLUP006")
    assert (file, "one 2027-04-20.json" in why) == ("two 2027-04-25.json", True)
    assert due(found).file == "two 2027-04-25.json"
    mailbox.received(("one 2027-04-20.json", "2027-04-29"))
    assert said(mailbox.roll(), "ROLLUP006") == []


def test_a_late_correction_of_a_report_that_was_in_time_does_not_make_it_late(mailbox: Mailbox) -> None:
    mailbox.send("one 2027-04-20.json")
    mailbox.send("two 2027-05-25.json", {"deliverable.D5.actual": 31})
    found = mailbox.roll()
    assert (due(found).state, due(found).received_on) == (Timeliness.IN_TIME, dt.date(2027, 4, 20))
    assert found.history[1].late_days == 25


def test_what_came_after_the_day_asked_about_does_not_count_yet(mailbox: Mailbox) -> None:
    mailbox.send("one 2027-04-20.json", {"deliverable.D5.actual": 31})
    mailbox.send("two 2027-08-16.json", {"deliverable.D5.actual": 40})
    early, late = mailbox.roll(dt.date(2027, 8, 15)), mailbox.roll(dt.date(2027, 8, 16))
    assert (new_clients(early), new_clients(late)) == (Count(31), Count(40))
    ((file, why),) = said(early, "ROLLUP011")
    assert (file, "2027-08-16" in why) == ("two 2027-08-16.json", True)
    assert early.findings.exit_code == 0  # it is a note
    assert said(late, "ROLLUP011") == []


def test_a_report_of_the_running_period_is_counted_ahead_of_its_day(mailbox: Mailbox) -> None:
    mailbox.send("Q2.json", period="2027-Q2")
    mailbox.received(("Q2.json", "2027-06-10"))
    found = mailbox.roll(dt.date(2027, 6, 15))
    assert due(found, period="2027-Q2").state is Timeliness.IN_TIME
    assert due(found).state is Timeliness.MISSING


def test_the_number_of_the_contract_may_be_written_in_small_letters(mailbox: Mailbox) -> None:
    data = json.loads(mailbox.send("R1.json").read_text(encoding="utf-8"))
    data["identity"]["contract"] = f" {NUMBER.lower()}"
    mailbox.put("R1.json", json.dumps(data))
    found = mailbox.roll()
    assert (new_clients(found), len(found.findings)) == (Count(30), 0)


def test_a_report_of_a_contract_that_is_not_here_is_kept_in_the_history_and_named(mailbox: Mailbox) -> None:
    path = mailbox.send("R1.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    data["identity"]["contract"] = "FE-1999-001"
    mailbox.put("other.json", json.dumps(data))
    found = mailbox.roll()
    ((file, why),) = said(found, "ROLLUP004")
    assert (file, "'FE-1999-001'" in why) == ("other.json", True)
    (kept,) = (item for item in found.history if item.arrival.file == "other.json")
    assert (kept.state, kept.contract) == (FileState.REFUSED, "FE-1999-001")
    assert new_clients(found) == Count(30)
    assert found.exit_code == 1


@pytest.mark.parametrize(
    ("key", "value"), [("end", "2031-03-31"), ("requirement", "R9"), ("amendments", "7"), ("amendments", "\u00b2")]
)
def test_a_report_whose_own_name_is_wrong_stops_nothing(mailbox: Mailbox, key: str, value: str) -> None:
    data = json.loads(mailbox.send("R1 2027-04-20.json").read_text(encoding="utf-8"))
    data["identity"][key] = value
    mailbox.put("wrong 2027-04-10.json", json.dumps(data))
    found = mailbox.roll()
    assert new_clients(found) == Count(30)
    files = {item.where.file for item in (*found.findings, *found.contracts[0].findings)}
    states = {item.arrival.file: item.state for item in found.history}
    if key == "amendments":  # it counts as what it is a report of; its check says so where it is the one that counts
        assert states["wrong 2027-04-10.json"] in {FileState.REPLACED, FileState.COPY}
    else:
        assert states["wrong 2027-04-10.json"] is FileState.REFUSED
        assert "wrong 2027-04-10.json" in files


# --- the contracts ----------------------------------------------------------------------------------------------------


def test_a_contract_that_stands_twice_is_named_and_the_first_file_holds(mailbox: Mailbox) -> None:
    mailbox.contract("a copy.yaml")
    assert said(mailbox.roll(), "ROLLUP002") == []  # the same contract: nothing to say
    mailbox.contract("other.yaml", **{"Steady Ground": "Shaky Ground"})
    found = mailbox.roll()
    ((file, why),) = said(found, "ROLLUP002")
    assert (file, NUMBER in why) == ("other.yaml", True)
    assert found.agencies == ("Steady Ground",)


def test_contracts_may_be_named_beside_the_folder_as_files_folders_or_read_already(
    mailbox: Mailbox, tmp_path: Path
) -> None:
    mailbox.send("R1 2027-04-20.json")
    (tmp_path / "contracts").mkdir()
    path = (mailbox.folder / "contract.yaml").rename(tmp_path / "contracts" / "steady.yaml")
    assert said(mailbox.roll(), "ROLLUP004") != []
    for source in (path, str(path), path.parent, load_spec(path)):
        found = mailbox.roll(contracts=[source])
        assert new_clients(found) == Count(30)
        assert found.exit_code == 0 or [item.code for item in found.findings] == []


def test_a_contract_that_cannot_be_read_is_named_and_the_others_go_on(mailbox: Mailbox) -> None:
    mailbox.send("R1 2027-04-20.json")
    mailbox.contract("bent.yaml", **{NUMBER: "FE-2027-099", "effective_date: 2027-01-01": "effective_date: soon"})
    mailbox.put("torn.yaml", "contract: [1, 2\n")
    old = "effective_date: 1999-01-01"
    mailbox.contract("early.yaml", **{NUMBER: "FE-2027-098", "effective_date: 2027-01-01": old})
    found = mailbox.roll()
    assert {"bent.yaml", "torn.yaml", "early.yaml"} == {item.where.file for item in found.findings}
    assert all(item.severity is Severity.ERROR and item.remedy for item in found.findings)
    assert [item.number for item in found.contracts] == [NUMBER]
    assert new_clients(found) == Count(30)


def test_without_any_contract_it_could_not_run(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = roll_up(tmp_path / "empty", as_of=AS_OF, jobs=1)
    assert [item.code for item in found.findings] == ["ROLLUP010"]
    assert found.exit_code == 2


@pytest.mark.parametrize("name", ["missing", "file.txt"])
def test_what_is_no_folder_is_refused_by_name(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text("no folder", encoding="utf-8")
    with pytest.raises(SourceError, match=name):
        roll_up(tmp_path / name, as_of=AS_OF)


def test_a_contract_or_library_that_is_named_outright_must_be_there(mailbox: Mailbox) -> None:
    with pytest.raises(SourceError, match=r"nowhere\.yaml"):
        mailbox.roll(contracts=[mailbox.folder / "nowhere.yaml"])
    with pytest.raises((CatalogError, SourceError)):
        mailbox.roll(catalog=mailbox.folder / "no library")


def test_the_number_that_is_given_holds_only_where_the_contract_says_none(mailbox: Mailbox) -> None:
    found = mailbox.roll(smallest=30)
    assert found.contracts[0].smallest == 11
    rider = Path(__file__).resolve().parents[2] / "examples" / "rider.yaml"
    other = mailbox.roll(contracts=[rider], smallest=30)
    told = {item.number: item.smallest for item in other.contracts}
    silent = [number for number, smallest in told.items() if smallest == 30]
    assert [file for file, _ in said(other, "ROLLUP008")] == [str(rider) for _ in silent]


# --- bad input --------------------------------------------------------------------------------------------------------


BROKEN = {
    "zip.xlsx": b"PK\x03\x04 cut off",
    "empty.xlsx": b"",
    "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "macros.xlsm": b"PK\x03\x04",
    "open.ods": b"PK\x03\x04",
    "torn.json": b'{"identity": {',
    "deep.json": b"[" * 100_000,
    "nul.csv": b"a,b\n\0\0\0\n",
    "quote.csv": b'"key","value\n',
}


def test_every_file_that_cannot_be_read_is_named_and_all_others_count(mailbox: Mailbox) -> None:
    mailbox.send("R1 2027-04-20.json")
    for name, content in BROKEN.items():
        mailbox.put(f"sent/{name}", content)
    if hasattr(os, "mkfifo"):
        os.mkfifo(mailbox.folder / "sent" / "pipe.csv")
    found = mailbox.roll()
    named = {item.where.file for item in found.findings} | {item.file for item in found.skipped}
    assert named >= {f"sent/{path.name}" for path in (mailbox.folder / "sent").iterdir()}
    assert all(item.remedy for item in found.findings)
    assert new_clients(found) == Count(30)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_hostile_names_of_files_stop_nothing(mailbox: Mailbox) -> None:
    names = [
        "=cmd|calc!A1 2027-04-20.json", "<script>alert(1)<!--.csv", "line\nbreak \x1b[31m.json",
        "1\u00b23 \u202efdp.json",
    ]  # fmt: skip
    for place, name in enumerate(names):
        mailbox.send(name, {"deliverable.D5.actual": 30 + place})
    (mailbox.folder / os.fsdecode(b"bytes \xff.json")).write_bytes(b"{}")
    found = mailbox.roll()
    assert sorted(item.arrival.file for item in found.history) == sorted(names)
    assert [file for file, _ in said(found, "ROLLUP003")] == ["bytes \ufffd.json"]
    json.dumps(rollup_data(found), ensure_ascii=False).encode()


# --- processes that die -----------------------------------------------------------------------------------------------


def deadly_reading(root: str, names: Sequence[str]) -> list[ReadFile]:
    """End the process where a file is called so."""
    if any("deadly" in name for name in names):
        os._exit(13)
    return [rollup_work.read_file(root, name) for name in names]


def deadly_standing(task: TermTask) -> Standing:
    """End the process over one of the contracts."""
    if task.key == "FE-2027-666":
        os._exit(13)
    return rollup_work.stand(task)


def test_a_file_that_ends_its_process_is_named_and_the_others_are_read(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rolling, "_read_part", deadly_reading)
    mailbox.send("R1 2027-04-20.json")
    mailbox.put("z deadly.json", "{}")
    for place in range(7):  # more than one task
        mailbox.put(f"note {place}.csv", "name,town\n")
    found = mailbox.roll(jobs=2)
    assert [file for file, _ in said(found, "ROLLUP009")] == ["z deadly.json"]
    assert new_clients(found) == Count(30)
    assert len(found.skipped) == 7


def test_a_contract_that_ends_its_process_is_named_and_the_others_stand(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rolling, "stand", deadly_standing)
    mailbox.send("R1 2027-04-20.json")
    mailbox.contract("deadly.yaml", **{NUMBER: "FE-2027-666"})
    found = mailbox.roll(jobs=2)
    assert [file for file, _ in said(found, "ROLLUP009")] == ["deadly.yaml"]
    assert [item.number for item in found.contracts] == [NUMBER]
    assert new_clients(found) == Count(30)


class Broken(Executor):
    """A pool that is broken before everything has been handed to it."""

    def __init__(self, takes: int) -> None:
        self.takes = takes

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        del fn, args, kwargs
        self.takes -= 1
        if self.takes < 0:
            raise BrokenExecutor("broken")
        future: Future[T] = Future()
        future.set_exception(BrokenExecutor("a process ended abruptly"))
        return future


@pytest.mark.parametrize("takes", [0, 1])
def test_a_pool_that_breaks_while_it_is_filled_loses_nothing(mailbox: Mailbox, takes: int) -> None:
    mailbox.send("R1 2027-04-20.json")
    for place in range(9):
        mailbox.put(f"note {place}.csv", "name,town\n")
    found = mailbox.roll(executor=Broken(takes))
    assert new_clients(found) == Count(30)
    assert (len(found.findings), len(found.skipped)) == (0, 9)
