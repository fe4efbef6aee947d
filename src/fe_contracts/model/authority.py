"""Describe what a citation may rest on: sections that moved, orders that were revoked, amounts that changed."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field, model_validator

from fe_contracts.effective import Trigger
from fe_contracts.findings import Confidence
from fe_contracts.model.base import Digest, Key, Line, Model, Prose

__all__ = ["Authorities", "Quotation", "StaleCitation"]


class StaleCitation(Model):
    """A way to cite the law that stopped being right on a day, or was right only from a day."""

    id: Key
    """A short name."""
    pattern: Line
    """The words that cite it, as a regular expression; upper and lower case are the same."""
    look_for: Annotated[tuple[Line, ...], Field(min_length=1)]
    """Letters or digits, in lower case: a text that holds none of them is passed over at almost no cost."""
    context: Line | None = None
    """Words that must stand in the same sentence, as a regular expression, for the citation to mean this."""
    unless: Line | None = None
    """Words in the same sentence, as a regular expression, that show that it means something else."""
    stands_from: dt.date | None = None
    """The first day on which it stood, where it matters."""
    stands_until: dt.date | None = None
    """The last day on which it stood."""
    trigger: Trigger
    """Which of the contract's dates decides."""
    instead: Line
    """What to cite, or to say, now."""
    why: Line
    """What happened to it."""
    cite: Line
    """Where that stands."""
    confidence: Confidence
    """How sure that is."""

    @model_validator(mode="after")
    def _ends_or_begins(self) -> StaleCitation:
        if self.stands_from is None and self.stands_until is None:
            msg = "give stands_from or stands_until: a citation that always stands is not stale"
            raise ValueError(msg)
        return self


class Quotation(Model):
    """Words of the law that clauses quote, guarded by their digest."""

    cite: Line
    """Where they stand."""
    as_of: dt.date
    """The date of the text they were taken from."""
    text: Prose
    """The exact words."""
    digest: Digest
    """The digest of the words, white space made plain."""


class Authorities(Model):
    """What the library knows of citations: those that no longer stand, and the words it may quote."""

    stale: Annotated[tuple[StaleCitation, ...], Field(min_length=1)]
    """Citations with the days on which they stood."""
    quotations: tuple[Quotation, ...] = ()
    """Words of the law that clauses may quote."""
