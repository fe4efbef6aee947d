"""Open a Word file whose parts may be changed, and write it back with what was not touched as it was.

This module knows packages: parts, content types, relationships. What stands inside a part is for its callers.
"""

from __future__ import annotations

import posixpath
import struct
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from lxml import etree

from fe_contracts.exceptions import UnsafeFileError
from fe_contracts.sources.intake import Limits, refusal
from fe_contracts.word.archive import Member, archive, member
from fe_contracts.word.package import Package, read_package, resolve
from fe_contracts.word.xml import CONTENT_TYPES, DECLARATION, OFFICE_REL, PACKAGE_REL, w

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fe_contracts.findings import Finding

__all__ = ["EditablePackage", "Relation"]

_TYPES: Final = "[Content_Types].xml"
_STRICT: Final = "http://purl.oclc.org/ooxml/"
_LOCAL_HEADER: Final = 30
_NAME_AND_EXTRA: Final = struct.Struct("<2H")


class Relation(NamedTuple):
    """What a part points at."""

    id: str
    kind: str
    """The full type URI."""
    target: str
    """The name of the part; as it is written if it lies outside."""
    external: bool


class EditablePackage:
    """A Word file whose parts may be changed, opened by the safe reader; what is not touched stays as it was."""

    def __init__(self, package: Package, packed: Mapping[str, Member]) -> None:
        self.name, self.main = package.name, package.main
        self.notes: tuple[Finding, ...] = package.notes
        self._package = package
        self._packed = packed
        self._parts = dict(package.parts)
        self._names = {name.lower(): name for name in self._parts}
        self._trees: dict[str, etree._Element] = {}
        self._relations: dict[str, dict[str, Relation]] = {}
        self._touched: set[str] = set()

    @classmethod
    def open(cls, source: Path | str | bytes, *, name: str = "") -> EditablePackage:
        """Return the file, found safe to read.

        Raises:
            SourceError: if the file cannot be read.
            UnsafeFileError: if it is refused by the safe reader, is no Word document or is one in strict Open XML.
        """
        data = source if isinstance(source, bytes) else _bytes(Path(source))
        if data is None:  # the safe reader says why
            package, packed = read_package(source, name=name), {}
        else:
            label = name or ("" if isinstance(source, bytes) else str(source))
            package, packed = read_package(data, name=label), _packed(data)
        self = cls(package, packed)
        self._refuse_other_dialects()
        return self

    def _refuse_other_dialects(self) -> None:
        """Refuse a main part that is not written in the transitional form that Word saves.

        Raises:
            UnsafeFileError: saying which form it is written in.
        """
        root = self.tree(self.main)
        if root.tag == w("document"):
            return
        remedy = "Open it in Word and save it as Word Document (.docx), not as Strict Open XML Document."
        code, message = "FILE025", "is written in strict Open XML, which is not read."
        if not str(root.tag).startswith(f"{{{_STRICT}"):
            remedy = "Open the file in Word and save it again."
            code, message = "FILE026", f"is no Word document: its first element is {etree.QName(root).localname!r}."
        raise UnsafeFileError(self.name, [refusal(self.name, code, self.main, message, remedy)])

    def __repr__(self) -> str:
        return f"EditablePackage({self.name!r}, {len(self._parts)} parts, {len(self._touched)} touched)"

    @property
    def parts(self) -> Mapping[str, bytes]:
        """Return the parts as they were read, and those that were added."""
        return self._parts

    def tree(self, part: str) -> etree._Element:
        """Return the root of a part, the same object each time; it is not yet counted as touched.

        Raises:
            UnsafeFileError: if the part is not well-formed XML.
            KeyError: if there is no such part.
        """
        if part not in self._trees:
            self._trees[part] = root = Package(self.name, self._parts, self.main).xml(part)
            if b"<!--" in self._parts[part] or self._parts[part].count(b"<?") > 1:
                etree.strip_tags(root, etree.Comment, etree.PI)  # they would cut the text that they stand in
        return self._trees[part]

    def touch(self, part: str) -> None:
        """Have the part written back from its tree."""
        self.tree(part)
        self._touched.add(part)

    def stories(self) -> list[str]:
        """Return the parts that hold the text of the document: main, headers, footers, notes, each once."""
        found = [self.main]
        for kinds in (("header",), ("footer",), ("footnotes",), ("endnotes",)):
            found += self._pointed_at(self.main, kinds)
        return list(dict.fromkeys(found))

    def _pointed_at(self, part: str, kinds: tuple[str, ...]) -> list[str]:
        return [
            item.target
            for item in self.relations(part).values()
            if not item.external and item.target in self._parts and item.kind.rpartition("/")[2] in kinds
        ]

    def comments(self) -> str | None:
        """Return the part that holds the comments, if there is one."""
        return self.related(self.main, "comments")

    def related(self, part: str, kind: str) -> str | None:
        """Return the part that a part points at with a relationship whose type ends in `kind`."""
        return next(iter(self._pointed_at(part, (kind,))), None)

    def relations(self, part: str) -> dict[str, Relation]:
        """Return the relationships of a part by their ids; `""` asks for those of the whole file."""
        if part not in self._relations:
            found = {}
            name = _relationships_of(part)
            for item in self.tree(name).iterfind("{*}Relationship") if name in self._parts else ():
                external = item.get("TargetMode") == "External"
                target = item.get("Target", "")
                if not external:
                    target = self._named(resolve(part, target))
                found[item.get("Id", "")] = Relation(item.get("Id", ""), item.get("Type", ""), target, external)
            self._relations[part] = found
        return dict(self._relations[part])

    def _named(self, target: str) -> str:
        """Return the part's name as the package spells it: names differ by more than their case."""
        return target if target in self._parts else self._names.get(target.lower(), target)

    def relate(self, part: str, kind: str, target: str, *, external: bool = False) -> str:
        """Return the id of a relationship to a part (or an outside target); an equal one is used again.

        `kind` is the full type URI, or its last word, such as `image`.
        """
        kind = kind if "/" in kind else f"{OFFICE_REL}/{kind}"
        known = self.relations(part)
        for item in known.values():
            if (item.kind, item.target, item.external) == (kind, target, external):
                return item.id
        number = len(known) + 1
        while f"rId{number}" in known:
            number += 1
        made = Relation(f"rId{number}", kind, target, external)
        rels = _relationships_of(part)
        if rels not in self._parts:
            self._keep(rels, f'{DECLARATION}<Relationships xmlns="{PACKAGE_REL}"/>'.encode())
        entry = etree.SubElement(self.tree(rels), f"{{{PACKAGE_REL}}}Relationship")
        entry.set("Id", made.id)
        entry.set("Type", kind)
        entry.set("Target", target if external else posixpath.relpath(target, posixpath.dirname(part) or "."))
        if external:
            entry.set("TargetMode", "External")
        self.touch(rels)
        self._relations[part][made.id] = made
        return made.id

    def add_part(self, name: str, data: bytes, content_type: str) -> None:
        """Add a part.

        Raises:
            ValueError: if the name is taken.
        """
        if name.lower() in self._names:
            msg = f"{self.name}: the part {name!r} is there already."
            raise ValueError(msg)
        self._keep(name, data)
        if self.content_type(name) != content_type:
            entry = etree.SubElement(self.tree(_TYPES), f"{{{CONTENT_TYPES}}}Override")
            entry.set("PartName", f"/{name}")
            entry.set("ContentType", content_type)
            self.touch(_TYPES)

    def _keep(self, name: str, data: bytes) -> None:
        self._parts[name] = data
        self._names[name.lower()] = name

    def free_name(self, pattern: str) -> str:
        """Return the first name of this pattern that no part has: `word/media/image{}.png`."""
        number = 1
        while pattern.format(number).lower() in self._names:
            number += 1
        return pattern.format(number)

    def content_type(self, part: str) -> str:
        """Return the content type of a part, empty if none is declared."""
        types = self.tree(_TYPES)
        for item in types.iterfind("{*}Override"):
            if item.get("PartName", "").lower() == f"/{part}".lower():
                return item.get("ContentType", "")
        suffix = part.rpartition(".")[2].lower()
        for item in types.iterfind("{*}Default"):
            if item.get("Extension", "").lower() == suffix:
                return item.get("ContentType", "")
        return ""

    def to_bytes(self) -> bytes:
        """Return the file: the same content gives the same bytes; untouched parts are copied as they were packed."""
        members = []
        for name, data in self._parts.items():
            if name in self._touched:
                members.append(member(name, _written(self._trees[name])))
            else:
                members.append(self._packed.get(name) or member(name, data))
        return archive(members)


def _written(root: etree._Element) -> bytes:
    """Return the part as bytes, with what stands before and after its root."""
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)


def _relationships_of(part: str) -> str:
    folder, _, leaf = part.rpartition("/")
    return f"{folder}/_rels/{leaf}.rels" if folder else f"_rels/{leaf}.rels"


def _bytes(path: Path) -> bytes | None:
    """Return what the file holds, or nothing where the safe reader would refuse to read it."""
    try:
        return path.read_bytes() if path.stat().st_size <= Limits().file_bytes else None
    except OSError:
        return None


def _packed(data: bytes) -> dict[str, Member]:
    """Return the members of a zip file as they are packed, those that are deflated."""
    with zipfile.ZipFile(BytesIO(data)) as box:
        infos = box.infolist()
    found = {}
    for info in infos:
        if info.compress_type != zipfile.ZIP_DEFLATED:
            continue
        start = info.header_offset + _LOCAL_HEADER
        start += sum(_NAME_AND_EXTRA.unpack_from(data, start - 4))
        packed = data[start : start + info.compress_size]
        found[info.filename] = Member(info.filename.encode(), info.CRC, info.file_size, packed)
    return found
