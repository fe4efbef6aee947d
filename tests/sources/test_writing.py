"""Files written wholly or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from fe_contracts.exceptions import OutputError
from fe_contracts.sources import write_atomic


def refuse(target: Path, *, overwrite: bool = False) -> OutputError:
    with pytest.raises(OutputError) as caught:
        write_atomic(target, b"new", overwrite=overwrite)
    assert caught.value.remedy
    return caught.value


def test_content_is_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_atomic(tmp_path / "contract.docx", b"content", overwrite=False)
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("contract.docx", b"content")]


def test_an_existing_output_is_kept_unless_told_otherwise(tmp_path: Path) -> None:
    target = tmp_path / "contract.docx"
    target.write_bytes(b"old")
    assert "exists and was kept" in refuse(target).why
    assert target.read_bytes() == b"old"
    write_atomic(target, b"new", overwrite=True)
    assert target.read_bytes() == b"new"
    assert len(list(tmp_path.iterdir())) == 1


def test_an_output_that_appears_while_writing_is_kept_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "contract.docx"
    sync = os.fsync

    def somebody_else_writes(handle: int) -> None:
        target.write_bytes(b"theirs")
        sync(handle)

    monkeypatch.setattr(os, "fsync", somebody_else_writes)
    assert "exists" in refuse(target).why
    assert target.read_bytes() == b"theirs"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_missing_folder_a_folder_and_a_folder_that_is_a_file_are_refused(tmp_path: Path) -> None:
    assert "no folder" in refuse(tmp_path / "missing" / "contract.docx").why
    assert "is a folder" in refuse(tmp_path, overwrite=True).why
    (tmp_path / "file").write_bytes(b"")
    assert "no folder" in refuse(tmp_path / "file" / "contract.docx").why
    assert "no name for a file" in refuse(tmp_path / "a\0b").why
    assert not (tmp_path / "missing").exists()


@pytest.mark.parametrize(
    ("error", "why", "remedy"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "no space left", "Free some space"),
        (PermissionError(errno.EACCES, "Permission denied"), "cannot be written", "open in Word"),
        (OSError(errno.EROFS, "Read-only file system"), "read-only", "folder that can be written"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error", "another"),
    ],
    ids=["disk full", "open in Word", "read-only", "other"],
)
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_on_the_way_leaves_the_old_file_and_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, why: str, remedy: str, step: str
) -> None:
    target = tmp_path / "contract.docx"
    target.write_bytes(b"old")

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(*{"fsync": (os, "fsync"), "replace": (Path, "replace")}[step], fail)
    caught = refuse(target, overwrite=True)
    assert why in caught.why
    assert "Nothing was left half written" in caught.why
    assert remedy in caught.remedy
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("contract.docx", b"old")]


def test_a_folder_that_may_not_be_written_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object, **__: object) -> tuple[int, str]:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", denied)
    assert "permissions" in refuse(tmp_path / "contract.docx").remedy


def test_a_name_that_is_too_long_says_so(tmp_path: Path) -> None:
    assert "too long" in refuse(tmp_path / ("x" * 300 + ".docx")).why


@pytest.mark.skipif(os.name == "nt", reason="permissions of this kind are not Windows's")
def test_a_new_file_has_the_usual_permissions_and_a_replaced_one_keeps_its_own(tmp_path: Path) -> None:
    plain, target = tmp_path / "plain", tmp_path / "contract.docx"
    plain.write_bytes(b"")
    write_atomic(target, b"1", overwrite=False)
    assert target.stat().st_mode == plain.stat().st_mode
    target.chmod(0o640)
    write_atomic(target, b"2", overwrite=True)
    assert target.stat().st_mode & 0o777 == 0o640


def test_without_hard_links_a_new_file_is_written_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    write_atomic(tmp_path / "contract.docx", b"content", overwrite=False)
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("contract.docx", b"content")]
