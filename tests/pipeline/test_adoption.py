from __future__ import annotations

import datetime as dt
import shutil
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import fe_contracts
from fe_contracts.catalog import Catalog, load_catalog
from fe_contracts.exceptions import SourceError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.pipeline.adoption import adopted_by, adopted_contracts, contract_files

if TYPE_CHECKING:
    from fe_contracts.governance.readiness import AdoptedContract

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PILOT = EXAMPLES / "pilot-to-sign.yaml"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="module")
def word_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    catalog = load_catalog(EXAMPLES / "exampleton")
    path = tmp_path_factory.mktemp("word") / "signed.docx"
    return fe_contracts.assemble(fe_contracts.load_spec(PILOT), catalog).save(path)


def read(folder: Path, *named: str, catalog: Catalog) -> tuple[dict[str, AdoptedContract], list[Finding]]:
    places = {entry: Where("initiative.yaml", 7 + place) for place, entry in enumerate(named)}
    contracts, found = adopted_contracts(folder, named, catalog, places)
    return {item.id: item for item in contracts}, list(found)


def test_a_spec_shows_clauses_versions_framework_services_and_promise(catalog: Catalog) -> None:
    item = adopted_by(PILOT, catalog)
    assert (item.id, item.agency, item.effective) == (
        "FE-2027-014", "Steady Ground Financial Counseling, Inc.", dt.date(2027, 1, 1),
    )  # fmt: skip
    assert item.carried == "FE-01 to FE-13"
    assert set(item.clauses.values()) == {"1.0.0"}
    assert dict(item.framework) == dict.fromkeys(("assumptions", "glossary", "values", "vision"), "1.0.0")
    assert item.services == ("SCREEN", "COUNSEL", "CREDIT", "BANK", "DEBT", "SAVE", "BENEFITS")
    assert (item.city, item.initiative, item.other_names) == (
        "City of Exampleton", "Pathways to Stability", ("Steady Ground",),
    )  # fmt: skip
    promise = item.promise
    assert promise is not None
    assert promise.deliverable == "D2 Front-Line Staff trained"
    assert promise.owed == (
        (dt.date(2027, 3, 31), 30), (dt.date(2027, 6, 30), 30), (dt.date(2027, 9, 30), 40), (dt.date(2027, 12, 31), 40),
    )  # fmt: skip
    assert (promise.share, promise.by) == (Decimal(80), dt.date(2027, 12, 31))


def test_the_spec_and_its_word_file_show_the_same_but_for_the_numbers(word_file: Path) -> None:
    spec, word = adopted_by(PILOT, load_catalog(EXAMPLES / "exampleton")), adopted_by(word_file, load_catalog())
    for name in ("id", "title", "agency", "effective", "clauses", "framework", "city", "initiative"):
        assert getattr(spec, name) == getattr(word, name), name
    assert word.promise is None
    assert "FE-14" in word.clauses  # the city's own


def test_one_contract_as_spec_and_as_word_file_counts_once_with_its_numbers(
    word_file: Path, tmp_path: Path, catalog: Catalog
) -> None:
    shutil.copy(PILOT, tmp_path / "z.yaml")
    shutil.copy(word_file, tmp_path / "a.docx")
    contracts, found = read(tmp_path, ".", catalog=catalog)
    assert contracts["FE-2027-014"].promise is not None
    assert [(one.code, one.severity) for one in found] == [("READY062", Severity.INFO)]


def test_an_amended_contract_goes_before_what_it_was_and_embeds_since_the_beginning(catalog: Catalog) -> None:
    contracts, found = read(EXAMPLES / "aurora", "*.yaml", catalog=catalog)
    (item,) = contracts.values()
    assert (item.amendments, item.effective) == (1, dt.date(2026, 7, 1))
    assert "base.yaml too, which is left out" in found[0].message


def test_folders_patterns_and_files_are_read_each_file_once(tmp_path: Path, catalog: Catalog) -> None:
    folder = tmp_path / "contracts"
    folder.mkdir()
    for name in ("rider.yaml", "esg-prevention.yaml"):
        shutil.copy(EXAMPLES / name, folder / name)
    (folder / "notes.txt").write_text("not a contract", encoding="utf-8")
    (folder / "~$signed.docx").write_bytes(b"left by Word")
    (folder / ".hidden.yaml").write_text("a: 1", encoding="utf-8")
    (folder / "pins.yaml").write_text("pins: {FE-04: 1.0.0}", encoding="utf-8")
    contracts, found = read(tmp_path, "contracts", "contracts/*.yaml", "contracts/rider.yaml", catalog=catalog)
    assert set(contracts) == {"SH-2025-108-R1", "FE-2027-047"}
    assert found == []


def test_a_bad_file_is_named_and_the_others_go_on(tmp_path: Path, catalog: Catalog) -> None:
    shutil.copy(EXAMPLES / "rider.yaml", tmp_path / "rider.yaml")
    (tmp_path / "broken.yaml").write_text("contract: {id: 1}\n", encoding="utf-8")
    (tmp_path / "tab.yaml").write_text("contract:\n\tid: 1\n", encoding="utf-8")
    (tmp_path / "bomb.docx").write_bytes(b"PK\x03\x04 not a package")
    contracts, found = read(tmp_path, "*", "missing.yaml", "none-*.yaml", catalog=catalog)
    assert set(contracts) == {"SH-2025-108-R1"}
    assert sorted((one.code, Path(one.where.file).name) for one in found) == [
        ("READY060", "bomb.docx"),
        ("READY060", "broken.yaml"),
        ("READY060", "missing.yaml"),
        ("READY060", "tab.yaml"),
        ("READY061", "initiative.yaml"),
    ]
    assert all(one.severity is Severity.ERROR and one.remedy for one in found)
    assert next(one for one in found if one.code == "READY061").where.line == 9
    assert any(one.where.line == 2 for one in found)  # the tab, in its own file


def test_a_word_file_that_was_not_made_here_is_refused(tmp_path: Path, catalog: Catalog) -> None:
    from docx import Document

    path = tmp_path / "foreign.docx"
    Document().save(str(path))
    with pytest.raises(SourceError, match="no record of the versions"):
        adopted_by(path, catalog)
    _, found = read(tmp_path, "foreign.docx", catalog=catalog)
    assert [one.code for one in found] == ["READY060"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    shutil.copy(PILOT, tmp_path / "pilot[1].yaml")
    assert list(contract_files(tmp_path, ["pilot[1].yaml"])) == [("pilot[1].yaml", (tmp_path / "pilot[1].yaml",), True)]


def test_paths_are_shown_without_steps_back(catalog: Catalog) -> None:
    contracts, _ = read(EXAMPLES / "initiative", "../rider.yaml", catalog=catalog)
    assert contracts["SH-2025-108-R1"].file == str(EXAMPLES / "rider.yaml")


def test_every_contract_of_a_full_folder_is_read(tmp_path: Path, catalog: Catalog) -> None:
    text = (EXAMPLES / "rider.yaml").read_text(encoding="utf-8")
    for number in range(30):
        (tmp_path / f"{number}.yaml").write_text(text.replace("SH-2025-108-R1", f"R-{number}"), encoding="utf-8")
    contracts, found = read(tmp_path, "*.yaml", catalog=catalog)
    assert (len(contracts), found) == (30, [])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"FORM-01/agency_legal_name", b"FORM-01/somebody", "does not say which contract it is, and with whom"),
        (b'"dated":"2027-01-01"', b'"dated":"some day"', "names no effective date: 'some day'"),
    ],
)
def test_a_word_file_whose_record_lacks_what_is_needed_is_refused_by_name(
    word_file: Path, tmp_path: Path, old: bytes, new: bytes, said: str
) -> None:
    path = tmp_path / "changed.docx"
    with zipfile.ZipFile(word_file) as before, zipfile.ZipFile(path, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(old, new))
    with pytest.raises(SourceError, match="READY060") as caught:
        adopted_by(path, load_catalog())
    assert said in caught.value.problems[0].message


def test_a_deliverable_without_a_measure_is_known_by_its_unit_and_title(tmp_path: Path, catalog: Catalog) -> None:
    text = PILOT.read_text(encoding="utf-8")
    path = tmp_path / "one.yaml"
    path.write_text(text.replace("    unit: staff\n", "    unit: hours\n"), encoding="utf-8")
    promise = adopted_by(path, catalog).promise
    assert promise is not None
    assert (promise.deliverable, promise.owed, promise.share) == ("", (), Decimal(80))
