"""Track what changed of sections, and draw what changed in their headers and footers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from lxml import etree

from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.word.revisions.carrying import LEFT_OUT
from fe_contracts.word.revisions.marking import DELETED, INSERTED, without
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from fe_contracts.word.revisions.comparing import Comparison
    from fe_contracts.word.revisions.reading import Side

__all__ = ["Sections"]

_SECTION, _P, _P_PR = w("sectPr"), w("p"), w("pPr")
_R_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_Kind = Literal["header", "footer"]
_KINDS: Final[tuple[_Kind, ...]] = ("header", "footer")
_REFERENCES: Final = ("headerReference", "footerReference")
_NOT_IN_CHANGE: Final = (*_REFERENCES, "sectPrChange")
_REMEDY: Final = "Look at both documents side by side."


class Sections:
    """The sections of both documents."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.pairs: list[tuple[etree._Element, etree._Element]] = []
        self.drawn: dict[str, str] = {}
        self.ends: set[etree._Element] = set()
        """The paragraphs of the old document that end sections."""

    def read(self, before: etree._Element) -> None:
        """Find the paragraphs of the old document that end sections."""
        for section in before.iter(_SECTION):
            properties = section.getparent()
            paragraph = properties.getparent() if properties is not None and properties.tag == _P_PR else None
            if paragraph is not None:
                self.ends.add(paragraph)

    def pair(self, old: etree._Element, new: etree._Element) -> None:
        """Remember that two paragraphs are one, and so the sections that they end."""
        if old not in self.ends:
            return
        one, two = old.find(f"{_P_PR}/{_SECTION}"), new.find(f"{_P_PR}/{_SECTION}")
        if one is not None and two is not None:
            self.pairs.append((one, two))

    def draw(self, before: etree._Element, after: etree._Element) -> None:
        """Draw the sections that are paired, and those that the documents end with."""
        one, two = before.find(_SECTION), after.find(_SECTION)
        if one is not None and two is not None:
            self.pairs.append((one, two))
        old, new = _effective(before, self.comparison.old), _effective(after, self.comparison.new)
        for one, two in self.pairs:
            self._properties(one, two)
            for kind in _KINDS:
                for form in ("default", "first", "even"):
                    self._stories(
                        kind, form, old.get(one, {}).get((kind, form)), new.get(two, {}).get((kind, form)), two
                    )
        self._unpaired(new)

    def _properties(self, old: etree._Element, new: etree._Element) -> None:
        one, two = without(old, _NOT_IN_CHANGE), without(new, _NOT_IN_CHANGE)
        meaning, other = (
            self.comparison.old.meaning(self.comparison.old.package.main),
            self.comparison.new.meaning(self.comparison.new.package.main),
        )
        before = [] if one is None else [meaning.of(child) for child in one]
        after = [] if two is None else [other.of(child) for child in two]
        if before != after:
            record = etree.Element(_SECTION)
            for child in one if one is not None else ():
                record.append(self.comparison.carrier.properties(child))
            self.comparison.marker.record(new, record, "sectPrChange")
            self.comparison.marker.counts["sections"] += 1

    def _stories(self, kind: _Kind, form: str, old: str | None, new: str | None, section: etree._Element) -> None:
        comparison = self.comparison
        if old is None and new is None:
            return
        if new is not None and new in self.drawn:
            if self.drawn[new] != (old or ""):
                self._note(new, f"The {form} {kind} stands for several of the old document; it was compared with one.")
            return
        if old is not None and new is not None:
            self.drawn[new] = old
            comparison.container(comparison.old.package.tree(old), comparison.new.package.tree(new), old, new)
        elif new is not None:
            self.drawn[new] = ""
            self._mark(comparison.new.package.tree(new), INSERTED)
            self._note(new, f"The {form} {kind} is new; rejecting all changes leaves it empty.")
        elif old is not None:
            self._carried(kind, form, old, section)

    def _carried(self, kind: _Kind, form: str, old: str, section: etree._Element) -> None:
        """Give the new document an empty header with the old one's text as deleted."""
        comparison = self.comparison
        package = comparison.new.package
        part, relation = comparison.carrier.header_part(kind)
        tree = package.tree(part)
        for child in list(tree):
            tree.remove(child)
        for child in comparison.old.package.tree(old):
            if child.tag in LEFT_OUT:
                continue
            tree.append(comparison.carrier.copied(child, old_part=old, new_part=part))
        self._mark(tree, DELETED)
        package.touch(part)
        reference = etree.Element(w(f"{kind}Reference"), {w("type"): form, _R_ID: relation})
        section.insert(sum(1 for child in section if child.tag in {w(name) for name in _REFERENCES}), reference)
        self.drawn[part] = old
        self._note(part, f"The {form} {kind} of the old document is gone; accepting all changes leaves it empty.")

    def _mark(self, story: etree._Element, state: str) -> None:
        marker = self.comparison.marker
        last = next((child for child in reversed(story) if child.tag == _P), None)
        for child in story:
            if child.tag == _P:
                marker.mark_all(child, state)
                if child is not last:
                    marker.mark_paragraph_end(child, state)
            else:
                marker.mark_all(child, state)
        marker.counts["headers and footers"] += 1

    def _unpaired(self, effective: dict[etree._Element, dict[tuple[str, str], str]]) -> None:
        """Mark headers that only sections have which the old document has not."""
        for parts in effective.values():
            for (kind, form), part in parts.items():
                if part not in self.drawn:
                    self.drawn[part] = ""
                    self._note(part, f"The {form} {kind} belongs to a section that is new; it goes with it.")

    def _note(self, part: str, message: str) -> None:
        self.comparison.findings.append(
            Finding(
                "REDLINE030",
                Severity.INFO,
                message,
                Where(file=self.comparison.new.package.name, field=part),
                _REMEDY,
            )
        )


def _effective(body: etree._Element, side: Side) -> dict[etree._Element, dict[tuple[str, str], str]]:
    """Return the parts that each section shows: its own, else those of the section before."""
    found: dict[etree._Element, dict[tuple[str, str], str]] = {}
    current: dict[tuple[str, str], str] = {}
    relations = side.package.relations(side.package.main)
    for section in body.iter(_SECTION):
        parent = section.getparent()
        if parent is None or parent.tag not in {w("body"), _P_PR}:
            continue
        current = dict(current)
        for kind in _KINDS:
            for reference in section.iterchildren(w(f"{kind}Reference")):
                relation = relations.get(reference.get(_R_ID, ""))
                if relation is not None and relation.target in side.package.parts:
                    current[kind, reference.get(w("type"), "default")] = relation.target
        found[section] = current
    return found
