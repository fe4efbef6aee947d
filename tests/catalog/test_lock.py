"""What is published stays as it was: the lock tells a change from a checkout, and says what to do instead."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

import pytest
from tests.catalog.libraries import FILES, identity, problems_of, version, write_library

from fe_contracts.catalog import load_catalog
from fe_contracts.catalog.lock import LOCK_NAME, lock_text, parse_lock

if TYPE_CHECKING:
    from pathlib import Path

FE01 = "clauses/FE/FE-01"
PUBLISHED = [
    f"{FE01}/1.0.0.md",
    "contract_types/subcontract/1.0.0.yaml",
    "framework/vision/1.0.0.yaml",
    "framework/glossary/1.0.0.yaml",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_library(tmp_path, published=True)


def edit(folder: Path, path: str, old: str, new: str) -> None:
    file = folder / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8", newline="")


@pytest.mark.parametrize("path", PUBLISHED)
def test_a_published_file_that_was_edited_is_refused_and_asks_for_a_new_version(folder: Path, path: str) -> None:
    file = folder / path
    file.write_bytes(file.read_bytes() + b"\n")
    (problem,) = problems_of(folder)
    assert (problem.code, problem.where.file) == ("LOCK010", str(file))
    assert "publish the change as a new version" in problem.remedy


@pytest.mark.parametrize("path", PUBLISHED)
def test_a_published_file_that_is_gone_is_refused(folder: Path, path: str) -> None:
    (folder / path).unlink()
    problem = next(problem for problem in problems_of(folder) if problem.code == "LOCK020")
    assert problem.where.file == str(folder / LOCK_NAME)
    assert problem.where.field.split("/")[-1] == "1.0.0"
    assert "Restore the file" in problem.remedy


@pytest.mark.parametrize("path", PUBLISHED)
def test_line_endings_and_unicode_form_are_no_change(tmp_path: Path, path: str) -> None:
    accented = {path: FILES[path].replace("First", "Première") for path in PUBLISHED}
    folder = write_library(tmp_path, accented, published=True)
    before = load_catalog(folder)
    file = folder / path
    text = file.read_text(encoding="utf-8")
    assert "è" in text
    decomposed = unicodedata.normalize("NFD", text)
    assert decomposed != text
    for checkout in (text.replace("\n", "\r\n"), decomposed, "\ufeff" + text):
        file.write_bytes(checkout.encode())
        assert load_catalog(folder).digest == before.digest


def test_a_decomposed_checkout_gives_the_same_wording(tmp_path: Path) -> None:
    path = f"{FE01}/1.0.0.md"
    source = FILES[path].replace("Each Session", "Each séance")
    folder = write_library(tmp_path, {path: source})
    before = load_catalog(folder)["FE-01"].version("1.0.0")
    (folder / path).write_bytes(unicodedata.normalize("NFD", source).encode())
    after = load_catalog(folder)["FE-01"].version("1.0.0")
    assert after.wording == before.wording
    assert after.digest == before.digest


def test_confidence_marks_sources_and_notes_may_change(folder: Path) -> None:
    more = {"sources": {"2 CFR 200.1": {"confidence": "V"}}, "notes": "A remark."}
    fixed = {"trigger": "service_date", "omission": "reserved"}
    (folder / FE01 / "clause.yaml").write_text(identity("FE-01", **fixed, **more), encoding="utf-8")
    assert problems_of(folder) == ()


@pytest.mark.parametrize(
    "changed", [{"trigger": "calendar_date"}, {"omission": "absent"}, {"protection": "law"}, {"scope": "fund"}]
)
def test_what_a_clause_is_may_not_change_once_a_version_is_published(folder: Path, changed: dict[str, str]) -> None:
    fixed = {"trigger": "service_date", "omission": "reserved", **changed}
    (folder / FE01 / "clause.yaml").write_text(identity("FE-01", **fixed), encoding="utf-8")
    (problem,) = problems_of(folder)
    assert (problem.code, problem.message) == ("LOCK010", "clauses/FE-01 was changed after it was published.")


def test_a_draft_may_be_edited_freely(folder: Path) -> None:
    draft = folder / FE01 / "3.0.0.md"
    draft.write_text(version("A draft.", effective="2030-01-01"), encoding="utf-8")
    assert not load_catalog(folder)["FE-01"].version("3.0.0").published
    draft.write_text(version("Another draft.", effective="2031-01-01"), encoding="utf-8")
    assert problems_of(folder) == ()


def test_a_published_file_with_a_problem_of_its_own_is_not_called_gone(folder: Path) -> None:
    (folder / FE01 / "clause.yaml").write_text("id: FE-01\n", encoding="utf-8")
    (folder / "framework/vision/1.0.0.yaml").write_text("reason: [\n", encoding="utf-8")
    assert "LOCK020" not in {problem.code for problem in problems_of(folder)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not json",
        '{"lock_version": 2, "published": {}}',
        '{"lock_version": 1, "published": {"clauses/FE-01": "sha256:short"}}',
        '{"published": []}',
        '{"published": {}, "published": {}}',
    ],
)
def test_a_lock_that_is_none_is_refused(folder: Path, text: str) -> None:
    (folder / LOCK_NAME).write_text(text, encoding="utf-8")
    problems = problems_of(folder)
    assert problems
    assert {problem.where.file for problem in problems} == {str(folder / LOCK_NAME)}


def test_a_lock_that_is_not_utf_8_is_refused(folder: Path) -> None:
    (folder / LOCK_NAME).write_bytes(b"\xff\xfe")
    assert [problem.code for problem in problems_of(folder)] == ["CATALOG060"]


def test_a_lock_is_written_one_name_a_line_in_order() -> None:
    digests = {"b": f"sha256:{'1' * 64}", "a": f"sha256:{'2' * 64}"}
    text = lock_text(digests)
    assert [*json.loads(text)["published"]] == ["a", "b"]
    assert len(text.splitlines()) == 7
    assert parse_lock(text, "lock") == (digests, ())
