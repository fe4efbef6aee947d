"""`fe-contracts report template` makes what an agency fills in, and says what it made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from tests.cli.small import CHECKOUT

from fe_contracts import read_report
from fe_contracts_cli import report
from fe_contracts_cli.main import cli

if TYPE_CHECKING:
    from pathlib import Path

PILOT = str(CHECKOUT / "examples" / "pilot.yaml")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["report", *arguments])


def test_the_group_lists_its_commands_as_they_describe_themselves() -> None:
    for name, help_ in report.COMMANDS.items():
        command = report.command.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        assert command.name == name
        assert command.short_help == help_
    assert run("unknown").exit_code == 2


def test_one_report_goes_into_the_file_that_is_named(tmp_path: Path) -> None:
    out = tmp_path / "q1.xlsx"
    done = run("template", PILOT, "--period", "2027-Q1", "--report", "R1", "-o", str(out))
    assert done.exit_code == 0
    assert f"Made {out}: Quarterly program report, 2027-Q1, due 2027-04-30" in done.stderr
    assert read_report(out).identity["requirement"] == "R1"


def test_every_report_for_the_period_goes_into_a_folder(tmp_path: Path) -> None:
    done = run("template", PILOT, "--period", "2027-Q1", "--format", "json", "-o", str(tmp_path / "new"))
    assert done.exit_code == 0
    found = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert found == ["FE-2027-014-R1-2027-Q1.json", "FE-2027-014-R2-2027-Q1.json"]


def test_several_reports_need_a_folder(tmp_path: Path) -> None:
    done = run("template", PILOT, "--period", "2027-Q1", "-o", str(tmp_path / "a.xlsx"))
    assert done.exit_code == 2
    assert "Name one with --report, or a folder with -o." in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--period", "2031-Q1", "-o", "x.xlsx"], "it has 2027-Q1"),
        (["--period", "2027-Q1", "--report", "R7", "-o", "x.xlsx"], "asks for no report 'R7'"),
        (["--period", "2027-Q1", "--report", "R1", "-o", "x.doc"], "end it in .xlsx, .csv or .json"),
        (["--period", "2027-Q1", "--report", "R1", "-o", PILOT], "one of the files that are read"),
        (["--period", "2027-Q2", "--report", "R1", "--prior", PILOT, "-o", "x.xlsx"], "not read from a .yaml file"),
    ],
)
def test_what_cannot_be_done_is_said_with_exit_code_2(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("template", PILOT, *arguments)
    assert list(tmp_path.iterdir()) == []
    assert done.exit_code == 2
    assert said in done.stderr


def test_an_existing_file_is_kept_unless_force_is_given(tmp_path: Path) -> None:
    out = tmp_path / "q1.csv"
    out.write_text("mine", encoding="utf-8")
    arguments = ["template", PILOT, "--period", "2027-Q1", "--report", "R1", "-o", str(out)]
    assert run(*arguments).exit_code == 2
    assert out.read_text(encoding="utf-8") == "mine"
    assert run(*arguments, "--force").exit_code == 0
    assert "report.contract" in out.read_text(encoding="utf-8-sig")


def test_an_earlier_report_that_cannot_be_used_is_a_finding_and_the_report_is_made_all_the_same(tmp_path: Path) -> None:
    first, third = tmp_path / "q1.json", tmp_path / "q3.json"
    common = ["template", PILOT, "--report", "R1"]
    assert run(*common, "--period", "2027-Q1", "-o", str(first)).exit_code == 0
    done = run(*common, "--period", "2027-Q3", "--prior", str(first), "-o", str(third))
    assert done.exit_code == 1
    assert "SHEET030" in done.stderr
    assert third.is_file()
