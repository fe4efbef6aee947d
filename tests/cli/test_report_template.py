"""`fe-contracts report template` writes no file that could not be read again, and uses what it is given or says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.cli.small import CHECKOUT, run

if TYPE_CHECKING:
    from pathlib import Path

PILOT = CHECKOUT / "examples" / "pilot.yaml"
COMMON = ("report", "template", PILOT, "--report", "R1")


def test_a_name_without_an_ending_is_a_folder_for_one_report_too(tmp_path: Path) -> None:
    done = run(*COMMON, "--period", "2027-Q2", "-o", tmp_path / "received")
    assert done.exit_code == 0, done.output
    assert [path.name for path in (tmp_path / "received").iterdir()] == ["FE-2027-014-R1-2027-Q2.xlsx"]


@pytest.mark.parametrize("kind", ["xlsx", "csv", "json"])
def test_the_ending_of_the_name_says_the_format_and_the_option_must_not_say_another(kind: str, tmp_path: Path) -> None:
    for ending in ("xlsx", "csv", "json"):
        out = tmp_path / f"{kind}.{ending}"
        done = run(*COMMON, "--period", "2027-Q1", "--format", kind, "-o", out)
        assert out.exists() is (ending == kind)
        assert done.exit_code == (0 if ending == kind else 2)
        assert (f"but --format says {kind}" in done.stderr) is (ending != kind)


def test_an_earlier_report_of_another_kind_is_named_and_the_report_is_made(tmp_path: Path) -> None:
    money, out = tmp_path / "money.json", tmp_path / "q2.json"
    made = run("report", "template", PILOT, "--report", "R2", "--period", "2027-Q1", "-o", money)
    assert made.exit_code == 0, made.output
    done = run(*COMMON, "--period", "2027-Q2", "--prior", money, "-o", out)
    assert done.exit_code == 1
    assert "SHEET032" in done.stderr
    assert "This is report 'R2', which is not made here" in done.stderr
    assert out.is_file()


def test_an_earlier_report_that_was_never_filled_in_is_one_finding_and_not_one_for_each_field(tmp_path: Path) -> None:
    first, second = tmp_path / "q1.xlsx", tmp_path / "q2.xlsx"
    assert run(*COMMON, "--period", "2027-Q1", "-o", first).exit_code == 0
    done = run(*COMMON, "--period", "2027-Q2", "--prior", first, "-o", second)
    assert done.exit_code == 1
    assert done.stderr.count("SHEET031") == 1
    assert "in 8 fields, such as deliverable.D1.before" in " ".join(done.stderr.split())
