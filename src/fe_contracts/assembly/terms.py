"""Check the defined terms of one contract: each is defined in it, and once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.catalog.terms import terms_in
from fe_contracts.document.tree import OriginKind, Paragraph, Table, Text, plain_text, texts_of
from fe_contracts.findings import Finding, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.document.tree import Contract

__all__ = ["check_terms"]


def check_terms(contract: Contract, terms: frozenset[str]) -> Iterator[Finding]:
    """Yield a finding for each term that the contract uses without defining it, or defines twice.

    `terms` are all the terms that the library defines anywhere.
    """
    defined: dict[str, str] = {}
    used: dict[str, str] = {}
    for owner in contract.numbered:
        for block in owner.blocks:
            for text in texts_of(block):
                if text.defines and text.defines in defined:
                    yield Finding(
                        "TERMS020",
                        Severity.WARNING,
                        f"“{text.defines}” is defined in Section {defined[text.defines]} and again in {owner.number}.",
                        Where(field="clauses"),
                        "Have it defined in one clause.",
                    )
                if text.defines:
                    defined.setdefault(text.defines, owner.number)
            if isinstance(block, Paragraph):
                words = "".join(
                    inline.text
                    if isinstance(inline, Text) and inline.origin.kind is OriginKind.WORDING
                    else "\ufffc"
                    for inline in block.inlines
                )
                for term in terms_in(words, terms):
                    used.setdefault(term, owner.number)
            elif isinstance(block, Table):
                for row in block.rows:
                    defined.setdefault(plain_text(row.cells[0]), owner.number)
    for term, number in used.items():
        if term not in defined:
            yield Finding(
                "TERMS010",
                Severity.WARNING,
                f"Section {number} uses “{term}”, which nothing in this contract defines.",
                Where(field="clauses"),
                "Include the clause that defines it, or word the section without it.",
            )
