"""The data that comes with the program is found in a checkout and in an installed package."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import pytest

from fe_contracts.exceptions import SourceError
from fe_contracts.sources import bundled

if TYPE_CHECKING:
    from pathlib import Path

# the package exports the function under the module's name
MODULE = importlib.import_module("fe_contracts.sources.bundled")


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("clause_library", "library.yaml"),
        ("schemas", "spec.schema.json"),
        ("examples", "pilot.yaml"),
    ],
)
def test_each_folder_of_data_is_found(name: str, file: str) -> None:
    assert (bundled(name) / file).is_file()


def test_the_copy_in_the_package_comes_before_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MODULE, "_HOMES", (tmp_path / "_bundled", tmp_path))
    (tmp_path / "examples").mkdir()
    assert bundled("examples") == tmp_path / "examples"
    (tmp_path / "_bundled" / "examples").mkdir(parents=True)
    assert bundled("examples") == tmp_path / "_bundled" / "examples"


def test_missing_data_is_named_with_where_it_was_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MODULE, "_HOMES", (tmp_path / "_bundled", tmp_path))
    with pytest.raises(SourceError, match="does not hold the folder 'schemas'") as caught:
        bundled("schemas")
    assert str(tmp_path / "_bundled") in str(caught.value)
