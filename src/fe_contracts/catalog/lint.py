"""Look at the whole library as a careful editor would: terms, words to avoid, loose ends."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from fe_contracts.catalog.terms import defined_terms, glossary_terms, known_terms, terms_in, texts_by_line
from fe_contracts.findings import Finding, Findings, Severity, Where
from fe_contracts.model.library import Glossary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fe_contracts.catalog.catalog import Catalog
    from fe_contracts.model.library import GlossaryTerm

__all__ = ["CHECKS", "lint"]

_AVOID = {
    "shall": "must, may or will",
    "herein": "in this Agreement, or the section's reference",
    "hereto": "to this Agreement",
    "hereby": "nothing",
    "thereof": "of it",
    "aforementioned": "the thing's name",
    "and/or": "or, or … or both",
    "in the event that": "if",
    "prior to": "before",
    "subsequent to": "after",
}
_AVOIDED = re.compile(r"\b(" + "|".join(re.escape(word) for word in _AVOID) + r")\b", re.IGNORECASE)
_TYPED_DATE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}\b"
)
_TYPED_MONEY = re.compile(r"\$\s?\d")


def _term_defined_twice(catalog: Catalog) -> Iterator[Finding]:
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


def _term_not_used(catalog: Catalog) -> Iterator[Finding]:
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


def _words_to_avoid(catalog: Catalog) -> Iterator[Finding]:
    """The wording says must, may and will, and no lawyer's ornaments."""
    for clause in catalog:
        for version in clause.versions:
            for line, text in texts_by_line(version, quotations=False):
                for match in _AVOIDED.finditer(text):
                    yield Finding(
                        "LINT040",
                        Severity.WARNING,
                        f"{version.key} says “{match[1]}”.",
                        Where(version.file, line),
                        f"Say {_AVOID[match[1].lower()]}.",
                    )


def _typed_values(catalog: Catalog) -> Iterator[Finding]:
    """Dollar amounts and dates are parameters, not typed text."""
    for clause in catalog:
        for version in clause.versions:
            for line, text in texts_by_line(version):
                for match in (*_TYPED_DATE.finditer(text), *_TYPED_MONEY.finditer(text)):
                    yield Finding(
                        "LINT050",
                        Severity.INFO,
                        f"{version.key} holds a typed value, “{match[0]}”.",
                        Where(version.file, line),
                        "Make it a parameter, unless a law fixes it.",
                    )


def _clause_without_place(catalog: Catalog) -> Iterator[Finding]:
    """Every clause has a place in some contract type."""
    placed = {
        slot.clause
        for series in catalog.contract_types.values()
        for edition in series.editions
        for article in edition.content.articles
        for slot in article.clauses
    }
    for clause in catalog:
        if clause.id not in placed:
            yield Finding(
                "LINT060",
                Severity.WARNING,
                f"{clause.id} has no place in any contract type.",
                Where(clause.file),
                "List it in a contract type, or retire it.",
            )


def _value_not_served(catalog: Catalog) -> Iterator[Finding]:
    """Every value of the framework is carried out by some clause, and every FE clause serves one."""
    served = {value for clause in catalog for version in clause.versions for value in version.front.serves}
    series = catalog.framework.get("values")
    for edition in series.editions[-1:] if series else ():
        for entry in getattr(edition.content, "entries", ()):
            if entry.id not in served:
                yield Finding(
                    "LINT070",
                    Severity.WARNING,
                    f"No clause serves the value {entry.id!r}.",
                    Where(edition.file),
                    "Name it under serves in the clause that carries it out.",
                )
    for clause in catalog:
        if clause.identity.family == "FE" and clause.versions and not clause.latest.front.serves:
            yield Finding(
                "LINT080",
                Severity.WARNING,
                f"{clause.id} serves no value of the framework.",
                Where(clause.latest.file),
                "Name the values it carries out under serves.",
            )


def _drafts(catalog: Catalog) -> Iterator[Finding]:
    """What is not published is a draft."""
    for clause in catalog:
        for version in clause.versions:
            if not version.published:
                yield Finding(
                    "LINT090",
                    Severity.INFO,
                    f"{version.key} is a draft.",
                    Where(version.file),
                    "Publish it when it is ready: fe-contracts catalog publish.",
                )


CHECKS: dict[str, Callable[[Catalog], Iterator[Finding]]] = {
    "LINT010": _term_defined_twice,
    "LINT020": _term_not_used,
    "LINT040": _words_to_avoid,
    "LINT050": _typed_values,
    "LINT060": _clause_without_place,
    "LINT070": _value_not_served,
    "LINT090": _drafts,
}
"""Every check by the (first) code it reports."""


def lint(catalog: Catalog) -> Findings:
    """Return everything an editor would mend in the library, gravest first."""
    return Findings(tuple(finding for check in CHECKS.values() for finding in check(catalog)), None, catalog.name)
