"""Find in a spec's own words what its fields do not say: fees, training, housing counseling, numbers that identify."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fe_contracts.compliance.law.federal import own_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.model.spec import Spec

__all__ = [
    "CLIENT_FEES",
    "HOUSING_COUNSELING",
    "IDENTIFIERS",
    "TRAINING",
    "UNMATCHABLE",
    "asks_for",
    "named",
    "promises",
]

CLIENT_FEES = re.compile(
    r"\b(co-?pay(ment)?s?|sliding[- ](scale|fee)s?"
    r"|(client|participant|session|enrollment|intake|program|user) fees?)\b",
    re.IGNORECASE,
)
"""Words for what Clients pay."""

HOUSING_COUNSELING = re.compile(r"\bhousing counsel(ing|or|ors)\b", re.IGNORECASE)
"""The term of law, in any of its forms."""

IDENTIFIERS = re.compile(
    r"\b(social security (number|no\.?|card)s?|ssns?|(bank |card |checking |savings )?account numbers?"
    r"|routing numbers?)(?!\w)",
    re.IGNORECASE,
)
"""Numbers that identify a person or open an account."""

TRAINING = re.compile(
    r"\b(staff|counselors?|employees?|team) (training|certification)s?\b|\btraining (of|for) (staff|counselors?|front)"
    r"|\b(exam(ination)?|licens(e|ing|ure)|certification|credential(ing)?|registration) fees?\b|\bAFC\b"
    r"|\bcontinuing education\b",
    re.IGNORECASE,
)
"""Words for training or licenses of staff; training of Clients is another thing."""

UNMATCHABLE = re.compile(
    TRAINING.pattern + r"|\b(savings match|matched savings|account deposits?|seed deposits?|debt (payoff|payments?))\b",
    re.IGNORECASE,
)
"""Words for costs that homeless assistance money does not pay, so that they are no match either."""

_DENIED = re.compile(
    r"\b(no|not|never|without|masked|hidden|free of|waived|except|nor|neither|remove[sd]?|redact(ed)?"
    r"|last four|instead of)\b",
    re.IGNORECASE,
)
_NEAR = 40


def named(text: str, words: re.Pattern[str]) -> str | None:
    """Return the words as they stand in the text, or none."""
    found = words.search(text)
    return found.group() if found else None


def asks_for(text: str, words: re.Pattern[str]) -> str | None:
    """Return the words as they stand in the text, unless what stands near in the same sentence denies them."""
    for found in words.finditer(text):
        before = text[max(0, found.start() - _NEAR) : found.start()].rpartition(".")[2]
        after = text[found.end() : found.end() + _NEAR].partition(".")[0]
        if not _DENIED.search(before) and not _DENIED.search(after):
            return found.group()
    return None


def promises(spec: Spec) -> Iterator[tuple[str, str]]:
    """Yield the text that says what is done and shown: title, population, outcomes, milestones, and the rest."""
    yield "contract.title", spec.contract.title
    yield "services.population", spec.services.population
    yield from own_words(spec)
    for place, outcome in enumerate(spec.outcomes):
        for name in ("title", "population", "baseline_rule", "threshold", "evidence", "source_system", "exclusions"):
            yield f"outcomes[{place}].{name}", getattr(outcome, name)
    for place, milestone in enumerate(spec.milestones):
        yield f"milestones[{place}].title", milestone.title
        yield f"milestones[{place}].evidence", milestone.evidence
