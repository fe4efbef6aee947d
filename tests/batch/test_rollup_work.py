"""What one file turns out to be, and how one contract stands: whatever is wrong becomes a finding."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from tests.batch.mailbox import NUMBER, Mailbox
from tests.library.test_library import bundled
from tests.performance.filling import form_of, save_filled
from tests.performance.honest import good_answers

from fe_contracts import load_spec, roll_up
from fe_contracts.batch import rollup_work
from fe_contracts.batch.packing import PackedReport, PackedSpec
from fe_contracts.batch.rollup_work import Sent, TermTask, read_file, stand
from fe_contracts.performance.reading.report import read_report
from fe_contracts.performance.rollup.history import Arrival
from fe_contracts.pipeline.reporting import ReportForms
from fe_contracts.schedule.periods import report_periods

if TYPE_CHECKING:
    from fe_contracts.batch.rollup_work import ReadFile

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture
def mailbox(tmp_path: Path) -> Mailbox:
    return Mailbox.at(tmp_path)


def read(mailbox: Mailbox, name: str) -> ReadFile:
    return read_file(str(mailbox.folder), name)


def task(mailbox: Mailbox, *names: str) -> TermTask:
    spec = PackedSpec.of(load_spec(mailbox.folder / "contract.yaml"))
    reports = [replace(read_report(mailbox.folder / name), name=name) for name in names]
    sent = tuple(Sent(PackedReport.of(item), Arrival(item.name, item.digest)) for item in reports)
    return TermTask(
        NUMBER, ((spec, "contract.yaml"),), sent, str(mailbox.folder), "", dt.date(2027, 8, 15), 11
    )  # fmt: skip


def test_a_contract_is_one_in_yaml_and_in_json(mailbox: Mailbox) -> None:
    text = (mailbox.folder / "contract.yaml").read_text(encoding="utf-8")
    mailbox.put("contract.json", json.dumps(yaml.safe_load(text), default=str))
    for name in ("contract.yaml", "contract.json"):
        found = read(mailbox, name)
        assert found.spec is not None, found.findings
        assert (found.spec.number, found.spec.renewal, found.spec.amendments) == (NUMBER, 0, 0)


@pytest.mark.parametrize("kind", ["xlsx", "csv", "json"])
def test_a_report_goes_by_its_path_from_the_folder(mailbox: Mailbox, kind: str) -> None:
    mailbox.send(f"alder/R1.{kind}")
    report = read(mailbox, f"alder/R1.{kind}").report
    assert report is not None
    assert (report.name, report.identity["period"]) == (f"alder/R1.{kind}", "2027-Q1")
    assert report.unpacked().name == report.name


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("list.csv", "name,town\nRosa,Exampleton\n", "no report that was made from a contract"),
        ("data.json", '{"a": 1}', "no report that was made from a contract"),
        ("notes.yaml", "to do: [call]\n", "no contract: it has neither contract nor agency"),
        ("half.yml", "contract: {id: X}\n", "no contract: it has neither contract nor agency"),
    ],
)
def test_what_is_neither_is_passed_by_with_the_reason(mailbox: Mailbox, name: str, content: str, why: str) -> None:
    mailbox.put(name, content)
    found = read(mailbox, name)
    assert found.skipped is not None
    assert (found.skipped.file, found.skipped.why, found.findings) == (name, why, ())


def test_a_reader_that_breaks_is_a_finding(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaking(path: Path) -> None:
        raise ZeroDivisionError(path)

    monkeypatch.setattr(rollup_work, "read_report", breaking)
    mailbox.put("R1.csv", "x")
    (finding,) = read(mailbox, "R1.csv").findings
    assert (finding.code, finding.where.file) == ("ROLLUP003", "R1.csv")
    assert "ZeroDivisionError" in finding.message


def test_a_contract_over_which_the_work_breaks_is_a_finding(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaking(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(rollup_work, "due_reports", breaking)
    found = stand(task(mailbox))
    assert found.contract is None
    assert [(item.code, item.where.file) for item in found.findings] == [("ROLLUP001", "contract.yaml")]


def test_a_workbook_that_has_lost_the_names_of_its_cells_is_read_by_its_rows(mailbox: Mailbox) -> None:
    import openpyxl

    path = mailbox.send("R1 2027-04-20.xlsx", {"deliverable.D5.actual": 31})
    book = openpyxl.load_workbook(path)
    for name in [name for name in book.defined_names if "D5" in name]:
        del book.defined_names[name]
    book.save(path)
    found = stand(task(mailbox, path.name))
    assert found.contract is not None
    (line,) = (line for line in found.contract.deliverables if line.id == "D5")
    assert line.to_date.value == 31


def test_a_report_is_held_against_the_contract_as_it_stood_when_the_report_was_made(tmp_path: Path) -> None:
    """The report says that nothing was amended: that is no fault where the contract as signed is here too."""
    form = form_of("esg-prevention", "R1", "2027-Q1")
    folder = save_filled(tmp_path, form, good_answers(form), "json").parent
    shutil.copy(EXAMPLES / "second-year" / "esg-prevention.yaml", folder / "amended.yaml")
    codes = [item.code for item in roll_up(folder, as_of=dt.date(2027, 8, 15), jobs=1).contracts[0].findings]
    assert "REPORT014" in codes
    shutil.copy(EXAMPLES / "esg-prevention.yaml", folder / "as signed.yaml")
    (contract,) = roll_up(folder, as_of=dt.date(2027, 8, 15), jobs=1).contracts
    assert "REPORT014" not in [item.code for item in contract.findings]
    assert contract.file == "amended.yaml"  # what is owed now stands in the contract as amended


def test_two_terms_of_one_contract_stand_apart(tmp_path: Path) -> None:
    """A renewed contract keeps its number: its reports go to the term that they say they are of."""
    shutil.copy(EXAMPLES / "pilot-to-sign.yaml", tmp_path / "first.yaml")
    shutil.copy(EXAMPLES / "second-year" / "pilot-to-sign.yaml", tmp_path / "second.yaml")
    first = form_of("pilot-to-sign", "R1", "2027-Q4")
    save_filled(tmp_path, first, good_answers(first), "json")
    forms = ReportForms(load_spec(tmp_path / "second.yaml"), bundled())
    requirement = forms.spec.reports[0]
    second = forms.form(requirement, report_periods(forms.spec, requirement)[0])
    save_filled(tmp_path, second, good_answers(second), "csv")
    one, two = roll_up(tmp_path, as_of=dt.date(2028, 8, 15), jobs=1).contracts
    assert (one.number, one.end) == (NUMBER, dt.date(2027, 12, 31))
    assert (two.start, two.key) != (one.start, one.key)
    told = [[(item.period, item.versions) for item in term.reports if item.versions] for term in (one, two)]
    assert told == [[("2027-Q4", 1)], [(second.period.label, 1)]]
