"""The lint of a library with its examples, and the look for old law in any text."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import yaml
from tests.assembly.specs import BASE
from tests.catalog.libraries import FILES, version, write_library
from tests.catalog.test_linting import STALE
from tests.catalog.test_terms_and_lint import QUIET

from fe_contracts import lint_catalog, load_catalog, stale_citations, stale_citations_in
from fe_contracts.exceptions import SourceError
from fe_contracts.findings import Severity
from fe_contracts.pipeline.linting import missing_examples, unbound_computed

if TYPE_CHECKING:
    from pathlib import Path

REQUIREMENT = """\
code: TEST010
title: Something is true
reads: spec
severity: error
sources: [{cite: 2 CFR 200.1, confidence: V}]
why: Because.
remedy: Do it.
"""


def library(folder: Path, changes: dict[str, str] | None = None) -> Path:
    """Return the quiet small library, published, in a folder of its own."""
    return write_library(folder / "library", {**QUIET, **(changes or {})}, published=True)


def test_without_a_folder_of_examples_nothing_is_said_of_them(tmp_path: Path) -> None:
    catalog = load_catalog(library(tmp_path))
    assert list(missing_examples(catalog, tmp_path / "examples")) == []
    assert list(lint_catalog(catalog)) == []


def test_a_clause_that_no_example_holds_is_worth_knowing(tmp_path: Path) -> None:
    catalog = load_catalog(library(tmp_path))
    examples = tmp_path / "examples"
    examples.mkdir()
    (examples / "one.yaml").write_text(yaml.safe_dump(BASE), encoding="utf-8")
    (examples / "two.yaml").write_text("contract: [", encoding="utf-8")
    findings = [item for item in lint_catalog(catalog) if item.code == "LINT170"]
    missing = {item.message.split()[3].rstrip(",") for item in findings}
    assert missing == {"FE-03", "FE-04", "FED-01", "FED-02"}
    assert {item.severity for item in findings} == {Severity.INFO}
    assert lint_catalog(catalog).exit_code == 0


def test_a_rule_that_no_broken_example_shows_is_worth_knowing(tmp_path: Path) -> None:
    catalog = load_catalog(library(tmp_path, {"requirements/TEST/TEST010.yaml": REQUIREMENT}))
    broken = tmp_path / "examples" / "broken"
    broken.mkdir(parents=True)
    found = [item for item in missing_examples(catalog, tmp_path / "examples") if item.code == "LINT180"]
    assert [(item.severity, item.message) for item in found] == [
        (Severity.INFO, "No broken example shows what TEST010 finds.")
    ]
    (broken / "T1.yaml").write_text("# shows: TEST010\ncontract: {}\n", encoding="utf-8")
    assert [item for item in missing_examples(catalog, tmp_path / "examples") if item.code == "LINT180"] == []


def test_a_value_from_a_computed_field_that_there_is_not_is_found(tmp_path: Path) -> None:
    assert list(unbound_computed(load_catalog(library(tmp_path)))) == []
    path = "clauses/FE/FE-02/1.0.0.md"
    other = library(tmp_path / "other", {path: FILES[path].replace("computed.deliverables", "computed.deliveries")})
    (finding,) = unbound_computed(load_catalog(other))
    assert (finding.code, finding.where.field) == ("LINT130", "parameters.targets.from")
    assert "'computed.deliveries'" in finding.message


def test_a_text_of_any_kind_is_judged_for_a_day_with_line_and_column(tmp_path: Path) -> None:
    catalog = load_catalog(library(tmp_path, {"citations.yaml": STALE}))
    text = "A form\r\nby order 11\r\nand 2 CFR 200,1.\n"
    findings = stale_citations(text, dt.date(2026, 7, 1), catalog, file="form.txt")
    assert [(item.code, str(item.where)) for item in findings] == [
        ("CITE010", "form.txt:2:4"),
        ("CITE040", "form.txt:3:5"),
    ]
    assert findings.as_of == dt.date(2026, 7, 1)
    assert [item.code for item in stale_citations(text, dt.date(2026, 6, 30), catalog)] == ["CITE040"]


def test_a_file_that_is_no_text_is_refused_by_name(tmp_path: Path) -> None:
    catalog = load_catalog(library(tmp_path, {"citations.yaml": STALE}))
    path = tmp_path / "form.txt"
    path.write_text("order 11", encoding="utf-8")
    assert [item.where.file for item in stale_citations_in(path, dt.date(2027, 1, 1), catalog)] == [str(path)]
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SourceError, match=r"form\.txt"):
        stale_citations_in(path, dt.date(2027, 1, 1), catalog)
    with pytest.raises(SourceError):
        stale_citations_in(tmp_path / "none.txt", dt.date(2027, 1, 1), catalog)


def test_a_clause_version_that_cites_old_law_is_found_by_the_lint(tmp_path: Path) -> None:
    changes = {"citations.yaml": STALE, "clauses/FE/FE-03/1.0.0.md": version("By order 11.", serves=["choice"])}
    findings = lint_catalog(load_catalog(library(tmp_path, changes)))
    assert [item.code for item in findings] == ["CITE020"]
    assert findings.exit_code == 1
