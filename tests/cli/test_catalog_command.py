from __future__ import annotations

import datetime as dt
import json
import os
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
    assert told["on"] == os.environ["FE_CONTRACTS_TODAY"]


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


@pytest.fixture
def own(library: Path, tmp_path: Path) -> Path:
    """Return a copy of the small library whose families ask for approvals, everything published."""
    folder = shutil.copytree(library, tmp_path / "own")
    text = (folder / "library.yaml").read_text(encoding="utf-8")
    for title in ("Formation", "Services"):
        text = text.replace(f"title: {title}}}", f"title: {title}, approved_by: [legal]}}")
    (folder / "library.yaml").write_text(text, encoding="utf-8")
    assert run("catalog", "publish", "--catalog", folder).exit_code == 0
    return folder


APPROVAL = ("--role", "legal", "--by", "A. Example", "--on", "2026-11-01", "--record", "Memo 2026-118")


def test_a_clause_goes_from_a_draft_to_an_approved_version(own: Path) -> None:
    begun = run("catalog", "new", "FE-05", "--effective", "2030-01-01", "--bump", "major", "--catalog", own)
    assert begun.exit_code == 0
    assert "FE-05@2.0.0 is a draft. Next:" in begun.stdout
    file = own / "clauses/FE/FE-05/2.0.0.md"
    text = file.read_text(encoding="utf-8").replace("A rise of", "Only a rise of")
    file.write_text(text, encoding="utf-8")
    shown = run("catalog", "diff", "FE-05", "--catalog", own)
    assert shown.exit_code == 0
    assert "Draft. TODO: say why" in shown.stdout
    assert "1 change; least step in the number: major" in shown.stdout
    refused = run("catalog", "publish", "--as-of", "2026-11-01", "--catalog", own)
    assert refused.exit_code == 2
    assert "PUBLISH020" in refused.stderr
    file.write_text(text.replace("TODO: say why this version exists.", "Falls count no longer."), encoding="utf-8")
    tried = run("catalog", "publish", "--as-of", "2026-11-01", "--dry-run", "--catalog", own)
    assert "  clauses/FE-05/2.0.0  major step from 1.0.0 (least: major)" in tried.stdout
    assert "1 entry would be published" in tried.stdout
    assert "1 entry published" in run("catalog", "publish", "--as-of", "2026-11-01", "--catalog", own).stdout
    done = run("catalog", "approve", "FE-05@2.0.0", *APPROVAL, "--catalog", own)
    assert done.exit_code == 0
    assert "  FE-05@2.0.0  approved by legal" in done.stdout
    assert "1 entry recorded in 1 file" in done.stdout
    again = run("catalog", "approve", "FE-05@2.0.0", *APPROVAL, "--catalog", own)
    assert "Recorded before: FE-05@2.0.0" in again.stdout
    gone = run("catalog", "approve", "FE-05@2.0.0", *APPROVAL, "--withdraw", "--catalog", own)
    assert "Still to decide, legal: FE-05@2.0.0" in gone.stdout


def test_a_number_that_says_too_little_is_refused_with_what_demands_more(own: Path) -> None:
    run("catalog", "new", "FE-05", "--effective", "2030-01-01", "--reason", "Falls.", "--catalog", own)
    file = own / "clauses/FE/FE-05/1.1.0.md"
    file.write_text(file.read_text(encoding="utf-8").replace("A rise of", "Only a rise of"), encoding="utf-8")
    done = run("catalog", "publish", "--as-of", "2026-11-01", "--catalog", own)
    assert done.exit_code == 2
    assert "FE-05@1.1.0 is a minor step from 1.0.0, and its changes demand a major one." in done.stderr
    assert "Name the file 2.0.0.md" in done.stderr
    told = json.loads(run("catalog", "publish", "--as-of", "2026-11-01", "--catalog", own, "--format", "json").stdout)
    assert told["error"]["kind"] == "GovernanceError"
    assert [finding["code"] for finding in told["error"]["findings"]] == ["PUBLISH010"]


def test_a_new_clause_is_begun_and_nothing_is_overwritten(own: Path) -> None:
    done = run("catalog", "new", "FE-14", "--title", "More", "--from", "FE-04", "--catalog", own)
    assert done.exit_code == 0
    assert "clauses/FE/FE-14/1.0.0.md" in done.stdout
    told = json.loads(
        run("catalog", "show", "FE-14", "--version", "1.0.0", "--catalog", own, "--format", "json").stdout
    )
    assert (told["title"], told["in_force_from"]) == ("More", os.environ["FE_CONTRACTS_TODAY"])
    again = run("catalog", "new", "FE-14", "--from", "FE-04", "--catalog", own)
    assert again.exit_code == 2
    assert "holds FE-14 already" in again.stderr


def test_a_diff_shows_the_same_as_its_json(library: Path) -> None:
    text = run("catalog", "diff", "FE-04@1.0.0", "FE-04@2.0.0", "--catalog", library).stdout
    told = json.loads(run("catalog", "diff", "FE-04", "--catalog", library, "--format", "json").stdout)
    assert told["least_bump"] == "major"
    assert text.splitlines()[0] == "FE-04@1.0.0 to FE-04@2.0.0  Counseling"
    for change in told["changes"]:
        for part in (change["place"], change["old"], change["new"]):
            assert not part or part in text


def test_libraries_are_compared_by_their_folders(library: Path, own: Path) -> None:
    shown = run("catalog", "diff", library, own)
    assert "Both hold the same." in shown.stdout
    run("catalog", "new", "FE-14", "--catalog", own)
    shown = run("catalog", "diff", library, own)
    assert "Added\n  clauses/FE-14/1.0.0" in shown.stdout
    told = json.loads(run("catalog", "diff", library, own, "--format", "json").stdout)
    assert told["added"] == ["clauses/FE-14/1.0.0"]
    assert run("catalog", "diff", library).exit_code == 2
    assert run("catalog", "diff", library, "FE-04").exit_code == 2


def test_a_contract_of_versions_that_nobody_approved_is_a_draft_until_all_are(
    spec_file: Path, own: Path, tmp_path: Path
) -> None:
    done = run("validate", spec_file, "--catalog", own)
    assert done.exit_code == 1
    assert done.stdout.count("APPROVAL010") == 1
    assert "3 of 3 clause versions are not approved" in done.stdout
    made = run("assemble", spec_file, "-o", tmp_path / "one.docx", "--catalog", own)
    assert "Marked DRAFT:\n  3 of 3 clause versions are not approved" in made.stdout
    inspected = json.loads(run("inspect", tmp_path / "one.docx", "--format", "json").stdout)
    assert "not approved" in json.dumps(inspected)
    approved = run("catalog", "approve", "--all", *APPROVAL, "--catalog", own)
    assert "6 entries recorded in 5 files" in approved.stdout
    assert "APPROVAL010" not in run("validate", spec_file, "--catalog", own).stdout
    made = run("assemble", spec_file, "-o", tmp_path / "two.docx", "--catalog", own)
    assert "DRAFT" not in made.stdout


def test_an_approval_by_an_unknown_role_is_refused_as_json_too(own: Path) -> None:
    unknown = ("--role", "mayor", *APPROVAL[2:])
    told = json.loads(run("catalog", "approve", "FE-04", *unknown, "--catalog", own, "--format", "json").stdout)
    assert told["exit_code"] == 2
    assert [finding["code"] for finding in told["error"]["findings"]] == ["APPROVAL030"]
    done = json.loads(run("catalog", "approve", "FE-04", *APPROVAL, "--catalog", own, "--format", "json").stdout)
    assert done["recorded"] == ["FE-04@2.0.0"]


def test_nobody_has_decided_tomorrow(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for day, code in (("2026-10-31", 2), ("2026-11-01", 0)):
        monkeypatch.setenv("FE_CONTRACTS_TODAY", day)
        done = run("catalog", "approve", "FE-05@1.0.0", *APPROVAL, "--catalog", own)
        assert done.exit_code == code, done.output
    monkeypatch.setenv("FE_CONTRACTS_TODAY", "soon")
    assert "is 'soon', and no day" in run("catalog", "list", "--catalog", own).stderr
    monkeypatch.delenv("FE_CONTRACTS_TODAY")
    assert f"as of {dt.date.today()}" in run("catalog", "list", "--catalog", own).stdout  # noqa: DTZ011
