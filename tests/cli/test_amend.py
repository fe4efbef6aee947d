"""From two specs to the amendment on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.small import run

AURORA = Path(__file__).resolve().parents[2] / "examples" / "aurora"
OVERLAY = AURORA.parent / "exampleton"


def amend(*more: object, old: str = "base", new: str = "amended") -> Any:
    return run("amend", AURORA / f"{old}.yaml", AURORA / f"{new}.yaml", "--catalog", OVERLAY, *more)


def test_an_amendment_is_made_and_every_sentence_told(tmp_path: Path) -> None:
    out = tmp_path / "amendment.docx"
    done = amend("-o", out)
    assert done.exit_code == 0, done.output
    assert out.read_bytes()[:2] == b"PK"
    assert f"Made {out}" in done.stdout
    assert "  Amendment No. 1 to contract FEC-2026-07, Aurora Financial Empowerment Center" in done.stdout
    assert "  8 changes of the contract" in done.stdout
    assert "2.1(b) Section 6.1(a) (Maximum amount and sources of money): the amount" in done.stdout
    assert "AMEND040" in done.stdout


def test_the_json_tells_the_same(tmp_path: Path) -> None:
    told = json.loads(amend("-o", tmp_path / "a.docx", "--format", "json").stdout)
    assert told["number"] == 1
    assert told["file"] == str(tmp_path / "a.docx")
    assert len(told["instructions"]) == 8
    assert any("1.2(b) This Amendment raises" in sentence for sentence in told["sentences"])
    assert [item["code"] for item in told["findings"]] == ["AMEND040"]


def test_number_day_and_reason_on_the_command_line_go_first(tmp_path: Path) -> None:
    done = amend("-o", tmp_path / "a.docx", "--number", 3, "--date", "2027-02-01", "--reason", "Because we say so")
    assert done.exit_code == 0
    assert "Amendment No. 3" in done.stdout
    assert "The reason for this Amendment is this: Because we say so." in done.stdout
    assert "it applies from February 1, 2027." in done.stdout
    assert "AMEND035" in done.stdout


def test_a_file_that_stands_there_is_kept(tmp_path: Path) -> None:
    out = tmp_path / "a.docx"
    out.write_text("mine", encoding="utf-8")
    assert amend("-o", out).exit_code == 2
    assert out.read_text(encoding="utf-8") == "mine"
    assert amend("-o", out, "--force").exit_code == 0


def test_a_name_that_word_would_not_know_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    done = amend("-o", tmp_path / "a.pdf", "--pdf")
    assert done.exit_code == 2
    assert "does not end in .docx. Give -o a.docx." in " ".join(done.stderr.split())
    assert not list(tmp_path.iterdir())


def test_facts_to_confirm_are_listed_once_behind_the_sentences(tmp_path: Path) -> None:
    old, new = AURORA.parent / "pilot-to-sign.yaml", tmp_path / "new.yaml"
    text = old.read_text(encoding="utf-8")
    new.write_text(
        text[: text.index("# Every fact that rests")].replace("caseload_cap: 65", "caseload_cap: 60"), encoding="utf-8"
    )
    line = ("amend", old, new, "--catalog", OVERLAY, "--date", "2027-06-01", "--reason", "Fewer Clients.")
    done = run(*line, "-o", tmp_path / "a.docx")
    assert done.exit_code == 0, done.output
    assert "  1 change of the contract\n" in done.stdout
    assert "CONFIRM" not in done.stdout
    assert done.stdout.count("FE-05.success_delta_points") == 1
    assert "5 to confirm before signing, listed on its first page:" in done.stdout
    assert "  FE-05.success_delta_points (section 3.3 of the Agreement): ask the funder\n" in done.stdout
    told = json.loads(run(*line, "-o", tmp_path / "b.docx", "--format", "json").stdout)
    assert {item["section"] for item in told["to_confirm"]} == {"3.3", "3.5", "5.2", "7.3"}
    assert {item["stands_in"] for item in told["to_confirm"]} == {"agreement"}


def test_a_pdf_that_stands_there_keeps_everything_from_being_made(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("mine", encoding="utf-8")
    assert amend("-o", tmp_path / "a.docx", "--pdf").exit_code == 2
    assert not (tmp_path / "a.docx").exists()


def test_nothing_to_amend_is_refused_with_a_remedy(tmp_path: Path) -> None:
    done = amend("-o", tmp_path / "a.docx", new="base")
    assert done.exit_code == 1
    assert "AMEND010" in done.stderr
    assert "Name the spec in force first" in done.stderr
    assert not (tmp_path / "a.docx").exists()


@pytest.mark.parametrize("old", ["nowhere"])
def test_a_spec_that_is_not_there_is_named(tmp_path: Path, old: str) -> None:
    done = amend("-o", tmp_path / "a.docx", old=old)
    assert done.exit_code == 2
    assert "nowhere.yaml" in done.stderr


def test_a_draft_is_told(tmp_path: Path) -> None:
    out = tmp_path / "a.docx"
    done = run("amend", AURORA / "base.yaml", AURORA / "amended.yaml", "-o", out)
    assert done.exit_code == 0
    assert "Marked DRAFT:" in done.stdout
