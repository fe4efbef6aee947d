"""A contract made again from its record: the same text, whatever the library has published since."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.cli.small import SPEC, write_library

import fe_contracts
from fe_contracts import assemble, load_catalog, load_spec, pin_versions, read_pins
from fe_contracts.exceptions import RefusedError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def place(tmp_path: Path, look: Path) -> Path:
    """Return a folder with a library, a spec, and the contract made of them."""
    write_library(tmp_path / "library")
    (tmp_path / "spec.yaml").write_text(SPEC, encoding="utf-8")
    made = assemble(load_spec(tmp_path / "spec.yaml"), load_catalog(tmp_path / "library"))
    made.save(tmp_path / "signed.docx", house_style=look)
    return tmp_path


def publish_anew(folder: Path) -> None:
    """Publish a version of FORM-01 that is in force from before the contract's own day."""
    home = folder / "clauses/FORM/FORM-01"
    text = (home / "1.0.0.md").read_text(encoding="utf-8")
    text = text.replace("2026-01-01", "2026-06-01").replace("First version.", "Corrected.").replace("agree", "promise")
    (home / "2.0.0.md").write_text(text, encoding="utf-8")
    fe_contracts.publish(folder)


def test_the_record_gives_the_same_text_after_a_new_version(place: Path, look: Path) -> None:
    publish_anew(place / "library")
    catalog, spec = load_catalog(place / "library"), load_spec(place / "spec.yaml")
    signed = fe_contracts.inspect(place / "signed.docx")
    anew = fe_contracts.inspect(assemble(spec, catalog).to_bytes(look))
    assert [item.text for item in anew.clauses] != [item.text for item in signed.clauses]
    pinned = pin_versions(spec, read_pins(place / "signed.docx"), catalog)
    assert pinned.notes == ()
    made = assemble(pinned.spec, catalog)
    again = fe_contracts.inspect(made.to_bytes(look))
    assert [(item.name, item.text) for item in again.clauses] == [(item.name, item.text) for item in signed.clauses]
    assert "PIN020" in {item.code for item in made.findings}


def test_a_library_without_the_version_is_refused_with_the_one_that_had_it(place: Path, library: Path) -> None:
    publish_anew(place / "library")
    made = assemble(load_spec(place / "spec.yaml"), load_catalog(place / "library"))
    made.save(place / "new.docx")
    with pytest.raises(RefusedError) as refused:
        pin_versions(load_spec(place / "spec.yaml"), read_pins(place / "new.docx"), load_catalog(library))
    (problem,) = refused.value.problems
    assert (problem.code, problem.where.field) == ("PIN010", "FORM-01")
    assert "The record names Small Library 0.1.0." in problem.remedy


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("id: SM-2027-001", "id: SM-2", "another contract"),
        ("effective_date: 2027", "effective_date: 2026", "another day"),
    ],
)
def test_a_record_of_another_contract_or_term_is_a_warning(place: Path, old: str, new: str, told: str) -> None:
    (place / "other.yaml").write_text(SPEC.replace(old, new), encoding="utf-8")
    pinned = pin_versions(
        load_spec(place / "other.yaml"), read_pins(place / "signed.docx"), load_catalog(place / "library")
    )
    assert [item.code for item in pinned.notes] == ["PIN012"]
    assert told in pinned.notes[0].message


def test_a_pins_file_is_read_by_its_ending(place: Path) -> None:
    (place / "pins.yaml").write_text("pins: {FE-04: 2.0.0}\n", encoding="utf-8")
    catalog = load_catalog(place / "library")
    pinned = pin_versions(load_spec(place / "spec.yaml"), read_pins(place / "pins.yaml"), catalog)
    made = assemble(pinned.spec, catalog)
    assert {one.clause_id: one.version.number for one in made.selection.included if one.version}["FE-04"] == "2.0.0"
    assert "PIN020" in {item.code for item in made.findings}


def test_a_contract_type_that_is_not_there_is_a_finding(place: Path) -> None:
    (place / "odd.yaml").write_text(SPEC + "clauses: {contract_type: 8.0.0}\n", encoding="utf-8")
    found = fe_contracts.validate(load_spec(place / "odd.yaml"), load_catalog(place / "library"))
    assert ("SELECT020", "clauses.contract_type") in {(item.code, item.where.field) for item in found.errors}
