"""quickstart, inspect, schema and house-style; and real runs with the bundled library."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

from tests.cli.small import environment, run

import fe_contracts

if TYPE_CHECKING:
    from pathlib import Path


def test_the_quickstart_explains_each_step_and_what_to_do_next(tmp_path: Path) -> None:
    folder = tmp_path / "my first"
    done = run("quickstart", folder)
    assert done.exit_code == 0, done.output
    for text in ("1. The spec", "2. The check", "3. The contract", "What to do next", "no legal advice"):
        assert text in done.stdout
    assert f'fe-contracts validate "{folder / "pilot.yaml"}"' in done.stdout
    assert (folder / "contract.docx").read_bytes()[:2] == b"PK"
    again = run("quickstart", folder)
    assert again.stdout.count("(kept as it was)") == 2
    assert "(kept as it was)" not in run("quickstart", folder, "--force").stdout


def test_the_quickstart_as_json_tells_the_same(tmp_path: Path) -> None:
    told = json.loads(run("quickstart", tmp_path, "--format", "json", "--house-style", "civic").stdout)
    text = run("quickstart", tmp_path).stdout
    assert told["contract"] == str(tmp_path / "contract.docx")
    assert told["kept"] == []
    for finding in told["findings"]:
        assert finding["message"] in text


def test_the_whole_way_by_real_runs_of_the_program(tmp_path: Path) -> None:
    """Quickstart with no argument, then the commands that it names, as a newcomer types them."""

    def program(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "fe_contracts_cli", *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False)

    made = program("quickstart")
    assert made.returncode == 0, made.stderr
    commands = [line.split()[1:] for line in made.stdout.splitlines() if line.startswith("     fe-contracts ")]
    assert [program(*command).returncode for command in commands] == [1, 0]  # facts stand to be confirmed
    contract = "fe-contracts-quickstart/contract.docx"
    seen = program("inspect", contract)
    assert seen.returncode == 0
    assert "all read as written" in seen.stdout
    assert program("assemble", "fe-contracts-quickstart/pilot.yaml", "-o", contract).returncode == 2


def edited(source: Path, target: Path, old: str, new: str) -> Path:
    """Copy a Word file with one piece of its text changed, as a person does in Word."""
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w") as after:
        for item in before.infolist():
            content = before.read(item)
            if item.filename == "word/document.xml":
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            after.writestr(item, content)
    return target


def test_inspect_tells_clauses_values_and_what_was_changed(
    tmp_path: Path, spec_file: Path, library: Path, look: Path
) -> None:
    contract = tmp_path / "contract.docx"
    assert run("assemble", spec_file, "-o", contract, "--catalog", library, "--house-style", look).exit_code == 0
    done = run("inspect", contract, "--values")
    assert done.exit_code == 0, done.output
    for text in ("SM-2027-001, Small Pilot", "Small Library 0.1.0", "FE-04 1.0.0", "FE-04/minutes: 45"):
        assert text in done.stdout
    changed = edited(contract, tmp_path / "edited.docx", "Each Session lasts", "Most Sessions last")
    done = run("inspect", changed)
    assert done.exit_code == 1
    assert "CHANGED" in done.stdout
    told = json.loads(run("inspect", changed, "--format", "json").stdout)
    assert told["exit_code"] == 1
    assert told["manifest"]["contract"]["id"] == "SM-2027-001"
    assert [item["clause"] for item in told["clauses"] if item["matches"] is False] == ["FE-04"]


def test_inspect_says_that_a_file_is_not_ours_or_none_at_all(tmp_path: Path, look: Path) -> None:
    done = run("inspect", look)
    assert done.exit_code == 1
    assert "Nothing in this file says" in done.stdout
    (tmp_path / "no.docx").write_text("no Word file", encoding="utf-8")
    for name in ("no.docx", "nowhere.docx"):
        done = run("inspect", tmp_path / name)
        assert done.exit_code == 2
        assert name in done.stderr


def test_schemas_are_exported_checked_and_reported(tmp_path: Path) -> None:
    done = run("schema", "export", tmp_path)
    assert done.exit_code == 0
    assert "spec.schema.json" in done.stdout
    assert run("schema", "check", tmp_path).stdout == f"{tmp_path}: up to date\n"
    (tmp_path / "spec.schema.json").write_text("{}", encoding="utf-8")
    done = run("schema", "check", tmp_path)
    assert done.exit_code == 1
    assert "out of date" in done.stdout
    assert json.loads(run("schema", "check", tmp_path, "--format", "json").stdout)["counts"]["error"] == 1
    assert run("schema", "export", tmp_path / "nowhere").exit_code == 2
    assert run("schema", "check", tmp_path / "nowhere").exit_code == 2
    told = json.loads(run("schema", "export", tmp_path, "--format", "json").stdout)
    assert len(told["files"]) == len(list(tmp_path.iterdir()))


def test_the_facts_are_those_of_the_vocabulary() -> None:
    text = run("schema", "facts").stdout
    told = json.loads(run("schema", "facts", "--format", "json").stdout)
    assert {item["fact"]: item["meaning"] for item in told["facts"]} == fe_contracts.FACTS
    for fact, meaning in fe_contracts.FACTS.items():
        assert fact in text
        assert meaning in text


def test_a_house_style_is_started_and_checked(tmp_path: Path) -> None:
    path = tmp_path / "own.docx"
    done = run("house-style", "new", path, "--look", "civic")
    assert done.exit_code == 0
    assert f"fe-contracts house-style check {path}" in done.stdout
    assert run("house-style", "new", path).exit_code == 2
    assert json.loads(run("house-style", "new", path, "--force", "--format", "json").stdout)["file"] == str(path)
    done = run("house-style", "check", path)
    assert (done.exit_code, done.stdout) == (0, f"{path}: a house style that can be used\n")
    path.write_text("no Word file", encoding="utf-8")
    done = run("house-style", "check", path)
    assert done.exit_code == 1
    assert json.loads(run("house-style", "check", path, "--format", "json").stdout)["counts"]["error"] == 1
    assert run("house-style", "check", tmp_path / "nowhere.docx").exit_code == 2
