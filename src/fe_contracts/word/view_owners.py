"""Find which clause owns each paragraph of a Word contract made here, by its tag, else by its bookmark.

A program that saves the file may drop the tags; the manifest then says which bookmark began which clause.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from fe_contracts.word.flow import lines
from fe_contracts.word.inspection import FoundBy
from fe_contracts.word.view_pieces import ENDS, letters_of, marks_of, stands_after_end, style_names
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fe_contracts.word.flow import Line
    from fe_contracts.word.inspection import FoundClause, Inspection
    from fe_contracts.word.package import Package

__all__ = ["Owned", "Owners"]

_OWNERS: Final = ("clause:", "part:", "reserved:")
_HEADINGS: Final = frozenset({"heading 1", "heading 2", "exhibit heading", "exhibit section"})


@dataclass(frozen=True, slots=True)
class Owned:
    """The paragraphs of one clause, and where they begin in the document."""

    clause: FoundClause
    lines: tuple[Line, ...]
    number: str
    home: str


class Owners:
    """The clauses of one file, and the names of its styles and bookmarks."""

    def __init__(self, found: Inspection, package: Package) -> None:
        self.found = found
        self.body = package.xml(package.main)
        manifest: Mapping[str, Any] = found.manifest or {}
        listed = manifest.get("fingerprints")
        self.listed = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
        self.styles = style_names(package)

    def bookmarks(self) -> dict[str, str]:
        """Return what each clause's bookmark stands for."""
        found = {}
        for item in self.listed:
            if item.get("bookmark"):
                exhibit = item.get("exhibit")
                instance = str(item.get("instance", ""))
                found[str(item["bookmark"])] = f"{instance}@{exhibit}" if exhibit else instance
        return found

    def owned(self) -> Iterator[Owned]:
        """Yield each clause that was found, in the order of the document, with the number Word prints."""
        owners = {self._tag(clause): clause for clause in self.found.clauses}
        starts = self._untagged()
        lost = set(starts.values())
        articles = exhibits = place = 0
        home, current = "", ""
        kept: dict[str, list[Line]] = {}
        at: dict[str, tuple[str, str]] = {}
        for line in lines(self.body):
            style = self.style(line)
            marks = marks_of(line.element)
            heading = style in _HEADINGS and not line.in_table
            ended = stands_after_end(line.element)
            if ended or heading:
                current = ""
            tag = next((tag for tag in line.tags if tag in owners), "")
            if not tag and not any(tag.startswith(_OWNERS) for tag in line.tags):
                tag = next((starts[mark] for mark in marks if mark in starts), current)
            if style in {"heading 1", "exhibit heading"} and not line.in_table:
                articles, exhibits, place = (
                    (articles + 1, exhibits, 0) if style == "heading 1" else (articles, exhibits + 1, 0)
                )
                home = min((mark for mark in marks), default=line.text)
            current = tag if tag in lost and marks.isdisjoint(ENDS) else ""
            if tag and tag not in kept:
                place += 1
                number = f"{letters_of(exhibits)}.{place}" if exhibits else f"{articles}.{place}"
                at[tag] = (number, home)
                kept[tag] = []
            if tag:
                kept[tag].append(line)
        for tag, held in kept.items():
            yield Owned(owners[tag], tuple(held), *at[tag])

    def _tag(self, clause: FoundClause) -> str:
        """Return the tag that the writer gave the clause's control."""
        for item in self.listed:
            if (item.get("instance"), item.get("exhibit", "")) == (clause.instance, clause.exhibit):
                return str(item.get("tag", ""))
        if not clause.version:
            return f"reserved:{clause.instance}"
        kind = f"part:{clause.instance}@{clause.version}:{clause.exhibit}"
        return kind if clause.exhibit else f"clause:{clause.instance}@{clause.version}"

    def _untagged(self) -> dict[str, str]:
        """Return, by bookmark, the tags of clauses that have lost theirs."""
        lost = {self._tag(item) for item in self.found.clauses if item.found_by is not FoundBy.TAG}
        return {
            str(item.get("bookmark")): str(item.get("tag"))
            for item in self.listed
            if item.get("bookmark") and item.get("tag") in lost
        }

    def style(self, line: Line) -> str:
        """Return the name of a paragraph's style, in small letters; empty if it has none."""
        style = line.element.find(f"{w('pPr')}/{w('pStyle')}")
        return self.styles.get(style.get(w("val"), ""), "") if style is not None else ""
