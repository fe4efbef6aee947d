"""`fe-contracts report check` shows what was found as a program officer reads it, and as JSON for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from tests.cli.small import CHECKOUT
from tests.performance.filling import form_of, save_filled
from tests.performance.honest import good_answers

from fe_contracts_cli.main import cli

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts.performance.forms.form import Value

PILOT = str(CHECKOUT / "examples" / "pilot.yaml")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["report", "check", PILOT, *arguments])


def report(folder: Path, changes: dict[str, Value] | None = None, name: str = "R1", kind: str = "json") -> str:
    form = form_of("pilot", name, "2027-Q1")
    return str(save_filled(folder, form, {**good_answers(form), **(changes or {})}, kind))


def test_a_report_in_order_is_shown_with_its_figures_and_exit_code_0(tmp_path: Path) -> None:
    done = run(report(tmp_path), "--received", "2027-04-28")
    assert done.exit_code == 0
    assert "R1 Quarterly program report, 2027-Q1" in done.output
    assert "due 2027-04-30, came 2027-04-28, in time" in done.output
    assert "D5 New Clients counseled                  30       30       30       30    100 %" in done.output
    assert done.output.rstrip().endswith("R1-2027-Q1.json: nothing found")


@pytest.mark.parametrize("name", ["R1", "R2"])
def test_no_line_of_the_tables_is_wider_than_80_columns(name: str, tmp_path: Path) -> None:
    done = run(report(tmp_path, name=name))
    tables = done.output.partition("nothing found")[0].splitlines()[:-1]
    assert len(tables) > 15
    assert max(map(len, tables)) <= 80


def test_what_was_found_follows_gravest_first_with_exit_code_1(tmp_path: Path) -> None:
    changes: dict[str, Value] = {
        "deliverable.D5.actual": 3,
        "deliverable.D5.explanation": "n/a",
        "outcome.O1.reached": 9,
    }
    done = run(report(tmp_path, changes), "--received", "2027-05-04")
    assert done.exit_code == 1
    assert "4 days late" in done.output
    assert done.output.index("REPORT060") < done.output.index("REPORT020") < done.output.index("REPORT054")
    assert "not to be accepted as it is: 1 error, 2 warnings" in done.output


def test_json_holds_the_same(tmp_path: Path) -> None:
    done = run(report(tmp_path, {"outcome.O1.reached": 9}), "--format", "json")
    data = json.loads(done.output)
    assert (done.exit_code, data["exit_code"]) == (1, 1)
    (file,) = data["files"]
    assert [item["code"] for item in file["findings"]] == ["REPORT060"]
    assert (file["accepted"], file["report"]["requirement"]) == (False, "R1")
    assert file["figures"]["outcome.O1.reached"] == 9


def test_a_file_that_is_no_report_gives_exit_code_2_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("a,b\n", encoding="utf-8")
    done = run(str(tmp_path / "list.csv"), report(tmp_path))
    assert done.exit_code == 2
    assert "SHEET007" in done.output
    assert "list.csv: not read: 1 error" in done.output
    assert "2 files, 1 without errors: 1 error" in done.output


def test_earlier_reports_are_held_against_it(tmp_path: Path) -> None:
    first = report(tmp_path, {"deliverable.D5.actual": 29})
    form = form_of("pilot", "R1", "2027-Q2")
    second = str(save_filled(tmp_path, form, good_answers(form), "csv"))
    assert run(second).exit_code == 0
    done = run(second, "--earlier", first)
    assert done.exit_code == 1
    assert "REPORT050" in done.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--received", "soon"], "no day such as"),
        (["--report", "R1", "--period", "2031-Q1"], "it has 2027-Q1"),
        (["{again}", "--report", "R1"], "give one file"),
        (["--earlier", "missing.xlsx"], "missing.xlsx"),
    ],
)
def test_what_cannot_be_done_is_said_with_exit_code_2(arguments: list[str], said: str, tmp_path: Path) -> None:
    path = report(tmp_path)
    done = run(path, *(item.replace("{again}", path) for item in arguments))
    assert done.exit_code == 2
    assert said in done.output


def test_what_points_to_a_person_is_shown_in_neither_form(tmp_path: Path) -> None:
    path = report(tmp_path, {"narrative.2": "Client Maria Lopez, SSN 123-45-6789, needs more time with her bank."})
    for form in ("text", "json"):
        done = run(path, "--format", form)
        assert done.exit_code == 1
        assert "REPORT001" in done.output
        assert "Lopez" not in done.output
        assert "123-45" not in done.output
