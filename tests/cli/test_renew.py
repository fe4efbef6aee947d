"""The commands of the renewal season: renew, outdated, and assemble with the versions of a record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.cli.small import CONFIRMED, SPEC, run

from fe_contracts import inspect

if TYPE_CHECKING:
    from pathlib import Path

OPTIONS = "  renewals: 2\n  renewal_months: 12\n  max_extent_date: 2029-12-31\n"
RENEWABLE = SPEC.replace("end_date: 2027-12-31\n", "end_date: 2027-12-31\n" + OPTIONS)


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "spec.yaml"
    path.write_text(RENEWABLE + CONFIRMED, encoding="utf-8")
    return path


class TestRenew:
    def test_without_an_output_it_shows_every_change_and_writes_nothing(self, spec: Path, library: Path) -> None:
        done = run("renew", spec, "--catalog", library)
        assert done.exit_code == 0, done.output
        lines = done.stdout.splitlines()
        assert lines[0] == "SM-2027-001: 2027-01-01 to 2027-12-31 → 2028-01-01 to 2028-12-31"
        assert lines[1] == "  renewal 1; 1 renewal left, to 2029-12-31 at the latest; days moved by 12 months"
        line = RENEWABLE[: RENEWABLE.index("end_date")].count("\n") + 1
        assert f"  line {line}, term.end_date: 2027-12-31 → 2028-12-31; the last day of this renewal" in lines
        assert "  relationship.determined_on: 2026-11-12; determined for the term that ends" in lines
        assert "Nothing was written: give -o NEW.yaml." in lines
        assert [path.name for path in spec.parent.iterdir()] == ["spec.yaml"]

    def test_with_one_the_new_spec_is_written_and_can_be_validated(self, spec: Path, library: Path) -> None:
        out = spec.with_name("two.yaml")
        done = run(
            "renew", spec, "-o", out, "--catalog", library, "--number", "SM-2028-001",
            "--target", "D1=60", "--target", "O1=35", "--amount", "general-fund=61000", "--amount", "B1=61000",
        )  # fmt: skip
        assert done.exit_code == 0, done.output
        assert f"Made {out}" in done.stdout
        assert "RENEW020" not in done.stdout
        text = out.read_text(encoding="utf-8")
        assert "quarterly_targets: [15, 15, 15, 15]\n    annual_target: 60\n" in text
        assert "total_amount: 61000.00\n" in text
        checked = run("validate", out, "--catalog", library)
        assert checked.stdout.splitlines()[-1] == f"{out}: 1 to confirm"  # the confirmation of the old term

    def test_targets_may_stand_in_a_file_and_an_option_goes_before_it(self, spec: Path, library: Path) -> None:
        wishes = spec.with_name("wishes.yaml")
        wishes.write_text("targets: {D1: 80, O1: 40}\n", encoding="utf-8")
        done = run("renew", spec, "--catalog", library, "--targets", wishes, "--target", "D1=60", "--format", "json")
        told = json.loads(done.stdout)
        changes = {item["field"]: item["new"] for item in told["changes"]}
        assert changes["deliverables[0].annual_target"] == "60"
        assert changes["outcomes[0].target_percent"] == "40"
        assert (told["file"], told["exit_code"], told["renewals_left"]) == (None, 0, 1)

    def test_errors_in_the_new_spec_exit_1_though_it_is_made(self, spec: Path, library: Path) -> None:
        out = spec.with_name("two.yaml")
        done = run("renew", spec, "-o", out, "--catalog", library, "--amount", "general-fund=61000")
        assert done.exit_code == 1
        assert "MONEY020" in done.stdout
        assert out.exists()

    def test_used_up_options_are_refused(self, tmp_path: Path, library: Path) -> None:
        path = tmp_path / "last.yaml"
        path.write_text(SPEC, encoding="utf-8")
        done = run("renew", path, "-o", tmp_path / "new.yaml", "--catalog", library)
        assert done.exit_code == 1
        assert "RENEW010" in done.stderr
        assert not (tmp_path / "new.yaml").exists()

    def test_the_spec_itself_and_what_stands_there_are_kept(self, spec: Path, library: Path) -> None:
        before = spec.read_bytes()
        assert run("renew", spec, "-o", spec, "--catalog", library, "--force").exit_code == 2
        other = spec.with_name("other.yaml")
        other.write_text("mine\n", encoding="utf-8")
        assert run("renew", spec, "-o", other, "--catalog", library).exit_code == 2
        assert (spec.read_bytes(), other.read_text(encoding="utf-8")) == (before, "mine\n")

    @pytest.mark.parametrize(("name", "hint"), [("two.txt", "two.yaml"), ("two.json", "two.yaml"), ("two", "two.yaml")])
    def test_a_name_of_another_kind_than_the_spec_s_is_refused(
        self, spec: Path, library: Path, name: str, hint: str
    ) -> None:
        done = run("renew", spec, "-o", spec.with_name(name), "--catalog", library)
        assert done.exit_code == 2
        assert f"does not end in .yaml or .yml. Give -o {hint}." in " ".join(done.stderr.split())
        assert not spec.with_name(name).exists()

    @pytest.mark.parametrize(
        ("option", "value", "told"),
        [
            ("--start", "next year", "is no day such as"),
            ("--end", "2028-02-30", "is no day such as"),
            ("--target", "D1", "must be an id and a number"),
            ("--amount", "=5", "must be an id and a number"),
        ],
    )
    def test_options_that_say_nothing_are_named(
        self, spec: Path, library: Path, option: str, value: str, told: str
    ) -> None:
        done = run("renew", spec, "--catalog", library, option, value)
        assert done.exit_code == 2
        assert told in " ".join(done.stderr.split())

    def test_a_target_given_twice_is_refused(self, spec: Path, library: Path) -> None:
        done = run("renew", spec, "--catalog", library, "--target", "D1=1", "--target", "D1=2")
        assert (done.exit_code, "gives D1 twice" in done.stderr) == (2, True)


class TestOutdated:
    def test_current_clauses_exit_0_and_later_versions_are_told(self, spec: Path, library: Path) -> None:
        done = run("outdated", spec, "--catalog", library)
        assert done.exit_code == 0
        assert "FE-04  Counseling  1.0.0 → 2.0.0  (later)" in done.stdout
        assert "3 clauses, all current, 1 with a newer version, for 2027-01-01" in done.stdout

    def test_superseded_clauses_exit_1_with_reason_and_impact(self, spec: Path, library: Path) -> None:
        done = run("outdated", spec, "--catalog", library, "--next-term")
        assert done.exit_code == 1
        assert "FE-04  Counseling  1.0.0 → 2.0.0  (superseded)" in done.stdout
        assert "In force from 2028-01-01. Clearer." in done.stdout
        assert "    - Wording: 1 place." in done.stdout
        assert "rests on 24 CFR 578.53" in done.stdout

    def test_without_a_renewal_left_it_speaks_of_a_new_contract(self, tmp_path: Path, library: Path) -> None:
        path = tmp_path / "last.yaml"
        path.write_text(SPEC, encoding="utf-8")
        done = run("outdated", path, "--catalog", library, "--next-term")
        assert done.exit_code == 1
        assert "RENEW031" in done.stdout
        assert "FE-04  Counseling  1.0.0 → 2.0.0  (superseded)" in done.stdout
        told = json.loads(run("outdated", path, "--catalog", library, "--next-term", "--format", "json").stdout)
        assert [note["code"] for note in told["notes"]] == ["RENEW031"]
        assert (told["as_of"], told["exit_code"]) == ("2028-01-01", 1)

    def test_as_json_it_holds_the_difference(self, spec: Path, library: Path) -> None:
        done = run("outdated", spec, "--catalog", library, "--as-of", "2028-01-01", "--format", "json")
        told = json.loads(done.stdout)
        assert (told["outdated"], told["exit_code"]) == (1, 1)
        (item,) = [item for item in told["clauses"] if item["standing"] == "superseded"]
        assert item["difference"]["old"] == "FE-04@1.0.0"

    @pytest.mark.parametrize(
        "more", [["--as-of", "soon"], ["--as-of", "2028-01-01", "--next-term"]], ids=["no day", "both"]
    )
    def test_a_day_that_is_none_is_a_usage_error(self, spec: Path, library: Path, more: list[str]) -> None:
        assert run("outdated", spec, "--catalog", library, *more).exit_code == 2

    def test_a_word_file_has_no_next_term(self, tmp_path: Path, library: Path) -> None:
        done = run("outdated", tmp_path / "signed.docx", "--catalog", library, "--next-term")
        assert (done.exit_code, "needs the spec" in done.stderr) == (2, True)


class TestPin:
    def test_the_versions_of_a_signed_contract_make_its_text_again(
        self, spec: Path, library: Path, look: Path, tmp_path: Path
    ) -> None:
        signed, again = tmp_path / "signed.docx", tmp_path / "again.docx"
        assert run("assemble", spec, "-o", signed, "--catalog", library, "--house-style", look).exit_code == 0
        done = run("assemble", spec, "-o", again, "--pin", signed, "--catalog", library, "--house-style", look)
        assert done.exit_code == 0, done.output
        assert f"  with the clause versions that {signed} records" in done.stdout
        texts = [[(item.name, item.text) for item in inspect(path).clauses] for path in (signed, again)]
        assert texts[0] == texts[1]

    def test_a_later_version_can_be_pinned_and_is_told(
        self, spec: Path, library: Path, look: Path, tmp_path: Path
    ) -> None:
        pins = tmp_path / "pins.yaml"
        pins.write_text("pins: {FE-04: 2.0.0}\n", encoding="utf-8")
        out = tmp_path / "out.docx"
        done = run(
            "assemble", spec, "-o", out, "--pin", pins, "--catalog", library, "--house-style", look, "--format", "json"
        )
        told = json.loads(done.stdout)
        assert "PIN020" in {item["code"] for item in told["findings"]}
        assert told["pinned_by"] == str(pins)
        assert "FE-04 2.0.0" in {item.name for item in inspect(out).clauses}

    def test_a_version_that_is_not_there_is_refused(self, spec: Path, library: Path, tmp_path: Path) -> None:
        pins = tmp_path / "pins.yaml"
        pins.write_text("pins: {FE-04: 5.0.0}\n", encoding="utf-8")
        done = run("assemble", spec, "-o", tmp_path / "out.docx", "--pin", pins, "--catalog", library)
        assert done.exit_code == 1
        assert "PIN010" in done.stderr
        assert not (tmp_path / "out.docx").exists()
