"""Files as people leave them: missing, empty, huge, in the wrong encoding."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fe_contracts.exceptions import SourceError
from fe_contracts.sources import read_bytes, read_data, read_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from fe_contracts.findings import Finding


def problem_of(read: Callable[[], object]) -> Finding:
    with pytest.raises(SourceError) as caught:
        read()
    (problem,) = caught.value.problems
    assert problem.remedy, "every problem says what to do"
    return problem


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["without BOM", "with BOM"])
def test_utf8_is_read_with_and_without_a_byte_order_mark(tmp_path: Path, mark: bytes) -> None:
    file = tmp_path / "spec.yaml"
    file.write_bytes(mark + "name: Émile\r\nnext: 1\r".encode())
    assert read_text(file) == "name: Émile\nnext: 1\n"


def test_a_file_with_a_byte_order_mark_and_windows_lines_gives_the_same_data_and_digest(tmp_path: Path) -> None:
    plain, windows = tmp_path / "plain.yaml", tmp_path / "windows.yaml"
    plain.write_bytes("a: é\nb: 2\n".encode())
    windows.write_bytes(b"\xef\xbb\xbf" + "a: e\u0301\r\nb: 2\r\n".encode())
    one, other = read_data(plain), read_data(windows)
    assert one.digest == other.digest
    assert one.places == other.places
    plain.write_bytes("a: é\nb: 3\n".encode())
    assert read_data(plain).digest != one.digest


def test_a_missing_file_is_named_with_the_nearest_name_beside_it(tmp_path: Path) -> None:
    (tmp_path / "pilot.yaml").write_text("a: 1")
    problem = problem_of(lambda: read_data(tmp_path / "pilt.yaml"))
    assert problem.code == "SOURCE010"
    assert problem.remedy == f"Did you mean {tmp_path / 'pilot.yaml'}?"
    assert "no folder" in problem_of(lambda: read_text(tmp_path / "no" / "pilot.yaml")).remedy


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert problem_of(lambda: read_data(tmp_path)).code == "SOURCE011"
    (tmp_path / "folder.yaml").mkdir()
    assert problem_of(lambda: read_data(tmp_path / "folder.yaml")).code == "SOURCE011"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device that never ends")
def test_a_device_is_refused_before_it_is_read() -> None:
    assert problem_of(lambda: read_text("/dev/zero")).code == "SOURCE012"


def test_a_name_that_no_file_can_have_is_a_problem_too() -> None:
    assert problem_of(lambda: read_text("spec\0.yaml")).code == "SOURCE012"


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "spec.yaml"
    file.write_bytes(b"")
    assert problem_of(lambda: read_data(file)).code == "SOURCE014"


def test_a_file_of_50_megabytes_is_refused_by_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "spec.yaml"
    with file.open("wb") as stream:
        stream.truncate(50_000_000)

    def never(*_: object, **__: object) -> object:
        pytest.fail("the file was opened")

    monkeypatch.setattr(Path, "open", never)
    problem = problem_of(lambda: read_data(file))
    assert problem.code == "SOURCE013"
    assert problem.message == "The file has 50,000,000 bytes; at most 5,000,000 are read."


def test_the_limit_itself_is_allowed(tmp_path: Path) -> None:
    file = tmp_path / "data.bin"
    file.write_bytes(b"12345")
    assert read_bytes(file, limit=5) == b"12345"
    assert problem_of(lambda: read_bytes(file, limit=4)).code == "SOURCE013"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_named_with_the_way_to_save_it_anew(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "spec.yaml"
    file.write_text("contract:\n  id: FE-1\n", encoding=encoding)
    problem = problem_of(lambda: read_data(file))
    assert problem.code == "SOURCE015"
    assert "UTF-16" in problem.message
    assert "UTF-8" in problem.remedy


def test_windows_1252_is_named_with_line_column_and_the_character_meant(tmp_path: Path) -> None:
    file = tmp_path / "spec.yaml"
    file.write_bytes("a: 1\nname: Café “Ümit”\n".encode("cp1252"))
    problem = problem_of(lambda: read_data(file))
    assert (problem.code, problem.where.line, problem.where.column) == ("SOURCE015", 2, 10)
    assert "Windows-1252" in problem.message
    assert "'é'" in problem.message


def test_a_nul_byte_means_that_it_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / "spec.yaml"
    file.write_bytes(b"a: 1\nb: long enough not to look like UTF-16 \0 c\n")
    problem = problem_of(lambda: read_data(file))
    assert (problem.code, problem.where.line) == ("SOURCE016", 2)


def test_other_endings_are_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "spec.docx"
    file.write_bytes(b"PK")
    problem = problem_of(lambda: read_data(file))
    assert problem.code == "SOURCE017"
    assert ".docx" in problem.message
    assert problem_of(lambda: read_data(tmp_path / "missing.docx")).code == "SOURCE010"


def test_json_and_yaml_are_told_apart_by_the_ending(tmp_path: Path) -> None:
    for name in ("spec.json", "spec.JSON", "spec.yaml", "spec.yml"):
        file = tmp_path / name
        file.write_text('{"a": [1, "b"]}')
        assert read_data(file).data == {"a": [1, "b"]}
    (tmp_path / "spec.json").write_text("a: 1")
    assert problem_of(lambda: read_data(tmp_path / "spec.json")).code == "SOURCE040"


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "spec.yaml"
    file.write_text("a: 1")

    def denied(*_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    problem = problem_of(lambda: read_data(file))
    assert problem.code == "SOURCE012"
    assert "Permission denied" in problem.message
