"""What is begun loads as a draft, keeps what its author wrote, and overwrites nothing."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from tests.catalog.libraries import problems_of, write_library
from tests.strategies import plain_text

from fe_contracts.catalog import load_catalog
from fe_contracts.compare import compare_versions
from fe_contracts.exceptions import GovernanceError, OutputError, UnknownClauseError
from fe_contracts.governance import drafting, new_clause, next_version, publish

DAY = dt.date(2029, 7, 1)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return write_library(tmp_path, published=True)


def files_of(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class TestNewClause:
    def test_it_loads_as_a_draft_that_cannot_be_published_before_it_is_written(self, library: Path) -> None:
        before = files_of(library)
        draft = new_clause("FE-14", effective=DAY, folder=library)
        assert {path: before.get(path) for path in before} == {path: files_of(library)[path] for path in before}
        assert draft.version == "FE-14@1.0.0"
        assert [Path(file).name for file in draft.files] == ["clause.yaml", "1.0.0.md"]
        (version,) = load_catalog(library)["FE-14"].versions
        assert (version.published, version.effective, version.front.reason) == (False, DAY, "First version.")
        with pytest.raises(GovernanceError, match="PUBLISH050"):
            publish(library)
        assert draft.to_dict() == {
            "version": "FE-14@1.0.0",
            "files": list(draft.files),
            "next_steps": list(draft.next_steps),
        }

    def test_a_copy_says_what_the_other_says_and_speaks_of_itself(self, library: Path) -> None:
        new_clause("FED-07", effective=DAY, title="Another award", like="FED-01", folder=library)
        catalog = load_catalog(library)
        copy, original = catalog["FED-07"], catalog["FED-01"]
        assert copy.latest.front.title == "Another award"
        assert copy.latest.front.parameters == original.latest.front.parameters
        assert copy.identity.scope == original.identity.scope
        text = Path(copy.latest.file).read_text(encoding="utf-8")
        assert "[[FED-07@federal]]" in text
        assert "[[FED-02 | its own rules]]" in text
        assert "FED-01" not in text
        assert publish(library).added == ("clauses/FED-07", "clauses/FED-07/1.0.0")

    def test_a_copy_without_a_title_keeps_the_title(self, library: Path) -> None:
        new_clause("FE-14", effective=DAY, like="FE-03", folder=library)
        assert load_catalog(library)["FE-14"].latest.front.title == "Credit"

    @pytest.mark.parametrize("clause_id", ["fe-14", "FE-1", "FE", "FE-14@1.0.0", "XX-01", "FE-01", "../FE-14"])
    def test_an_id_that_no_clause_can_have_is_refused(self, library: Path, clause_id: str) -> None:
        before = files_of(library)
        with pytest.raises(GovernanceError, match="NEW010"):
            new_clause(clause_id, effective=DAY, folder=library)
        assert files_of(library) == before

    def test_a_clause_to_copy_must_be_there(self, library: Path) -> None:
        with pytest.raises(UnknownClauseError):
            new_clause("FE-14", effective=DAY, like="FE-99", folder=library)


class TestNextVersion:
    @pytest.mark.parametrize(("bump", "number"), [("major", "2.0.0"), ("minor", "1.1.0"), ("patch", "1.0.1")])
    def test_it_is_a_copy_of_the_latest_with_a_day_and_a_reason_of_its_own(
        self, library: Path, bump: str, number: str
    ) -> None:
        before = files_of(library)
        draft = next_version("FE-05", effective=DAY, bump=bump, reason="Because: it is so.", folder=library)
        assert draft.version == f"FE-05@{number}"
        after = files_of(library)
        assert {path: after[path] for path in before} == before
        version = load_catalog(library)["FE-05"].latest
        assert (version.number, version.effective, version.front.reason) == (number, DAY, "Because: it is so.")
        assert compare_versions(load_catalog(library), "FE-05").changes == ()

    def test_all_but_the_fields_given_stays_as_its_author_laid_it_out(self, library: Path) -> None:
        first = library / "clauses/FE/FE-05/1.0.0.md"
        text = (
            "---\n# a remark\ntitle: 'Payment'\neffective: 2026-01-01\nreason: >-\n  First\n  version.\n"
            "summary: 'It means: so.'   # said\napplies:\n    level: mandatory\npolicy_basis: Policy.\n---\n\n"
            "reason: not here.\n"
        )
        write_library(library, {"clauses/FE/FE-05/1.0.0.md": text, "catalog.lock": None})
        assert first.read_text(encoding="utf-8") == text
        draft = next_version("FE-05", effective=DAY, reason="Another.", folder=library)
        made = Path(draft.files[0]).read_text(encoding="utf-8")
        assert made == text.replace("2026-01-01", "2029-07-01").replace(">-\n  First\n  version.", "Another.")

    def test_without_a_reason_it_cannot_be_published(self, library: Path) -> None:
        next_version("FE-05", effective=DAY, bump="major", folder=library)
        with pytest.raises(GovernanceError, match="PUBLISH020"):
            publish(library)

    @pytest.mark.parametrize("effective", [dt.date(2026, 1, 1), dt.date(2025, 1, 1)])
    def test_it_takes_effect_after_the_latest(self, library: Path, effective: dt.date) -> None:
        with pytest.raises(GovernanceError, match="NEW020"):
            next_version("FE-05", effective=effective, folder=library)

    def test_a_file_that_came_to_stand_there_in_the_meantime_is_kept(self, tmp_path: Path) -> None:
        target = tmp_path / "1.1.0.md"
        target.write_text("Somebody else's.", encoding="utf-8")
        with pytest.raises(OutputError, match="was kept"):
            drafting._write("FE-05@1.1.0", {target: "Mine."}, ())
        assert target.read_text(encoding="utf-8") == "Somebody else's."


awkward = [
    "yes",
    "null",
    "# no comment",
    "a: b",
    "- item",
    "'quoted",
    '"quoted"',
    "{x}",
    "[x]",
    "1.0",
    "é – “x”",
    "x" * 300,
]


@pytest.mark.parametrize("words", [*awkward, " ".join(["long"] * 80), "It's so, (mostly) / nearly."])
def test_a_title_and_a_reason_come_back_as_they_were_given(library: Path, words: str) -> None:
    new_clause("FE-14", effective=DAY, title=words, reason=words, folder=library)
    front = load_catalog(library)["FE-14"].latest.front
    assert (front.title, front.reason) == (words, words)


@settings(max_examples=25, deadline=None)
@given(plain_text, plain_text)
def test_whatever_is_given_the_draft_loads(tmp_path_factory: pytest.TempPathFactory, title: str, reason: str) -> None:
    folder = write_library(tmp_path_factory.mktemp("library"), published=True)
    given_fields: dict[str, Any] = {"title": title, "reason": reason, "folder": folder}
    new_clause("FE-14", effective=DAY, **given_fields)
    next_version("FE-05", effective=DAY, **given_fields)
    assert problems_of(folder) == ()
    front = load_catalog(folder)["FE-14"].latest.front
    assert re.sub(r"\s+", " ", front.title) == re.sub(r"\s+", " ", load_catalog(folder)["FE-05"].latest.front.title)
