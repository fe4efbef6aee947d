"""Look at the defined terms: each is defined once, defined before it is relied on, and used."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from fe_contracts.catalog.terms import defined_terms, glossary_terms, known_terms, terms_in, texts_by_line
from fe_contracts.catalog.wording import ParagraphNode, walk
from fe_contracts.document.tree import Text
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.library import Glossary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fe_contracts.catalog.catalog import Catalog
    from fe_contracts.catalog.clause import ClauseVersion
    from fe_contracts.model.library import GlossaryTerm

__all__ = ["circular_terms", "term_defined_twice", "term_not_defined", "term_not_used"]


def term_defined_twice(catalog: Catalog) -> Iterator[Finding]:
    """A term is defined in one clause, or in the glossary, and nowhere else."""
    homes: dict[str, list[Where]] = defaultdict(list)
    for clause in catalog:
        if clause.versions:
            version = clause.latest
            for term, line in defined_terms(version.wording).items():
                homes[term].append(Where(version.file, line))
    shared = glossary_terms(catalog)
    for term, places in homes.items():
        if term in shared:
            yield Finding(
                "LINT010",
                Severity.WARNING,
                f"“{term}” is defined here and in the glossary.",
                places[0],
                "Define it in one of the two.",
            )
        # a rider and a full contract may each define a term that the other's clauses do not hold
        if len(places) > 2:
            yield Finding(
                "LINT010",
                Severity.WARNING,
                f"“{term}” is defined in {len(places)} clauses.",
                places[-1],
                "Define it in one of them.",
            )


def _texts(catalog: Catalog) -> Iterator[str]:
    """Yield every text in which a term may be used: wording, default values, other terms' definitions."""
    for clause in catalog:
        for version in clause.versions:
            yield from (text for _, text in texts_by_line(version, definitions=False))
            yield from (str(value.default) for value in version.front.parameters.values() if value.default)
    for entry, _ in _glossary(catalog):
        yield f"means {entry.definition}"


def _glossary(catalog: Catalog) -> Iterator[tuple[GlossaryTerm, str]]:
    """Yield every term of the glossary and the file it stands in."""
    series = catalog.framework.get("glossary")
    for edition in series.editions if series else ():
        if isinstance(edition.content, Glossary):
            yield from ((entry, edition.file) for entry in edition.content.terms)


def term_not_used(catalog: Catalog) -> Iterator[Finding]:
    """A defined term is used somewhere besides its definition."""
    terms = known_terms(catalog)
    counts = Counter(term for text in _texts(catalog) for term in terms_in(text, terms))
    homes = {entry.term: Where(file) for entry, file in _glossary(catalog)}
    for clause in catalog:
        for version in clause.versions:
            for term, line in defined_terms(version.wording).items():
                homes.setdefault(term, Where(version.file, line))
    for term, where in homes.items():
        if term in terms and not counts[term]:
            yield Finding(
                "LINT020", Severity.WARNING, f"“{term}” is defined and never used.", where, "Use it, or delete it."
            )


_CAPITALS = re.compile(r"(?<![\w’'.-])([A-Z][a-z]{2,}(?: (?:of |and |the |for )*[A-Z][a-z]{2,})*)(?![\w-])")
_TERM_LIKE = re.compile(
    r"\b(?:the|an?|each|every|any|no|all|this|that|such|its|their|of|to|for|by|with|and|or|in|under|from) $"
)
_PLURAL = re.compile(r"(?:ies|es|s)$")


def term_not_defined(catalog: Catalog) -> Iterator[Finding]:
    """A word that is written as a term, with a capital letter, is one that the library defines.

    Names have capital letters too, so a word counts only if the same clause also writes it with a small letter:
    then one of the two is a slip.
    """
    terms = {_stem(term) for term in known_terms(catalog)}
    for clause in catalog:
        if not clause.versions:
            continue
        version = clause.latest
        texts = [*texts_by_line(version, quotations=False)]
        small = " ".join(text for _, text in texts)
        told: set[str] = set()
        for line, text in texts:
            for match in _CAPITALS.finditer(text):
                word = match[1]
                if word in told or not _TERM_LIKE.search(text[: match.start()]) or _known(word, terms):
                    continue
                if re.search(rf"\b{re.escape(_stem(word).lower())}", small):
                    told.add(word)
                    yield Finding(
                        "LINT030",
                        Severity.WARNING,
                        f"{version.key} writes “{word}” as a defined term, and nothing in the library defines it.",
                        Where(version.file, line),
                        "Define it, or write it with a small letter.",
                    )


def _stem(word: str) -> str:
    """Return a term without its plural's ending."""
    return _PLURAL.sub("", word)


def _known(word: str, terms: set[str]) -> bool:
    """Return whether a word, or words that begin or end with a term, are defined."""
    parts = word.split()
    return any(
        _stem(" ".join(parts[low:high])) in terms
        for low in range(len(parts))
        for high in range(low + 1, len(parts) + 1)
    )


def circular_terms(catalog: Catalog) -> Iterator[Finding]:
    """No two terms are each defined by the other, directly or by way of others, so that neither says anything."""
    uses: dict[str, set[str]] = {}
    homes: dict[str, Where] = {}
    terms = known_terms(catalog)
    for clause in catalog:
        if clause.versions:
            for term, line, meaning in _definitions(clause.latest):
                uses.setdefault(term, set()).update(set(terms_in(f"means {meaning}", terms)) - {term})
                homes.setdefault(term, Where(clause.latest.file, line))
    for entry, file in _glossary(catalog):
        uses.setdefault(entry.term, set()).update(set(terms_in(f"means {entry.definition}", terms)) - {entry.term})
        homes.setdefault(entry.term, Where(file))
    for circle in _circles(uses):
        yield Finding(
            "LINT035",
            Severity.WARNING,
            f"{' → '.join(f'“{term}”' for term in (*circle, circle[0]))}: each is defined by the next.",
            homes[circle[0]],
            "Define one of them without the others.",
        )


_NEXT_SENTENCE = re.compile(r"(?<=[.;])\s")


def _definitions(version: ClauseVersion) -> Iterator[tuple[str, int, str]]:
    """Yield each term a version defines, its line, and the sentence that says what it means."""
    for node in walk(version.wording.nodes):
        if not isinstance(node, ParagraphNode):
            continue
        for place, piece in enumerate(node.pieces):
            if isinstance(piece, Text) and piece.defines:
                after = "".join(item.text if isinstance(item, Text) else " " for item in node.pieces[place + 1 :])
                if after.lstrip(" ").startswith(("means", "is ", "are ")):
                    yield piece.defines, node.line, _NEXT_SENTENCE.split(after)[0]


def _circles(uses: Mapping[str, set[str]]) -> Iterator[tuple[str, ...]]:
    """Yield each circle of terms once, the shortest way round, beginning with the first by name."""
    told: set[frozenset[str]] = set()
    for start in sorted(uses):
        way = _way_back(start, uses)
        if way and frozenset(way) not in told:
            told.add(frozenset(way))
            yield way


def _way_back(start: str, uses: Mapping[str, set[str]]) -> tuple[str, ...]:
    """Return the shortest way from a term through its definitions back to itself; empty if there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for term in sorted(uses.get(way[-1], ())):
            if term == start:
                return way
            if term not in seen:
                seen.add(term)
                ways.append((*way, term))
    return ()
