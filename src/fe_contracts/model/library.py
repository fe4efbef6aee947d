"""Describe the rest of the library: its name and roles, contract types, framework data and the lock."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field, model_validator

from fe_contracts.findings import Confidence
from fe_contracts.model.base import ClauseId, Digest, Key, Line, Model, Prose, VersionNumber
from fe_contracts.model.vocabulary import ContractKind, HostSubject

__all__ = [
    "ArticleOutline",
    "ClauseSlot",
    "ContractType",
    "ExhibitOutline",
    "Family",
    "Framework",
    "FrameworkEntries",
    "FrameworkEntry",
    "FrameworkText",
    "Glossary",
    "GlossaryTerm",
    "Library",
    "Lock",
    "Role",
]


class Role(Model):
    """A body or office whose approval a clause may need."""

    id: Key
    """Its short name."""
    title: Line
    """What it is called."""


class Family(Model):
    """A family of clauses."""

    id: Key
    """The letters its ids begin with."""
    title: Line
    """What its clauses are about."""
    approved_by: tuple[Key, ...] = ()
    """The roles that must approve its versions."""


class Library(Model):
    """What `library.yaml` says of the whole."""

    name: Line
    """The library's name."""
    version: VersionNumber
    """The version of the whole."""
    language: Line = "en-US"
    """The language of its wording."""
    notice: Prose
    """What every reader must know: no legal advice, approved by nobody."""
    extends: Line | None = None
    """For an overlay: what it stands on: `bundled`, a folder as seen from its own, or `package:NAME`."""
    base_version: VersionNumber | None = None
    """For an overlay: the version of that library it was written for."""
    roles: tuple[Role, ...] = ()
    """Who can approve; in an overlay, those that it adds or names anew."""
    families: tuple[Family, ...] = ()
    """The families of clauses; in an overlay, those that it adds or whose roles it changes."""

    @model_validator(mode="after")
    def _whole_or_overlay(self) -> Library:
        if self.extends is None and not {"roles", "families"} <= self.model_fields_set:
            msg = "give roles and families; only an overlay, which says `extends`, takes them from its base"
            raise ValueError(msg)
        if self.extends is None and self.base_version is not None:
            msg = "base_version speaks of a base; say `extends` too, or delete it"
            raise ValueError(msg)
        return self


class ClauseSlot(Model):
    """A clause's place in a contract type."""

    clause: ClauseId
    """The clause."""
    unless_host_covers: HostSubject | None = None
    """For riders: the subject that, covered by the host contract, keeps it out."""


class ArticleOutline(Model):
    """An article and its clauses, in order."""

    id: Key
    """What references name it by."""
    title: Line
    """Its heading."""
    clauses: tuple[ClauseSlot, ...] = Field(min_length=1)
    """Its clauses."""


class ExhibitOutline(Model):
    """An exhibit; its letter follows from the exhibits that are there."""

    id: Key
    """What references and `exhibit` blocks name it by."""
    title: Line
    """Its heading."""


class ContractType(Model):
    """The skeleton of one kind of contract."""

    id: ContractKind
    """Which kind."""
    title: Line
    """What it is, for the list of types."""
    document_name: Line
    """What the document is called on its cover, under the title."""
    effective: dt.date
    """The first day on which this version is used."""
    reason: Line
    """Why this version exists."""
    articles: tuple[ArticleOutline, ...] = Field(min_length=1)
    """The articles, in order."""
    exhibits: tuple[ExhibitOutline, ...]
    """The exhibits, in order."""

    @property
    def slots(self) -> tuple[ClauseSlot, ...]:
        """Return the places of clauses in order, whatever article they stand in."""
        return tuple(slot for article in self.articles for slot in article.clauses)


class FrameworkText(Model):
    """One version of the vision: a text."""

    effective: dt.date
    """The first day on which it is used."""
    adopted_on: dt.date | None = None
    """The day a steering committee adopted it, if one did."""
    reason: Line
    """Why this version exists."""
    text: Prose
    """The text."""


class FrameworkEntry(Model):
    """One value or one assumption."""

    id: Key
    """What clauses name it by."""
    title: Line
    """Its name."""
    text: Line
    """What it means."""


class FrameworkEntries(Model):
    """One version of the values, or of the assumptions."""

    effective: dt.date
    """The first day on which it is used."""
    adopted_on: dt.date | None = None
    """The day a steering committee adopted it, if one did."""
    reason: Line
    """Why this version exists."""
    entries: tuple[FrameworkEntry, ...] = Field(min_length=1)
    """The entries, in order."""


class GlossaryTerm(Model):
    """One term of the common language."""

    term: Line
    """The term, as it is written."""
    definition: Prose
    """What it means."""
    source: Line
    """Where the definition comes from."""
    confidence: Confidence | None = None
    """How far a source outside the program was checked; never printed in a contract."""


class Glossary(Model):
    """One version of the common language."""

    effective: dt.date
    """The first day on which it is used."""
    adopted_on: dt.date | None = None
    """The day a steering committee adopted it, if one did."""
    reason: Line
    """Why this version exists."""
    terms: tuple[GlossaryTerm, ...] = Field(min_length=1)
    """The terms, in alphabetical order."""


Framework = FrameworkText | FrameworkEntries | Glossary


class Lock(Model):
    """What is published: the digest of every file that may no longer change."""

    lock_version: Annotated[int, Field(ge=1, le=1)] = 1
    """The version of this format."""
    published: dict[Line, Digest]
    """Digest by name, such as clause FE-04 1.0.0, identity FE-04, contract_type subcontract 1.0.0."""
