"""Open a Word file from outside: the one place where bytes of unknown origin become parts.

Everything that can be refused before a parser sees it is refused here: size, number and ratio of the parts, their
names, encryption, DOCTYPE. What is odd but harmless as long as nobody runs it (macros, links to other files,
embedded objects) is named, and refused where the caller asks for strictness.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lxml import etree

from fe_contracts.exceptions import SourceError, UnsafeFileError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.word.xml import OFFICE_REL, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["MAIN_TYPES", "Limits", "Package", "read_package"]

MAIN_TYPES: Final = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
}
_MACRO_TYPES: Final = {
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
}
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCTYPES: Final = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_ENCODING: Final = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_ENCODINGS: Final = {b"utf-8", b"utf-16", b"us-ascii", b"ascii"}
_STARTS: Final = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file from outside may be."""

    file_bytes: int = 50_000_000
    members: int = 2_000
    part_bytes: int = 64_000_000
    total_bytes: int = 200_000_000
    ratio: int = 100
    ratio_from: int = 100_000
    """Smaller parts may be packed as tightly as they like: they cannot hurt."""
    depth: int = 10
    name_length: int = 250


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a Word file that was found safe to read."""

    name: str
    parts: Mapping[str, bytes]
    main: str
    """The name of the main part, `word/document.xml` in most files."""
    notes: tuple[Finding, ...] = field(default=())
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
            raise UnsafeFileError(self.name, [_refusal(self.name, "FILE050", part, f"is not well-formed XML: {error.msg}.",
                                                       "Open the file in Word and save it again.")]) from error

    def relationships(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Return the relationships of a part: id -> (type, target, whether it lies outside)."""
        folder, _, leaf = part.rpartition("/")
        name = f"{folder}/_rels/{leaf}.rels" if folder else f"_rels/{leaf}.rels"
        if name not in self.parts:
            return {}
        return {
            item.get("Id", ""): (item.get("Type", ""), item.get("Target", ""), item.get("TargetMode") == "External")
            for item in self.xml(name)
            if isinstance(item.tag, str)
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


def _refusal(name: str, code: str, place: str, message: str, remedy: str) -> Finding:
    subject = f"{place!r} " if place else ""
    return Finding(code, Severity.ERROR, subject + message, Where(file=name, field=place), remedy)


def _note(name: str, code: str, place: str, message: str, remedy: str) -> Finding:
    return Finding(code, Severity.WARNING, message, Where(file=name, field=place), remedy)


def _read(source: bytes | Path | str, limits: Limits) -> tuple[str, bytes]:
    if isinstance(source, bytes):
        name, size, data = "the file", len(source), source
    else:
        path = Path(source)
        name = str(source)
        try:
            size = path.stat().st_size
            data = path.read_bytes() if size <= limits.file_bytes else b""
        except OSError as error:
            problem = Finding("FILE001", Severity.ERROR, f"cannot be read: {error.strerror}.", Where(file=name),
                              "Check the path and that you may read the file.")
            raise SourceError(name, [problem]) from error
    if size > limits.file_bytes:
        raise UnsafeFileError(name, [_refusal(name, "FILE010", "", f"The file has {size:,} bytes; at most "
                                              f"{limits.file_bytes:,} are read.", "Remove pictures, or split it.")])
    return name, data


def _open(name: str, data: bytes) -> zipfile.ZipFile:
    why = None
    if not data:
        why = ("FILE011", "The file is empty.", "Check that it was copied completely.")
    elif data.startswith(_OLE):
        why = ("FILE012", "The file is encrypted or a legacy .doc: both are OLE containers that cannot be read.",
               "Open it in Word, remove the password, and save it as .docx.")
    else:
        try:
            return zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, IndexError):
            why = ("FILE013", "The file is not a Word file: it is no zip container, or a damaged one.",
                   "Save it as .docx from Word.")
    raise UnsafeFileError(name, [_refusal(name, why[0], "", why[1], why[2])])


def _name_problem(name: str, seen: set[str], limits: Limits) -> str | None:
    steps = name.split("/")
    if name.startswith("/") or "\\" in name or re.match(r"^[A-Za-z]:", name):
        return "has an absolute or foreign name."
    if ".." in steps or "\0" in name:
        return "has a name that climbs out of the package."
    if len(steps) > limits.depth or len(name) > limits.name_length:
        return "has a name that is too long or too deep."
    if name.lower() in seen:
        return "stands in the package twice."
    return None


def _member_problems(name: str, box: zipfile.ZipFile, limits: Limits) -> Iterator[Finding]:
    infos = box.infolist()
    crafted = "Do not open the file; ask its sender for a new one."
    if len(infos) > limits.members:
        yield _refusal(name, "FILE014", "", f"The file has {len(infos):,} parts; at most {limits.members:,} are read.", crafted)
        return
    total = sum(info.file_size for info in infos)
    if total > limits.total_bytes:
        yield _refusal(name, "FILE015", "", f"The file unpacks to {total:,} bytes; at most {limits.total_bytes:,} are read.", crafted)
    seen: set[str] = set()
    for info in infos:
        problem = _name_problem(info.filename, seen, limits)
        seen.add(info.filename.lower())
        if problem:
            yield _refusal(name, "FILE016", info.filename, problem, crafted)
        if info.flag_bits & 0x1:
            yield _refusal(name, "FILE017", info.filename, "is encrypted.", "Remove the password in Word and save it again.")
        if info.file_size > limits.part_bytes:
            yield _refusal(name, "FILE018", info.filename, f"unpacks to {info.file_size:,} bytes.", crafted)
        elif info.file_size > limits.ratio_from and info.file_size > limits.ratio * max(info.compress_size, 1):
            ratio = info.file_size // max(info.compress_size, 1)
            yield _refusal(name, "FILE019", info.filename, f"unpacks to {ratio} times its size; at most {limits.ratio} is read.", crafted)


def _unpack(name: str, box: zipfile.ZipFile) -> tuple[dict[str, bytes], list[Finding]]:
    parts: dict[str, bytes] = {}
    problems = []
    for info in box.infolist():
        if info.is_dir():
            continue
        try:
            parts[info.filename] = box.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
            problems.append(_refusal(name, "FILE020", info.filename, f"cannot be unpacked: {error}",
                                     "The file is damaged: ask its sender for a new one."))
    return parts, problems


def _xml_problems(name: str, parts: Mapping[str, bytes]) -> Iterator[Finding]:
    for part, data in parts.items():
        if not part.lower().endswith((".xml", ".rels", ".vml")):
            continue
        if any(mark in data for mark in _DOCTYPES):
            yield _refusal(name, "FILE021", part, "declares a DOCTYPE; no Word file needs one.",
                           "Do not open the file; ask its sender for a new one.")
        declared = _ENCODING.match(data[:200])
        if (declared and declared[1].lower() not in _ENCODINGS) or not data.lstrip()[:3].startswith(_STARTS):
            yield _refusal(name, "FILE022", part, "is not XML in UTF-8 or UTF-16.", "Open the file in Word and save it again.")


def _content_type(package: Package, part: str) -> str:
    suffix = part.rpartition(".")[2].lower()
    found = ""
    for item in package.xml("[Content_Types].xml"):
        if not isinstance(item.tag, str):
            continue
        if item.get("PartName", "").lower() == f"/{part}".lower():
            return item.get("ContentType", "")
        if item.get("Extension", "").lower() == suffix:
            found = item.get("ContentType", "")
    return found


def _main_part(name: str, parts: Mapping[str, bytes]) -> tuple[str, list[Finding]]:
    """Return the main part and the notes on its kind, or refuse what is no Word file."""
    remedy = "Save it as .docx from Word."
    probe = Package(name, parts, "")
    if "[Content_Types].xml" not in parts or "_rels/.rels" not in parts:
        raise UnsafeFileError(name, [_refusal(name, "FILE023", "", "The file is a zip container, but no Office file.", remedy)])
    main = probe.target("", "officeDocument")
    kind = _content_type(probe, main) if main else ""
    if main and main in parts and kind in MAIN_TYPES:
        return main, []
    if main and main in parts and kind in _MACRO_TYPES:
        return main, [_note(name, "FILE030", main, "The file is of a type that holds macros; none is run or kept.", remedy)]
    raise UnsafeFileError(name, [_refusal(name, "FILE024", "", f"The file is an Office file, but no Word document: {kind or 'no type'}.", remedy)])


def _notes(package: Package) -> Iterator[Finding]:
    """Name what is odd but not followed."""
    name = package.name
    for part in sorted(package.parts):
        if part.lower().endswith("vbaproject.bin"):
            yield _note(name, "FILE030", part, f"The file holds macros in {part!r}; none is run or kept.", "Save it as .docx.")
        if "/embeddings/" in part.lower() or "/activex/" in part.lower():
            yield _note(name, "FILE032", part, f"The file holds an embedded object, {part!r}; it is not opened.",
                        "Remove the object in Word.")
        if not part.endswith(".rels"):
            continue
        for item in package.xml(part):
            if isinstance(item.tag, str) and item.get("TargetMode") == "External":
                kind = item.get("Type", "").removeprefix(OFFICE_REL).rpartition("/")[2]
                if kind != "hyperlink":
                    target = item.get("Target", "")
                    yield _note(name, "FILE031", part, f"The file points outside itself ({kind}): {target!r}; it is not followed.",
                                "Break the link in Word (File, Info, Edit Links to Files), or embed what it shows.")


def read_package(
    source: bytes | Path | str, *, name: str = "", strict: bool = False, limits: Limits | None = None
) -> Package:
    """Return the parts of a Word file from outside, unpacked and found safe.

    `strict` refuses macros, links to other files and embedded objects instead of naming them in the notes.

    Raises:
        SourceError: if the file cannot be read.
        UnsafeFileError: if it is too large, crafted, encrypted, damaged or no Word file; every reason at once.
    """
    limits = limits or Limits()
    label, data = _read(source, limits)
    name = name or label
    with _open(name, data) as box:
        problems = list(_member_problems(name, box, limits))
        if problems:
            raise UnsafeFileError(name, problems)
        parts, problems = _unpack(name, box)
    problems += _xml_problems(name, parts)
    if problems:
        raise UnsafeFileError(name, problems)
    main, odd = _main_part(name, parts)
    package = Package(name, parts, main)
    notes = (*odd, *_notes(package))
    if strict and notes:
        raise UnsafeFileError(name, notes)
    return Package(name, parts, main, notes)
