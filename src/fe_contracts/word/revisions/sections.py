"""Track what changed of sections, and draw what changed in their headers and footers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from lxml import etree

from fe_contracts.word.revisions.carrying import LEFT_OUT
from fe_contracts.word.revisions.marking import DELETED, INSERTED, before_change, without
from fe_contracts.word.revisions.noting import note
from fe_contracts.word.revisions.story import WRAPPERS
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.word.revisions.comparing import Comparison
    from fe_contracts.word.revisions.reading import Side

    _Shown: TypeAlias = dict[etree._Element, dict[tuple["_Kind", str], str]]  # noqa: SLF001 - its only name

__all__ = ["Sections"]

_SECTION, _P, _P_PR = w("sectPr"), w("p"), w("pPr")
_R_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_Kind = Literal["header", "footer"]
_KINDS: Final[tuple[_Kind, ...]] = ("header", "footer")
_REFERENCES: Final = ("headerReference", "footerReference")
_NOT_IN_CHANGE: Final = (*_REFERENCES, "sectPrChange", "printerSettings")
_NAMED: Final = tuple(w(name) for name in ("bookmarkStart", "bookmarkEnd", "id"))
_REMEDY: Final = "Look at both documents side by side."


class Sections:
    """The sections of both documents."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.pairs: list[tuple[etree._Element, etree._Element]] = []
        self.drawn: dict[str, str] = {}
        self.ends: set[etree._Element] = set()
        """The paragraphs of the old document that end sections."""
        self.shown: tuple[_Shown, _Shown] = {}, {}
        """The headers and footers that each section shows, in the old document and in the new."""
        self.shared: dict[str, bytes] = {}
        """Headers of the new document that several sections show, as they were before anything was drawn."""
        self.twins: dict[tuple[str, str], str] = {}

    def read(self, before: etree._Element, after: etree._Element) -> None:
        """Find the paragraphs of the old document that end sections, and what the sections of both show."""
        _end_with_sections(before, after)
        self.shown = _effective(before, self.comparison.old), _effective(after, self.comparison.new)
        uses = Counter(part for parts in self.shown[1].values() for part in parts.values())
        tree = self.comparison.new.package.tree
        self.shared = {part: etree.tostring(tree(part)) for part, count in uses.items() if count > 1}
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
        one, two = _last(before), _last(after)
        if one is not None and two is not None:
            self.pairs.append((one, two))
        old, new = self.shown
        for one, two in self.pairs:
            self._properties(one, two)
            for kind in _KINDS:
                for form in ("default", "first", "even"):
                    self._stories(
                        kind, form, old.get(one, {}).get((kind, form)), new.get(two, {}).get((kind, form)), two
                    )
        self._unpaired(new)
        self._say_where_inherited(after)

    def _properties(self, old: etree._Element, new: etree._Element) -> None:
        one, two = without(old, _NOT_IN_CHANGE), without(before_change(new, "sectPrChange"), _NOT_IN_CHANGE)
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
            since = self.comparison.marker.next_id
            self.comparison.marker.record(new, record, "sectPrChange")
            self.comparison.marker.count("sections", since)

    def _stories(self, kind: _Kind, form: str, old: str | None, new: str | None, section: etree._Element) -> None:
        comparison = self.comparison
        if old is None and new is None:
            return
        if new is not None and new in self.drawn:
            if self.drawn[new] == (old or ""):
                return
            known, new = self.twins.get((new, old or "")), self._twin(kind, form, new, old or "")
            self.shown[1][section][kind, form] = new
            if known:
                return
        if old is not None and new is not None:
            self.drawn[new] = old
            comparison.containers.draw(comparison.old.package.tree(old), comparison.new.package.tree(new), old, new)
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
        part, relation = comparison.carrier.header_part(kind)  # with one empty paragraph
        tree = package.tree(part)
        for child in list(tree):
            tree.remove(child)
        for child in comparison.old.package.tree(old):
            if child.tag in LEFT_OUT:
                continue
            tree.append(comparison.carrier.copied(child, old_part=old, new_part=part))
        self._mark(tree, DELETED)
        package.touch(part)
        _refer(section, kind, form, relation)
        self.shown[1].setdefault(section, {})[kind, form] = part
        self.drawn[part] = old
        self._note(part, f"The {form} {kind} of the old document is gone; accepting all changes leaves it empty.")

    def _twin(self, kind: _Kind, form: str, part: str, old: str) -> str:
        """Return a copy of a header that other sections show too, where the old document had different ones."""
        if (part, old) not in self.twins:
            package = self.comparison.new.package
            name = package.free_name(f"{part.rpartition('/')[0]}/{kind}{{}}.xml".lstrip("/"))
            package.add_part(name, _without_names(self.shared[part]), package.content_type(part))
            ids = {
                item.id: package.relate(name, item.kind, item.target, external=item.external)
                for item in package.relations(part).values()
            }
            for element in package.tree(name).iter(etree.Element):
                for key, value in element.attrib.items():
                    if str(key).startswith(_R_ID[:-2]) and value in ids:
                        element.set(key, ids[str(value)])
            self.twins[part, old] = name
            self._note(name, f"The {form} {kind} of several sections became two: the old document had different ones.")
        return self.twins[part, old]

    def _say_where_inherited(self, after: etree._Element) -> None:
        """Have each section name the headers that it would take over from a section that comes, goes or is a copy."""
        package, carrier = self.comparison.new.package, self.comparison.carrier
        wanted = self.shown[1]
        current: dict[tuple[_Kind, str], str] = {}
        foreign: set[tuple[_Kind, str]] = set()
        for section in _sections(after):
            own = _own(section, self.comparison.new)
            current |= own
            if section not in wanted:  # a section of the old document
                foreign |= set(own)
                continue
            for (kind, form), part in wanted[section].items():
                if current.get((kind, form)) != part:
                    _refer(section, kind, form, package.relate(package.main, kind, part))
                    current[kind, form] = part
            for kind, form in sorted(foreign - set(wanted[section])):
                current[kind, form], relation = carrier.header_part(kind)
                _refer(section, kind, form, relation)
            foreign = set()

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

    def _unpaired(self, effective: _Shown) -> None:
        """Mark headers that only sections have which the old document has not."""
        for parts in effective.values():
            for (kind, form), part in parts.items():
                if part not in self.drawn:
                    self.drawn[part] = ""
                    self._note(part, f"The {form} {kind} belongs to a section that is new; it goes with it.")

    def _note(self, part: str, message: str) -> None:
        self.comparison.findings.append(
            note("REDLINE030", "info", message, _REMEDY, file=self.comparison.new.package.name, part=part)
        )


def _last(body: etree._Element) -> etree._Element | None:
    """Return the section that a document ends with: the last, where a file has several."""
    return next(body.iterchildren(_SECTION, reversed=True), None)


def _sections(body: etree._Element) -> Iterator[etree._Element]:
    """Yield the properties of the sections of a document: not those in records, of several at its end the last."""
    last = _last(body)
    for section in body.iter(_SECTION):
        parent = section.getparent()
        if section is last or (parent is not None and parent.tag == _P_PR):
            yield section


def _own(section: etree._Element, side: Side) -> dict[tuple[_Kind, str], str]:
    """Return the headers and footers that a section names itself."""
    found: dict[tuple[_Kind, str], str] = {}
    relations = side.package.relations(side.package.main)
    for kind in _KINDS:
        for reference in section.iterchildren(w(f"{kind}Reference")):
            relation = relations.get(reference.get(_R_ID, ""))
            if relation is None or relation.kind.rpartition("/")[2] != kind:
                continue
            if relation.target in side.package.parts:
                found[kind, reference.get(w("type"), "default")] = relation.target
    return found


def _wrapped(body: etree._Element) -> etree._Element | None:
    """Return the section that a document ends with, in a wrapper that ends there too."""
    last = next(body.iterchildren(reversed=True), None)
    while last is not None and last.tag in WRAPPERS:
        last = next(last.iterchildren(reversed=True), None)
    return last if last is not None and last.tag == _SECTION else None


def _end_with_sections(before: etree._Element, after: etree._Element) -> None:
    """Have both documents end with a section, if one of them does: the other's says nothing."""
    sections = [_last(body) if _last(body) is not None else _wrapped(body) for body in (before, after)]
    for body, section in zip((before, after), sections, strict=True):
        if section is not None and body[-1] is not section:
            body.append(section)  # every reader takes it for the last
        elif section is None and any(other is not None for other in sections):
            etree.SubElement(body, _SECTION)


def _effective(body: etree._Element, side: Side) -> _Shown:
    """Return the parts that each section shows: its own, else those of the section before."""
    found: _Shown = {}
    current: dict[tuple[_Kind, str], str] = {}
    for section in _sections(body):
        own = _own(section, side)
        lost = {form for form in _named(section) if form not in own}  # it names what is not there, and shows nothing
        current = {form: part for form, part in (current | own).items() if form not in lost}
        found[section] = current
    return found


def _named(section: etree._Element) -> Iterator[tuple[_Kind, str]]:
    for kind in _KINDS:
        for reference in section.iterchildren(w(f"{kind}Reference")):
            yield kind, reference.get(w("type"), "default")


def _refer(section: etree._Element, kind: _Kind, form: str, relation: str) -> None:
    """Have a section show a header, instead of the one that it names now if it does."""
    tag = w(f"{kind}Reference")
    for reference in section.iterchildren(tag):
        if reference.get(w("type"), "default") == form:
            reference.set(_R_ID, relation)
            return
    place = sum(1 for child in section if child.tag in {w(name) for name in _REFERENCES})
    section.insert(place, etree.Element(tag, {w("type"): form, _R_ID: relation}))


def _without_names(story: bytes) -> bytes:
    """Return a header for a second part: bookmarks and ids, which belong to one thing only, stay with the first."""
    root = etree.fromstring(story)
    for element in list(root.iter(*_NAMED)):
        parent = element.getparent()
        if parent is not None and (element.tag != w("id") or parent.tag == w("sdtPr")):
            parent.remove(element)
    for element in root.iter(_P, w("tr")):
        for key in [key for key in element.attrib if str(key).endswith(("}paraId", "}textId"))]:
            del element.attrib[key]
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
