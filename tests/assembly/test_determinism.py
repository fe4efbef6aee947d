"""The same spec and the same library give the same contract, in every process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.assembly.specs import BASE, award, changed, make_spec, with_programs

from fe_contracts.assembly import assemble

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts.catalog import Catalog

CHANGES = {
    "clauses.include": ["FE-03", "FE-04"],
    "funding": [award("a", "COC", "2024-01-01"), award("b", "ESG", "2025-01-01")],
}
PROGRAM = """
import hashlib, sys
from fe_contracts.assembly import assemble
from fe_contracts.catalog import load_catalog
from fe_contracts.model.spec import Spec
spec = Spec.model_validate_json(open(sys.argv[2], encoding="utf-8").read())
assembly = assemble(spec, load_catalog(sys.argv[1]))
said = repr((assembly.contract, [str(finding) for finding in assembly.findings]))
print(hashlib.sha256(said.encode()).hexdigest())
"""


def test_assembling_twice_gives_the_same_tree(catalog: Catalog) -> None:
    spec = make_spec(CHANGES)
    assert assemble(spec, catalog).contract == assemble(spec, catalog).contract
    assert assemble(spec, catalog).findings == assemble(spec, catalog).findings


def test_the_order_of_hashing_changes_nothing(catalog: Catalog, tmp_path: Path) -> None:
    file = tmp_path / "spec.json"
    file.write_text(json.dumps(with_programs(changed(BASE, CHANGES))), encoding="utf-8")
    said = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM, str(catalog.folder), str(file)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(said) == 1
    assert len(said.pop().strip()) == 64
