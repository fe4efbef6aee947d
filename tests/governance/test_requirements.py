"""What a requirement demanded of contracts that were made cannot be changed unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.assembly.specs import make_spec
from tests.catalog.libraries import problems_of, write_library

from fe_contracts import assembly
from fe_contracts.catalog import load_catalog
from fe_contracts.exceptions import CatalogError
from fe_contracts.governance import check_standing, publish

if TYPE_CHECKING:
    from pathlib import Path

FILE = "requirements/TEST/TEST010.yaml"
TEXT = """\
code: TEST010
title: The total stays under the cap.
reads: spec
severity: error
sources:
  - {cite: 24 CFR 1.1, confidence: V}
when: {fund.is_federal: true}
parameters:
  cap:
    help: The cap.
    unit: US dollars
    trigger: subaward_date
    values:
      - {from: 2012-01-01, value: 100, cite: 24 CFR 1.1, confidence: V}
      - {from: 2020-01-01, value: 200, cite: 24 CFR 1.1, confidence: V}
why: It is a test.
remedy: Lower it.
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    write_library(tmp_path, {FILE: TEXT})
    publish(tmp_path)
    return tmp_path


def edit(library: Path, old: str, new: str) -> None:
    path = library / FILE
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def codes(library: Path) -> list[str]:
    return [problem.code for problem in problems_of(library)]


@pytest.mark.parametrize(
    ("old", "new"),
    [("value: 100", "value: 101"), ("from: 2012-01-01", "from: 2012-01-02"), ("value: 200", "value: null")],
)
def test_a_published_value_does_not_change(library: Path, old: str, new: str) -> None:
    edit(library, old, new)
    (problem,) = problems_of(library)
    assert (problem.code, problem.where.field) == ("LOCK030", "parameters.cap")
    assert "--correct TEST010" in problem.remedy
    with pytest.raises(CatalogError, match="LOCK030"):
        publish(library)


def test_a_value_that_is_added_is_no_change_of_the_others(library: Path) -> None:
    added = "      - {from: 2028-01-01, value: 300, cite: 24 CFR 1.1, confidence: W}\nwhy:"
    edit(library, "why:", added)
    assert codes(library) == []
    assert publish(library).added == ("requirements/TEST010",)
    edit(library, "value: 300", "value: 301")
    assert codes(library) == ["LOCK030"]


def test_a_mistake_is_corrected_on_purpose_and_by_name(library: Path) -> None:
    edit(library, "value: 100", "value: 101")
    before = (library / "catalog.lock").read_bytes()
    with pytest.raises(CatalogError, match="LOCK030"):
        publish(library, correct=["TEST020"])
    assert (library / "catalog.lock").read_bytes() == before
    assert publish(library, correct=["TEST010"]).added == ("requirements/TEST010",)
    assert codes(library) == []


def test_a_value_that_was_never_right_can_be_taken_out_on_purpose(library: Path) -> None:
    edit(library, "      - {from: 2012-01-01, value: 100, cite: 24 CFR 1.1, confidence: V}\n", "")
    publish(library, correct=["TEST010"])
    assert codes(library) == []


def test_any_other_edit_makes_drafts_until_it_is_published(library: Path) -> None:
    edit(library, "severity: error", "severity: info")
    catalog = load_catalog(library)
    assert not catalog.requirements["TEST010"].published
    (finding, *_) = check_standing(catalog, ())
    assert finding.code == "LOCK050"
    assert "TEST010" in finding.message
    contract = assembly.assemble(make_spec(), catalog).contract
    assert contract is not None
    assert "The requirement TEST010 was edited and is not published again." in contract.drafts
    publish(library)
    assert [*check_standing(load_catalog(library), ())] == []


def test_a_requirement_that_is_gone_is_told_once(library: Path) -> None:
    (library / FILE).unlink()
    (problem,) = problems_of(library)
    assert problem.code == "LOCK020"
    assert "null" in problem.remedy


def test_a_file_that_cannot_be_read_is_not_called_gone(library: Path) -> None:
    edit(library, "severity: error", "severity: grave")
    assert codes(library) == ["FIELD040"]


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("fund.is_federal: true", "fund.is_federl: true", "CATALOG165", "fund.is_federal"),
        ("{fund.is_federal: true}", "{fund.sources: {contains: CoC}}", "CATALOG165", "CoC"),
        ("why:", "clauses: [FE-99]\nwhy:", "CATALOG110", "FE-99"),
    ],
)
def test_a_requirement_that_nobody_would_be_asked_is_an_error(
    library: Path, old: str, new: str, code: str, said: str
) -> None:
    edit(library, old, new)
    (problem,) = problems_of(library)
    assert problem.code == code
    assert said in problem.message


def test_a_family_is_approved_by_roles_that_exist(library: Path) -> None:
    path = library / "library.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("title: Services}", "title: Services, approved_by: [sheriff]}"), encoding="utf-8")
    (problem,) = problems_of(library)
    assert problem.code == "CATALOG145"
    assert "'sheriff'" in problem.message
