"""Go through two documents story by story, and draw what differs into the new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from fe_contracts.compare.tokens import Cutter, defined_terms
from fe_contracts.word.revisions.carrying import Carrier
from fe_contracts.word.revisions.comments import comments_apart
from fe_contracts.word.revisions.containers import Containers
from fe_contracts.word.revisions.controls import Controls
from fe_contracts.word.revisions.marking import Marker
from fe_contracts.word.revisions.naming import RANGES, names
from fe_contracts.word.revisions.notes import Notes
from fe_contracts.word.revisions.noting import note
from fe_contracts.word.revisions.reading import Side
from fe_contracts.word.revisions.sections import Sections
from fe_contracts.word.revisions.settings import settings_apart
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from fe_contracts.findings import Finding
    from fe_contracts.word.revisions.editable import EditablePackage

__all__ = ["Comparison"]

_BODY, _ID = w("body"), w("id")
_MOST: Final = 2**31 - 10**6
_NUMBERED: Final = (
    *sorted(name for name in RANGES if name.endswith("Start")),
    *sorted(names("ins del moveFrom moveTo cellIns cellDel cellMerge numberingChange rPrChange pPrChange")),
    *sorted(names("sectPrChange tblPrChange tblPrExChange trPrChange tcPrChange tblGridChange")),
)
"""What Word numbers: no two of one kind alike, and here no two at all."""


class Comparison:
    """Two open documents and all that is drawn between them."""

    def __init__(self, old: EditablePackage, new: EditablePackage, author: str, date: str) -> None:
        self.carrier = Carrier(old, new)
        self.marker = _marker(new, author, date)
        self.known: dict[bytes, bytes] = {}
        self.notes = Notes(self)
        self.old, self.new = Side(old, "old", self), Side(new, "new", self)
        self.sections = Sections(self)
        self.containers = Containers(self)
        self.findings: list[Finding] = []
        self.controls = Controls()
        self._cutter: Cutter | None = None
        self._moves = 0
        self._numbers: dict[bytes, bytes] | None = None

    @property
    def cutter(self) -> Cutter:
        """Return what cuts text into tokens, knowing the terms that either document defines."""
        if self._cutter is None:
            terms: set[str] = set()
            for package in (self.old.package, self.new.package):
                terms |= defined_terms(etree.tostring(package.tree(package.main), method="text", encoding="unicode"))
            self._cutter = Cutter.knowing(terms)
        return self._cutter

    def numbers(self) -> dict[bytes, bytes]:
        """Return the list ids of the old document that mean another list in the new one."""
        if self._numbers is None:
            self._numbers = {}
            old = self.old.package
            used = {item.get(w("val"), "") for part in old.stories() for item in old.tree(part).iter(w("numId"))}
            matches = {number: self.carrier.numbering_match(number) for number in sorted(used - {"", "0"})}
            for number, other in matches.items():
                if other is not None and other != number:
                    self._numbers[number.encode()] = other.encode()
            if matches:
                unmatched = {number for number, other in matches.items() if other is None}
                self.carrier.numbering_kept |= self.carrier.numbering_changed() & unmatched
        return self._numbers

    def next_move(self) -> str:
        """Return a name for a move that no other has."""
        self._moves += 1
        return f"move{self._moves}"

    def all_notes(self) -> tuple[Finding, ...]:
        """Return what could not be tracked."""
        if self.marker.unrecorded:
            count = self.marker.unrecorded
            told = "1 change of" if count == 1 else f"{count} changes of"
            self.findings.append(
                note(
                    "REDLINE032",
                    "warning",
                    f"{told} formatting or properties could not be tracked: the new "
                    "file tracks others there already, and Word knows one record only.",
                    "Accept or reject what the new file tracks first (--existing accept or reject).",
                    file=self.new.package.name,
                )
            )
            self.marker.unrecorded = 0
        said = self.controls.findings(self.old.package.name, self.new.package.name)
        return (*self.findings, *said, *self.carrier.notes)

    def draw(self) -> None:
        """Draw the whole document."""
        old, new = self.old.package, self.new.package
        before, after = old.tree(old.main).find(_BODY), new.tree(new.main).find(_BODY)
        if before is None or after is None:
            return
        self.notes.pair()
        self.sections.read(before, after)
        self.containers.draw(before, after, old.main, new.main)
        self.sections.draw(before, after)
        self.notes.draw()
        self.carrier.review()
        self.findings += (*settings_apart(old, new), *comments_apart(old, new, self.carrier.comments_left_out()))
        if any(self.marker.counts.values()):
            for part in new.stories():
                new.touch(part)

    def release(self) -> None:
        """Let go of everything: the parts of a comparison know one another, and would wait for garbage collection."""
        for part in (self.notes, self.old, self.new, self.sections, self.containers, self):
            vars(part).clear()


def _numbers_of(package: EditablePackage) -> frozenset[int]:
    """Return the numbers that the annotations of a document have."""
    found: set[int] = set()
    for part in package.stories():
        for element in package.tree(part).iter(*_NUMBERED):
            number = element.get(_ID, "")
            if number.lstrip("-").isdecimal():
                found.add(int(number))
    return frozenset(found)


def _marker(package: EditablePackage, author: str, date: str) -> Marker:
    """Return a marker whose numbers follow those of the document; if these leave no room, its numbers lie between."""
    taken = _numbers_of(package)
    highest = max(taken, default=0)
    if highest < _MOST:
        return Marker(author, date, max(highest, 0) + 1)
    return Marker(author, date, taken=taken)
