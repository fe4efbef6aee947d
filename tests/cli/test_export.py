"""fe-contracts export: a contract as data, with what stands against publishing it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.small import run

ROOT = Path(__file__).resolve().parents[2]
PILOT = ROOT / "examples" / "pilot.yaml"
AURORA = ROOT / "examples" / "aurora"
PREFIX = ("--ocid-prefix", "ocds-abc123")


def test_a_release_is_shown_and_its_findings_go_beside_it() -> None:
    done = run("export", PILOT, "--to", "ocds", *PREFIX, "--signed-on", "2026-12-01", "--awarded-on", "2026-11-02")
    release = json.loads(done.stdout)
    assert release["ocid"] == "ocds-abc123-FE-2027-014"
    assert release["contracts"][0]["dateSigned"] == "2026-12-01T00:00:00Z"
    assert release["awards"][0]["date"] == "2026-11-02T00:00:00Z"
    assert "OCDS002" in done.stderr
    assert done.exit_code == 1


def test_all_of_a_contract_goes_to_a_file_that_is_never_written_over(tmp_path: Path) -> None:
    out = tmp_path / "contract.json"
    done = run("export", PILOT, "--to", "json", "-o", out)
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    assert json.loads(out.read_text("utf-8"))["spec"]["contract"]["id"] == "FE-2027-014"
    again = run("export", PILOT, "--to", "json", "-o", out)
    assert again.exit_code == 2
    assert "exists" in again.stderr
    assert run("export", PILOT, "--to", "json", "-o", out, "--force").exit_code == 0
    assert run("export", PILOT, "--to", "json", "-o", PILOT, "--force").exit_code == 2


def test_a_package_of_several_is_made_for_publishing(tmp_path: Path) -> None:
    out = tmp_path / "package.json"
    specs = (AURORA / "base.yaml", AURORA / "amended.yaml")
    more = ("--package", "--uri", "https://data.example.gov/fe.json", "--date", "2027-09-01", "--publisher", "Aurora")
    done = run("export", *specs, "--to", "ocds", *more, *PREFIX, "-o", out)
    package = json.loads(out.read_text("utf-8"))
    assert [len(package["releases"]), package["publisher"]["name"]] == [2, "Aurora"]
    assert package["publishedDate"] == "2027-09-01T00:00:00Z"
    assert f"Made {out}" in done.stderr


def test_the_city_may_name_the_process() -> None:
    done = run("export", PILOT, "--to", "ocds", *PREFIX, "--process", "P-7")
    assert json.loads(done.stdout)["ocid"] == "ocds-abc123-P-7"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--to", "json", "--date", "2027-01-01"), "--date belongs to --to ocds"),
        (("--to", "json", "--package"), "--package belongs to --to ocds"),
        (("--to", "ocds", "--uri", "https://x.example"), "--uri belongs to --package"),
        (("--to", "ocds", "--package", "--process", "P"), "--process is about one contract"),
        (("--to", "ocds", PILOT), "Give one spec"),
        (("--to", "ocds", "--date", "spring"), "'spring' is no day such as 2027-01-31"),
        (("--to", "xml"), "'xml' is not one of"),
        ((), "Missing option"),
    ],
)
def test_options_that_do_not_go_together_are_refused(options: tuple[str | Path, ...], said: str) -> None:
    done = run("export", PILOT, *options)
    assert done.exit_code == 2
    assert said in " ".join(done.output.split())


def test_a_refusal_says_why_and_makes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "package.json"
    done = run("export", PILOT, "--to", "ocds", "--package", "-o", out)
    assert done.exit_code == 1
    assert "OCDS041" in done.stderr
    assert "OCDS042" in done.stderr
    assert not out.exists()
