from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from tests.cli.small import run

if TYPE_CHECKING:
    import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
BALANCED = EXAMPLES / "initiative" / "in-balance.yaml"
AHEAD = EXAMPLES / "initiative" / "process-ahead.yaml"


def test_an_initiative_in_balance_is_clean() -> None:
    done = run("readiness", BALANCED)
    assert done.exit_code == 0, done.output
    assert "PROCESS AND IMPLEMENTATION ARE IN BALANCE" in done.stdout
    assert "as of 2027-05-15" in done.stdout


def test_an_imbalance_is_found_with_what_to_do_next() -> None:
    done = run("readiness", AHEAD)
    assert done.exit_code == 1
    assert " 1. Take the next step of the implementation: First 12 front-line staff trained," in done.stdout
    assert "READY010 warning" in done.stdout


def test_json_tells_the_same_as_the_text() -> None:
    told = json.loads(run("readiness", AHEAD, "--format", "json").stdout)
    text = " ".join(run("readiness", AHEAD).stdout.split())
    assert told["exit_code"] == 1
    for finding in told["findings"]:
        assert finding["message"] in text
        assert finding["remedy"] in text
    for step in told["next_steps"]:
        assert step["what"] in text


def test_a_page_is_written_once_and_over_only_when_told(tmp_path: Path) -> None:
    out = tmp_path / "readiness.html"
    done = run("readiness", AHEAD, "--format", "html", "-o", out)
    assert (done.exit_code, f"Made {out}" in done.stderr) == (1, True)
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert run("readiness", AHEAD, "--format", "html", "-o", out).exit_code == 2
    assert run("readiness", AHEAD, "--format", "html", "-o", out, "--force").exit_code == 1
    assert run("readiness", AHEAD, "--format", "html").stdout == out.read_text(encoding="utf-8")


def test_the_file_itself_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_bytes(AHEAD.read_bytes())
    assert run("readiness", path, "-o", path, "--force").exit_code == 2
    assert path.read_bytes() == AHEAD.read_bytes()


def test_the_day_comes_from_the_option_then_the_file_then_the_wall(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FE_CONTRACTS_TODAY", "2026-03-20")
    assert "as of 2026-12-15" in run("readiness", AHEAD).stdout
    assert "as of 2026-04-01" in run("readiness", AHEAD, "--as-of", "2026-04-01").stdout
    path = tmp_path / "one.yaml"
    text = AHEAD.read_text(encoding="utf-8").replace("as_of: 2026-12-15\n", "")
    path.write_text(text.replace("../rider.yaml", str(EXAMPLES / "rider.yaml")), encoding="utf-8")
    done = run("readiness", path)
    assert "as of 2026-03-20" in done.stdout
    assert "SH-2025-108-R1" in done.stdout


def test_a_day_that_is_none_and_a_file_that_is_none_could_not_run(tmp_path: Path) -> None:
    assert run("readiness", AHEAD, "--as-of", "soon").exit_code == 2
    done = run("readiness", tmp_path / "missing.yaml", "--format", "json")
    assert done.exit_code == 2
    assert json.loads(done.stdout)["error"]["findings"][0]["code"] == "SOURCE010"
    broken = tmp_path / "one.yaml"
    broken.write_text("name: One\n", encoding="utf-8")
    assert run("readiness", broken).exit_code == 2


def test_a_citys_own_library_shows_its_own_clauses() -> None:
    done = run("readiness", BALANCED, "--catalog", EXAMPLES / "exampleton")
    assert "FE-01 to FE-14" in done.stdout
