"""Several reports of one contract are checked together: each against the earlier ones, and a bad file stops none."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.performance.filling import contract, form_of, save_filled
from tests.performance.honest import good_answers

from fe_contracts import check_report, check_reports
from fe_contracts.exceptions import NotAReportError, SourceError, UnknownPeriodError, UnsafeFileError

if TYPE_CHECKING:
    from fe_contracts.performance.forms.form import Value

FORMS = contract("pilot")


def report(folder: Path, period: str, kind: str = "xlsx", changes: dict[str, Value] | None = None) -> Path:
    form = form_of("pilot", "R1", period)
    return save_filled(folder, form, {**good_answers(form), **(changes or {})}, kind)


def test_files_of_a_term_are_held_against_each_other(tmp_path: Path) -> None:
    paths = [report(tmp_path, f"2027-Q{number}", kind) for number, kind in ((3, "csv"), (1, "xlsx"), (2, "json"))]
    checks = check_reports(FORMS.spec, paths, catalog=FORMS.catalog)
    assert [check.name for check in checks] == [str(path) for path in paths]
    assert [len(check.findings) for check in checks] == [0, 0, 0]
    paths[1] = report(tmp_path, "2027-Q1", changes={"deliverable.D5.actual": 29})
    later, first, second = check_reports(FORMS.spec, paths, catalog=FORMS.catalog)
    assert [[item.code for item in check.findings] for check in (first, second, later)] == [
        [],
        ["REPORT050"],
        ["REPORT050"],
    ]


def test_a_bad_file_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    good = report(tmp_path, "2027-Q1", "json")
    (tmp_path / "list.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 no zip")
    bad = [tmp_path / name for name in ("list.csv", "old.xls", "broken.xlsx", "missing.xlsx")]
    checks = check_reports(FORMS.spec, [*bad, good], catalog=FORMS.catalog)
    assert [check.readable for check in checks] == [False, False, False, False, True]
    assert all(len(check.findings.errors) >= 1 and not check.accepted for check in checks[:4])
    assert checks[4].accepted
    for check in checks[:4]:
        assert check.to_dict()["report"] is None


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("list.csv", b"a,b\n1,2\n", NotAReportError),
        ("broken.xlsx", b"PK\x03\x04", UnsafeFileError),
        ("missing.csv", None, SourceError),
    ],
)
def test_one_file_that_cannot_be_read_is_refused_by_name(
    name: str, content: bytes | None, error: type[Exception], tmp_path: Path
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(error, match=name):
        check_report(FORMS.spec, path, catalog=FORMS.catalog)


def test_a_report_may_be_checked_by_the_path_of_its_spec_with_earlier_files(tmp_path: Path) -> None:
    spec = Path(__file__).resolve().parents[2] / "examples" / "pilot.yaml"
    first, second = report(tmp_path, "2027-Q1", "csv"), report(tmp_path, "2027-Q2")
    check = check_report(spec, second, earlier=[first], received_on=dt.date(2027, 7, 30))
    assert (len(check.findings), check.late_days, check.accepted) == (0, 0, True)
    assert check.findings.as_of == dt.date(2027, 7, 30)


def test_a_period_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    path = report(tmp_path, "2027-Q1", "json")
    with pytest.raises(UnknownPeriodError, match="it has 2027-Q1"):
        check_report(FORMS.spec, path, report="R1", period="2031-Q1", catalog=FORMS.catalog)


def test_a_report_of_another_contract_is_not_held_against_this_one(tmp_path: Path) -> None:
    other = contract("south-bend")
    check = check_report(other.spec, report(tmp_path, "2027-Q1"), catalog=other.catalog)
    assert [item.code for item in check.findings] == ["REPORT010"]
    assert (check.form, check.accepted, dict(check.figures)) == (None, False, {})
