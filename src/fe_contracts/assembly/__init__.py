"""From spec and catalog to a contract: selection, binding, filling, numbering, cross-references."""

from __future__ import annotations

from fe_contracts.assembly.assembler import FATAL, Assembly, Outline, PlacedClause, assemble, outline
from fe_contracts.assembly.selection import Decision, Selection, select

__all__ = [
    "FATAL",
    "Assembly",
    "Decision",
    "Outline",
    "PlacedClause",
    "Selection",
    "assemble",
    "outline",
    "select",
]
