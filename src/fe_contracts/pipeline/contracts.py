"""Assemble a contract and write it: the whole way from a spec to a Word file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fe_contracts import assembly, word
from fe_contracts.exceptions import AssemblyError, RefusedError
from fe_contracts.pipeline.checking import findings_of
from fe_contracts.sources import write_atomic

if TYPE_CHECKING:
    from fe_contracts.catalog import Catalog
    from fe_contracts.document.tree import Contract
    from fe_contracts.findings import Findings
    from fe_contracts.model.spec import Spec
    from fe_contracts.word import HouseStyle

__all__ = ["AssembledContract", "assemble"]


@dataclass(frozen=True, slots=True)
class AssembledContract:
    """A contract that may be written: the tree, how it came about, and what was found."""

    contract: Contract
    selection: assembly.Selection
    findings: Findings

    def to_bytes(self, house_style: str | Path | HouseStyle = "plain") -> bytes:
        """Return the Word file: the same bytes for the same spec, catalog, house style and engine.

        Raises:
            HouseStyleError: if the house style cannot be used.
        """
        style = word.load_house_style(house_style) if isinstance(house_style, str | Path) else house_style
        return word.write(self.contract, style)

    def save(
        self, path: Path | str, *, house_style: str | Path | HouseStyle = "plain", overwrite: bool = False
    ) -> Path:
        """Write the Word file and return its path; an existing file is kept unless told otherwise.

        Raises:
            OutputError: if it cannot be written; nothing is left half written.
            HouseStyleError: if the house style cannot be used.
        """
        target = Path(path)
        write_atomic(target, self.to_bytes(house_style), overwrite=overwrite)
        return target


def assemble(spec: Spec, catalog: Catalog) -> AssembledContract:
    """Return the contract that a spec describes, ready to be saved.

    Raises:
        AssemblyError: if a value or a reference is missing, so that text would be lost.
        RefusedError: if an error stands that no override in the spec records.
        ClauseNotInForceError: if the contract type is not in force on the effective date.
    """
    result = assembly.assemble(spec, catalog)
    findings = findings_of(spec, catalog, result)
    fatal = [finding for finding in findings.errors if finding.code.startswith(assembly.FATAL)]
    if result.contract is None or fatal:
        raise AssemblyError(spec.contract.id, fatal or findings.errors)
    if findings.errors:
        raise RefusedError(spec.contract.id, findings.errors)
    return AssembledContract(result.contract, result.selection, findings)
