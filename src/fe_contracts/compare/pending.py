"""Take the notes of what is still to be confirmed out of a contract: they are no wording of it.

Such a value stands in brackets, `[CONFIRM: 35 points]`. The value is what is compared; that it is open is told apart.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from fe_contracts.document.structure import STRUCTURE

if TYPE_CHECKING:
    from fe_contracts.compare.contract_views import ContractView, Passage, Section

__all__ = ["bracketed", "without_notes"]

_OPEN, _CLOSE = STRUCTURE["confirm_open"], STRUCTURE["confirm_close"]
_NOTE = re.compile(rf"{re.escape(_OPEN)}((?:[^\[\]]|\[[^\[\]]*\])*){re.escape(_CLOSE)}")
"""The value inside may hold brackets of its own."""


def bracketed(value: str) -> str:
    """Return a value as the contract shows it while somebody must still confirm it."""
    return f"{_OPEN}{value}{_CLOSE}"


def without_notes(view: ContractView) -> ContractView:
    """Return the contract with each such value bare, and the names of the values that are still open."""
    open_values = frozenset(name for name, text in view.printed.items() if _OPEN in text)
    if not open_values:
        return view
    return replace(
        view,
        sections=tuple(map(_bare_section, view.sections)),
        printed={name: _NOTE.sub(r"\1", text) for name, text in view.printed.items()},
        pending=open_values,
    )


def _bare_section(section: Section) -> Section:
    return replace(section, passages=tuple(map(_bare_passage, section.passages)))


def _bare_passage(passage: Passage) -> Passage:
    pieces = (
        replace(piece, text=_NOTE.sub(r"\1", piece.text)) if _OPEN in piece.text else piece for piece in passage.pieces
    )
    return replace(passage, pieces=tuple(pieces))
