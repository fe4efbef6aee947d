"""The reports of `examples/reports/` are what the tests make, and the check says of them what the pages say."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from tests.performance.examples import EXAMPLES, FOLDER, made
from tests.performance.filling import contract

from fe_contracts.performance.reading.report import read_report
from fe_contracts.pipeline.reporting_check import check_reports

if TYPE_CHECKING:
    from pathlib import Path

FORMS = contract("pilot")
AGAIN = "Run: python -m tests.performance.examples"


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_says_what_is_made_here(name: str, tmp_path: Path) -> None:
    path = FOLDER / name
    anew = tmp_path / path.name
    anew.write_bytes(made(name))
    here, there = read_report(path), read_report(anew)
    assert dict(here.identity) == dict(there.identity), AGAIN
    assert {key: cell.text for key, cell in here.values.items()} == {
        key: cell.text for key, cell in there.values.items()
    }, AGAIN


def test_there_are_no_other_files() -> None:
    files = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}
    assert files == set(EXAMPLES)


def test_the_good_quarter_is_in_order() -> None:
    paths = [FOLDER / name for name in EXAMPLES if name.startswith("good/")]
    checks = check_reports(FORMS.spec, paths, received_on=dt.date(2027, 4, 23), catalog=FORMS.catalog)
    assert [[item.code for item in check.findings] for check in checks] == [[], []]
    assert all(check.accepted for check in checks)


def test_the_bad_quarter_has_its_findings() -> None:
    (check,) = check_reports(
        FORMS.spec, [FOLDER / "bad/R1-2027-Q1.xlsx"], received_on=dt.date(2027, 5, 6), catalog=FORMS.catalog
    )
    assert sorted({item.code for item in check.findings}) == [
        "REPORT001", "REPORT006", "REPORT020", "REPORT031", "REPORT033", "REPORT040", "REPORT051", "REPORT054",
        "REPORT060", "REPORT061", "REPORT081", "REPORT084", "REPORT110",
    ]  # fmt: skip
