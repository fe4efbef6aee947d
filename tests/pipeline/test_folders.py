"""Schemas in a folder, house styles as files, and the quickstart."""

from __future__ import annotations

from pathlib import Path

import pytest

import fe_contracts
from fe_contracts.exceptions import OutputError, SourceError, SpecError


def test_exported_schemas_are_up_to_date_until_one_is_edited_or_deleted(tmp_path: Path) -> None:
    files = fe_contracts.export_schemas(tmp_path)
    assert {path.name for path in files} == {path.name for path in tmp_path.iterdir()}
    assert fe_contracts.check_schemas(tmp_path).clean
    (tmp_path / "spec.schema.json").write_text("{}", encoding="utf-8")
    (tmp_path / "lock.schema.json").unlink()
    found = fe_contracts.check_schemas(tmp_path)
    assert [(item.code, Path(item.where.file).name) for item in found] == [
        ("SCHEMA010", "lock.schema.json"),
        ("SCHEMA020", "spec.schema.json"),
    ]
    assert f"fe-contracts schema export {tmp_path}" in found.items[0].remedy


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no such folder"):
        fe_contracts.export_schemas(tmp_path / "nowhere")
    with pytest.raises(SourceError, match="no such folder"):
        fe_contracts.check_schemas(tmp_path / "nowhere")


def test_a_new_house_style_can_be_used_and_is_kept(tmp_path: Path) -> None:
    path = fe_contracts.new_house_style(tmp_path / "own.docx", look="civic")
    assert not fe_contracts.check_house_style(path).errors
    with pytest.raises(OutputError, match="exists and was kept"):
        fe_contracts.new_house_style(path)
    before = path.read_bytes()
    fe_contracts.new_house_style(path, overwrite=True)
    assert path.read_bytes() != before


def test_what_is_no_word_file_is_a_finding_and_what_is_not_there_an_error(tmp_path: Path) -> None:
    path = tmp_path / "own.docx"
    path.write_text("no Word file", encoding="utf-8")
    assert fe_contracts.check_house_style(path).errors
    with pytest.raises(SourceError, match="no such file"):
        fe_contracts.check_house_style(tmp_path / "other.docx")


def test_the_quickstart_makes_a_contract_and_a_spec_that_an_editor_understands(tmp_path: Path, look: Path) -> None:
    catalog = fe_contracts.load_catalog()
    made = fe_contracts.quickstart(tmp_path / "a" / "b", catalog, house_style=look)
    assert made.contract.read_bytes()[:2] == b"PK"
    line = made.spec.read_text(encoding="utf-8").splitlines()[0]
    reference = line.partition("$schema=")[2]
    assert (made.spec.parent / reference).is_file()
    assert not made.findings.errors
    assert made.kept == ()
    assert fe_contracts.validate(fe_contracts.load_spec(made.spec), catalog).items == made.findings.items


def test_the_quickstart_keeps_what_stands_there_unless_told(tmp_path: Path, look: Path) -> None:
    catalog = fe_contracts.load_catalog()
    first = fe_contracts.quickstart(tmp_path, catalog, house_style=look)
    first.contract.write_bytes(b"edited")
    again = fe_contracts.quickstart(tmp_path, catalog, house_style=look)
    assert set(again.kept) == {first.spec, first.schema, first.contract}
    assert first.contract.read_bytes() == b"edited"
    forced = fe_contracts.quickstart(tmp_path, catalog, house_style=look, overwrite=True)
    assert forced.kept == ()
    assert first.contract.read_bytes() != b"edited"


def test_the_quickstart_says_what_is_wrong_with_a_spec_that_was_kept(tmp_path: Path) -> None:
    (tmp_path / "pilot.yaml").write_text("contract: {}\n", encoding="utf-8")
    with pytest.raises(SpecError, match=r"pilot\.yaml"):
        fe_contracts.quickstart(tmp_path, fe_contracts.load_catalog())


def test_the_quickstart_cannot_make_its_folder_under_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be made"):
        fe_contracts.quickstart(tmp_path / "file" / "inside", fe_contracts.load_catalog())
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
