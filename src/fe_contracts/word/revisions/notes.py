"""Pair footnotes and endnotes, and carry over those whose reference is gone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, Literal

from fe_contracts.compare.alignment import align
from fe_contracts.compare.blocks import Block, BlockKind, StepKind
from fe_contracts.word.revisions.marking import DELETED, INSERTED
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from lxml import etree

    from fe_contracts.word.revisions.comparing import Comparison
    from fe_contracts.word.revisions.reading import Side

    _Blocks = dict[str, Block[etree._Element]]  # noqa: SLF001 - lxml's only name for it

__all__ = ["Notes"]

NoteKind = Literal["footnote", "endnote"]
_KINDS: Final[tuple[NoteKind, ...]] = ("footnote", "endnote")
_ID, _TYPE, _P = w("id"), w("type"), w("p")
_REFERENCES: Final[dict[str, NoteKind]] = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}


class Notes:
    """The notes of both documents."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.elements: dict[tuple[str, str], dict[str, etree._Element]] = {}
        self.keys: dict[tuple[str, str, str], str] = {}
        self.pairs: list[tuple[NoteKind, str, str]] = []
        self.gone: Counter[tuple[NoteKind, str]] = Counter()
        self.fresh: Counter[tuple[NoteKind, str]] = Counter()
        """How many references to a note are gone or new."""
        self.carried: dict[tuple[NoteKind, str], str] = {}
        self.copies: dict[tuple[NoteKind, str], list[etree._Element]] = {}

    def pair(self) -> None:
        """Find out which old note became which new one."""
        for kind in _KINDS:
            old, new = self._read(self.comparison.old, kind), self._read(self.comparison.new, kind)
            if not old and not new:
                continue
            one, two = list(old), list(new)
            before = [self._block(item, self.comparison.old, kind) for item in old.values()]
            after = [self._block(item, self.comparison.new, kind) for item in new.values()]
            self._name_alike(kind, dict(zip(one, before, strict=True)), dict(zip(two, after, strict=True)))
            for step in align(before, after, closed=False):
                if step.kind in {StepKind.SAME, StepKind.STREAM}:
                    self._link(kind, one[step.old], two[step.new])
            for number in one:
                self.keys.setdefault(("old", kind, number), f"{kind} old {number}")
            for number in two:
                self.keys.setdefault(("new", kind, number), f"{kind} new {number}")

    def _name_alike(self, kind: NoteKind, old: _Blocks, new: _Blocks) -> None:
        """Give one key to notes that say the same: which “Ibid.” a reference leads to makes no difference."""
        shared = {block.exact for block in old.values()} & {block.exact for block in new.values()}
        numbers: dict[object, int] = {}
        for role, notes in (("old", old), ("new", new)):
            for number, block in notes.items():
                if block.exact in shared:
                    self.keys[role, kind, number] = f"{kind} alike {numbers.setdefault(block.exact, len(numbers))}"

    def _link(self, kind: NoteKind, old: str, new: str) -> None:
        key = f"{kind} {len(self.pairs)}"
        if ("old", kind, old) not in self.keys and ("new", kind, new) not in self.keys:
            self.keys["old", kind, old] = self.keys["new", kind, new] = key
        self.pairs.append((kind, old, new))

    def key(self, role: str, kind: str, number: str) -> str:
        """Return a key that a note shares with what it was or became, and with those that say the same."""
        return self.keys.get((role, kind, number), f"{role} {kind} {number}")

    def _part(self, side: Side, kind: str) -> str | None:
        return side.package.related(side.package.main, f"{kind}s")

    def _read(self, side: Side, kind: str) -> dict[str, etree._Element]:
        part = self._part(side, kind)
        found = {}
        if part is not None:
            for note in side.package.tree(part).iterchildren(w(kind)):
                if note.get(_TYPE, "normal") == "normal":
                    found[note.get(_ID, "")] = note
        self.elements[side.role, kind] = found
        return found

    def _block(self, note: etree._Element, side: Side, kind: str) -> Block[etree._Element]:
        part = self._part(side, kind) or ""
        exact = b"".join(side.meaning(part).of(child) for child in note)
        return Block(BlockKind.PARAGRAPH, exact, note, lambda element: side.line(element, part))

    def inserted(self, reference: etree._Element) -> None:
        """Remember that a reference of the new document is new."""
        self.fresh[_REFERENCES[str(reference.tag)], reference.get(_ID, "")] += 1

    def all_inserted(self, element: etree._Element) -> None:
        """Remember that all references inside are new."""
        for reference in element.iter(*_REFERENCES):
            self.inserted(reference)

    def deleted(self, source: etree._Element, copy: etree._Element) -> None:
        """Give the references in a copy of old content the numbers that their notes will have here."""
        carrier, old = self.comparison.carrier, self.comparison.old
        for one, two in zip(source.iter(*_REFERENCES), copy.iter(*_REFERENCES), strict=True):
            kind, number = _REFERENCES[str(one.tag)], one.get(_ID, "")
            part = self._part(old, kind)
            if part is None or number not in self.elements["old", kind]:
                continue
            self.gone[kind, number] += 1
            new = carrier.note_reference(part, kind, number)
            two.set(_ID, new)
            self.carried[kind, number] = new
            self.copies.setdefault((kind, number), []).append(two)

    def draw(self) -> None:
        """Draw what differs in notes that were kept, mark those that came, and carry over those that went."""
        self._keep_what_is_referred_to()
        gone, fresh = set(self.gone), set(self.fresh)  # a reference inside a note makes no note come or go
        for kind, old, new in self.pairs:
            if (kind, old) in gone or (kind, new) in fresh:
                continue
            one, two = self._part(self.comparison.old, kind), self._part(self.comparison.new, kind)
            if one and two:
                self.comparison.containers.draw(
                    self.elements["old", kind][old], self.elements["new", kind][new], one, two
                )
        for kind, new in sorted(fresh):
            note = self.elements.get(("new", kind), {}).get(new)
            if note is not None:
                self._mark(note, INSERTED)
        for (kind, old), number in self.carried.items():
            self._carry(kind, old, number)

    def _keep_what_is_referred_to(self) -> None:
        """Take a note that a reference which stays refers to, too, for one that stays."""
        for side, found in ((self.comparison.old, self.gone), (self.comparison.new, self.fresh)):
            if found:
                total = self._references(side)
                for note in [note for note, count in found.items() if count < total[note]]:
                    del found[note]
        for kind, old, new in self.pairs:
            if (kind, old) in self.carried and (kind, old) not in self.gone and (kind, new) not in self.fresh:
                del self.carried[kind, old]
                for copy in self.copies[kind, old]:
                    copy.set(_ID, new)

    def _references(self, side: Side) -> Counter[tuple[NoteKind, str]]:
        """Return how often each note of a document is referred to; what stands only in the old one is not counted."""
        package = side.package
        notes = {self._part(side, kind) for kind in _KINDS}
        stories = [package.tree(part) for part in package.stories() if part not in notes]
        foreign = set(self.carried.values()) if side.role == "new" else set()
        found = Counter(
            (_REFERENCES[str(item.tag)], item.get(_ID, "")) for tree in stories for item in tree.iter(*_REFERENCES)
        )
        return Counter({note: count for note, count in found.items() if note[1] not in foreign})

    def _mark(self, note: etree._Element, state: str) -> None:
        """Mark the text of a note that comes or goes with its reference; its last paragraph ends it, and stays."""
        marker = self.comparison.marker
        paragraphs = list(note.iterchildren(_P))
        for child in list(note):
            if child.tag == _P:
                marker.mark_all(child, state)
                if child is not paragraphs[-1]:
                    marker.mark_paragraph_end(child, state)
            elif child.tag != w("sdt"):
                marker.mark_all(child, state)

    def _carry(self, kind: NoteKind, old: str, number: str) -> None:
        carrier, new = self.comparison.carrier, self.comparison.new.package
        carrier.ensure_notes_part(kind)
        part, source = self._part(self.comparison.new, kind), self._part(self.comparison.old, kind)
        if part is None or source is None:
            return
        copy = carrier.copied(self.elements["old", kind][old], old_part=source, new_part=part)
        copy.set(_ID, number)
        copy.tail = None
        self._mark(copy, DELETED)
        new.tree(part).append(copy)
        new.touch(part)
