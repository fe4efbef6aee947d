"""Publishing enters what is new into the lock, and nothing when anything is wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.catalog.libraries import version, write_library

from fe_contracts.catalog import load_catalog
from fe_contracts.catalog.lock import LOCK_NAME
from fe_contracts.exceptions import CatalogError
from fe_contracts.governance import publish

if TYPE_CHECKING:
    from pathlib import Path


def drafts(folder: Path) -> list[str]:
    return [item.key for clause in load_catalog(folder) for item in clause.versions if not item.published]


def test_everything_is_a_draft_until_it_is_published(tmp_path: Path) -> None:
    write_library(tmp_path)
    assert len(drafts(tmp_path)) == 10
    publication = publish(tmp_path)
    assert drafts(tmp_path) == []
    assert publication.lock_file == str(tmp_path / LOCK_NAME)
    assert set(publication.added) == set(json.loads((tmp_path / LOCK_NAME).read_text(encoding="utf-8"))["published"])
    assert {"clauses/FE-01", "clauses/FE-01/1.0.0", "contract_type/fe_rider/1.0.0", "framework/vision/1.0.0"} <= set(
        publication.added
    )
    assert publication.to_dict() == {"lock_file": publication.lock_file, "added": [*publication.added]}


def test_publishing_again_adds_nothing_and_touches_nothing(tmp_path: Path) -> None:
    write_library(tmp_path, published=True)
    before = (tmp_path / LOCK_NAME).read_bytes()
    assert publish(tmp_path).added == ()
    assert (tmp_path / LOCK_NAME).read_bytes() == before


def test_publishing_adds_what_is_new_and_keeps_the_rest(tmp_path: Path) -> None:
    write_library(tmp_path, published=True)
    before = json.loads((tmp_path / LOCK_NAME).read_text(encoding="utf-8"))["published"]
    (tmp_path / "clauses/FE/FE-05/2.0.0.md").write_text(version("New.", effective="2029-01-01"), encoding="utf-8")
    assert publish(tmp_path).added == ("clauses/FE-05/2.0.0",)
    after = json.loads((tmp_path / LOCK_NAME).read_text(encoding="utf-8"))["published"]
    assert {name: digest for name, digest in after.items() if name in before} == before
    assert set(after) - set(before) == {"clauses/FE-05/2.0.0"}


def test_nothing_is_published_while_a_published_file_was_changed(tmp_path: Path) -> None:
    write_library(tmp_path, published=True)
    before = (tmp_path / LOCK_NAME).read_bytes()
    path = tmp_path / "clauses/FE/FE-05/1.0.0.md"
    path.write_text(path.read_text(encoding="utf-8") + "More.\n", encoding="utf-8")
    (tmp_path / "clauses/FE/FE-05/2.0.0.md").write_text(version("New.", effective="2029-01-01"), encoding="utf-8")
    with pytest.raises(CatalogError, match="LOCK010"):
        publish(tmp_path)
    assert (tmp_path / LOCK_NAME).read_bytes() == before


def test_nothing_is_published_while_a_draft_has_a_problem(tmp_path: Path) -> None:
    write_library(tmp_path, {"clauses/FE/FE-05/2.0.0.md": version("{{ x }}", effective="2029-01-01")})
    with pytest.raises(CatalogError, match="WORDING040"):
        publish(tmp_path)
    assert not (tmp_path / LOCK_NAME).exists()
