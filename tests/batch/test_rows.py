"""What becomes of each row: made, refused, failed, and why."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from tests.cli.small import SPEC, agencies, table

from fe_contracts import BatchResult, run_batch
from fe_contracts.exceptions import CatalogError, HouseStyleError, OutputError, SourceError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def base(tmp_path: Path) -> Path:
    path = tmp_path / "base.yaml"
    path.write_text(SPEC, encoding="utf-8")
    return path


@pytest.fixture
def made_of(tmp_path: Path, base: Path, library: Path, look: Path) -> Any:
    """Return a function that runs a batch over rows, in this process."""

    def made(rows: list[dict[str, str]], **more: Any) -> BatchResult:
        source = table(tmp_path / "rows.csv", rows)
        options = {"base": base, "out": tmp_path / "out", "catalog": library, "house_style": look, "jobs": 1}
        return run_batch(source, **{**options, **more})

    return made


def codes(result: BatchResult) -> dict[int, list[str]]:
    return {row.row: [item.code for item in row.findings if item.severity.value == "error"] for row in result}


def test_each_row_becomes_a_contract_named_by_its_number(made_of: Any, tmp_path: Path) -> None:
    result = made_of(agencies(3))
    assert result.counts == {"made": 3, "kept": 0, "refused": 0, "failed": 0}
    assert result.exit_code == 0
    assert [(row.row, row.contract_id, row.file) for row in result] == [
        (2, "SM-001", "SM-001.docx"),
        (3, "SM-002", "SM-002.docx"),
        (4, "SM-003", "SM-003.docx"),
    ]
    assert sorted(path.name for path in (tmp_path / "out").glob("*.docx")) == [row.file for row in result]


def test_a_batch_makes_the_same_bytes_as_a_single_contract(
    made_of: Any, tmp_path: Path, library: Path, look: Path
) -> None:
    import fe_contracts

    made_of([{"contract.id": "SM-9"}])
    path = tmp_path / "single.yaml"
    path.write_text(SPEC.replace("SM-2027-001", "SM-9"), encoding="utf-8")
    catalog = fe_contracts.load_catalog(library)
    single = fe_contracts.assemble(fe_contracts.load_spec(path), catalog).to_bytes(look)
    assert (tmp_path / "out" / "SM-9.docx").read_bytes() == single


def test_a_bad_row_is_told_with_row_and_column_and_stops_no_other(made_of: Any, tmp_path: Path) -> None:
    rows = agencies(3)
    rows[1]["total_amount"] = "-5"
    result = made_of(rows)
    assert [row.status for row in result] == ["made", "failed", "made"]
    bad = result.rows[1]
    assert bad.row == 3
    (finding,) = [item for item in bad.findings if item.where.field == "total_amount"]
    assert (finding.where.file, finding.where.line, finding.where.column) == (str(tmp_path / "rows.csv"), 3, 4)
    assert result.exit_code == 1
    assert result.troubled == (bad,)


def test_a_row_with_a_standing_error_is_refused(made_of: Any, tmp_path: Path) -> None:
    rows = agencies(2)
    rows[0]["total_amount"] = "50000.00"  # the budget of the base adds up to 60,000
    result = made_of(rows)
    assert [row.status for row in result] == ["refused", "made"]
    assert "MONEY010" in codes(result)[2]
    assert not (tmp_path / "out" / "SM-001.docx").exists()


def test_a_parameter_out_of_bounds_fails_its_row_only(made_of: Any) -> None:
    rows = agencies(3)
    for row, minutes in zip(rows, ("45", "500", ""), strict=True):
        row["clauses.parameters.FE-04.minutes"] = minutes
    result = made_of(rows)
    assert [row.status for row in result] == ["made", "failed", "made"]
    assert "500" in result.rows[1].findings[0].message


def test_a_heading_that_names_no_place_is_told_for_each_row(made_of: Any) -> None:
    result = made_of([{"contract.id": "SM-1", "agency.signers[7].name": "X"}])
    assert codes(result) == {2: ["SOURCE070"]}
    assert result.rows[0].findings[0].where.column == 2


def test_a_column_file_names_the_outputs(made_of: Any, tmp_path: Path) -> None:
    rows = [{**row, "file": name} for row, name in zip(agencies(3), ("alder", "birch.docx", ""), strict=True)]
    result = made_of(rows)
    assert [row.file for row in result] == ["alder.docx", "birch.docx", "SM-003.docx"]
    assert (tmp_path / "out" / "birch.docx").is_file()


@pytest.mark.parametrize("name", ["../up", "a/b", "a\\b", "C:x", ".hidden", "dot."])
def test_a_file_name_that_leads_elsewhere_is_refused(made_of: Any, tmp_path: Path, name: str) -> None:
    result = made_of([{"contract.id": "SM-1", "file": name}, {"contract.id": "SM-2", "file": "good"}])
    assert codes(result)[2] == ["BATCH011"]
    assert result.rows[0].findings[0].where.column == 2
    assert result.rows[1].status == "made"
    assert {path.name for path in tmp_path.rglob("*.docx")} == {"good.docx"}


def test_rows_that_would_write_the_same_file_are_all_told(made_of: Any) -> None:
    result = made_of([{"contract.id": "SM-1"}, {"contract.id": "SM-2"}, {"contract.id": "sm-1"}])
    assert codes(result) == {2: ["BATCH010"], 3: [], 4: ["BATCH010"]}
    assert "row 4" in result.rows[0].findings[0].message


def test_a_table_without_numbers_of_its_own_is_told_so(made_of: Any) -> None:
    result = made_of([{"agency.legal_name": "A"}, {"agency.legal_name": "B"}])
    assert codes(result) == {2: ["BATCH010"], 3: ["BATCH010"]}


def test_a_row_without_any_number_is_told_so(made_of: Any, tmp_path: Path) -> None:
    bare = tmp_path / "bare.yaml"
    bare.write_text(SPEC.replace("  id: SM-2027-001\n", "", 1), encoding="utf-8")
    result = made_of([{"contract.id": "", "agency.legal_name": "A"}], base=bare)
    assert codes(result) == {2: ["BATCH012"]}


def test_values_of_every_script_come_through(made_of: Any) -> None:
    names = ["Wren & Hollow <b>", "Søren «ж» 契約", "ملجأ", "🏠 Home", "It's 5 > 3"]
    rows = [{"contract.id": f"S-{place}", "agency.legal_name": name} for place, name in enumerate(names)]
    assert made_of(rows).counts["made"] == len(names)


def test_a_fault_of_the_program_is_told_and_stops_no_other(made_of: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from fe_contracts.batch import work

    real: Any = vars(work)["assemble"]

    def faulty(spec: Any, catalog: Any) -> Any:
        if spec.contract.id == "SM-002":
            raise ZeroDivisionError("a fault")
        return real(spec, catalog)

    monkeypatch.setattr(work, "assemble", faulty)
    result = made_of(agencies(3))
    assert codes(result)[3] == ["BATCH040"]
    assert "ZeroDivisionError: a fault" in result.rows[1].findings[0].message
    assert result.counts["made"] == 2


def test_no_space_left_fails_the_row_and_leaves_nothing_half_written(
    made_of: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno
    import os

    real = os.fsync
    calls: list[int] = []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    result = made_of(agencies(3))
    assert [row.status for row in result] == ["made", "failed", "made"]
    assert "no space left" in result.rows[1].findings[0].message.lower()
    assert not list((tmp_path / "out").glob("*.part"))
    assert not list((tmp_path / "out").glob(".*.part"))


def test_a_folder_of_specs_makes_a_contract_of_each_named_like_its_spec(
    tmp_path: Path, library: Path, look: Path
) -> None:
    specs = tmp_path / "specs"
    specs.mkdir()
    (specs / "alder street.yaml").write_text(SPEC, encoding="utf-8")
    (specs / "birch.yaml").write_text("contract: [", encoding="utf-8")
    (specs / "notes.txt").write_text("no spec", encoding="utf-8")
    (specs / "spec.schema.json").write_text("{}", encoding="utf-8")
    for _ in range(2):  # the second time the summary of the first stands beside the specs
        result = run_batch(specs, out=specs, catalog=library, house_style=look, jobs=1)
        assert [(row.row, row.file, row.good) for row in result] == [
            (1, "alder-street.docx", True),
            (2, "birch.docx", False),
        ]
    assert result.rows[1].findings[0].where.file == str(specs / "birch.yaml")


def test_the_summary_tells_every_row_to_people_and_programs(made_of: Any, tmp_path: Path) -> None:
    rows = agencies(2)
    rows[1]["contract.id"] = "=1+1"
    rows[1]["total_amount"] = "-1"
    result = made_of(rows)
    told = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert told == result.to_dict()
    with (tmp_path / "out" / "summary.csv").open(encoding="utf-8-sig", newline="") as file:
        first, second = csv.DictReader(file)
    assert list(first) == [
        "row", "contract_id", "file", "status", "errors", "warnings", "to_confirm", "findings", "digest",
    ]  # fmt: skip
    assert (first["status"], first["to_confirm"], first["digest"]) == ("made", "1", result.rows[0].digest)
    assert second["contract_id"] == "'=1+1"  # a spreadsheet computes nothing
    assert second["status"] == "failed"


def test_an_excel_table_makes_the_same_contracts(
    made_of: Any, tmp_path: Path, base: Path, library: Path, look: Path
) -> None:
    made_of(agencies(1))
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in ([*agencies(1)[0]], [*agencies(1)[0].values()]):
        sheet.append(row)
    book.save(tmp_path / "rows.xlsx")
    out = tmp_path / "excel"
    result = run_batch(tmp_path / "rows.xlsx", base=base, out=out, catalog=library, house_style=look, jobs=1)
    assert result.counts["made"] == 1
    assert (out / "SM-001.docx").read_bytes() == (tmp_path / "out" / "SM-001.docx").read_bytes()


def test_what_cannot_run_at_all_is_an_error(tmp_path: Path, base: Path, library: Path, look: Path) -> None:
    rows = table(tmp_path / "rows.csv", agencies(1))
    empty = tmp_path / "empty"
    empty.mkdir()
    good: dict[str, Any] = {"out": tmp_path / "out", "catalog": library, "house_style": look, "jobs": 1}
    for source, more, error, says in (
        (rows, {}, SourceError, "needs the spec"),
        (empty, {}, SourceError, "holds no spec"),
        (tmp_path, {"base": base}, SourceError, "takes no base"),
        (base, {}, SourceError, "single spec"),
        (tmp_path / "row.csv", {"base": base}, SourceError, "rows.csv"),
        (rows, {"base": tmp_path / "bas.yaml"}, SourceError, "base.yaml"),
        (rows, {"base": base, "catalog": empty}, CatalogError, "no clause library"),
        (rows, {"base": base, "house_style": "fancy"}, HouseStyleError, "fancy"),
        (rows, {"base": base, "out": rows}, OutputError, "a file, not a folder"),
        (rows, {"base": base, "out": rows / "in"}, OutputError, "cannot be made"),
    ):
        with pytest.raises(error, match=says):
            run_batch(source, **{**good, **more})
    assert not (tmp_path / "out").exists()


def test_progress_is_told_of_every_row_and_of_how_many_there_are(made_of: Any) -> None:
    told: list[tuple[int, int]] = []
    made_of(
        [*agencies(3), {"contract.id": "X", "file": "a/b"}], progress=lambda row, total: told.append((row.row, total))
    )
    assert sorted(told) == [(2, 4), (3, 4), (4, 4), (5, 4)]
