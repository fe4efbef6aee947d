"""The wording of instruments waits until it is asked for, unless it is new or was changed."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fe_contracts.catalog import load_catalog
from fe_contracts.catalog.instruments import Instruments
from fe_contracts.exceptions import CatalogError

ROOT = Path(__file__).resolve().parents[2]


def test_a_run_that_makes_no_amendment_reads_no_wording_of_amendments() -> None:
    program = (
        "import sys; from fe_contracts import load_catalog; load_catalog(); catalog = load_catalog(); "
        "print(list(catalog.instruments))"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)  # the library is found sound
    program += "; print('fe_contracts.model.amendment' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert told.split() == ["['amendment']", "False"]


def test_the_files_are_read_once_and_only_for_a_name_that_is_there() -> None:
    catalog = load_catalog()
    read: list[int] = []

    def reading() -> dict[str, object]:
        read.append(1)
        return {"amendment": catalog.instruments["amendment"]}

    held = Instruments(["amendment", "amendment"], reading)  # type: ignore[arg-type]
    assert (list(held), len(held), "other" in held, read) == (["amendment"], 1, False, [])
    assert held["amendment"] is held["amendment"]
    assert read == [1]
    assert set(pickle.loads(pickle.dumps(held))) == {"amendment"}  # noqa: S301 - our own


def test_a_draft_with_a_mistake_is_told_when_the_library_is_loaded(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "clause_library", tmp_path / "library")
    home = folder / "instruments" / "amendment"
    text = (home / "1.0.0.yaml").read_text(encoding="utf-8").replace("2026-01-01", "2027-01-01")
    (home / "1.1.0.yaml").write_text(text.replace("by {{ new }}.", "by another."), encoding="utf-8")
    with pytest.raises(CatalogError, match=r"must name \{\{ new \}\}"):
        load_catalog(folder)


def test_a_file_of_another_instrument_has_no_place(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "clause_library", tmp_path / "library")
    other = folder / "instruments" / "letter" / "1.0.0.yaml"
    other.parent.mkdir()
    other.write_text("effective: 2026-01-01\n", encoding="utf-8")
    with pytest.raises(CatalogError, match="no place in a library"):
        load_catalog(folder)
