"""Carry content of the old document into the new one's package: deleted text keeps its pictures, links and lists.

A redline stands in the new document's file. What was deleted comes from the old one, where the same id may mean
another picture, another list or another note; here every reference is rewritten, and what it leads to is brought along.
Nothing is read before it is needed: most redlines delete plain text.
"""

from __future__ import annotations

from copy import copy as whole_copy  # for lxml a copy is a deep one; `deepcopy` keeps books about it as well
from typing import TYPE_CHECKING, Literal

from fe_contracts.word.revisions.carrying_copies import LEFT_OUT, Copies, Links, without_what_a_record_cannot_hold
from fe_contracts.word.revisions.carrying_definitions import same
from fe_contracts.word.revisions.carrying_ids import Bookmarks
from fe_contracts.word.revisions.carrying_namespaces import Namespaces
from fe_contracts.word.revisions.carrying_notes import NoteParts, empty_story
from fe_contracts.word.revisions.carrying_numbering import Numbering
from fe_contracts.word.revisions.carrying_parts import Parts
from fe_contracts.word.revisions.carrying_remarks import Remarks
from fe_contracts.word.revisions.carrying_styles import Styles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

    from fe_contracts.findings import Finding
    from fe_contracts.word.revisions.carrying_notes import NoteKind
    from fe_contracts.word.revisions.editable import EditablePackage

__all__ = ["LEFT_OUT", "Carrier"]

Side = Literal["old", "new"]


class Carrier:
    """What brings content of one package into another."""

    def __init__(self, old: EditablePackage, new: EditablePackage) -> None:
        self._old, self._new = old, new
        self._remarks = Remarks()
        self._parts = Parts(old, new, self._remarks, self._story)
        self._styles_made: Styles | None = None
        self._numbering_made: Numbering | None = None
        self._notes = NoteParts(old, new, self._copy)
        self._copies_made: Copies | None = None

    # Styles and lists point at each other, and reading them takes time: each is made when first asked for.

    @property
    def _styles(self) -> Styles:
        if self._styles_made is None:
            self._styles_made = Styles(
                self._old,
                self._new,
                self._remarks,
                numbering=self.numbering,
                list_digest=self._list_digest,
                link=self._link,
            )
        return self._styles_made

    @property
    def _numbering(self) -> Numbering:
        if self._numbering_made is None:
            self._numbering_made = Numbering(
                self._old,
                self._new,
                self._remarks,
                style=self._style_of_list,
                meaning=self._parts.meaning,
                link=self._link,
            )
        return self._numbering_made

    @property
    def _copies(self) -> Copies:
        if self._copies_made is None:
            links = Links(
                parts=self._parts,
                notes=self._notes,
                namespaces=Namespaces(self._old, self._new),
                bookmarks=Bookmarks(self._old, self._new),
                remarks=self._remarks,
                style=self.style,
                numbering=self.numbering,
            )
            self._copies_made = Copies(self._new, links)
        return self._copies_made

    def _list_digest(self, side: Side, num_id: str) -> str:
        return self._numbering.digest(side, num_id)

    def _style_of_list(self, style_id: str) -> str | None:
        return self._styles.of_list(style_id)

    def _link(self, copy: etree._Element, old_part: str, new_part: str) -> None:
        self._copies.link(copy, old_part, new_part)

    def _copy(self, element: etree._Element, old_part: str, new_part: str) -> etree._Element:
        return self.copied(element, old_part=old_part, new_part=new_part)

    def _story(self, old_part: str, new_part: str) -> None:
        """Fill a header or footer that was made for one of the old document."""
        root = self._new.tree(new_part)
        for child in self._old.tree(old_part).iterchildren("*"):
            if child.tag not in LEFT_OUT:
                root.append(self._copy(child, old_part, new_part))
        self._new.touch(new_part)

    def copied(self, element: etree._Element, *, old_part: str, new_part: str) -> etree._Element:
        """Return a copy of an element of the old document that may stand in a part of the new; it stays as it is.

        What `LEFT_OUT` names is not in it, at any depth; the element itself should be none of these. A run that held
        nothing else is gone too, unless it is the element itself.
        """
        copy = whole_copy(element)
        copy.tail = None
        self._copies.rewrite(copy, old_part, new_part)
        return copy

    def properties(self, element: etree._Element, *, old_part: str = "", new_part: str = "") -> etree._Element:
        """Return a copy of old properties (`pPr`, `rPr`, `sectPr`, ...) as the record of a change may hold them.

        The parts are the main ones unless they are named.
        """
        copy = whole_copy(element)
        copy.tail = None
        without_what_a_record_cannot_hold(copy)
        self._copies.rewrite(copy, old_part or self._old.main, new_part or self._new.main)
        return copy

    def style(self, style_id: str) -> str:
        """Return the id under which the new document has this style of the old, carried if it had none."""
        return self._styles.style(style_id)

    def numbering(self, num_id: str) -> str:
        """Return the id under which the new document has this list of the old, carried if it had none."""
        return self._numbering.numbering(num_id)

    def numbering_match(self, num_id: str) -> str | None:
        """Return the list of the new document that says what this one of the old says, if any; nothing is changed."""
        return self._numbering.match(num_id)

    def numbering_changed(self) -> set[str]:
        """Return the ids that both documents give to a list in use, and define differently."""
        return self._numbering.changed()

    @property
    def numbering_kept(self) -> set[str]:
        """Return the lists that keep their id though defined otherwise in the new document; the redline adds to it."""
        return self._numbering.kept

    @numbering_kept.setter
    def numbering_kept(self, ids: set[str]) -> None:
        self._numbering.kept = ids

    def meaning(self, side: Side, part: str, rel_id: str) -> str:
        """Return what a relationship leads to: an address, or `kind:digest` of a part with all that it points at."""
        return self._parts.meaning(self._old if side == "old" else self._new, part, rel_id)

    def same_target(self, old_part: str, old_id: str, new_part: str, new_id: str) -> bool:
        """Return whether two relationships lead to the same address, or to parts with the same content."""
        return self.meaning("old", old_part, old_id) == self.meaning("new", new_part, new_id)

    def note_reference(self, old_part: str, kind: NoteKind, old_id: str) -> str:
        """Return the id under which a note of the old document is to be added to the new, the same each time.

        Notes go by their own ids, whichever part (`old_part`) refers to them.
        """
        del old_part
        return self._notes.reference(kind, old_id)

    @property
    def allocated_notes(self) -> Mapping[tuple[NoteKind, str], str]:
        """Return the ids given so far: (kind, id in the old document) -> id in the new, where the notes belong."""
        return self._notes.allocated

    def ensure_notes_part(self, kind: NoteKind) -> str:
        """Return the part for notes of this kind, made with separators and settings if the new document has none."""
        return self._notes.ensure(kind)

    def header_part(self, kind: Literal["header", "footer"]) -> tuple[str, str]:
        """Return the name of a new header or footer with one empty paragraph, and its id in the main part."""
        return empty_story(self._new, kind)

    def review(self) -> None:
        """Note what differs throughout and cannot be tracked: styles in use, defaults, theme, fonts, bookmarks."""
        for name in Bookmarks(self._old, self._new).lost():
            self._remarks.add("REDLINE026", name)
        if not self._alike("styles") or not self._alike("numbering"):
            self._styles.review()
        for kind, name in (("theme", "theme"), ("fontTable", "font table")):
            mine, theirs = (side.related(side.main, kind) for side in (self._old, self._new))
            if not (mine and theirs) or self._old.parts[mine] == self._new.parts[theirs]:
                continue
            if not same(self._old.tree(mine), self._new.tree(theirs)):
                self._remarks.add("REDLINE025", name)

    def _alike(self, kind: str) -> bool:
        """Return whether both documents have the same bytes, or none, in a part that the main part points at."""
        mine, theirs = (side.related(side.main, kind) for side in (self._old, self._new))
        return (mine and self._old.parts[mine]) == (theirs and self._new.parts[theirs])

    def comments_left_out(self) -> set[str]:
        """Return the ids of the old document's comments that were left out with what they stand in."""
        return {name.rpartition(" ")[2] for name in self._remarks.names("REDLINE024")}

    @property
    def notes(self) -> list[Finding]:
        """Return what could not be carried, or only untracked, one finding for each code."""
        return self._remarks.findings(self._old.name)
