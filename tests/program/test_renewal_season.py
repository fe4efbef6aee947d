"""From the signed contract to the next: what a contract manager does once a year, with the example city's catalog."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.small import run

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CITY = EXAMPLES / "exampleton"
PILOT = EXAMPLES / "pilot-to-sign.yaml"


@pytest.fixture
def renewed(tmp_path: Path) -> Path:
    path = tmp_path / "year-two.yaml"
    done = run("renew", PILOT, "-o", path, "--catalog", CITY)
    assert done.exit_code in {0, 1}, done.output
    return path


def amended(renewed: Path, out: Path, day: str) -> tuple[int, str]:
    """Amend the pilot to its second year from a day; the exit code and what was said."""
    words = ("--reason", "The pilot goes on for a second year.", "--date", day, "--format", "json")
    done = run("amend", PILOT, renewed, "-o", out, "--catalog", CITY, *words)
    return done.exit_code, done.stdout + done.stderr


def test_a_renewal_may_apply_from_the_first_day_of_the_new_term(renewed: Path, tmp_path: Path) -> None:
    code, said = amended(renewed, tmp_path / "a.docx", "2028-01-01")
    assert code in {0, 1}, said
    assert "This Amendment renews the Agreement for a further Term, January 1, 2028 through December 31, 2028." in said
    assert "For the Term before it, January 1, 2027 through December 31, 2027, the Agreement stays as it was" in said
    assert "raises the most" not in said
    assert "AMEND042" in said
    assert "This Amendment changes the Term" not in said


def test_but_not_from_a_later_one(renewed: Path, tmp_path: Path) -> None:
    code, said = amended(renewed, tmp_path / "a.docx", "2028-01-02")
    assert code == 1
    assert "AMEND033" in said
    assert not (tmp_path / "a.docx").exists()


def test_what_the_city_records_for_itself_is_no_duty(renewed: Path) -> None:
    told = json.loads(run("diff", PILOT, renewed, "--catalog", CITY, "--old-catalog", CITY, "--format", "json").stdout)
    records = [item for item in told["changes"] if item["place"].startswith(("contract.renews", "confirmations"))]
    assert records
    assert {weight for item in records for weight in item["weights"]} == {"editorial"}
    assert {who for item in records for who in item["affected"]} == {"city"}


def test_a_contract_is_made_again_from_its_own_record_where_the_city_gave_a_clause_a_place(tmp_path: Path) -> None:
    signed, again = tmp_path / "signed.docx", tmp_path / "again.docx"
    assert run("assemble", PILOT, "-o", signed, "--catalog", CITY).exit_code == 0
    done = run("assemble", PILOT, "-o", again, "--catalog", CITY, "--pin", signed)
    assert done.exit_code == 0, done.output
    told = json.loads(run("diff", signed, again, "--catalog", CITY, "--format", "json").stdout)
    assert told["changes"] == []


def test_specs_in_the_wrong_order_are_refused(renewed: Path, tmp_path: Path) -> None:
    words = ("--reason", "None.", "--date", "2028-06-01", "--format", "json")
    done = run("amend", renewed, PILOT, "-o", tmp_path / "a.docx", "--catalog", CITY, *words)
    assert done.exit_code == 1
    assert "AMEND036" in done.stdout + done.stderr
    assert not (tmp_path / "a.docx").exists()


def test_a_second_renewal_must_know_of_the_first(renewed: Path, tmp_path: Path) -> None:
    third = tmp_path / "year-three.yaml"
    assert run("renew", renewed, "-o", third, "--catalog", CITY).exit_code in {0, 1}
    words = ("--reason", "A third year.", "--date", "2029-01-01", "--format", "json")
    done = run("amend", renewed, third, "-o", tmp_path / "a.docx", "--catalog", CITY, *words)
    assert "AMEND037" in done.stdout + done.stderr
    assert not (tmp_path / "a.docx").exists()


@pytest.mark.parametrize("command", ["accept", "reject"])
def test_what_is_read_is_never_written_over(tmp_path: Path, command: str) -> None:
    signed = tmp_path / "signed.docx"
    assert run("assemble", PILOT, "-o", signed, "--catalog", CITY).exit_code == 0
    before = signed.read_bytes()
    assert run(command, signed, "-o", signed, "--force").exit_code == 2
    assert run("redline", signed, signed, "-o", signed, "--force").exit_code == 2
    assert signed.read_bytes() == before
