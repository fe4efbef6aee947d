from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.small import SPEC, agencies, environment, run, table

import fe_contracts

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def batch(tmp_path: Path, library: Path, look: Path) -> Any:
    (tmp_path / "base.yaml").write_text(SPEC, encoding="utf-8")

    def call(rows: list[dict[str, str]], *more: object) -> Any:
        source = table(tmp_path / "rows.csv", rows)
        options = ("--base", tmp_path / "base.yaml", "-o", tmp_path / "out", "--catalog", library)
        return run("batch", source, *options, "--house-style", look, "--jobs", 1, *more)

    return call


def test_all_made_exits_0_and_says_where(batch: Any, tmp_path: Path) -> None:
    done = batch(agencies(3))
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == f"3 made of 3, in {tmp_path / 'out'}"
    assert "summary.csv" in done.stdout
    assert done.stdout.endswith("This is no legal advice, and nobody has approved it.\n")
    assert batch(agencies(3)).stdout.startswith("3 kept of 3")


def test_bad_rows_are_told_with_row_and_column_and_exit_1(batch: Any, tmp_path: Path) -> None:
    rows = agencies(3)
    rows[1]["total_amount"] = "-5"
    done = batch(rows)
    assert done.exit_code == 1
    assert "Row 3 failed: SM-002, SM-002.docx" in done.stdout
    assert f"{tmp_path / 'rows.csv'}:3:4: total_amount" in done.stdout
    assert f"2 made, 1 failed of 3, in {tmp_path / 'out'}" in done.stdout.splitlines()


def test_many_bad_rows_are_told_in_part_and_are_all_in_the_summary(batch: Any, tmp_path: Path) -> None:
    done = batch([{**row, "total_amount": "-5"} for row in agencies(23)])
    assert "… and 3 more rows." in done.stdout
    told = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert told["counts"]["failed"] == 23


def test_the_json_is_the_summary(batch: Any, tmp_path: Path) -> None:
    rows = agencies(2)
    rows[1]["total_amount"] = "-5"
    done = batch(rows, "--format", "json")
    told = json.loads(done.stdout)
    assert told.pop("exit_code") == done.exit_code == 1
    assert told == json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))


def test_force_writes_over_what_was_changed_by_hand(batch: Any, tmp_path: Path) -> None:
    batch(agencies(1))
    (tmp_path / "out" / "SM-001.docx").write_bytes(b"mine")
    assert "1 kept" in batch(agencies(1)).stdout
    assert "1 made" in batch(agencies(1), "--force").stdout


def test_a_table_without_its_base_could_not_run(tmp_path: Path, library: Path) -> None:
    done = run("batch", table(tmp_path / "rows.csv", agencies(1)), "-o", tmp_path / "out", "--catalog", library)
    assert done.exit_code == 2
    assert "--base BASE.yaml" in done.stderr


def test_no_jobs_at_all_is_refused(batch: Any) -> None:
    assert batch(agencies(1), "--jobs", "0").exit_code == 2


def test_an_interrupt_says_that_the_batch_goes_on_from_here(batch: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(fe_contracts, "run_batch", interrupted)
    done = batch(agencies(1))
    assert done.exit_code == 130
    assert "goes on from here" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="pty is not there on Windows")
def test_a_terminal_gets_a_bar_and_the_output_stays_clean(tmp_path: Path, library: Path, look: Path) -> None:
    import pty

    (tmp_path / "base.yaml").write_text(SPEC, encoding="utf-8")
    rows = table(tmp_path / "rows.csv", agencies(5))
    parent, child = pty.openpty()
    command: list[Any] = [
        sys.executable, "-m", "fe_contracts_cli", "batch", rows, "--base", tmp_path / "base.yaml", "-o",
        tmp_path / "out", "--catalog", library, "--house-style", look, "--jobs", "2",
    ]  # fmt: skip
    variables = {**environment(), "TERM": "xterm", "COLUMNS": "80"}
    done = subprocess.run(command, env=variables, stdout=subprocess.PIPE, stderr=child, text=True, check=True)
    os.close(child)
    shown = os.read(parent, 1_000_000).decode("utf-8", "replace")
    os.close(parent)
    assert "Contracts" in shown
    assert "\x1b" not in done.stdout
    assert done.stdout.startswith("5 made of 5")
