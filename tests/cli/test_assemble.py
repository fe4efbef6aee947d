"""From a spec to a Word file, and every way in which an output can stand in the way."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest
from tests.cli.small import SPEC, run

import fe_contracts


@pytest.fixture
def assembled(spec_file: Path, library: Path, look: Path) -> Any:
    def call(*more: object, spec: Path = spec_file) -> Any:
        return run("assemble", spec, "--catalog", library, "--house-style", look, *more)

    return call


def left_over(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".yaml")


def test_a_contract_is_made_and_told(assembled: Any, tmp_path: Path) -> None:
    out = tmp_path / "contract.docx"
    done = assembled("-o", out)
    assert done.exit_code == 0, done.output
    assert out.read_bytes()[:2] == b"PK"
    lines = done.stdout.splitlines()
    assert lines[0] == f"Made {out}"
    assert lines[1] == "  SM-2027-001, Small Pilot"
    assert lines[2] == "  2 articles, 3 sections, 0 exhibits; Small Library 0.1.0"
    assert "1 to confirm before signing, listed on its first page:" in lines
    assert "  FE-05.points (section 2.2): ask the funder" in lines
    assert lines[-1] == "This is no legal advice, and nobody has approved it."


def test_without_a_name_the_contract_is_named_by_its_number_beside_the_spec(assembled: Any, tmp_path: Path) -> None:
    spec = tmp_path / "odd.yaml"
    spec.write_text(SPEC.replace("id: SM-2027-001", "id: SM 2027 / 1"), encoding="utf-8")
    assert assembled(spec=spec).exit_code == 0
    assert left_over(tmp_path) == ["SM-2027-1.docx"]


def test_the_json_tells_the_same(assembled: Any, tmp_path: Path) -> None:
    out = tmp_path / "contract.docx"
    text = assembled("-o", out).stdout
    told = json.loads(assembled("-o", out, "--force", "--format", "json").stdout)
    assert told["file"] == str(out)
    assert (told["articles"], told["sections"], told["exhibits"]) == (2, 3, 0)
    assert [item["fact"] for item in told["to_confirm"]] == ["FE-05.points"]
    assert told["counts"]["confirm"] == 1
    for shown in (told["file"], told["contract_id"], told["title"], told["catalog"], told["notice"]):
        assert shown in text


def test_a_draft_is_told(tmp_path: Path, look: Path, library: Path) -> None:
    import shutil

    own = shutil.copytree(library, tmp_path / "own")
    (own / "catalog.lock").unlink()
    fe_contracts.load_catalog(own)
    skeleton = own / "contract_types/subcontract/1.0.0.yaml"
    skeleton.write_text(
        skeleton.read_text(encoding="utf-8").replace("{clause: FE-06}", "{clause: FE-07}"), encoding="utf-8"
    )
    fe_contracts.publish(own)
    lock = own / "catalog.lock"
    lines = lock.read_text(encoding="utf-8").splitlines(keepends=True)
    lock.write_text("".join(line for line in lines if "FE-07/1.0.0" not in line), encoding="utf-8")
    spec = tmp_path / "draft.yaml"
    spec.write_text(f"{SPEC}clauses:\n  include: [FE-07]\n  pins: {{FE-07: 1.0.0}}\n", encoding="utf-8")
    done = run("assemble", spec, "--catalog", own, "--house-style", look, "-o", tmp_path / "d.docx")
    assert "Marked DRAFT:\n  FE-07@1.0.0 is not published." in done.stdout


def test_a_spec_with_an_error_is_refused_with_exit_1_and_nothing_is_written(assembled: Any, tmp_path: Path) -> None:
    spec = tmp_path / "bad.yaml"
    spec.write_text(SPEC.replace("total_amount: 60000.00", "total_amount: 50000.00"), encoding="utf-8")
    done = assembled("-o", tmp_path / "bad.docx", spec=spec)
    assert done.exit_code == 1
    assert "MONEY010" in done.stderr
    assert left_over(tmp_path) == []


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        ("parameters: {FE-04: {minutes: 500}}", "500"),
        ("parameters: {FE-04: {minuets: 50}}", "minutes"),
        ("parameters: {FE-04: {minutes: many}}", "FE-04.minutes"),
    ],
)
def test_a_parameter_that_cannot_be_used_could_not_run(assembled: Any, tmp_path: Path, choice: str, says: str) -> None:
    spec = tmp_path / "bad.yaml"
    spec.write_text(f"{SPEC}clauses:\n  {choice}\n", encoding="utf-8")
    done = assembled("-o", tmp_path / "bad.docx", spec=spec)
    assert done.exit_code == 2
    assert says in done.stderr
    assert f"{spec}:" in done.stderr
    assert left_over(tmp_path) == []


@pytest.mark.parametrize("choice", ["include: [FE-99]", "pins: {FE-04: 9.9.9}", "pins: {FE-44: 1.0.0}"])
def test_an_unknown_clause_or_version_is_refused_with_its_line(assembled: Any, tmp_path: Path, choice: str) -> None:
    spec = tmp_path / "bad.yaml"
    spec.write_text(f"{SPEC}clauses:\n  {choice}\n", encoding="utf-8")
    done = assembled("-o", tmp_path / "bad.docx", spec=spec)
    assert done.exit_code == 1
    line = SPEC.count("\n") + 2
    assert f"{spec}:{line}:" in done.stderr
    assert left_over(tmp_path) == []


def test_an_output_that_exists_is_kept_unless_told(assembled: Any, tmp_path: Path) -> None:
    out = tmp_path / "contract.docx"
    out.write_bytes(b"mine")
    done = assembled("-o", out)
    assert done.exit_code == 2
    assert "exists and was kept" in done.stderr
    assert out.read_bytes() == b"mine"
    assert assembled("-o", out, "--force").exit_code == 0
    assert out.read_bytes() != b"mine"


def test_a_pdf_that_exists_is_kept_before_anything_is_written(assembled: Any, tmp_path: Path) -> None:
    (tmp_path / "contract.pdf").write_bytes(b"mine")
    done = assembled("-o", tmp_path / "contract.docx", "--pdf")
    assert done.exit_code == 2
    assert "--force" in done.stderr
    assert left_over(tmp_path) == ["contract.pdf"]


def test_a_pdf_is_asked_of_the_word_file(assembled: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def printed(source: Path, target: Path) -> Path:
        assert source.read_bytes()[:2] == b"PK"
        target.write_bytes(b"%PDF")
        return target

    monkeypatch.setattr(fe_contracts, "to_pdf", printed)
    done = assembled("-o", tmp_path / "contract.docx", "--pdf")
    assert done.exit_code == 0
    assert f"Made {tmp_path / 'contract.pdf'}" in done.stdout


def test_without_libreoffice_a_pdf_could_not_be_made_and_the_contract_stands(
    assembled: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FE_CONTRACTS_SOFFICE", str(tmp_path / "nowhere"))
    done = assembled("-o", tmp_path / "contract.docx", "--pdf")
    assert done.exit_code == 2
    assert "LibreOffice" in done.stderr
    assert left_over(tmp_path) == ["contract.docx"]


def test_a_folder_that_is_missing_is_named(assembled: Any, tmp_path: Path) -> None:
    done = assembled("-o", tmp_path / "nowhere" / "contract.docx")
    assert done.exit_code == 2
    assert f"There is no folder {tmp_path / 'nowhere'}" in done.stderr


def test_a_folder_is_no_output(assembled: Any, tmp_path: Path) -> None:
    done = assembled("-o", tmp_path, "--force")
    assert done.exit_code == 2
    assert "This is a folder" in done.stderr


@pytest.mark.parametrize("name", ["contract.txt", "contract"])
def test_a_name_that_word_would_not_know_is_refused(assembled: Any, tmp_path: Path, name: str) -> None:
    done = assembled("-o", tmp_path / name)
    assert done.exit_code == 2
    assert "does not end in .docx. Give -o contract.docx." in " ".join(done.stderr.split())
    assert left_over(tmp_path) == []
    told = json.loads(assembled("-o", tmp_path / name, "--format", "json").stdout)
    assert "does not end in .docx" in told["error"]["message"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(assembled: Any, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    done = assembled("-o", closed / "contract.docx")
    assert done.exit_code == 2
    assert "permissions" in done.stderr


@pytest.mark.parametrize(
    ("where", "error", "says"),
    [
        ("fsync", OSError(errno.ENOSPC, "No space left on device"), "no space left"),
        ("fsync", OSError(errno.EIO, "Input/output error"), "Input/output error"),
        ("replace", PermissionError(errno.EACCES, "Permission denied"), "open in Word"),
        ("mkstemp", PermissionError(errno.EACCES, "Permission denied"), "permissions"),
        ("mkstemp", OSError(errno.EROFS, "Read-only file system"), "read-only"),
    ],
)
def test_a_disk_that_refuses_leaves_what_stood_there_and_nothing_half_written(
    assembled: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, error: OSError, says: str
) -> None:
    import tempfile

    out = tmp_path / "contract.docx"
    out.write_bytes(b"before")

    def refuse(*_: object, **__: object) -> None:
        raise error

    home: Any = {"fsync": os, "replace": Path, "mkstemp": tempfile}[where]
    monkeypatch.setattr(home, where, refuse)
    done = assembled("-o", out, "--force")
    monkeypatch.undo()
    assert done.exit_code == 2, done.output
    assert says.lower() in done.stderr.lower()
    assert "Traceback" not in done.stderr
    assert left_over(tmp_path) == ["contract.docx"]
    assert out.read_bytes() == b"before"


@pytest.mark.parametrize("style", ["fancy", "fancy.docx"])
def test_a_house_style_that_is_not_there_is_told(spec_file: Path, library: Path, tmp_path: Path, style: str) -> None:
    done = run("assemble", spec_file, "--catalog", library, "--house-style", style, "-o", tmp_path / "o.docx")
    assert done.exit_code == 2
    assert "fancy" in done.stderr
    assert left_over(tmp_path) == []


def test_a_house_style_that_is_no_word_file_is_told(spec_file: Path, library: Path, tmp_path: Path) -> None:
    style = tmp_path / "style.docx"
    style.write_text("no Word file", encoding="utf-8")
    done = run("assemble", spec_file, "--catalog", library, "--house-style", style, "-o", tmp_path / "o.docx")
    assert done.exit_code == 2
    assert str(style) in done.stderr
    assert left_over(tmp_path) == ["style.docx"]


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfea\x00", b"a: [1\n", b"contract: 1\ncontract: 2\n", b"just text", b"\x00\x01"],
    ids=["empty", "utf-16", "not closed", "twice", "no mapping", "binary"],
)
def test_a_file_that_is_no_spec_could_not_run(assembled: Any, tmp_path: Path, content: bytes) -> None:
    spec = tmp_path / "bad.yaml"
    spec.write_bytes(content)
    done = assembled(spec=spec)
    assert done.exit_code == 2
    assert f"{spec}" in done.stderr
    assert "Traceback" not in done.stderr
    assert left_over(tmp_path) == []
