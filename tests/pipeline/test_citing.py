"""Old law in a spec is a finding of `validate`, with file and line, and can be passed on the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from tests.assembly.specs import BASE, changed
from tests.catalog.libraries import small_catalog
from tests.catalog.test_linting import STALE
from tests.catalog.test_terms_and_lint import QUIET

from fe_contracts import load_spec, validate

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts.catalog import Catalog
    from fe_contracts.findings import Finding

TEXT = {"services.population": "people in shelters, by order 11"}
DECISION = {
    "code": "CITE010",
    "decided_by": "Ann",
    "role": "Counsel",
    "decided_on": "2026-11-01",
    "reason": "The grant agreement itself names order 11.",
}


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    return small_catalog(tmp_path / "library", {**QUIET, "citations.yaml": STALE})


def cited(folder: Path, catalog: Catalog, **changes: object) -> list[Finding]:
    """Return what is found about citations in a spec's file."""
    path = folder / "spec.yaml"
    path.write_text(yaml.safe_dump(changed(BASE, {**TEXT, **changes}), sort_keys=False), encoding="utf-8")
    return [item for item in validate(load_spec(path), catalog) if item.code == "CITE010"]


def test_old_law_is_found_with_file_line_and_source(tmp_path: Path, catalog: Catalog) -> None:
    (finding,) = cited(tmp_path, catalog)
    lines = (tmp_path / "spec.yaml").read_text("utf-8").splitlines()
    assert finding.where.file == str(tmp_path / "spec.yaml")
    assert "order 11" in lines[finding.where.line - 1]
    assert finding.where.field == "services.population"
    assert str(finding.citation) == "Executive Order 10012 [W]"


def test_it_is_found_too_where_no_contract_type_is_in_force(tmp_path: Path, catalog: Catalog) -> None:
    early = {"contract.effective_date": "2025-01-01", "services.population": "people, by order 12"}
    (finding,) = cited(tmp_path, catalog, **early)
    assert "did not stand yet on 2025-01-01" in finding.message


def test_a_decision_on_the_record_passes_it(tmp_path: Path, catalog: Catalog) -> None:
    (finding,) = cited(tmp_path, catalog, overrides=[DECISION])
    assert finding.overridden_by.startswith("Ann, Counsel")
