"""Look at how the wording is written: words to avoid, values typed into the text, duties without their parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fe_contracts.catalog.terms import texts_by_line
from fe_contracts.findings import Finding, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.catalog.catalog import Catalog

__all__ = ["empty_obligations", "typed_values", "words_to_avoid"]

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
_TYPED_MONEY = re.compile(r"\$\s?\d[\d,]*(?:\.\d+)?")
_PLACEHOLDERS = re.compile(
    r"n/?a|none|nothing|tbd|tba|tbc|to be (?:determined|decided|confirmed|agreed|added)|unknown|various|see above|"
    r"(?:as|where|when|if) (?:needed|necessary|appropriate|applicable|required|requested|possible)|"
    r"not applicable|not specified|\?+|[-–—.…x]+|todo|same|ditto",
    re.IGNORECASE,
)
_PARTS = {"what": "what is owed", "when": "when", "evidence": "what shows it", "consequence": "what follows if not"}


def words_to_avoid(catalog: Catalog) -> Iterator[Finding]:
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


def typed_values(catalog: Catalog) -> Iterator[Finding]:
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


def empty_obligations(catalog: Catalog) -> Iterator[Finding]:
    """Every obligation says who owes what, when, what shows it, and what follows if it is not done."""
    for clause in catalog:
        for version in clause.versions:
            for place, item in enumerate(version.front.obligations):
                for name, meaning in _PARTS.items():
                    said = getattr(item, name).strip().rstrip(".")
                    if _PLACEHOLDERS.fullmatch(said):
                        yield Finding(
                            "LINT160",
                            Severity.WARNING,
                            f"The obligation {item.id!r} of {version.key} does not say {meaning}: “{said}”.",
                            Where(version.file, field=f"obligations[{place}].{name}"),
                            "Say it in a few plain words, or delete the obligation.",
                        )
