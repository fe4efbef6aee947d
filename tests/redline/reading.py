"""Read a Word file at three depths: its text, its runs with their formatting, its properties and tables.

What counts as the same is decided here, once:

- Headers and footers are read by section and kind, as they are used: one that a section takes over from the section
  before is read again, one that is never shown (a first-page header without `titlePg`) is not read, and one that holds
  a single empty paragraph reads as none.
- Notes are read in the order in which the text refers to them; their ids say nothing.
- A text box is read once, after the paragraph that holds it, from the choice that a present-day Word takes.
- Fields show their results; what a field computes belongs to the runs.
- Pictures are marks with a digest of what they show. Such marks stand in the Unicode range for private use, so that the
  words of a text can be told from them.
- Controls, bookmarks and comments are told apart from all this, as `whole`: the reader of a page does not see them.
- A list is what its definition says and which of the document's lists it is, not its number. (`raw` keeps the number.)
- The proofing language, ids of revisions and saved sessions, and empty bags of properties are no formatting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.redline.anchors import anchored
from tests.redline.canonical import Numbering, canonical, properties
from tests.redline.inline import Inline, Line
from tests.redline.opening import MARKUP, RELATION, Opened, W, flat, is_on

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["DEPTHS", "Reading", "StillMarkedError", "read", "words"]

DEPTHS = ("text", "runs", "properties", "raw", "whole")
_ASIDE = re.compile("\ue003[^\ue004]*\ue004|[\ue000-\uf8ff]")
_SECTION_ASIDE = frozenset((W + "headerReference", W + "footerReference"))
_MARK_ASIDE = frozenset((W + "rPr", W + "sectPr", W + "numPr"))
_KINDS = (("default", ""), ("first", "titlePg"), ("even", "evenAndOddHeaders"))


class StillMarkedError(ValueError):
    """A file that should have been resolved still holds tracked changes."""


@dataclass(slots=True)
class Story:
    """One stretch of text that is read by itself: the body, a header, a note."""

    text: list[str] = field(default_factory=list)
    runs: list[Line] = field(default_factory=list)
    properties: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)

    @property
    def shows_nothing(self) -> bool:
        """Whether this is a single empty paragraph, as a header without content has it."""
        return self.text == [""] and not self.runs[0] and "pBdr" not in self.properties[0]


@dataclass(frozen=True, slots=True)
class Reading:
    """A file without tracked changes, as the judge compares it: the stories by name."""

    stories: dict[str, Story]

    def at(self, depth: str) -> dict[str, list[object]]:
        """Return the stories at one depth: text, runs, properties, raw or whole."""
        return {name: getattr(story, depth) for name, story in self.stories.items()}


def words(line: str) -> list[str]:
    """Return the words of a line of text, without the marks of pictures, notes and fields."""
    return _ASIDE.sub("", line).split()


def read(data: bytes, *, leaving: frozenset[str] = frozenset()) -> Reading:
    """Return what a Word file says, at every depth; refuse one that still holds tracked changes, but for these tags."""
    opened = Opened(data)
    for part in opened.stories:
        left = next((item for item in opened.tree(part).iter(*(MARKUP - leaving))), None)
        if left is not None:
            name = str(left.tag).rsplit("}", 1)[-1]
            raise StillMarkedError(f"{part} still holds w:{name} (line {left.sourceline})")
    return _Reader(opened).reading()


class _Reader:
    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.numbering = Numbering(opened)
        self.sections: list[etree._Element] = []
        self.notes: dict[str, dict[str, None]] = {"footnote": {}, "endnote": {}}

    def reading(self) -> Reading:
        main = self.opened.main
        body = self.opened.tree(main).find(W + "body")
        stories = {"body": self._story(main, body)}
        stories["body"].whole = anchored(self.opened)
        stories |= self._margins()
        for kind, ids in self.notes.items():
            stories |= self._notes(kind, ids)
        return Reading(stories)

    def _story(self, part: str, root: etree._Element | None) -> Story:
        story = Story()
        if root is not None:
            self._blocks(root, story, Inline(self.opened, part, self.notes))
        return story

    # ------------------------------------------------------------ headers, footers, notes

    def _margins(self) -> dict[str, Story]:
        """Return what stands in the margins of each section, as it is used."""
        settings_part = self.opened.related(self.opened.main, "settings")
        settings = self.opened.tree(settings_part) if settings_part else None
        current: dict[tuple[str, str], str] = {}
        found: dict[str, Story] = {}
        for number, section in enumerate(tuple(self.sections), 1):
            for place in ("header", "footer"):
                for reference in section.iter(f"{W}{place}Reference"):
                    current[place, reference.get(W + "type", "default")] = reference.get(RELATION + "id", "")
                for kind, switch in _KINDS:
                    holder = settings if kind == "even" else section
                    if (place, kind) in current and (not switch or is_on(holder, switch)):
                        story = self._margin(current[place, kind])
                        if not story.shows_nothing:
                            found[f"{kind} {place} of section {number}"] = story
        return found

    def _margin(self, relation: str) -> Story:
        target = self.opened.relations(self.opened.main).get(relation)
        if target is None or target.target not in self.opened.parts:
            return Story(text=["(the part is missing)"], runs=[()], properties=[""], raw=[""])
        return self._story(target.target, self.opened.tree(target.target))

    def _notes(self, kind: str, ids: dict[str, None]) -> dict[str, Story]:
        part = self.opened.related(self.opened.main, f"{kind}s")
        there = {item.get(W + "id"): item for item in self.opened.tree(part)} if part else {}
        missing = Story(text=["(the note is missing)"], runs=[()], properties=[""], raw=[""])
        return {
            f"{kind} {number}": self._story(part, there[id_]) if part and id_ in there else missing
            for number, id_ in enumerate(tuple(ids), 1)
        }

    # ------------------------------------------------------------ blocks

    def _blocks(self, holder: etree._Element, story: Story, inline: Inline) -> None:
        for block in flat(holder):
            if block.tag == W + "p":
                self._paragraph(block, story, inline)
            elif block.tag == W + "tbl":
                self._table(block, story, inline)
            elif block.tag == W + "sectPr":
                self._section(block, story)
            elif block.tag == W + "altChunk":
                story.text.append(f"\ue003{self.opened.digest(inline.part, block.get(RELATION + 'id', ''))}\ue004")
                story.runs.append(())

    def _paragraph(self, element: etree._Element, story: Story, inline: Inline) -> None:
        line = inline.line(element)
        story.text.append(line.text)
        story.runs.append(line.runs)
        held = element.find(W + "pPr")
        mark = held.find(W + "rPr") if held is not None else None
        said, raw = self._list(held)
        rest = f"{properties(held, without=_MARK_ASIDE)} mark[{properties(mark)}]"
        story.properties.append(f"paragraph: {rest} {said}")
        story.raw.append(f"paragraph: {rest} {raw}")
        for box in line.boxes:
            self._say(story, "text box:")
            self._blocks(box, story, Inline(self.opened, inline.part, self.notes))
            self._say(story, "end of text box")
        section = held.find(W + "sectPr") if held is not None else None
        if section is not None:
            self._section(section, story)

    def _list(self, held: etree._Element | None) -> tuple[str, str]:
        """Return the list that a paragraph belongs to by itself: by its definition, and by its number."""
        found = held.find(W + "numPr") if held is not None else None
        if found is None:
            return "", ""
        number, level = found.find(W + "numId"), found.find(W + "ilvl")
        depth = level.get(W + "val", "") if level is not None else ""
        value = number.get(W + "val", "") if number is not None else None
        return f"numbered at {depth} in {self.numbering.say(value)}", f"numbered at {depth} in {value}"

    def _section(self, element: etree._Element, story: Story) -> None:
        self.sections.append(element)
        self._say(story, f"section: {properties(element, without=_SECTION_ASIDE)}")

    def _table(self, table: etree._Element, story: Story, inline: Inline) -> None:
        grid = table.find(W + "tblGrid")
        columns = canonical(grid) if grid is not None else ""
        self._say(story, f"table: {properties(table.find(W + 'tblPr'))} {columns}")
        for row in flat(table):
            if row.tag == W + "tr":
                exceptions = properties(row.find(W + "tblPrEx"))
                self._say(story, f"row: {properties(row.find(W + 'trPr'))} {exceptions}")
                for cell in flat(row):
                    if cell.tag == W + "tc":
                        self._say(story, f"cell: {properties(cell.find(W + 'tcPr'))}")
                        self._blocks(cell, story, inline)
        self._say(story, "end of table")

    @staticmethod
    def _say(story: Story, entry: str) -> None:
        story.properties.append(entry)
        story.raw.append(entry)
