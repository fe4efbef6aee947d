"""Find defined terms: where each is defined, and where each is used."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from fe_contracts.catalog.wording import ExhibitBlock, ParagraphNode, walk
from fe_contracts.document.tree import Role, Text
from fe_contracts.model.library import Glossary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.catalog.catalog import Catalog
    from fe_contracts.catalog.clause import ClauseVersion
    from fe_contracts.catalog.wording import Wording

__all__ = ["defined_terms", "glossary_terms", "known_terms", "terms_in", "texts_by_line"]


_GAP = "\N{OBJECT REPLACEMENT CHARACTER}"


def texts_by_line(
    version: ClauseVersion, *, quotations: bool = True, definitions: bool = True
) -> Iterator[tuple[int, str]]:
    """Yield the wording's own text, paragraph by paragraph, with its line; values and references leave a gap.

    `quotations` says whether the law's own words count as well, `definitions` whether a term counts where it is
    defined.
    """
    for node in walk(version.wording.nodes):
        match node:
            case ParagraphNode(role=Role.QUOTATION) if not quotations:
                continue
            case ParagraphNode():
                pieces = node.pieces
            case ExhibitBlock():
                pieces = node.title
            case _:
                continue
        yield (
            node.line,
            "".join(
                piece.text if isinstance(piece, Text) and (definitions or not piece.defines) else _GAP
                for piece in pieces
            ),
        )


def defined_terms(wording: Wording) -> dict[str, int]:
    """Return the terms a wording defines, each with the line it is defined on."""
    found: dict[str, int] = {}
    for node in walk(wording.nodes):
        if isinstance(node, ParagraphNode):
            for piece in node.pieces:
                if isinstance(piece, Text) and piece.defines:
                    found.setdefault(piece.defines, node.line)
    return found


def glossary_terms(catalog: Catalog) -> frozenset[str]:
    """Return the terms of every version of the glossary."""
    series = catalog.framework.get("glossary")
    editions = series.editions if series else ()
    return frozenset(
        term.term for edition in editions if isinstance(edition.content, Glossary) for term in edition.content.terms
    )


@lru_cache(maxsize=8)
def known_terms(catalog: Catalog) -> frozenset[str]:
    """Return every term that some clause or the glossary defines, if it begins with a capital letter."""
    terms = set(glossary_terms(catalog))
    for clause in catalog:
        for version in clause.versions:
            terms.update(version.defines)
    return frozenset(term for term in terms if term[:1].isupper())


@lru_cache(maxsize=8)
def _pattern(terms: frozenset[str]) -> re.Pattern[str]:
    """Return one expression for all terms, the longest first, singular or plural."""
    longest = sorted(terms, key=lambda term: (-len(term), term))
    return re.compile(r"\b(" + "|".join(re.escape(term) for term in longest) + r")(?:s|es)?\b")


@lru_cache(maxsize=20_000)  # the same paragraphs come back in every contract of a batch
def terms_in(text: str, terms: frozenset[str]) -> tuple[str, ...]:
    """Return the terms that a text uses.

    A single word that begins a sentence does not count: there, any word has a capital letter.
    """
    if not terms:
        return ()
    found = []
    for match in _pattern(terms).finditer(text):
        before = text[: match.start()].rstrip("“‘ ")
        begins = not before or before[-1] in ".:;!?"
        if not begins or " " in match[1]:
            found.append(match[1])
    return tuple(found)
