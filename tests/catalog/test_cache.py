"""The cache saves time and nothing else: whatever becomes of it, the catalog is the same."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.catalog.libraries import FILES, problems_of, version, write_library

from fe_contracts.catalog import cache as module
from fe_contracts.catalog import load_catalog
from fe_contracts.catalog.cache import CACHE_VARIABLE, Cache, cache_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fe_contracts.catalog import Catalog


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a cache of this test's own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv(CACHE_VARIABLE, str(folder))
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return write_library(tmp_path / "library")


def content(catalog: Catalog) -> list[object]:
    """Return everything that a catalog holds of its files."""
    clauses = [
        (clause.identity, version.key, version.effective, version.defines, version.front, version.wording)
        for clause in catalog
        for version in clause.versions
    ]
    editions = [
        edition
        for group in (catalog.contract_types, catalog.framework)
        for series in group.values()
        for edition in series.editions
    ]
    return [catalog.library, catalog.digest, clauses, editions]


def entries(cache: Path) -> Iterator[Path]:
    return cache.glob("catalog-*.sqlite")


def test_the_catalog_is_the_same_with_and_without_a_cache(
    cache: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = content(load_catalog(library)), content(load_catalog(library))
    assert [*entries(cache)]
    monkeypatch.setenv(CACHE_VARIABLE, "off")
    assert first == second == content(load_catalog(library))


def test_a_second_load_parses_nothing(cache: Path, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_catalog(library)
    assert cache.is_dir()

    def refuse(*_: object) -> None:
        pytest.fail("a file was parsed again")

    for name in ("loader.parse_yaml", "loader.parse_lock", "consistency.check_catalog", "checks.check_version"):
        monkeypatch.setattr(f"fe_contracts.catalog.{name}", refuse)
    assert len(load_catalog(library)) == 8


@pytest.mark.parametrize("value", ["off", "OFF", "0", "no"])
def test_the_cache_can_be_turned_off(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, value)
    assert cache_folder() is None


def test_the_cache_stands_in_the_users_cache_folder_unless_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(CACHE_VARIABLE)
    folder = cache_folder()
    assert folder is not None
    assert folder.name == "fe-contracts"


def test_a_changed_file_is_never_served_from_the_cache(cache: Path, library: Path) -> None:
    load_catalog(library)
    path = library / "clauses/FE/FE-01/1.0.0.md"
    path.write_text(path.read_text(encoding="utf-8").replace("lasts", "goes on for"), encoding="utf-8")
    assert "goes on for" in str(load_catalog(library)["FE-01"].version("1.0.0").wording)
    assert [*entries(cache)]


def test_a_problem_is_told_again_at_every_load(cache: Path, library: Path) -> None:
    (library / "clauses/FE/FE-01/3.0.0.md").write_text(version("{{ a }}"), encoding="utf-8")
    assert problems_of(library) == problems_of(library) != ()
    assert cache.is_dir()


def test_a_contradiction_between_known_files_is_told_again(cache: Path, library: Path) -> None:
    load_catalog(library)
    assert cache.is_dir()
    (library / "clauses/FE/FE-05/clause.yaml").unlink()
    (library / "clauses/FE/FE-05/1.0.0.md").unlink()
    assert [problem.code for problem in problems_of(library)] == ["CATALOG110"]
    assert [problem.code for problem in problems_of(library)] == ["CATALOG110"]


@pytest.mark.parametrize("damage", [b"", b"this is no database", b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_damaged_cache_is_no_cache_and_heals(cache: Path, library: Path, damage: bytes) -> None:
    before = content(load_catalog(library))
    for file in entries(cache):
        for part in cache.iterdir():
            part.unlink()
        file.write_bytes(damage)
    assert [content(load_catalog(library)) for _ in range(3)] == [before] * 3


@pytest.mark.parametrize("words", ["", "not json", "[]", "{}", "null", '["2026-13-01", null, false, []]', "[1, 2]"])
def test_damaged_entries_are_read_anew(cache: Path, library: Path, words: str) -> None:
    before = content(load_catalog(library))
    for file in entries(cache):
        with sqlite3.connect(file) as connection:
            connection.execute("UPDATE entry SET brief = ?, data = ?", (words, words))
        connection.close()
    assert content(load_catalog(library)) == before


def test_what_other_code_found_sound_is_checked_again(
    cache: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_catalog(library)
    assert cache.is_dir()
    checked: list[Catalog] = []

    def look(catalog: Catalog) -> list[object]:
        checked.append(catalog)
        return []

    monkeypatch.setattr("fe_contracts.catalog.consistency.check_catalog", look)
    load_catalog(library)
    assert checked == []
    monkeypatch.setattr(module, "_code_mark", lambda: 12345)
    load_catalog(library)
    assert len(checked) == 1


def test_a_cache_of_another_format_or_engine_is_left_alone(cache: Path, library: Path) -> None:
    cache.mkdir()
    other = cache / "catalog-0-0.0.1.sqlite"
    other.write_bytes(b"old")
    assert len(load_catalog(library)) == 8
    assert other.read_bytes() == b"old"


def test_a_folder_that_cannot_be_written_means_no_cache(
    tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv(CACHE_VARIABLE, str(file / "below"))
    assert len(load_catalog(library)) == 8


def test_a_cache_that_may_only_be_read_means_no_cache(
    cache: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(load_catalog(library))
    connect = sqlite3.connect

    def only_reading(path: Path, **_: object) -> sqlite3.Connection:
        return connect(f"file:{path}?mode=ro", uri=True, isolation_level=None, check_same_thread=False)

    monkeypatch.setattr("fe_contracts.catalog.cache.sqlite3.connect", only_reading)
    assert content(load_catalog(library)) == before
    (library / "clauses/FE/FE-01/3.0.0.md").write_text(version("New.", effective="2029-01-01"), encoding="utf-8")
    assert len(load_catalog(library)["FE-01"].versions) == 3
    assert cache.is_dir()


def test_a_cache_that_breaks_while_it_is_used_means_no_cache() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    broken = Cache(connection)
    broken.remember({"key": ("brief", "data")}, "digest")
    assert (broken.briefs(["key"]), broken.data("key"), broken.is_sound("digest")) == ({}, None, False)


def test_a_cache_closes_its_database_when_it_is_let_go(cache: Path) -> None:
    opened = Cache.open("test")
    connection = opened._connection
    assert connection is not None
    del opened
    with pytest.raises(sqlite3.ProgrammingError):
        connection.execute("SELECT 1")
    assert cache.is_dir()


def test_the_cache_keeps_front_matter_and_no_code(cache: Path, library: Path) -> None:
    load_catalog(library)
    (file,) = entries(cache)
    with sqlite3.connect(file) as connection:
        kept = connection.execute("SELECT brief, data FROM entry").fetchall()
    connection.close()
    assert len(kept) >= len(FILES)
    assert all(isinstance(json.loads(text), dict | list) for row in kept for text in row if text)


def test_two_processes_at_once_load_the_same_catalog(cache: Path, library: Path) -> None:
    program = "import sys; from fe_contracts.catalog import load_catalog; print(load_catalog(sys.argv[1]).digest)"
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(library)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=60)[0].strip() for process in running]
    assert said == [load_catalog(library).digest] * 2
    assert [process.returncode for process in running] == [0, 0]
    assert cache.is_dir()
