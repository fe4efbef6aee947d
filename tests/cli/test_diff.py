"""fe-contracts diff: what changed from one contract to another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.cli.small import SPEC, run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """Return the small spec for another term, with more money."""
    text = SPEC.replace("2027-01-01", "2028-01-01").replace("2027-12-31", "2028-12-31").replace("60000.00", "66000.00")
    path = tmp_path / "later.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_contract_compared_with_itself_has_no_change_and_ends_with_0(library: Path, spec_file: Path) -> None:
    done = run("diff", spec_file, spec_file, "--catalog", library)
    assert done.exit_code == 0, done.output
    assert "Nothing changes: both contracts say the same." in done.stdout


def test_changes_are_told_by_level_and_end_with_1(library: Path, spec_file: Path, later: Path) -> None:
    done = run("diff", spec_file, later, "--catalog", library)
    assert done.exit_code == 1, done.output
    for told in (
        "Clause versions (1)",
        "Counseling: version 1.0.0 → 2.0.0",
        "Why: Clearer.",
        "Maximum amount: $60,000.00 → $66,000.00",
        "[-Each-]{+A+} Session lasts 45 minutes.",
    ):
        assert told in done.stdout


def test_levels_and_weight_choose_what_is_shown_and_what_counts(library: Path, spec_file: Path, later: Path) -> None:
    one = run("diff", spec_file, later, "--catalog", library, "--level", "version", "--format", "json")
    data = json.loads(one.stdout)
    assert {change["level"] for change in data["changes"]} == {"version"}
    assert data["left_out"] > 0
    assert data["exit_code"] == one.exit_code == 1
    none = run("diff", spec_file, later, "--catalog", library, "--level", "clause", "--material")
    assert none.exit_code == 0
    assert "more changes are not shown" in none.stdout


@pytest.mark.parametrize(("form", "mark"), [("markdown", "# What changes in Small Pilot"), ("html", "<!doctype html>")])
def test_it_is_written_to_a_file_and_never_over_another(
    form: str, mark: str, library: Path, spec_file: Path, later: Path, tmp_path: Path
) -> None:
    out = tmp_path / f"changes.{form}"
    done = run("diff", spec_file, later, "--catalog", library, "--format", form, "-o", out)
    assert done.exit_code == 1, done.output
    assert out.read_text(encoding="utf-8").lower().startswith(mark.lower())
    again = run("diff", spec_file, later, "--catalog", library, "--format", form, "-o", out)
    assert again.exit_code == 2
    assert "exists" in again.stderr
    assert run("diff", spec_file, later, "--catalog", library, "--format", form, "-o", out, "--force").exit_code == 1


def test_the_library_of_the_old_contract_may_be_another(library: Path, spec_file: Path, later: Path) -> None:
    done = run("diff", spec_file, later, "--catalog", library, "--old-catalog", library, "--format", "json")
    assert json.loads(done.stdout)["old"]["pins"]["FE-04"] == "1.0.0"


def test_what_cannot_be_read_ends_with_2_and_says_so_as_json_too(library: Path, spec_file: Path) -> None:
    done = run("diff", spec_file, "nothing.yaml", "--catalog", library, "--format", "json")
    assert done.exit_code == 2
    assert json.loads(done.stdout)["error"]["kind"] == "SourceError"


def test_a_word_file_made_elsewhere_is_sent_to_redline(library: Path, spec_file: Path, tmp_path: Path) -> None:
    import docx

    path = tmp_path / "foreign.docx"
    docx.Document().save(str(path))
    done = run("diff", path, spec_file, "--catalog", library)
    assert done.exit_code == 2
    assert "DIFF010" in done.stderr
    assert "fe-contracts redline" in done.stderr
