"""What a second run keeps, makes anew or reports."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from tests.cli.small import CONFIRMED, SPEC, agencies, environment, table, write_library

from fe_contracts import BatchResult, load_catalog, run_batch
from fe_contracts.batch.journal import JOURNAL_NAME, Journal
from fe_contracts.exceptions import OutputError


class Run:
    """A batch that can be run again."""

    def __init__(self, folder: Path, library: Path, look: Path) -> None:
        self.base, self.rows, self.out = folder / "base.yaml", folder / "rows.csv", folder / "out"
        self.options: dict[str, Any] = {"catalog": library, "house_style": look, "jobs": 1}
        self.base.write_text(SPEC, encoding="utf-8")
        table(self.rows, agencies(3))

    def __call__(self, **more: Any) -> BatchResult:
        return run_batch(self.rows, base=self.base, out=self.out, **{**self.options, **more})

    def file(self, name: str = "SM-002.docx") -> Path:
        return self.out / name


@pytest.fixture
def run(tmp_path: Path, library: Path, look: Path) -> Run:
    return Run(tmp_path, library, look)


def statuses(result: BatchResult) -> list[str]:
    return [row.status.value for row in result]


def test_what_is_finished_and_unchanged_is_kept_and_told_as_before(run: Run) -> None:
    first = run()
    written = {path.name: path.stat().st_mtime_ns for path in run.out.glob("*.docx")}
    again = run()
    assert statuses(again) == ["kept"] * 3
    assert again.exit_code == 0
    assert [(row.contract_id, row.findings, row.digest) for row in again] == [
        (row.contract_id, row.findings, row.digest) for row in first
    ]
    assert {path.name: path.stat().st_mtime_ns for path in run.out.glob("*.docx")} == written


def test_other_rule_packs_make_every_contract_anew(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    monkeypatch.setattr("fe_contracts.batch.running.digest_of_installed_packs", lambda: "sha256:another")
    assert statuses(run()) == ["made"] * 3


def test_a_catalog_that_is_loaded_already_serves_as_its_folder_does(run: Run, library: Path) -> None:
    first = run()
    again = run(catalog=load_catalog(library))
    assert (statuses(again), again.catalog_digest) == (["kept"] * 3, first.catalog_digest)


def test_contracts_that_are_drafts_are_counted(run: Run, library: Path) -> None:
    assert run().drafts == 0
    file = library / "library.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("title: Services}", "title: Services, approved_by: [legal]}"), encoding="utf-8")
    result = run()
    assert (statuses(result), result.drafts, result.to_dict()["drafts"]) == (["made"] * 3, 3, 3)


def test_a_missing_output_is_made_again(run: Run) -> None:
    run()
    run.file().unlink()
    assert statuses(run()) == ["kept", "made", "kept"]


def test_a_changed_row_is_made_anew(run: Run) -> None:
    run()
    rows = agencies(3)
    rows[1]["agency.legal_name"] = "Another Agency"
    table(run.rows, rows)
    assert statuses(run()) == ["kept", "made", "kept"]


@pytest.mark.parametrize("changed", ["base", "look", "library"])
def test_a_changed_base_house_style_or_library_makes_all_anew(run: Run, changed: str, tmp_path: Path) -> None:
    import fe_contracts

    run()
    match changed:
        case "base":
            run.base.write_text(SPEC + CONFIRMED, encoding="utf-8")
        case "look":
            run.options["house_style"] = fe_contracts.new_house_style(tmp_path / "civic.docx", look="civic")
        case _:
            own = write_library(tmp_path / "own")
            text = (own / "clauses/FE/FE-07/1.0.0.md").read_text(encoding="utf-8")
            (own / "clauses/FE/FE-07/1.0.0.md").write_text(f"{text}\nMore.\n", encoding="utf-8")
            run.options["catalog"] = own
    assert statuses(run()) == ["made"] * 3


def test_a_contract_changed_by_hand_is_kept_and_told(run: Run) -> None:
    run()
    run.file().write_bytes(b"edited")
    result = run()
    assert statuses(result) == ["kept"] * 3
    assert [item.code for item in result.rows[1].findings if item.code.startswith("BATCH")] == ["BATCH020"]
    assert result.exit_code == 0
    assert run.file().read_bytes() == b"edited"


def test_a_contract_changed_by_hand_whose_row_changed_too_is_out_of_date(run: Run) -> None:
    run()
    run.file().write_bytes(b"edited")
    run.base.write_text(SPEC + CONFIRMED, encoding="utf-8")
    result = run()
    assert statuses(result) == ["made", "kept", "made"]
    assert "BATCH022" in {item.code for item in result.rows[1].findings}
    assert result.exit_code == 1
    assert run.file().read_bytes() == b"edited"


def test_force_makes_all_anew(run: Run) -> None:
    run()
    run.file().write_bytes(b"edited")
    assert statuses(run(overwrite=True)) == ["made"] * 3
    assert run.file().read_bytes() != b"edited"


def test_somebody_elses_file_is_kept_and_told(run: Run) -> None:
    run.out.mkdir()
    run.file().write_bytes(b"somebody else's")
    result = run()
    assert statuses(result) == ["made", "kept", "made"]
    assert "BATCH021" in {item.code for item in result.rows[1].findings}
    assert result.exit_code == 1
    assert run.file().read_bytes() == b"somebody else's"


def test_a_contract_that_a_killed_run_wrote_without_saying_so_is_recognised(run: Run) -> None:
    run()
    journal = run.out / JOURNAL_NAME
    lines = journal.read_text(encoding="utf-8").splitlines(keepends=True)
    journal.write_text(lines[0] + lines[2][:40], encoding="utf-8")  # killed in the middle of a line
    (run.out / ".SM-002.docx.abc.part").write_bytes(b"half")
    (run.out / ".other.part").write_bytes(b"not ours")
    result = run()
    assert statuses(result) == ["kept", "made", "made"]
    assert result.exit_code == 0
    assert sorted(path.name for path in run.out.glob(".*.part")) == [".other.part"]
    assert statuses(run()) == ["kept"] * 3


def test_an_earlier_contract_of_a_row_that_fails_now_is_told(run: Run) -> None:
    run()
    rows = agencies(3)
    rows[1]["total_amount"] = "-1"
    table(run.rows, rows)
    result = run()
    assert statuses(result) == ["kept", "failed", "kept"]
    assert "BATCH023" in {item.code for item in result.rows[1].findings}


def test_a_journal_that_cannot_be_opened_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / JOURNAL_NAME).mkdir()
    with pytest.raises(OutputError, match="journal"), Journal(tmp_path):
        pass


def test_findings_come_back_from_the_journal_whole(tmp_path: Path) -> None:
    import datetime as dt

    from fe_contracts import BatchRow, Citation, Finding, Severity, Where
    from fe_contracts.batch import Status
    from fe_contracts.findings import Confidence

    citation = Citation("24 CFR 578", Confidence.INFERENCE, dt.date(2025, 1, 27), "A note.")
    finding = Finding("X010", Severity.WARNING, "Why.", Where("f", 3, 2, "a[0].b"), "Do.", citation, "Ann: yes")
    row = BatchRow(2, "t.csv", "S-1", "S-1.docx", Status.MADE, (finding, Finding("Y", Severity.INFO, "m")), "i", "d")
    with Journal(tmp_path) as journal:
        journal.add(row)
    with Journal(tmp_path) as journal:
        record = journal.records["S-1.docx"]
    assert (record.findings, record.inputs, record.digest, record.contract_id) == (row.findings, "i", "d", "S-1")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL; the journal is the same there")
def test_a_batch_that_is_killed_goes_on_where_it_stopped_and_leaves_no_process(
    tmp_path: Path, library: Path, look: Path
) -> None:
    """Each contract is made once over both runs, and the workers of the killed run end with it."""
    (tmp_path / "base.yaml").write_text(SPEC, encoding="utf-8")
    rows = table(tmp_path / "rows.csv", agencies(400))
    out = tmp_path / "out"
    command: list[str | Path] = [
        sys.executable, "-m", "fe_contracts_cli", "batch", rows, "--base", tmp_path / "base.yaml", "-o", out,
        "--jobs", "2", "--catalog", library, "--house-style", look,
    ]  # fmt: skip
    first = subprocess.Popen(command, env=environment(), start_new_session=True)
    deadline = time.monotonic() + 30
    while not len(list(out.glob("*.docx"))) > 10 and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(first.pid, signal.SIGKILL)  # the process alone: its workers must notice by themselves
    first.wait()
    while _processes_of_session(first.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _processes_of_session(first.pid) == []
    finished = {path.name: path.stat().st_mtime_ns for path in out.glob("*.docx")}
    assert 10 < len(finished) < 400
    assert not (out / "summary.json").exists()
    second = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    assert second.returncode == 0, second.stderr
    now = {path.name: path.stat().st_mtime_ns for path in out.glob("*.docx")}
    assert len(now) == 400
    assert {name: now[name] for name in finished} == finished
    assert not list(out.glob(".*.part"))
    assert (out / JOURNAL_NAME).read_text(encoding="utf-8").count('"file": "SM-') == 400


def _processes_of_session(session: int) -> list[int]:
    """Return the processes that still belong to a session; a system without /proc is asked by ps."""
    if not Path("/proc/self/stat").exists():
        asked = subprocess.run(["ps", "-e", "-o", "pid=,sess=,stat="], capture_output=True, text=True, check=True)
        lines = [line.split() for line in asked.stdout.splitlines()]
        return [int(pid) for pid, sess, state in lines if sess == str(session) and not state.startswith("Z")]
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it ended in the meantime
            state, _, _, sess = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[:4]
            if sess == str(session) and state != "Z":
                found.append(int(path.parent.name))
    return found
