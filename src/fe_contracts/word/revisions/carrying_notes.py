"""Make room in the new document for what only the old one has: footnotes, endnotes, headers and footers."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final, Literal

from lxml import etree

from fe_contracts.word.revisions.carrying_namespaces import shell
from fe_contracts.word.xml import OFFICE_REL, W, w

if TYPE_CHECKING:
    from collections.abc import Callable

    from fe_contracts.word.revisions.editable import EditablePackage

__all__ = ["NoteKind", "NoteParts", "empty_story"]

NoteKind = Literal["footnote", "endnote"]

_ID: Final = w("id")
_WORDML: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LARGEST: Final = 32_767
"""Above this the Open XML SDK objects to the id of a note."""
_RULED: Final = {"-1": "separator", "0": "continuationSeparator"}
"""What stands above the notes of a page, and above those that go on from the page before."""
_AFTER: Final = frozenset(
    w(name)
    for name in (
        "attachedSchema",
        "captions",
        "clrSchemeMapping",
        "compat",
        "decimalSymbol",
        "doNotAutoCompressPictures",
        "doNotEmbedSmartTags",
        "doNotIncludeSubdocsInStats",
        "docVars",
        "forceUpgrade",
        "listSeparator",
        "readModeInkLockDown",
        "rsids",
        "shapeDefaults",
        "smartTagType",
        "themeFontLang",
    )
)
"""What stands in the settings after the properties of notes, as do all elements of other namespaces."""


class NoteParts:
    """The footnotes and endnotes of two documents."""

    def __init__(
        self,
        old: EditablePackage,
        new: EditablePackage,
        copied: Callable[[etree._Element, str, str], etree._Element],
    ) -> None:
        self._old, self._new, self._copied = old, new, copied
        self._taken: dict[NoteKind, set[int]] = {}
        self.allocated: dict[tuple[NoteKind, str], str] = {}
        """The ids of notes of the new document that await their text, by kind and id in the old."""

    def reference(self, kind: NoteKind, old_id: str) -> str:
        """Return the id in the new document for a note of the old one, the same each time it is asked for."""
        key = kind, old_id
        if key not in self.allocated:
            taken = self._ids(kind)
            made = max(taken) + 1
            if made > _LARGEST:
                made = next(number for number in range(1, len(taken) + 2) if number not in taken)
            taken.add(made)
            self.allocated[key] = str(made)
        return self.allocated[key]

    def _ids(self, kind: NoteKind) -> set[int]:
        """Return the ids that notes of this kind have; those of the rules above them count where no part is yet."""
        if kind not in self._taken:
            package = self._new if self._new.related(self._new.main, f"{kind}s") else self._old
            part = package.related(package.main, f"{kind}s")
            notes = package.tree(part).iterchildren(w(kind)) if part else ()
            mine = package is self._new
            found = {_number(note.get(_ID, "")) for note in notes if mine or note.get(w("type"))}
            self._taken[kind] = found | {0}
        return self._taken[kind]

    def ensure(self, kind: NoteKind) -> str:
        """Return the part that holds the notes of this kind in the new document, made if there is none."""
        part = self._new.related(self._new.main, f"{kind}s")
        return part or self._made(kind)

    def _made(self, kind: NoteKind) -> str:
        source = self._old.related(self._old.main, f"{kind}s")
        empty = shell(self._old.tree(source)) if source else f'<w:{kind}s xmlns:w="{W}"/>'.encode()
        name = _free(self._new, f"{kind}s")
        self._new.add_part(name, empty, f"{_WORDML}.{kind}s+xml")
        self._new.relate(self._new.main, f"{kind}s", name)
        root = self._new.tree(name)
        ruled = [note for note in self._old.tree(source) if note.get(w("type"))] if source else []
        for note in ruled:
            root.append(self._copied(note, source or "", name))
        if not ruled:
            for note_id, tag in _RULED.items():
                root.append(_rule(kind, note_id, tag))
        self._new.touch(name)
        self._declare(kind, [note.get(_ID, "") for note in root])
        return name

    def _declare(self, kind: NoteKind, ids: list[str]) -> None:
        """Say in the settings which notes are the rules above the others."""
        part = self._new.related(self._new.main, "settings")
        if part is None:
            return
        root = self._new.tree(part)
        properties = root.find(w(f"{kind}Pr"))
        if properties is None:
            properties = etree.Element(w(f"{kind}Pr"))
            after = next((child for child in root.iterchildren("*") if _stands_after(child, kind)), None)
            if after is None:
                root.append(properties)
            else:
                after.addprevious(properties)
        if properties.find(w(kind)) is None:
            for note_id in ids:
                etree.SubElement(properties, w(kind)).set(_ID, note_id)
        self._new.touch(part)


def _stands_after(setting: etree._Element, kind: NoteKind) -> bool:
    return (
        setting.tag in _AFTER
        or not setting.tag.startswith(f"{{{W}}}")
        or (kind == "footnote" and setting.tag == w("endnotePr"))
    )


def _rule(kind: NoteKind, note_id: str, tag: str) -> etree._Element:
    note = etree.Element(w(kind))
    note.set(w("type"), tag)
    note.set(_ID, note_id)
    run = etree.SubElement(etree.SubElement(note, w("p")), w("r"))
    etree.SubElement(run, w(tag))
    return note


def empty_story(package: EditablePackage, kind: Literal["header", "footer"]) -> tuple[str, str]:
    """Return the name of a new header or footer with one empty paragraph, and its id in the main part."""
    name = package.free_name(posixpath.join(posixpath.dirname(package.main), f"{kind}{{}}.xml"))
    tag = "hdr" if kind == "header" else "ftr"
    text = f'<w:{tag} xmlns:w="{W}" xmlns:r="{OFFICE_REL}"><w:p/></w:{tag}>'
    package.add_part(name, text.encode(), f"{_WORDML}.{kind}+xml")
    return name, package.relate(package.main, kind, name)


def _free(package: EditablePackage, word: str) -> str:
    folder = posixpath.dirname(package.main)
    name = posixpath.join(folder, f"{word}.xml")
    return package.free_name(posixpath.join(folder, f"{word}{{}}.xml")) if name in package.parts else name


def _number(text: str) -> int:
    return int(text) if text.lstrip("-").isdecimal() else 0
