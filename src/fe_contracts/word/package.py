"""Open a Word file from outside: the one place where bytes of unknown origin become parts.

Everything that can be refused before a parser sees it is refused here: size, number and ratio of the parts, their
names, encryption, DOCTYPE. What is odd but harmless as long as nobody runs it (macros, links to other files,
embedded objects) is named, and refused where the caller asks for strictness.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from lxml import etree

from fe_contracts.exceptions import UnsafeFileError
from fe_contracts.sources.intake import Limits, refusal, unpack
from fe_contracts.word.xml import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from fe_contracts.findings import Finding

__all__ = ["MAIN_TYPES", "Limits", "Package", "read_package", "resolve"]

MAIN_TYPES: Final = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
}
_MACRO_TYPES: Final = {
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
}


class Package(NamedTuple):
    """The parts of a Word file that was found safe to read."""

    name: str
    parts: Mapping[str, bytes]
    main: str
    """The name of the main part, `word/document.xml` in most files."""
    notes: tuple[Finding, ...] = ()
    """Odd things that are named and not followed: macros, links to other files, embedded objects."""

    def xml(self, part: str) -> etree._Element:
        """Return the root of a part.

        Raises:
            UnsafeFileError: if the part is not well-formed XML.
            KeyError: if there is no such part.
        """
        try:
            return parse(self.parts[part])
        except etree.XMLSyntaxError as error:
            raise UnsafeFileError(
                self.name,
                [
                    refusal(
                        self.name,
                        "FILE050",
                        part,
                        f"is not well-formed XML: {error.msg}.",
                        "Open the file in Word and save it again.",
                    )
                ],
            ) from error

    def relationships(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Return the relationships of a part: id -> (type, target, whether it lies outside)."""
        folder, _, leaf = part.rpartition("/")
        name = f"{folder}/_rels/{leaf}.rels" if folder else f"_rels/{leaf}.rels"
        if name not in self.parts:
            return {}
        return {
            item.get("Id", ""): (item.get("Type", ""), item.get("Target", ""), item.get("TargetMode") == "External")
            for item in self.xml(name).iterfind("{*}Relationship")
        }

    def target(self, part: str, kind: str) -> str | None:
        """Return the part that a part points at with a relationship whose type ends in `kind`."""
        for relation, target, outside in self.relationships(part).values():
            if relation.rpartition("/")[2] == kind and not outside:
                return resolve(part, target)
        return None


def resolve(part: str, target: str) -> str:
    """Return the name of the part that a relationship of `part` points at."""
    if target.startswith("/"):
        return target[1:]
    steps = part.split("/")[:-1]
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def _note(name: str, code: str, place: str, message: str, remedy: str) -> Finding:
    from fe_contracts.findings import Finding, Severity, Where

    return Finding(code, Severity.WARNING, message, Where(file=name, field=place), remedy)


def _content_type(package: Package, part: str) -> str:
    types = package.xml("[Content_Types].xml")
    for item in types.iterfind("{*}Override"):
        if item.get("PartName", "").lower() == f"/{part}".lower():
            return item.get("ContentType", "")
    suffix = part.rpartition(".")[2].lower()
    for item in types.iterfind("{*}Default"):
        if item.get("Extension", "").lower() == suffix:
            return item.get("ContentType", "")
    return ""


def _main_part(name: str, parts: Mapping[str, bytes]) -> tuple[str, list[Finding]]:
    """Return the main part and the notes on its kind, or refuse what is no Word file."""
    remedy = "Save it as .docx from Word."
    probe = Package(name, parts, "")
    if "[Content_Types].xml" not in parts or "_rels/.rels" not in parts:
        raise UnsafeFileError(
            name, [refusal(name, "FILE023", "", "The file is a zip container, but no Office file.", remedy)]
        )
    main = probe.target("", "officeDocument")
    kind = _content_type(probe, main) if main else ""
    if main and main in parts and kind in MAIN_TYPES:
        return main, []
    if main and main in parts and kind in _MACRO_TYPES:
        return main, [
            _note(name, "FILE030", main, "The file is of a type that holds macros; none is run or kept.", remedy)
        ]
    raise UnsafeFileError(
        name,
        [
            refusal(
                name, "FILE024", "", f"The file is an Office file, but no Word document: {kind or 'no type'}.", remedy
            )
        ],
    )


def _notes(package: Package) -> Iterator[Finding]:
    """Name what is odd but not followed."""
    for part in sorted(package.parts):
        lower = part.lower()
        if lower.endswith("vbaproject.bin"):
            message = f"The file holds macros in {part!r}; none is run or kept."
            yield _note(package.name, "FILE030", part, message, "Save it as .docx.")
        if "/embeddings/" in lower or "/activex/" in lower:
            message = f"The file holds an embedded object, {part!r}; it is not opened."
            yield _note(package.name, "FILE032", part, message, "Remove the object in Word.")
        if lower.endswith(".rels"):
            yield from _outside(package, part)


def _outside(package: Package, part: str) -> Iterator[Finding]:
    """Name what the file loads from outside itself; a link that a reader may click is not loaded."""
    for item in package.xml(part).iterfind("{*}Relationship"):
        kind = item.get("Type", "").rpartition("/")[2]
        if item.get("TargetMode") == "External" and kind != "hyperlink":
            message = f"The file points outside itself ({kind}): {item.get('Target', '')!r}; it is not followed."
            remedy = "Break the link in Word (File, Info, Edit Links to Files), or embed what it shows."
            yield _note(package.name, "FILE031", part, message, remedy)


def read_package(
    source: bytes | Path | str, *, name: str = "", strict: bool = False, limits: Limits | None = None
) -> Package:
    """Return the parts of a Word file from outside, unpacked and found safe.

    `strict` refuses macros, links to other files and embedded objects instead of naming them in the notes.

    Raises:
        SourceError: if the file cannot be read.
        UnsafeFileError: if it is too large, crafted, encrypted, damaged or no Word file; every reason at once.
    """
    name, parts = unpack(source, name, limits or Limits())
    main, odd = _main_part(name, parts)
    package = Package(name, parts, main)
    notes = (*odd, *_notes(package))
    if strict and notes:
        from dataclasses import replace

        from fe_contracts.findings import Severity

        raise UnsafeFileError(name, [replace(note, severity=Severity.ERROR) for note in notes])
    return Package(name, parts, main, notes)
