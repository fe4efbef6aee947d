"""Read assembled contracts in tests: as plain lines, and piece by piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.assembly import assemble
from fe_contracts.document.tree import Paragraph, Reference, blocks_of, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.catalog import Catalog
    from fe_contracts.document.tree import Contract
    from fe_contracts.model.spec import Spec

__all__ = ["codes", "contract_of", "lines_of", "references_of", "words_of"]


def contract_of(spec: Spec, catalog: Catalog) -> Contract:
    """Return the contract, which must be there."""
    assembly = assemble(spec, catalog)
    assert assembly.contract is not None, assembly.findings
    return assembly.contract


def codes(spec: Spec, catalog: Catalog) -> list[str]:
    """Return the codes of everything found on the way, in order."""
    return [finding.code for finding in assemble(spec, catalog).findings]


def lines_of(contract: Contract) -> list[str]:
    """Return the contract as a reader sees it: headings, paragraphs with their numbers, table rows."""
    lines = []
    for article in contract.articles:
        lines.append(f"Article {article.number} {plain_text(article.title)}")
        for clause in article.clauses:
            lines += [f"{clause.number} {plain_text(clause.title)}", *_blocks(clause.blocks)]
    for exhibit in contract.exhibits:
        lines.append(f"Exhibit {exhibit.number} {plain_text(exhibit.title)}")
        for part in exhibit.parts:
            lines += [f"{part.number} {plain_text(part.title)}", *_blocks(part.blocks)]
    return lines


def words_of(contract: Contract, instance: str) -> list[str]:
    """Return what one clause says in the body, line by line, without its heading."""
    (clause,) = (clause for clause in contract.clauses if clause.instance == instance)
    return _blocks(clause.blocks)


def _blocks(blocks: tuple[object, ...]) -> list[str]:
    lines = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(" ".join(part for part in (block.number, plain_text(block.inlines)) if part))
        else:
            lines.append(" | ".join(plain_text(column.title) for column in block.columns))  # type: ignore[attr-defined]
            lines += [" | ".join(plain_text(cell) for cell in row.cells) for row in block.rows]  # type: ignore[attr-defined]
    return lines


def references_of(contract: Contract) -> Iterator[Reference]:
    """Yield every cross-reference."""
    for block in blocks_of(contract):
        if isinstance(block, Paragraph):
            yield from (inline for inline in block.inlines if isinstance(inline, Reference))
