"""Describe the wording of an amendment: recitals, operative sentences and closing terms, which a lawyer edits."""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import Field, model_validator

from fe_contracts.model.base import ClauseId, Key, Line, Model, Prose

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["AmendmentForms", "AmendmentSection", "AmendmentTopic", "AmendmentWords", "Occasion", "SentenceForm"]

_NAME = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")


class SentenceForm(StrEnum):
    """The kinds of operative sentence; each says completely what is done to the contract."""

    AMOUNT = "amount"
    """One amount takes the place of another."""
    DATE = "date"
    """One date takes the place of another."""
    WORDS = "words"
    """Some words take the place of others."""
    PARAGRAPH_REPLACED = "paragraph_replaced"
    """A numbered paragraph is restated."""
    PARAGRAPH_ADDED_AFTER = "paragraph_added_after"
    """A numbered paragraph is added behind another."""
    PARAGRAPH_ADDED_BEFORE = "paragraph_added_before"
    """A numbered paragraph is added in front of another."""
    PARAGRAPH_REMOVED = "paragraph_removed"
    """A numbered paragraph is deleted."""
    TABLE_REPLACED = "table_replaced"
    """A table is restated."""
    HEADING_REPLACED = "heading_replaced"
    """A section, article or exhibit has another heading."""
    SECTION_REPLACED = "section_replaced"
    """A section is restated as a whole."""
    SECTION_ADDED_AFTER = "section_added_after"
    """A section is added behind another."""
    SECTION_ADDED_FIRST = "section_added_first"
    """A section is added at the beginning of an article or exhibit."""
    SECTION_REMOVED = "section_removed"
    """A section is deleted."""
    DIVISION_ADDED_AFTER = "division_added_after"
    """An article or exhibit is added behind another."""
    DIVISION_ADDED_FIRST = "division_added_first"
    """An article or exhibit is added in front of all."""
    DIVISION_REMOVED = "division_removed"
    """An article or exhibit is deleted."""
    COVER_REPLACED = "cover_replaced"
    """A line of the cover says something else."""
    COVER_ADDED = "cover_added"
    """A line is added to the cover."""
    COVER_REMOVED = "cover_removed"
    """A line is taken off the cover."""
    TITLE_REPLACED = "title_replaced"
    """The contract has another title."""
    SIGNERS_REPLACED = "signers_replaced"
    """Other people sign."""


_NEEDS: dict[SentenceForm, frozenset[str]] = {
    **dict.fromkeys((SentenceForm.AMOUNT, SentenceForm.DATE, SentenceForm.WORDS), frozenset({"place", "old", "new"})),
    SentenceForm.TABLE_REPLACED: frozenset({"place", "table"}),
    SentenceForm.HEADING_REPLACED: frozenset({"place", "old", "new"}),
    SentenceForm.DIVISION_ADDED_AFTER: frozenset({"place", "new"}),
    SentenceForm.DIVISION_ADDED_FIRST: frozenset({"new"}),
    SentenceForm.COVER_REPLACED: frozenset({"label", "new"}),
    SentenceForm.COVER_ADDED: frozenset({"label", "new"}),
    SentenceForm.COVER_REMOVED: frozenset({"label"}),
    SentenceForm.TITLE_REPLACED: frozenset({"old", "new"}),
    SentenceForm.SIGNERS_REPLACED: frozenset(),
}
"""What each kind of sentence must name, or it would not say what is done; every other kind names its place."""
_MAY = frozenset({"heading", "old"})
_FACTS = frozenset(
    {
        "number", "city", "agency", "contract_id", "contract_title", "contract_date", "earlier", "reason", "effective",
        "old_total", "new_total", "difference", "old_term", "new_term", "amendments_section",
    }
)  # fmt: skip


class Occasion(StrEnum):
    """When a paragraph of an amendment stands there."""

    ALWAYS = "always"
    FIRST = "first"
    """It is the contract's first amendment."""
    LATER = "later"
    """There were amendments before it."""
    MORE_MONEY = "more_money"
    """It raises the most that the city will pay."""
    LESS_MONEY = "less_money"
    """It lowers the most that the city will pay."""
    SAME_MONEY = "same_money"
    """It leaves the most that the city will pay as it is."""
    TERM_CHANGED = "term_changed"
    """It changes the term."""
    RENEWS = "renews"
    """It renews the contract for a further term, which begins after the one before has ended."""
    AMENDMENTS_SECTION = "amendments_section"
    """The contract has a section on amendments."""
    RENUMBERED = "renumbered"
    """Sections or paragraphs have other numbers after it."""
    RESTATED = "restated"
    """It restates text or tables."""
    ELECTRONIC = "electronic"
    """The contract lets the parties sign electronically."""
    INK = "ink"
    """The contract asks for ink on paper."""
    FORM_APPROVAL = "form_approval"
    """Somebody approves it as to form."""


class AmendmentParagraph(Model):
    """One numbered paragraph of an amendment's own text."""

    text: Prose
    """The words, with {{ names }} for what is filled in."""
    when: Occasion = Occasion.ALWAYS
    """When it stands there."""


class AmendmentSection(Model):
    """One section of an amendment's own text."""

    id: Key
    """Its short name."""
    title: Line
    """Its heading."""
    paragraphs: tuple[AmendmentParagraph, ...] = Field(min_length=1)
    """Its paragraphs; a section of which none stands is left out."""


class AmendmentTopic(Model):
    """A section that gathers the operative sentences on one subject; the first topic that fits takes a sentence."""

    id: Key
    """Its short name."""
    title: Line
    """Its heading."""
    forms: tuple[SentenceForm, ...] = ()
    """Kinds of sentence that belong here whatever they touch."""
    clauses: tuple[ClauseId, ...] = ()
    """Clauses whose sentences belong here."""
    families: tuple[Key, ...] = ()
    """Families of clauses whose sentences belong here."""
    exhibits: tuple[Key, ...] = ()
    """Exhibits whose sentences belong here."""
    cover: tuple[Key, ...] = ()
    """Lines of the cover, by their short names, whose sentences belong here."""
    versions: bool = False
    """Whether sections that are replaced because of a new clause version belong here."""


class AmendmentWords(Model):
    """Single words and labels that sentences are put together from."""

    the_table: Line
    """What names a section's only table."""
    the_nth_table: Line
    """What names one of several tables, with {{ ordinal }}."""
    ordinals: tuple[Line, ...] = Field(min_length=10)
    """first, second and so on."""
    reason: Line
    """The sentence that gives the library's reason for a new clause version, with {{ reason }}."""
    earlier_amendment: Line
    """How an earlier amendment is named, with {{ number }} and {{ date }}."""
    cover_number: Line
    """The cover's label for the amendment's number."""
    cover_contract: Line
    """The cover's label for the contract that is amended."""
    cover_contract_date: Line
    """The cover's label for the day the contract took effect."""
    cover_effective: Line
    """The cover's label for the day the amendment takes effect."""
    cover_amount: Line
    """The cover's label for the most the city will pay after the amendment."""
    cover_term: Line
    """The cover's label for the term after the amendment."""


class AmendmentForms(Model):
    """One version of the wording of amendments."""

    effective: dt.date
    """The first day on which it is used."""
    reason: Line
    """Why this version exists."""
    title: Line
    """What the instrument is called, with {{ number }}."""
    subtitle: Line
    """What stands below the title, with {{ contract_title }}."""
    background_title: Line
    """The heading of the first article."""
    background: tuple[AmendmentSection, ...] = Field(min_length=1)
    """The recitals."""
    changes_title: Line
    """The heading of the article of operative sentences."""
    topics: tuple[AmendmentTopic, ...] = Field(min_length=1)
    """The subjects of the operative sentences, in order; the last one takes what no other does."""
    numbering: AmendmentSection
    """What is said of numbers and references, at the end of the operative sentences."""
    closing_title: Line
    """The heading of the last article."""
    closing: tuple[AmendmentSection, ...] = Field(min_length=1)
    """The closing terms."""
    sentences: dict[SentenceForm, Prose]
    """The operative sentences, by kind."""
    words: AmendmentWords
    """Single words and labels."""

    @model_validator(mode="after")
    def _every_sentence_is_complete(self) -> AmendmentForms:
        problems = [f"sentences leaves out {form.value}" for form in SentenceForm if form not in self.sentences]
        for form, text in self.sentences.items():
            needs = _NEEDS.get(form, frozenset({"place"}))
            problems += _misnamed(f"sentences.{form.value}", text, needs, needs | _MAY)
        for section in (*self.background, self.numbering, *self.closing):
            for paragraph in section.paragraphs:
                problems += _misnamed(section.id, paragraph.text, (), _FACTS)
        sections = (*self.background, self.numbering, *self.closing)
        ids = [*(item.id for item in sections), *(topic.id for topic in self.topics)]
        problems += (
            f"two sections have the id {name}" for name in sorted({name for name in ids if ids.count(name) > 1})
        )
        problems += _misnamed("title", self.title, {"number"}, _FACTS)
        problems += _misnamed("subtitle", self.subtitle, (), _FACTS)
        problems += _misnamed("words.the_nth_table", self.words.the_nth_table, {"ordinal"}, {"ordinal"})
        problems += _misnamed("words.reason", self.words.reason, {"reason"}, {"reason"})
        problems += _misnamed("words.earlier_amendment", self.words.earlier_amendment, {"number"}, {"number", "date"})
        if problems:
            raise ValueError("; ".join(problems))
        return self


def _misnamed(where: str, text: str, needs: Iterable[str], known: Iterable[str]) -> list[str]:
    """Return which names a text uses that nothing fills, and which it leaves out though it needs them."""
    used = set(_NAME.findall(text))
    return [
        *(f"{where} uses {{{{ {name} }}}}, which nothing fills" for name in sorted(used - set(known))),
        *(f"{where} must name {{{{ {name} }}}}" for name in sorted(set(needs) - used)),
    ]
