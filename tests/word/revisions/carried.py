"""Open two small documents with a carrier between them, for the tests of what is carried from one to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lxml import etree
from tests.word.revisions.documents import NAMESPACES, package

from fe_contracts.word.revisions.carrying import LEFT_OUT, Carrier
from fe_contracts.word.revisions.editable import EditablePackage
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Mapping

PNG = b"\x89PNG\r\n\x1a\n picture "
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"


class Sides(NamedTuple):
    """Two open documents, and what carries from the old one to the new."""

    old: EditablePackage
    new: EditablePackage
    carrier: Carrier

    def copied(self, xml: str) -> etree._Element:
        """Return the copy of an element that stands in the old document's main part."""
        return self.carrier.copied(element(xml), old_part=self.old.main, new_part=self.new.main)

    def again(self) -> EditablePackage:
        """Return the new document, written and opened again."""
        return EditablePackage.open(self.new.to_bytes())

    def codes(self) -> list[str]:
        """Return the codes of what the carrier noted."""
        return [note.code for note in self.carrier.notes]


def element(xml: str) -> etree._Element:
    """Return an element written with the usual prefixes."""
    name = xml[1:].replace("/", " ").replace(">", " ").split()[0]
    return etree.fromstring(xml.replace(f"<{name}", f"<{name} {NAMESPACES}", 1))


def sides(
    old: Mapping[str, str] | None = None,
    new: Mapping[str, str] | None = None,
    body: str = "<w:p/>",
    into: str = "<w:p/>",
) -> Sides:
    """Return two documents with these parts by kind: `{"styles": "<w:style …>"}`."""
    before, after = EditablePackage.open(package(body, old), name="old.docx"), EditablePackage.open(package(into, new))
    return Sides(before, after, Carrier(before, after))


def of(old: bytes | EditablePackage, new: bytes | EditablePackage) -> Sides:
    """Return two documents from their bytes."""
    before = old if isinstance(old, EditablePackage) else EditablePackage.open(old)
    after = new if isinstance(new, EditablePackage) else EditablePackage.open(new)
    return Sides(before, after, Carrier(before, after))


def picture(document: EditablePackage, data: bytes = PNG, name: str = "word/media/image1.png") -> str:
    """Add a picture to a document and return the id by which its main part points at it."""
    document.add_part(name, data, "image/png")
    return document.relate(document.main, "image", name)


def carry_everything(both: Sides) -> None:
    """Copy the whole text of the old document before the end of the new one, with its notes."""
    body, source = (side.tree(side.main).find(w("body")) for side in (both.new, both.old))
    assert body is not None
    assert source is not None
    end = body.find(w("sectPr"))
    for child in source:
        if child.tag not in LEFT_OUT and child.tag != w("sectPr"):
            copy = both.carrier.copied(child, old_part=both.old.main, new_part=both.new.main)
            body.insert(len(body) if end is None else body.index(end), copy)
    for (kind, old_id), new_id in both.carrier.allocated_notes.items():
        part, old_part = both.carrier.ensure_notes_part(kind), both.old.related(both.old.main, f"{kind}s")
        assert old_part is not None
        note = next(item for item in both.old.tree(old_part) if item.get(w("id")) == old_id)
        copy = both.carrier.copied(note, old_part=old_part, new_part=part)
        copy.set(w("id"), new_id)
        both.new.tree(part).append(copy)
        both.new.touch(part)
    both.new.touch(both.new.main)
