"""Printing through LibreOffice: tagged where it is there, a clear answer where it is not, ended when it hangs."""

from __future__ import annotations

import os
import re
import stat
import sys
import time
from typing import TYPE_CHECKING

import pytest
from tests.tools import require_tool

from fe_contracts.exceptions import MissingToolError, OutputError
from fe_contracts.word import to_pdf
from fe_contracts.word.pdf import find_libreoffice

if TYPE_CHECKING:
    from pathlib import Path

_POSIX_ONLY = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice is a shell script")


def _stand_in(folder: Path, script: str) -> str:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_the_pdf_is_tagged_titled_and_has_bookmarks(written: bytes, tmp_path: Path) -> None:
    require_tool("libreoffice")
    source = tmp_path / "contract.docx"
    source.write_bytes(written)
    target = to_pdf(source, tmp_path / "contract.pdf")
    data = target.read_bytes()
    assert data.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in data
    assert re.search(rb"/MarkInfo\s*<<\s*/Marked true", data)
    assert b"/Outlines" in data
    assert b"/Lang(en-US)" in data
    assert b"/AcroForm" not in data


def test_without_libreoffice_the_answer_is_what_to_do(
    written: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FE_CONTRACTS_SOFFICE", str(tmp_path / "nowhere"))
    assert find_libreoffice() is None
    with pytest.raises(MissingToolError, match="Install LibreOffice"):
        to_pdf(written, tmp_path / "out.pdf")
    assert not (tmp_path / "out.pdf").exists()


@_POSIX_ONLY
def test_a_hanging_libreoffice_is_ended_with_all_it_started(
    written: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = tmp_path / "child"
    monkeypatch.setenv("FE_CONTRACTS_SOFFICE", _stand_in(tmp_path, f"sleep 60 & echo $! > {note}; wait"))
    begun = time.monotonic()
    with pytest.raises(MissingToolError, match="longer than 1 seconds"):
        to_pdf(written, tmp_path / "out.pdf", timeout=1)
    assert time.monotonic() - begun < 20
    child = int(note.read_text())
    for _ in range(100):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        if _is_zombie(child):
            return
        time.sleep(0.05)
    pytest.fail("what LibreOffice had started is still running")


def _is_zombie(process: int) -> bool:
    """Return whether the process has ended and only its parent has not noticed yet."""
    try:
        with open(f"/proc/{process}/stat", encoding="ascii") as file:  # noqa: PTH123  -- a kernel file
            return file.read().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False


@_POSIX_ONLY
def test_a_libreoffice_that_makes_nothing_is_quoted(
    written: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FE_CONTRACTS_SOFFICE", _stand_in(tmp_path, "echo it is broken"))
    with pytest.raises(MissingToolError, match="It made no PDF: it is broken"):
        to_pdf(written, tmp_path / "out.pdf")


@_POSIX_ONLY
def test_a_folder_that_is_missing_is_named(written: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = _stand_in(tmp_path, 'for last; do :; done; echo pdf > "$(dirname "$last")/document.pdf"')
    monkeypatch.setenv("FE_CONTRACTS_SOFFICE", made)
    assert to_pdf(written, tmp_path / "out.pdf").read_text() == "pdf\n"
    with pytest.raises(OutputError):
        to_pdf(written, tmp_path / "missing" / "out.pdf")
