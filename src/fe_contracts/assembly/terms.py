"""Check the defined terms of one contract: each is defined in it, and once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.catalog.terms import terms_in
from fe_contracts.document.tree import OriginKind, Paragraph, Text, plain_text, texts_of
from fe_contracts.findings import Finding, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.document.tree import Block, Contract

__all__ = ["check_terms"]


def check_terms(contract: Contract, terms: frozenset[str]) -> Iterator[Finding]:
    """Yield a finding for each term that the contract uses without defining it, or defines twice.

    `terms` are all the terms that the library defines anywhere.
    """
    defined: dict[str, str] = {}
    used: dict[str, str] = {}
    for owner in contract.numbered:
        for block in owner.blocks:
            for term in _defined_in(block):
                if term in defined and isinstance(block, Paragraph):
                    yield Finding(
                        "TERMS020",
                        Severity.WARNING,
                        f"“{term}” is defined in Section {defined[term]} and again in {owner.number}.",
                        Where(field="clauses"),
                        "Have it defined in one clause.",
                    )
                defined.setdefault(term, owner.number)
            if isinstance(block, Paragraph):
                for term in terms_in(_wording_of(block), terms):
                    used.setdefault(term, owner.number)
    for term, number in used.items():
        if term not in defined:
            yield Finding(
                "TERMS010",
                Severity.WARNING,
                f"Section {number} uses “{term}”, which nothing in this contract defines.",
                Where(field="clauses"),
                "Include the clause that defines it, or word the section without it.",
            )


def _defined_in(block: Block) -> Iterator[str]:
    """Yield the terms a block defines: marked ones, and the first cells of a table such as the glossary."""
    if isinstance(block, Paragraph):
        yield from (text.defines for text in texts_of(block) if text.defines)
    else:
        yield from (plain_text(row.cells[0]) for row in block.rows)


def _wording_of(block: Paragraph) -> str:
    """Return the words that come from the library's wording, with a gap for everything else."""
    return "".join(
        inline.text if isinstance(inline, Text) and inline.origin.kind is OriginKind.WORDING else "\ufffc"
        for inline in block.inlines
    )
