"""Collect the facts that someone must confirm before signing: as findings, and for the first page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.document.tree import Confirmation, Paragraph, Value, plain_text
from fe_contracts.findings import Finding, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fe_contracts.assembly.binding import Bound
    from fe_contracts.assembly.selection import Selection
    from fe_contracts.document.tree import Block, Contract

__all__ = ["confirmations_of", "facts_to_confirm"]


def facts_to_confirm(selection: Selection, bound: Mapping[str, Mapping[str, Bound]]) -> Iterator[Finding]:
    """Yield a finding for each fact that the contract rests on and nobody has confirmed yet."""
    for decision in selection.included:
        for name, item in bound.get(decision.instance, {}).items():
            confirm = item.definition.confirm
            if not item.pending or confirm is None:
                continue
            fact = f"{decision.clause_id}.{name}"
            changed = f" It was confirmed as {item.confirmed_as} and has changed since." if item.confirmed_as else ""
            yield Finding(
                "CONFIRM010",
                Severity.CONFIRM,
                f"{fact}: {confirm.what} It rests on: {confirm.source}.{changed}",
                Where(field=f"clauses.parameters.{fact}"),
                f"Ask {confirm.who}; then record it under confirmations with fact: {fact}.",
            )


def confirmations_of(contract: Contract, bound: Mapping[str, Mapping[str, Bound]]) -> tuple[Confirmation, ...]:
    """Return the pending facts that the contract prints, each with the section where it stands first."""
    found: dict[str, Confirmation] = {}
    for owner in contract.numbered:
        for value in _pending(owner.blocks):
            name = value.parameter.partition("/")[2]
            fact = f"{owner.clause_id}.{name}"
            confirm = bound[owner.instance][name].definition.confirm
            if confirm is not None and fact not in found:
                shown = plain_text(value.pieces[1:-1])  # without the brackets around it
                found[fact] = Confirmation(
                    fact, confirm.what, shown, confirm.who, confirm.source, owner.anchor, owner.number
                )
    return tuple(found.values())


def _pending(blocks: tuple[Block, ...]) -> Iterator[Value]:
    """Yield the values of some blocks that someone must still confirm."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from (inline for inline in block.inlines if isinstance(inline, Value) and inline.pending)
