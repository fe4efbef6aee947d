from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cli.small import CONFIRMED, SPEC, run

if TYPE_CHECKING:
    from pathlib import Path


def test_a_clean_spec_exits_0(tmp_path: Path, library: Path) -> None:
    path = tmp_path / "clean.yaml"
    path.write_text(SPEC + CONFIRMED, encoding="utf-8")
    done = run("validate", path, "--catalog", library)
    assert (done.exit_code, done.stdout) == (0, f"{path}: nothing found\n")


def test_what_stands_to_be_confirmed_exits_1_with_place_remedy_and_summary(spec_file: Path, library: Path) -> None:
    done = run("validate", spec_file, "--catalog", library)
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert lines[0].startswith(f"confirm  CONFIRM010  {spec_file}:1:1")
    assert lines[2].strip().startswith("Do: Ask the funder")
    assert lines[-1] == f"{spec_file}: 1 to confirm"


def test_findings_stand_gravest_first_with_line_and_column(tmp_path: Path, library: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(SPEC.replace("total_amount: 60000.00", "total_amount: 50000.00"), encoding="utf-8")
    done = run("validate", path, "--catalog", library)
    assert done.exit_code == 1
    heads = [line for line in done.stdout.splitlines() if line.startswith(("error", "confirm"))]
    assert [line.split()[0] for line in heads] == ["error", "error", "confirm"]
    line = SPEC[: SPEC.index("\nfunding:")].count("\n") + 2
    assert f"{path}:{line}:1: funding" in heads[0]
    assert done.stdout.endswith("2 errors, 1 to confirm\n")


def test_an_overridden_finding_is_shown_with_who_decided(tmp_path: Path, library: Path) -> None:
    path = tmp_path / "spec.yaml"
    override = (
        "overrides:\n  - {code: MONEY010, decided_by: Ann, role: Director, decided_on: 2026-11-16, reason: Known.}\n"
        "  - {code: MONEY020, decided_by: Ann, role: Director, decided_on: 2026-11-16, reason: Known.}\n"
    )
    text = SPEC.replace("total_amount: 60000.00", "total_amount: 50000.00") + CONFIRMED + override
    path.write_text(text, encoding="utf-8")
    done = run("validate", path, "--catalog", library)
    assert "Overridden by Ann, Director, 2026-11-16: Known." in done.stdout
    assert done.stdout.endswith(": 2 overridden\n")
    assert done.exit_code == 0


def test_all_problems_of_a_file_that_is_no_spec_are_told_and_exit_2(tmp_path: Path, library: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(SPEC.replace("agency:", "agencie:").replace("60000.00\nrel", "-1\nrel"), encoding="utf-8")
    done = run("validate", path, "--catalog", library)
    assert done.exit_code == 2
    assert "agencie" in done.stdout
    assert "total_amount" in done.stdout
    assert f"{path}: no spec: " in done.stdout


def test_one_bad_file_does_not_hide_the_others(tmp_path: Path, spec_file: Path, library: Path) -> None:
    done = run("validate", tmp_path / "smalls.yaml", spec_file, "--catalog", library)
    assert done.exit_code == 2
    assert "Did you mean" in done.stdout
    assert f"{spec_file}: 1 to confirm" in done.stdout
    assert done.stdout.splitlines()[-1] == "2 files: 1 error, 1 to confirm"


def test_the_json_tells_the_same(tmp_path: Path, spec_file: Path, library: Path) -> None:
    missing = tmp_path / "smalls.yaml"
    text = run("validate", missing, spec_file, "--catalog", library).stdout
    done = run("validate", missing, spec_file, "--catalog", library, "--format", "json")
    told = json.loads(done.stdout)
    assert told["exit_code"] == done.exit_code == 2
    assert [(item["file"], item["readable"]) for item in told["files"]] == [
        (str(missing), False),
        (str(spec_file), True),
    ]
    assert set(told["files"][1]) == {"file", "readable", "as_of", "catalog", "counts", "findings"}
    assert told["files"][1]["counts"] == {"error": 0, "warning": 0, "confirm": 1, "info": 0}
    for item in told["files"]:
        for finding in item["findings"]:
            assert set(finding) == {
                "code", "severity", "file", "line", "column", "field", "message", "remedy", "citation",
                "confidence", "overridden_by",
            }  # fmt: skip
            assert finding["message"] in text
            assert finding["remedy"] in text


def test_a_catalog_that_is_none_could_not_run(tmp_path: Path, spec_file: Path) -> None:
    done = run("validate", spec_file, "--catalog", tmp_path)
    assert done.exit_code == 2
    assert "no clause library" in done.stderr
