"""Look at the whole library as a careful editor would: every check of its kind, under its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.catalog.linting.citing import (
    citations_of_their_day,
    cited_and_listed,
    quoted_word_for_word,
    readable_citations,
    sound_authorities,
)
from fe_contracts.catalog.linting.parameters import unbound_parameters
from fe_contracts.catalog.linting.places import clause_without_place, days_without_version, drafts, value_not_served
from fe_contracts.catalog.linting.reading import hard_to_read
from fe_contracts.catalog.linting.references import circular_references, label_not_in_every_version
from fe_contracts.catalog.linting.terms import circular_terms, term_defined_twice, term_not_defined, term_not_used
from fe_contracts.catalog.linting.wording import empty_obligations, typed_values, words_to_avoid
from fe_contracts.findings import Finding, Findings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fe_contracts.catalog.catalog import Catalog

__all__ = ["CHECKS", "lint"]

CHECKS: dict[str, Callable[[Catalog], Iterator[Finding]]] = {
    "LINT010": term_defined_twice,
    "LINT020": term_not_used,
    "LINT030": term_not_defined,
    "LINT035": circular_terms,
    "LINT040": words_to_avoid,
    "LINT050": typed_values,
    "LINT060": clause_without_place,
    "LINT070": value_not_served,
    "LINT090": drafts,
    "LINT100": circular_references,
    "LINT110": label_not_in_every_version,
    "LINT130": unbound_parameters,
    "LINT140": hard_to_read,
    "LINT150": days_without_version,
    "LINT160": empty_obligations,
    "CITE020": citations_of_their_day,
    "CITE030": cited_and_listed,
    "CITE040": readable_citations,
    "CATALOG210": quoted_word_for_word,
    "CATALOG220": sound_authorities,
}
"""Every check by the (first) code it reports."""


def lint(catalog: Catalog) -> Findings:
    """Return everything an editor would mend in the library, gravest first."""
    return Findings(tuple(finding for check in CHECKS.values() for finding in check(catalog)), None, catalog.name)
