"""A report that is in order has no finding; one that is spoilt in one way has just the finding that tells it."""

from __future__ import annotations

import datetime as dt
import io
import json
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from tests.performance.examples import FOLDER
from tests.performance.filling import cells_of, contract, filled_bytes, form_of, generated, save_filled
from tests.performance.honest import REASONS, good_answers, honest_reports
from tests.performance.writing.test_libreoffice import saved_by_libreoffice

from fe_contracts.findings import Severity
from fe_contracts.performance.forms.form import FieldRole
from fe_contracts.performance.reading.report import read_report
from fe_contracts.pipeline.reporting_check import ReportChecker

if TYPE_CHECKING:
    from fe_contracts.performance.checking.report import ReportCheck
    from fe_contracts.performance.forms.filled import FilledReport
    from fe_contracts.performance.forms.form import ReportForm, Value

KINDS = ("xlsx", "csv", "json")
SLOW = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
RECEIVED = dt.date(2027, 4, 20)


def checker(name: str = "pilot") -> ReportChecker:
    forms = contract(name)
    return ReportChecker(forms.spec, forms.catalog)


PILOT = checker()


def checked(folder: Path, form: ReportForm, values: dict[str, Value], kind: str = "json", **more: Any) -> ReportCheck:
    more.setdefault("received_on", form.due)
    return PILOT.check(save_filled(folder, form, given_ones(values), kind), **more)


def given_ones(values: dict[str, Value]) -> dict[str, Value]:
    """Return the answers without those that are left open."""
    return {key: value for key, value in values.items() if value is not None}


def codes(check: ReportCheck) -> list[str]:
    return sorted(item.code for item in check.findings)


# ------------------------------------------------------------------ in order


@SLOW
@given(st.data())
def test_a_report_that_is_in_order_has_no_finding(data: st.DataObject) -> None:
    forms, form, values = data.draw(honest_reports())
    check = ReportChecker(forms.spec, forms.catalog)
    with TemporaryDirectory() as folder:
        for kind in KINDS:
            found = check.check(save_filled(Path(folder), form, given_ones(values), kind), received_on=form.due)
            assert [str(item) for item in found.findings] == []
            assert found.accepted
            numbers = {key: value for key, value in values.items() if isinstance(value, int | Decimal)}
            assert {key: found.figures[key] for key in numbers} == numbers


# ------------------------------------------------------------------ spoilt in one way

D5, D6 = "deliverable.D5", "deliverable.D6"
PROGRAM: dict[str, tuple[dict[str, Value], str]] = {
    "a count is missing": ({f"{D5}.actual": None}, "REPORT030"),
    "an answer in words is missing": ({"narrative.2": None}, "REPORT030"),
    "a count is a word": ({"deliverable.D7.actual": "many"}, "REPORT031"),
    "a count is an error of the spreadsheet": ({"deliverable.D7.actual": "#REF!"}, "REPORT031"),
    "a day is no day": ({"milestone.M1.reached_on": "soon"}, "REPORT031"),
    "a choice is none of those there are": ({"milestone.M4.status": "Maybe"}, "REPORT031"),
    "a count is below zero": ({"outcome.O1.reached": -1}, "REPORT032"),
    "a count is not whole": ({"deliverable.D8.actual": Decimal("12.5")}, "REPORT033"),
    "a day is in another century": ({"milestone.M1.reached_on": dt.date(1927, 1, 5)}, "REPORT035"),
    "far below the target, without a word": ({f"{D5}.actual": 20, f"{D5}.explanation": None}, "REPORT051"),
    "a little below the target, without a word": ({f"{D5}.actual": 28, f"{D5}.explanation": None}, "REPORT052"),
    "an outcome below its target, without a word": ({"outcome.O1.explanation": None}, "REPORT052"),
    "reasons that say nothing": ({f"{D5}.actual": 20, f"{D5}.explanation": "see above"}, "REPORT054"),
    "an answer that says nothing": ({"narrative.2": "N/A"}, "REPORT054"),
    "more measured than there are": ({"outcome.O1.population": 3}, "REPORT060"),
    "more reached than measured": ({"outcome.O2.measured": 0}, "REPORT060"),
    "more trained than employed": ({"training.FE-12.people": 4}, "REPORT060"),
    "fewer sessions than clients": ({f"{D6}.actual": 29, f"{D6}.explanation": REASONS}, "REPORT061"),
    "fewer screened than clients": ({"deliverable.D3.actual": 29}, "REPORT062"),
    "more people in an outcome than clients": ({"outcome.O1.population": 31}, "REPORT063"),
    "reached, but on no day": ({"milestone.M2.reached_on": None}, "REPORT080"),
    "reached, without evidence": ({"milestone.M2.evidence": None}, "REPORT081"),
    "not reached, on a day": ({"milestone.M2.status": "Not yet"}, "REPORT082"),
    "reached after it was signed": ({"milestone.M2.reached_on": dt.date(2027, 4, 15)}, "REPORT083"),
    "late, without a reason": (
        {"milestone.M2.status": "Not yet", "milestone.M2.reached_on": None, "milestone.M2.explanation": None},
        "REPORT084",
    ),
    "a Social Security number in words": ({"narrative.2": f"{REASONS} Her number is 123-45-6789."}, "REPORT001"),
    "a Social Security number for a count": ({f"{D5}.actual": "123-45-6789"}, "REPORT001"),
    "nine digits for a count": ({f"{D5}.actual": 123_456_789}, "REPORT005"),
    "eleven digits for a count": ({f"{D5}.actual": 12_345_678_901}, "REPORT005"),
    "late, without a new date": (
        {"milestone.M2.status": "Not yet", "milestone.M2.reached_on": None, "milestone.M2.evidence": None},
        "REPORT085",
    ),
    "a card number": ({"narrative.2": f"{REASONS} 4111 1111 1111 1111"}, "REPORT002"),
    "an account number": ({"narrative.2": f"{REASONS} account number 12345678"}, "REPORT002"),
    "a date of birth": ({"narrative.2": f"{REASONS} She was born on 03/04/1980."}, "REPORT003"),
    "an e-mail address": ({"narrative.2": f"{REASONS} Write to jane@example.org."}, "REPORT004"),
    "a telephone number": ({"narrative.2": f"{REASONS} Call (512) 555-0188."}, "REPORT004"),
    "nine digits": ({"narrative.2": f"{REASONS} 123456789"}, "REPORT005"),
    "a client's name in words": ({"narrative.2": f"Client Maria Lopez said that {REASONS}"}, "REPORT006"),
    "a client's name for a count": ({f"{D5}.actual": "Maria Lopez"}, "REPORT006"),
    "not certified": ({"certification.agreed": False}, "REPORT110"),
    "not signed": ({"certification.agreed": None, "certification.name": None}, "REPORT110"),
    "signed without a name": ({"certification.name": None}, "REPORT110"),
    "signed without a day": ({"certification.signed_on": None}, "REPORT110"),
    "signed before the period was over": ({"certification.signed_on": dt.date(2027, 3, 30)}, "REPORT111"),
    "signed in the future": ({"certification.signed_on": dt.date(2027, 7, 1)}, "REPORT112"),
    "a target that was written over": ({f"{D5}.target": 10}, "REPORT042"),
    "a beginning that was written over": ({f"{D5}.before": 5}, "REPORT050"),
}  # fmt: skip
MONEY: dict[str, tuple[dict[str, Value], str]] = {
    "more decimals than cents": ({"budget.B1.period": Decimal("1250.505")}, "REPORT034"),
    "costs to date below zero": ({"budget.B1.period": Decimal("-5.00")}, "REPORT032"),
    "more than a line holds, without a word": (
        {"budget.B9.period": Decimal("8000.01"), "budget.B9.explanation": None},
        "REPORT053",
    ),
    "more than a line holds, with reasons": ({"budget.B9.period": Decimal("8000.01")}, "REPORT071"),
    "nine digits for an amount": ({"budget.B1.period": Decimal(219099999)}, "REPORT005"),
    "an amount that is a word": ({"budget.B1.period": "all of it"}, "REPORT031"),
    "a budget that was written over": ({"budget.B1.budget": Decimal(999)}, "REPORT042"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("spoilt", PROGRAM)
def test_a_report_spoilt_in_one_way_has_the_one_finding(spoilt: str, kind: str, tmp_path: Path) -> None:
    form = form_of("pilot", "R1", "2027-Q1")
    change, code = PROGRAM[spoilt]
    values = {**good_answers(form), **change}
    if spoilt == "not reached, on a day":
        values |= {"milestone.M2.explanation": REASONS, "milestone.M2.new_date": dt.date(2027, 5, 1)}
    assert codes(checked(tmp_path, form, values, kind, received_on=RECEIVED)) == [code]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("spoilt", MONEY)
def test_a_report_on_money_spoilt_in_one_way_has_the_one_finding(spoilt: str, kind: str, tmp_path: Path) -> None:
    form = form_of("pilot", "R2", "2027-Q1")
    change, code = MONEY[spoilt]
    check = checked(tmp_path, form, {**good_answers(form), **change}, kind, received_on=RECEIVED)
    assert codes(check) == [code]


@pytest.mark.parametrize(
    ("period", "outcome", "severity"),
    [
        ("2027-Q1", "O1", Severity.INFO),  # the later value is taken within 180 days: June 30 at the latest
        ("2027-Q2", "O1", Severity.WARNING),
        ("2027-Q2", "O4", Severity.INFO),  # 270 days
        ("2027-Q4", "O4", Severity.WARNING),
    ],
)
def test_an_outcome_weighs_little_before_its_later_value_can_have_been_taken(
    period: str, outcome: str, severity: Severity, tmp_path: Path
) -> None:
    form = form_of("pilot", "R1", period)
    values = {**good_answers(form), f"outcome.{outcome}.explanation": None}
    assert [(item.code, item.severity) for item in checked(tmp_path, form, values).findings] == [
        ("REPORT052", severity)
    ]


def test_more_than_a_fund_pays_is_an_error_besides_the_lines(tmp_path: Path) -> None:
    form = form_of("pilot", "R2", "2027-Q1")
    values = {**good_answers(form), "budget.B1.period": Decimal("160000.00")}
    check = checked(tmp_path, form, values)
    assert codes(check) == ["REPORT070", "REPORT071"]
    assert "$191,200.00 to date is more than the $160,000.00 that the fund pays" not in str(check.findings)
    assert "more than the $160,000.00 that the fund pays" in next(iter(check.findings)).message


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_refused_is_never_shown(kind: str, tmp_path: Path) -> None:
    form = form_of("pilot", "R1", "2027-Q1")
    secrets: dict[str, Value] = {
        f"{D5}.actual": 123_456_789,
        "narrative.2": "Maria Lopez, SSN 987-65-4321... 219-09-9999, card 4111 1111 1111 1111, maria@example.org",
        "narrative.change": "Client Maria Lopez, born 03/04/1980, account number 55512345, call 512-555-0188",
    }
    check = checked(tmp_path, form, {**good_answers(form), **secrets}, kind)
    told = json.dumps(check.to_dict()) + repr(check.findings) + "\n".join(map(str, check.findings))
    for secret in ("123456789", "219-09-9999", "4111", "maria@", "Lopez", "1980", "55512345", "512-555"):
        assert secret not in told, secret
    assert not check.accepted
    assert f"{D5}.actual" not in check.figures


# ------------------------------------------------------------------ which report, which version, when


def with_identity(asked: ReportForm, folder: Path, changes: dict[str, str | None]) -> Path:
    """Write a report as JSON whose identity says something else."""
    data = json.loads(filled_bytes(asked, good_answers(asked), "json"))
    for name, said in changes.items():
        if said is None:
            data["identity"].pop(name)
        else:
            data["identity"][name] = said
    path = folder / "changed.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"contract": "FE-2027-999"}, ["REPORT010"]),
        ({"requirement": "R7"}, ["REPORT011"]),
        ({"requirement": None}, ["REPORT012"]),
        ({"period": None, "start": None, "end": None}, ["REPORT012"]),
        ({"period": "2031-Q1", "start": "2031-01-01", "end": "2031-03-31"}, ["REPORT013"]),
        ({"end": "2027-03-30"}, ["REPORT013"]),
        ({"amendments": "1", "effective": "2027-06-01"}, ["REPORT014"]),
        ({"renewal": "1"}, ["REPORT014"]),
        ({"form": "0000"}, ["REPORT015"]),
        ({"format": "9"}, ["REPORT015"]),
        ({"clauses": "0000"}, []),
    ],
)
def test_a_report_that_says_it_is_another_is_told_so(
    changes: dict[str, str | None], found: list[str], tmp_path: Path
) -> None:
    form = form_of("pilot", "R1", "2027-Q1")
    path = with_identity(form, tmp_path, changes)
    check = PILOT.check(path)
    assert codes(check) == found
    assert (check.form is None) is bool(found and found[0] < "REPORT014")


def test_a_report_that_no_longer_says_which_it_is_is_checked_as_the_one_that_is_named(tmp_path: Path) -> None:
    form = form_of("pilot", "R1", "2027-Q1")
    path = with_identity(form, tmp_path, dict.fromkeys(("requirement", "period", "start", "end")))
    assert codes(PILOT.check(path, report="R1", period="2027-Q1")) == []
    whole = save_filled(tmp_path, form, good_answers(form), "json")
    assert codes(PILOT.check(whole, report="R2")) == ["REPORT016"]
    assert codes(PILOT.check(whole, report="R1", period="Q2")) == ["REPORT016"]


def test_after_an_amendment_the_figures_are_held_against_the_contract_as_it_stands(tmp_path: Path) -> None:
    amended = generated("pilot", {
        "contract.amendments": [{"number": 1, "effective_date": "2027-06-01", "reason": "More Clients."}],
        "deliverables[4].quarterly_targets": [40, 75, 75, 70], "deliverables[4].annual_target": 260,
    })  # fmt: skip
    form = form_of("pilot", "R1", "2027-Q1")
    values = {**good_answers(form), f"{D5}.explanation": None}
    path = save_filled(tmp_path, form, values, "xlsx")
    check = ReportChecker(amended.spec, amended.catalog).check(path)
    assert codes(check) == ["REPORT014", "REPORT051"]
    assert "D5 New Clients counseled, Target: 30, now 40" in next(
        item.message for item in check.findings if item.code == "REPORT014"
    )


@pytest.mark.parametrize(
    ("day", "found", "late"),
    [
        (dt.date(2027, 6, 1), [], 0),
        (dt.date(2027, 6, 2), ["REPORT020"], 1),
        (dt.date(2027, 6, 20), ["REPORT020"], 19),
    ],
)
def test_a_report_is_late_after_the_next_business_day(
    day: dt.date, found: list[str], late: int, tmp_path: Path
) -> None:
    form = form_of("rider", "R1", "Q1")  # due on Sunday, May 30; Monday is Memorial Day
    path = save_filled(tmp_path, form, good_answers(form), "json")
    check = checker("rider").check(path, received_on=day)
    assert (codes(check), check.late_days) == (found, late)


def test_without_the_day_it_came_nothing_is_said_of_lateness(tmp_path: Path) -> None:
    form = form_of("pilot", "R1", "2027-Q1")
    check = checked(tmp_path, form, good_answers(form), received_on=None)
    assert (codes(check), check.late_days) == ([], None)


def test_a_report_that_came_before_its_period_was_over_is_doubted(tmp_path: Path) -> None:
    form = form_of("pilot", "R1", "2027-Q1")
    values = {**good_answers(form), "certification.signed_on": dt.date(2027, 3, 31)}
    assert codes(checked(tmp_path, form, values, received_on=dt.date(2027, 3, 31))) == ["REPORT021"]


# ------------------------------------------------------------------ earlier reports


def earlier_of(folder: Path, changes: dict[str, Value] | None = None) -> FilledReport:
    form = form_of("pilot", "R1", "2027-Q1")
    return read_report(save_filled(folder, form, {**good_answers(form), **(changes or {})}, "json"))


def test_what_was_reported_before_is_the_sum_of_the_earlier_reports(tmp_path: Path) -> None:
    first, form = earlier_of(tmp_path), form_of("pilot", "R1", "2027-Q2")
    assert codes(checked(tmp_path, form, good_answers(form), earlier=[first])) == []
    values = {**good_answers(form), f"{D5}.before": 31}
    (finding,) = checked(tmp_path, form, values, earlier=[first]).findings
    assert finding.code == "REPORT050"
    assert "begins from 31; the earlier reports come to 30" in finding.message


def test_a_corrected_report_counts_in_the_place_of_the_one_it_replaces(tmp_path: Path) -> None:
    first = earlier_of(tmp_path)
    again = earlier_of(tmp_path, {f"{D5}.actual": 25})
    form = form_of("pilot", "R1", "2027-Q2")
    values = {**good_answers(form), f"{D5}.before": 25}
    assert codes(checked(tmp_path, form, values, earlier=[first, again])) == []
    assert codes(PILOT.check(again, earlier=[first, again])) == []


def test_a_gap_among_the_earlier_reports_is_told_and_the_rest_is_checked(tmp_path: Path) -> None:
    form = form_of("pilot", "R1", "2027-Q3")
    check = checked(tmp_path, form, good_answers(form), earlier=[earlier_of(tmp_path)])
    assert [(item.code, item.severity) for item in check.findings] == [("SHEET030", Severity.WARNING)]


# ------------------------------------------------------------------ workbooks that people have worked on


def worked_on(folder: Path, change: Any, report: str = "R1") -> Path:
    """Write a workbook that is in order, and let someone change it."""
    form = form_of("pilot", report, "2027-Q1")
    book: Any = openpyxl.load_workbook(io.BytesIO(filled_bytes(form, good_answers(form))))
    change(book, cells_of(book))
    path = folder / "worked.xlsx"
    book.save(path)
    return path


def put(key: str, value: Any) -> Any:
    def change(_: Any, cells: Any) -> None:
        cells[key].value = value

    return change


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        (f"{D5}.to_date", 99, ["REPORT040"]),
        (f"{D5}.to_date", 30, ["REPORT041"]),
        (f"{D5}.to_date", None, ["REPORT041"]),
        (f"{D5}.standing", "Fine", ["REPORT040"]),
        (f"{D5}.share", 0.5, ["REPORT040"]),
        (f"{D5}.unit", "heads", ["REPORT042"]),
        (f"{D5}.actual", "30", ["REPORT036"]),
        (f"{D5}.actual", " 30 ", ["REPORT036"]),
        (f"{D5}.actual", "=15+15", ["REPORT031"]),
    ],
)
def test_a_cell_of_the_form_that_was_written_over_is_told(
    key: str, value: Any, found: list[str], tmp_path: Path
) -> None:
    assert codes(PILOT.check(worked_on(tmp_path, put(key, value)))) == found


def test_a_total_that_is_not_the_sum_is_told_with_what_the_sum_is(tmp_path: Path) -> None:
    path = worked_on(tmp_path, put("total.budget.period", 1), "R2")
    (finding,) = PILOT.check(path).findings
    assert finding.code == "REPORT040"
    assert finding.message.startswith(
        "All lines: 'This period' shows $1.00, where $52,000.00 follows from its figures."
    )
    assert finding.where.field.startswith("Money!")


def test_words_beside_the_form_are_told_and_not_repeated(tmp_path: Path) -> None:
    def change(book: Any, _: Any) -> None:
        book["Deliverables"]["T3"] = "our own notes on the matter"

    (finding,) = PILOT.check(worked_on(tmp_path, change)).findings
    assert (finding.code, finding.where.field) == ("REPORT044", "Deliverables!T3")
    assert "notes" not in str(finding)


def test_a_client_beside_the_form_is_found_there(tmp_path: Path) -> None:
    def change(book: Any, _: Any) -> None:
        book["Deliverables"]["T3"] = "SSN 123-45-6789"

    assert codes(PILOT.check(worked_on(tmp_path, change))) == ["REPORT001", "REPORT044"]


def test_a_client_in_a_note_on_a_cell_is_found_there(tmp_path: Path) -> None:
    def change(_: Any, cells: Any) -> None:
        cells[f"{D5}.actual"].comment = Comment("She is 123-45-6789", "someone")

    assert codes(PILOT.check(worked_on(tmp_path, change))) == ["REPORT001", "REPORT044"]


def test_a_number_in_the_name_of_a_sheet_or_a_key_is_not_shown(tmp_path: Path) -> None:
    def change(book: Any, cells: Any) -> None:
        cells[f"{D5}.actual"].value = -5
        cells["deliverable.D1.unit"].value = "SSN 219-09-9999"
        book["Deliverables"].title = "123-45-6789"

    check = PILOT.check(worked_on(tmp_path, change))
    assert {"REPORT001", "REPORT032"} <= set(codes(check))
    form = form_of("pilot", "R1", "2027-Q1")
    written = json.loads(filled_bytes(form, good_answers(form), "json"))
    written["values"]["123-45-6789"] = [1]
    written["values"]["outcome.123-45-6789"] = 3
    path = tmp_path / "odd.json"
    path.write_text(json.dumps(written), encoding="utf-8")
    other = PILOT.check(path)
    assert "REPORT044" in codes(other)
    for told in (check, other):
        shown = json.dumps(told.to_dict()) + "".join(map(str, told.findings))
        assert "123-45-6789" not in shown
        assert "219-09" not in shown


@pytest.mark.parametrize("name", ["good", "bad"])
def test_what_libreoffice_has_calculated_brings_no_other_findings(name: str, tmp_path: Path) -> None:
    path = FOLDER / name / "R1-2027-Q1.xlsx"
    assert codes(PILOT.check(saved_by_libreoffice(path, tmp_path))) == codes(PILOT.check(path))


def test_a_report_that_begins_from_earlier_ones_is_checked_like_any_other(tmp_path: Path) -> None:
    first, forms = earlier_of(tmp_path), contract("pilot")
    form = forms.form(*forms.wanted("2027-Q2", "R1")[0], prior=[first])
    for kind in KINDS:
        path = save_filled(tmp_path, form, good_answers(form), kind)
        check = PILOT.check(path, earlier=[first])
        assert (codes(check), check.figures[f"{D5}.to_date"]) == ([], 105)


def test_a_sheet_that_was_deleted_is_told(tmp_path: Path) -> None:
    def change(book: Any, _: Any) -> None:
        del book["Outcomes"]

    found = codes(PILOT.check(worked_on(tmp_path, change)))
    assert found
    assert set(found) <= {"REPORT043", "SHEET011"}


def test_a_row_that_was_deleted_from_a_csv_is_told(tmp_path: Path) -> None:
    form = form_of("pilot", "R1", "2027-Q1")
    lines = filled_bytes(form, good_answers(form), "csv").decode("utf-8-sig").splitlines(keepends=True)
    path = tmp_path / "less.csv"
    path.write_text("".join(line for line in lines if not line.startswith(f"{D5}.actual")), encoding="utf-8")
    (finding,) = PILOT.check(path).findings
    assert (finding.code, finding.severity) == ("REPORT043", Severity.ERROR)


def test_an_empty_report_is_told_part_by_part(tmp_path: Path) -> None:
    form = form_of("pilot", "R1", "2027-Q1")
    check = checked(tmp_path, form, {}, "xlsx")
    assert codes(check) == ["REPORT030"] * 6 + ["REPORT110"]
    assert len([item for item in check.findings if "Nothing is filled in" in item.message]) == 4


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=30),
    st.sampled_from(["#REF!", "1e999", "-0", "NaN", "Infinity", "45%", "(5)", "2027-02-30", "=1+1", "x" * 50_000]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
@pytest.mark.parametrize("report", ["R1", "R2"])
def test_whatever_stands_in_a_report_the_check_ends_with_findings(
    report: str, tmp_path: Path, data: st.DataObject
) -> None:
    form = form_of("pilot", report, "2027-Q1")
    written = json.loads(filled_bytes(form, good_answers(form), "json"))
    keys = data.draw(st.lists(st.sampled_from([*written["values"]]), max_size=12, unique=True))
    written["values"] |= {key: data.draw(ODD) for key in keys}
    names = data.draw(st.lists(st.sampled_from([*written["identity"]]), max_size=2))
    written["identity"] |= {name: data.draw(st.text(max_size=12)) for name in names}
    path = tmp_path / "odd.json"
    path.write_text(json.dumps(written), encoding="utf-8")
    check = PILOT.check(path, received_on=RECEIVED)
    json.dumps(check.to_dict())
    assert all(item.message and (item.remedy or item.severity is Severity.INFO) for item in check.findings)


# ------------------------------------------------------------------ what is plausible


@pytest.mark.parametrize(
    ("population", "reached", "found"),
    [(100, 36, []), (100, 60, ["REPORT090"]), (5, 3, []), (1000, 390, ["REPORT090"])],
)
def test_an_outcome_far_above_what_evidence_shows_is_doubted_with_its_source(
    population: int, reached: int, found: list[str], tmp_path: Path
) -> None:
    forms = generated("pilot", {"outcomes[0].measure": "credit_score_raised"})
    form = forms.form(*forms.wanted("2027", "R3")[0])
    outcome = "O1"
    values: dict[str, Value] = {
        **good_answers(form),
        f"outcome.{outcome}.population": population,
        f"outcome.{outcome}.measured": population,
        f"outcome.{outcome}.reached": reached,
    }
    check = ReportChecker(forms.spec, forms.catalog).check(save_filled(tmp_path, form, values, "json"))
    assert codes(check) == found
    for finding in check.findings:
        assert finding.severity is Severity.CONFIRM
        assert finding.citation is not None
        assert "five cities (2017)" in finding.citation.cite


def test_more_than_its_counselors_can_do_is_doubted(tmp_path: Path) -> None:
    forms = contract("coc-rapid-rehousing")
    form = forms.form(*forms.wanted("2027-Q1", "R1")[0])
    sessions = next(item.id for item in forms.spec.deliverables if item.measure == "sessions")
    values: dict[str, Value] = {**good_answers(form), f"deliverable.{sessions}.actual": 5_000}
    (finding,) = ReportChecker(forms.spec, forms.catalog).check(save_filled(tmp_path, form, values, "json")).findings
    assert (finding.code, finding.severity) == ("REPORT091", Severity.CONFIRM)
    assert "practice" in finding.message


# ------------------------------------------------------------------ as data


def test_the_check_as_data_has_figures_and_findings_and_no_words(tmp_path: Path) -> None:
    form = form_of("pilot", "R1", "2027-Q1")
    data = checked(tmp_path, form, good_answers(form), "csv", received_on=RECEIVED).to_dict()
    json.dumps(data)
    assert data["accepted"]
    assert (data["late_days"], data["received_on"], data["report"]["period"]) == (0, "2027-04-20", "2027-Q1")
    assert data["figures"][f"{D5}.to_date"] == 30
    assert data["figures"]["milestone.M1.reached_on"] == "2027-03-28"
    assert REASONS not in json.dumps(data)
    assert not any(form.by_key[key].kind == "text" for key in data["figures"])
    assert {item.role for item in form.fields if item.key in data["figures"]} == set(FieldRole)
