"""The reports in a folder tell of one contract by their last version; what they do not tell is said."""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
from typing import TYPE_CHECKING

import pytest
from tests.batch.quarters import write_quarters
from tests.cli.small import run
from tests.exchange.releases import schema_problems
from tests.library.test_library import bundled

from fe_contracts import contract_reports, export_ocds_package

if TYPE_CHECKING:
    from pathlib import Path

HOME = "03 Birchwood Services"


@pytest.fixture(scope="module")
def quarters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_quarters(tmp_path_factory.mktemp("quarters"), agencies=3)


@pytest.fixture
def folder(quarters: Path, tmp_path: Path) -> Path:
    return shutil.copytree(quarters, tmp_path / "received")


def test_the_last_version_of_each_report_is_told_with_the_day_it_came(folder: Path) -> None:
    found = contract_reports(folder / HOME / "contract.yaml", folder, catalog=bundled())
    told = {(item.report, item.period): item for item in found.reports}
    assert list(told) == [(report, f"2027-Q{number}") for report in ("R1", "R2") for number in (1, 2, 3, 4)]
    rows = csv.DictReader((folder / "received.csv").read_text(encoding="utf-8").splitlines())
    days = {row["file"]: row["received"] for row in rows}
    corrected = told["R1", "2027-Q2"]
    assert corrected.received_on.isoformat() == days[f"{HOME}/R1-2027-Q2.csv"]
    with (folder / HOME / "R1-2027-Q2.csv").open(encoding="utf-8-sig") as file:
        line = next(row for row in csv.reader(file) if "deliverable.D5.actual" in row)
    assert str(corrected.delivered["D5"]) in line
    assert [item.code for item in found.findings] == ["FILE013"]


def test_a_report_that_came_later_than_the_day_asked_about_is_not_told(folder: Path) -> None:
    found = contract_reports(folder / HOME / "contract.yaml", folder, as_of=dt.date(2027, 6, 30), catalog=bundled())
    assert [(item.report, item.period) for item in found.reports] == [("R1", "2027-Q1"), ("R2", "2027-Q1")]


def test_a_report_without_any_day_is_told_to_be_left_out(folder: Path) -> None:
    (folder / "received.csv").unlink()
    place = folder / HOME / "R2-2027-Q1.csv"
    text = place.read_text(encoding="utf-8-sig")
    signed = next(line for line in text.splitlines() if "certification.signed_on" in line)
    cells = next(csv.reader([signed]))
    day = next(cell for cell in cells if cell.startswith("2027-"))
    place.write_text(text.replace(signed, signed.replace(day, "")), encoding="utf-8")
    found = contract_reports(folder / HOME / "contract.yaml", folder, catalog=bundled())
    assert ("R2", "2027-Q1") not in {(item.report, item.period) for item in found.reports}
    (said,) = [item for item in found.findings if item.code == "ROLLUP012"]
    assert said.where.file == f"{HOME}/R2-2027-Q1.csv"


def test_a_release_tells_what_the_reports_show_and_stays_valid(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "release.json"
    contract = folder / HOME / "contract.yaml"
    done = run("export", contract, "--to", "ocds", "--ocid-prefix", "ocds-abc123", "--reports", folder, "-o", out)
    release = json.loads(out.read_text("utf-8"))
    assert done.exit_code == 1
    assert "broken.xlsx" in done.stderr
    assert release["tag"] == ["implementation"]
    met = [item["id"] for item in release["contracts"][0]["implementation"]["milestones"] if "dateMet" in item]
    assert {"report-R1-P01", "report-R1-P04", "report-R2-P04", "milestone-M1"} <= set(met)
    assert schema_problems(release) == []


def test_all_of_it_holds_the_exact_figures(folder: Path) -> None:
    contract = folder / HOME / "contract.yaml"
    done = run("export", contract, "--to", "json", "--reports", folder, "--as-of", "2027-06-30")
    told = json.loads(done.stdout)
    known = contract_reports(contract, folder, as_of=dt.date(2027, 6, 30), catalog=bundled()).reports
    assert str(known[0].delivered["D5"]) in json.dumps(told)


def test_a_package_tells_reports_in_the_last_release_of_a_contract(folder: Path) -> None:
    contract = folder / HOME / "contract.yaml"
    checked = {"EX-2027-003": contract_reports(contract, folder, catalog=bundled()).reports}
    place = "https://x.example/package.json"
    made = export_ocds_package([contract], bundled(), uri=place, ocid_prefix="ocds-abc123", checked=checked)
    assert [item["tag"] for item in made.data["releases"]] == [["implementation"]]


def test_a_day_without_a_folder_is_refused(folder: Path) -> None:
    done = run("export", folder / HOME / "contract.yaml", "--to", "json", "--as-of", "2027-06-30")
    assert done.exit_code == 2
    assert "--as-of belongs to --reports" in done.output
