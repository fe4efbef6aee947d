from __future__ import annotations

import datetime as dt
import json
import shutil
from typing import TYPE_CHECKING

import pytest
from tests.cli.small import run

if TYPE_CHECKING:
    from pathlib import Path


def test_the_list_names_each_clause_with_the_version_of_the_day(library: Path) -> None:
    done = run("catalog", "list", "--on", "2027-12-31", "--catalog", library)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "Small Library 0.1.0, as of 2027-12-31"
    assert "FE  Services" in lines
    assert "  FE-04    1.0.0   Counseling  (guarded, 2 versions)" in lines
    assert any(line.startswith("  FE-07    none    Savings  (guarded, 1 draft, it has only drafts") for line in lines)
    later = run("catalog", "list", "--on", "2028-01-01", "--catalog", library).stdout
    assert "  FE-04    2.0.0   Counseling" in later


def test_without_a_day_the_list_is_of_today(library: Path) -> None:
    told = json.loads(run("catalog", "list", "--catalog", library, "--format", "json").stdout)
    assert told["on"] == dt.date.today().isoformat()  # noqa: DTZ011 - the day of the user's calendar


def test_a_day_that_is_none_is_refused(library: Path) -> None:
    assert run("catalog", "list", "--on", "2027-02-30", "--catalog", library).exit_code == 2


def test_the_list_as_json_tells_the_same(library: Path) -> None:
    text = run("catalog", "list", "--on", "2027-01-01", "--catalog", library).stdout
    told = json.loads(run("catalog", "list", "--on", "2027-01-01", "--catalog", library, "--format", "json").stdout)
    assert [item["clause"] for item in told["clauses"]] == ["FORM-01", "FE-04", "FE-05", "FE-06", "FE-07"]
    for item in told["clauses"]:
        assert item["title"] in text


def test_a_clause_is_shown_in_full(library: Path) -> None:
    done = run("catalog", "show", "FE-04", "--on", "2027-01-01", "--wording", "--catalog", library)
    assert done.exit_code == 0
    for text in (
        "FE-04 1.0.0  Counseling",
        "in force from 2026-01-01 until 2027-12-31",
        "What counseling means here.",
        "mandatory, always",
        "minutes (minutes)",
        "int; default 45; at least 15; at most 120",
        "24 CFR 578.53 [V] (read 2025-01-27): Supportive services.",
        "2.0.0  in force from 2028-01-01. Clearer.",
        "Each Session lasts {{ minutes }} minutes.",
    ):
        assert text in done.stdout, text


def test_what_must_be_confirmed_is_shown_with_its_parameter(library: Path) -> None:
    shown = run("catalog", "show", "FE-05", "--on", "2027-01-01", "--catalog", library).stdout
    assert "To confirm before signing, with the funder. It rests on: common use [M]" in shown


def test_a_draft_is_shown_by_its_number(library: Path) -> None:
    done = run("catalog", "show", "FE-07", "--version", "1.0.0", "--on", "2027-01-01", "--catalog", library)
    assert "draft, to take effect 2026-01-01" in done.stdout
    assert "In force on 2027-01-01: none" in done.stdout
    done = run("catalog", "show", "FE-07", "--on", "2027-01-01", "--catalog", library)
    assert done.exit_code == 2
    assert "only drafts" in done.stderr


@pytest.mark.parametrize("clause", ["FE-04", "FE-06", "FE-07"])
def test_why_says_in_or_out_and_the_json_the_same(spec_file: Path, library: Path, clause: str) -> None:
    text = run("catalog", "why", clause, spec_file, "--catalog", library)
    told = json.loads(run("catalog", "why", clause, spec_file, "--catalog", library, "--format", "json").stdout)
    assert text.exit_code == 0
    assert (f"{clause} is in SM-2027-001" in text.stdout) is told["included"]
    assert (f"{clause} is out of SM-2027-001" in text.stdout) is not told["included"]
    for reason in told["reasons"]:
        for because in reason["because"]:
            assert because in text.stdout
        assert reason["day"] in text.stdout


def test_why_says_which_day_chose_the_version(spec_file: Path, library: Path) -> None:
    shown = run("catalog", "why", "FE-04", spec_file, "--catalog", library).stdout
    assert "Versions compared with: 2027-01-01, the effective date" in shown
    assert "In force: from 2026-01-01 until 2027-12-31" in shown


def test_lint_tells_loose_ends_and_exits_1(library: Path) -> None:
    done = run("catalog", "lint", "--catalog", library)
    assert done.exit_code == 1
    assert "FE-07 has no place in any contract type." in done.stdout
    told = json.loads(run("catalog", "lint", "--catalog", library, "--format", "json").stdout)
    assert told["exit_code"] == 1
    for finding in told["findings"]:
        assert finding["message"] in done.stdout


def test_publish_enters_drafts_once_and_a_later_edit_is_caught(library: Path, tmp_path: Path) -> None:
    own = shutil.copytree(library, tmp_path / "own")
    done = run("catalog", "publish", "--catalog", own)
    assert done.exit_code == 0
    assert "  clauses/FE-07/1.0.0" in done.stdout
    told = json.loads(run("catalog", "publish", "--catalog", own, "--format", "json").stdout)
    assert told["added"] == []
    assert "nothing new" in run("catalog", "publish", "--catalog", own).stdout
    version = own / "clauses/FE/FE-07/1.0.0.md"
    version.write_text(version.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    done = run("catalog", "list", "--catalog", own)
    assert done.exit_code == 2
    assert "was changed after it was published" in done.stderr
