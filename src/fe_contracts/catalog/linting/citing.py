"""Look at what the library cites and quotes: the law of the version's own days, listed, readable, word for word."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from fe_contracts.catalog.citations import find_citations, unreadable_citations, unreadable_finding
from fe_contracts.catalog.quotations import digest_of_words, known_quotations, plain_words
from fe_contracts.catalog.stale import broken_patterns, mentions, stale_finding, stands
from fe_contracts.catalog.terms import texts_by_line
from fe_contracts.catalog.wording import ParagraphNode, walk
from fe_contracts.document.tree import Role, Text
from fe_contracts.findings import Finding, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.catalog.catalog import Catalog
    from fe_contracts.catalog.citations import Cite
    from fe_contracts.catalog.clause import Clause, ClauseVersion
    from fe_contracts.model.authority import StaleCitation

__all__ = [
    "citations_of_their_day",
    "cited_and_listed",
    "quoted_word_for_word",
    "readable_citations",
    "sound_authorities",
]


def citations_of_their_day(catalog: Catalog) -> Iterator[Finding]:
    """What a clause version cites stands on every day on which the version is in force.

    A version's days are counted by its clause's own trigger, whichever date a citation goes by.
    """
    authorities = catalog.authorities
    broken = {fault.where.field for fault in broken_patterns(authorities.stale)} if authorities else set()
    usable = [entry for entry in authorities.stale if not _is_broken(entry, broken)] if authorities else []
    for clause in catalog if authorities else ():
        for version in clause.versions:
            first, last = _days(clause, version)
            for where, text in _texts(version):
                for mention in mentions(text, usable):
                    day = _first_day_it_fails(mention.entry, first, last)
                    if day is not None:
                        what = f"when {version.key} is in force"
                        yield stale_finding("CITE020", mention, day, what, where)


def _is_broken(entry: StaleCitation, broken: set[str]) -> bool:
    return any(f"stale.{entry.id}.{name}" in broken for name in ("pattern", "context", "unless"))


def _days(clause: Clause, version: ClauseVersion) -> tuple[dt.date, dt.date | None]:
    """Return the first day of a version, and the first on which another, published or draft, takes its place."""
    later = [item.effective for item in clause.versions if item.effective > version.effective]
    return version.effective, min(later, default=None)


def _first_day_it_fails(entry: StaleCitation, first: dt.date, end: dt.date | None) -> dt.date | None:
    """Return the first of a version's days on which a citation does not stand, or nothing if it always does."""
    if not stands(entry, first):
        return first
    if entry.stands_until is None:
        return None
    fails = entry.stands_until + dt.timedelta(days=1)
    return fails if end is None or fails < end else None


def _texts(version: ClauseVersion) -> Iterator[tuple[Where, str]]:
    """Yield every text of a version that cites, or may cite, with its place; the law's own words are left out."""
    for line, text in texts_by_line(version, quotations=False):
        yield Where(version.file, line), text
    front = version.front
    yield Where(version.file, field="summary"), front.summary
    for place, cite in enumerate(front.legal_basis):
        yield Where(version.file, field=f"legal_basis[{place}]"), cite
    for name, definition in front.parameters.items():
        where = Where(version.file, field=f"parameters.{name}")
        yield from ((where, text) for text in (definition.bound_by, definition.help) if text)
        yield from ((where, text) for text in _strings(definition.default))
        yield from ((where, text) for text in definition.choices.values())
    for place, item in enumerate(front.obligations):
        where = Where(version.file, field=f"obligations[{place}]")
        yield where, f"{item.what} {item.when} {item.evidence} {item.consequence}"


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list() | tuple():
            for item in value:
                yield from _strings(item)
        case dict():
            yield "; ".join(text for item in value.values() for text in _strings(item))  # a row is read as one


def cited_and_listed(catalog: Catalog) -> Iterator[Finding]:
    """What a clause's wording cites stands under its sources, and each of its sources is cited by some version."""
    for clause in catalog:
        listed = {source: [item.cite for item in find_citations(source)] for source in clause.identity.sources}
        known = [cite for cites in listed.values() for cite in cites]
        cited: list[Cite] = []
        told: set[Cite] = set()
        for version in clause.versions:
            for line, text in texts_by_line(version):
                for item in find_citations(text):
                    cited.append(item.cite)
                    if item.cite in told or any(item.cite.overlaps(other) for other in known):
                        continue
                    told.add(item.cite)
                    yield Finding(
                        "CITE030",
                        Severity.INFO,
                        f"{version.key} cites {item.cite}, which clause.yaml does not list under sources.",
                        Where(version.file, line),
                        "Add it there with its confidence mark.",
                    )
        named = {cite for version in clause.versions for cite in version.front.legal_basis}
        for source, cites in listed.items():
            if source not in named and not any(cite.overlaps(other) for cite in cites for other in cited):
                yield Finding(
                    "CITE030",
                    Severity.INFO,
                    f"{clause.id} lists the source {source!r}, and no version rests on it or cites it.",
                    Where(clause.file, field="sources"),
                    "Name it under legal_basis of a version, or delete it.",
                )


def readable_citations(catalog: Catalog) -> Iterator[Finding]:
    """What looks like a citation can be read as one."""
    for clause in catalog:
        for source in clause.identity.sources:
            for words, _ in unreadable_citations(source):
                yield unreadable_finding(words, Where(clause.file, field="sources"))
        for version in clause.versions:
            for where, text in _texts(version):
                for words, _ in unreadable_citations(text):
                    yield unreadable_finding(words, where)


def quoted_word_for_word(catalog: Catalog) -> Iterator[Finding]:
    """Every quotation in a clause is one of the quotations of citations.yaml, word for word."""
    known = known_quotations(catalog.authorities)
    for clause in catalog:
        for version in clause.versions:
            for node in walk(version.wording.nodes):
                if not isinstance(node, ParagraphNode) or node.role is not Role.QUOTATION:
                    continue
                whole = all(isinstance(piece, Text) for piece in node.pieces)
                words = "".join(piece.text if isinstance(piece, Text) else "…" for piece in node.pieces)
                if whole and digest_of_words(words) in known:
                    continue
                yield Finding(
                    "CATALOG210",
                    Severity.ERROR,
                    f"{version.key} quotes words that citations.yaml does not hold: “{_beginning(words)}”",
                    Where(version.file, node.line),
                    "Quote the law word for word and enter the words in citations.yaml, or write them as no quotation.",
                )


def _beginning(words: str) -> str:
    plain = plain_words(words)
    return plain if len(plain) <= 70 else f"{plain[:69]}…"


def sound_authorities(catalog: Catalog) -> Iterator[Finding]:
    """Every quotation of citations.yaml has the digest of its words, and every pattern can be used."""
    authorities = catalog.authorities
    file = str(catalog.folder / "citations.yaml")
    for place, quotation in enumerate(authorities.quotations if authorities else ()):
        digest = digest_of_words(quotation.text)
        if digest != quotation.digest:
            yield Finding(
                "CATALOG220",
                Severity.ERROR,
                f"The words of {quotation.cite} are not those that the digest was taken of.",
                Where(file, field=f"quotations[{place}]"),
                f"Restore the words of {quotation.as_of}; if the law itself has new ones, the digest is {digest}.",
            )
    yield from broken_patterns(authorities.stale if authorities else (), file)
