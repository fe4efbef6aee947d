"""Which files of a folder are read, and what says on which day each came."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fe_contracts.batch.packing import PackedReport
from fe_contracts.batch.rollup_folder import FolderFiles, day_in_name, files_in
from fe_contracts.exceptions import SourceError

if TYPE_CHECKING:
    from pathlib import Path


def filled(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return root


def test_reports_and_contracts_anywhere_below_are_read_in_one_order(tmp_path: Path) -> None:
    found = files_in(filled(tmp_path, "b/R1.XLSX", "a/deep/er/R1.csv", "c.yml", "d.json", "e.tsv", "f.YAML"))
    assert found.may_be_read == ["c.yml", "d.json", "e.tsv", "f.YAML", "a/deep/er/R1.csv", "b/R1.XLSX"]
    assert (found.skipped, found.findings) == ([], [])


def test_what_no_report_is_ever_is_listed_and_what_programs_leave_behind_is_not(tmp_path: Path) -> None:
    found = files_in(filled(tmp_path, "photo.png", "README", ".DS_Store", "~$R1.xlsx", ".git/config.yaml"))
    assert [(item.file, item.why) for item in found.skipped] == [
        ("README", "a file without an ending"),
        ("photo.png", "a .png file"),
    ]
    assert found.may_be_read == []


@pytest.mark.parametrize("name", ["old.xls", "macros.xlsm", "binary.xlsb", "open.ods", "mac.numbers"])
def test_spreadsheets_that_are_not_read_go_on_to_be_refused_by_name(tmp_path: Path, name: str) -> None:
    assert files_in(filled(tmp_path, name)).may_be_read == [name]


@pytest.mark.skipif(os.name == "nt", reason="Windows makes links only for its administrators")
def test_links_are_listed_and_never_followed(tmp_path: Path) -> None:
    outside = filled(tmp_path / "outside", "R1.xlsx", "received.csv")
    root = filled(tmp_path / "in", "R2.xlsx")
    (root / "folder").symlink_to(outside)
    (root / "file.xlsx").symlink_to(outside / "R1.xlsx")
    (root / "received.csv").symlink_to(outside / "received.csv")
    (root / "round").symlink_to(root)
    found = files_in(root)
    assert found.may_be_read == ["R2.xlsx"]
    assert sorted(item.file for item in found.skipped) == ["file.xlsx", "folder", "received.csv", "round"]
    assert {item.why for item in found.skipped} == {"a link to another place"}
    assert found.findings == []


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    filled(tmp_path, "file")
    with pytest.raises(SourceError, match="There is no such folder"):
        files_in(tmp_path / "gone")
    with pytest.raises(SourceError, match="This is no folder"):
        files_in(tmp_path / "file")


# --- days -------------------------------------------------------------------------------------------------------------


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(["%Y-%m-%d", "%Y%m%d"]))
def test_a_day_in_a_name_is_found_however_it_is_written(day: dt.date, form: str) -> None:
    assert day_in_name(f"R1 2027-Q1 v2 {day.strftime(form)} final") == day


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2027-04-28 R1 2027-05-02", dt.date(2027, 5, 2)),
        ("2027-04-28 R1 2027-13-45", dt.date(2027, 4, 28)),
        ("2027-02-29", None),
        ("120270428", None),
        ("202704281", None),
        ("R1-2027-Q1", None),
        ("1999-04-28", None),
        ("", None),
    ],
)
def test_only_a_day_that_there_is_counts_and_the_last_of_several(name: str, day: dt.date | None) -> None:
    assert day_in_name(name) == day


def test_the_table_goes_before_the_files_name_and_that_before_its_folders(tmp_path: Path) -> None:
    day = dt.date(2027, 4, 28)
    found = FolderFiles(tmp_path, received={"2027-04-01/R1 2027-04-02.csv": day})
    assert _came(found, "2027-04-01/R1 2027-04-02.csv") == (day, "received.csv")
    assert _came(found, "2027-04-01/R2 2027-04-02.csv") == (dt.date(2027, 4, 2), "file name")
    assert _came(found, "2027-04-01/sub/R2.csv") == (dt.date(2027, 4, 1), "folder name")
    assert _came(found, "R2.csv") == (None, "")


@pytest.mark.parametrize(
    "name",
    ["FE-2027-0114-R1-2027-Q1.xlsx", "R1 2027-01-01 to 2027-03-31.xlsx", "fe-2027-0114/R1.xlsx", "2027-03-31.csv"],
)
def test_neither_the_contracts_number_nor_a_day_of_the_period_says_when_it_came(name: str, tmp_path: Path) -> None:
    assert _came(FolderFiles(tmp_path), name) == (None, "")


def _came(files: FolderFiles, name: str) -> tuple[dt.date | None, str]:
    identity = {"contract": "FE-2027-0114", "end": "2027-03-31"}
    arrival = files.arrival_of(PackedReport(name, "0" * 64, identity, None, b""))
    return arrival.received_on, arrival.dated_by


def test_tables_name_files_from_where_they_stand(tmp_path: Path) -> None:
    root = filled(tmp_path, "R1.csv", "alder/R1.csv", "alder/late/R2.csv")
    (root / "received.csv").write_text("file,received\nR1.csv,2027-04-28\n", encoding="utf-8")
    below = "File;Received ;by\nR1.csv;2027-04-29;Rosa\nlate\\R2.csv;2027-05-03;Rosa\n"
    (root / "alder" / "Received.csv").write_text(below, encoding="utf-16")
    found = files_in(root)
    assert found.received == {
        "R1.csv": dt.date(2027, 4, 28),
        "alder/R1.csv": dt.date(2027, 4, 29),
        "alder/late/R2.csv": dt.date(2027, 5, 3),
    }
    assert found.findings == []
    assert "received.csv" not in found.may_be_read


def test_each_row_that_says_nothing_is_a_finding_with_its_line_and_the_others_hold(tmp_path: Path) -> None:
    rows = [
        "file,received", "R1.csv,2027-04-28", "gone.csv,2027-04-28", "R2.csv,4/28/2027", "R2.csv,", ",2027-04-28",
        "../R1.csv,2027-04-28", "R3.csv,2027-02-29",
    ]  # fmt: skip
    root = filled(tmp_path, "R1.csv", "R2.csv", "R3.csv")
    (root / "received.csv").write_text("\n".join(rows), encoding="utf-8")
    found = files_in(root)
    assert found.received == {"R1.csv": dt.date(2027, 4, 28)}
    assert [(item.code, item.where.file, item.where.line) for item in found.findings] == [
        ("ROLLUP007", "received.csv", line) for line in range(3, 9)
    ]
    assert "'gone.csv', which is not there" in found.findings[0].message
    assert "no day such as 2027-04-28" in found.findings[1].message


def test_a_file_with_two_days_is_a_finding_and_the_first_holds(tmp_path: Path) -> None:
    root = filled(tmp_path, "R1.csv", "R2.csv")
    rows = "file,received\nR1.csv,2027-04-28\nR2.csv,2027-04-28\nR1.csv,2027-05-04\nR2.csv,2027-04-28\n"
    (root / "received.csv").write_text(rows, encoding="utf-8")
    found = files_in(root)
    assert found.received == dict.fromkeys(("R1.csv", "R2.csv"), dt.date(2027, 4, 28))
    assert [(item.code, item.where.line) for item in found.findings] == [("ROLLUP007", 4)]
    assert "2027-04-28" in found.findings[0].message


@pytest.mark.parametrize(
    "content", [b"", b"file,received\n\0\0", b'file,received\n"R1.csv,2027\n', b"file,file\na,b\n"]
)
def test_a_table_that_cannot_be_read_is_a_finding_that_names_it(tmp_path: Path, content: bytes) -> None:
    root = filled(tmp_path, "R1.csv", "below/R1.csv")
    (root / "below" / "received.csv").write_bytes(content)
    found = files_in(root)
    assert {item.where.file for item in found.findings} == {"below/received.csv"}
    assert found.may_be_read == ["R1.csv", "below/R1.csv"]


def test_a_table_without_the_two_columns_is_a_finding(tmp_path: Path) -> None:
    root = filled(tmp_path, "R1.csv")
    (root / "received.csv").write_text("report,day\nR1.csv,2027-04-28\n", encoding="utf-8")
    (finding,) = files_in(root).findings
    assert finding.code == "ROLLUP007"
