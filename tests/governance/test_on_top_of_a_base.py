"""A city publishes and approves in its own library; the one below it is never written to."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from tests.catalog.libraries import clause_files, version, write_library

from fe_contracts.catalog import load_catalog
from fe_contracts.catalog.approvals import approval_state
from fe_contracts.exceptions import GovernanceError
from fe_contracts.governance import Decision, approve, new_clause, next_version, publish

if TYPE_CHECKING:
    from pathlib import Path

OURS = """\
name: Our Library
version: 0.1.0
notice: Ours.
extends: ../base
roles:
  - {id: council, title: City Council}
families:
  - {id: FE, title: Services, approved_by: [council]}
"""
COUNCIL = Decision("council", "City Council", dt.date(2026, 11, 1), "Resolution 2026-77")
DAY = dt.date(2029, 1, 1)


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    write_library(tmp_path / "base", published=True)
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours/library.yaml").write_text(OURS, encoding="utf-8")
    return tmp_path / "ours"


@pytest.fixture(autouse=True)
def _the_base_is_left_alone(ours: Path) -> object:
    base = ours.parent / "base"
    before = {path: path.read_bytes() for path in base.rglob("*") if path.is_file()}
    yield
    assert {path: path.read_bytes() for path in base.rglob("*") if path.is_file()} == before


def test_a_clause_of_the_base_is_approved_in_our_own_record(ours: Path) -> None:
    done = approve(["FE"], COUNCIL, ours, every=True)
    assert (len(done.recorded), done.missing) == (6, {})
    assert (ours / "clauses/FE/FE-01/approvals.yaml").is_file()
    catalog = load_catalog(ours)
    assert all(approval_state(catalog, clause.latest).approved for clause in catalog if clause.id.startswith("FE-"))


def test_our_own_drafts_alone_are_published(ours: Path) -> None:
    for name, text in clause_files("FE-14", {"1.0.0": version("New.", effective="2027-01-01")}).items():
        (ours / name).parent.mkdir(parents=True, exist_ok=True)
        (ours / name).write_text(text, encoding="utf-8")
    assert publish(ours).added == ("clauses/FE-14", "clauses/FE-14/1.0.0")
    assert publish(ours).added == ()


def test_a_clause_begun_here_stands_here(ours: Path) -> None:
    draft = new_clause("FE-14", effective=DAY, like="FE-01", folder=ours)
    assert all(file.startswith(str(ours)) for file in draft.files)
    assert load_catalog(ours)["FE-14"].latest.front.title == "Counseling"


def test_a_clause_of_the_base_gets_no_next_version_here(ours: Path) -> None:
    with pytest.raises(GovernanceError, match="NEW030"):
        next_version("FE-01", effective=DAY, folder=ours)
