"""Unpack an Office file from outside, or refuse it: size, number and ratio of parts, names, encryption, DOCTYPE.

Nothing here parses XML: what could hurt a parser is refused before one sees it.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from fe_contracts.exceptions import SourceError, UnsafeFileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fe_contracts.findings import Finding

__all__ = ["WORD", "FileWords", "Limits", "refusal", "unpack"]

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCTYPES: Final = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_ENCODING: Final = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_ENCODINGS: Final = {b"utf-8", b"utf-16", b"us-ascii", b"ascii"}
_STARTS: Final = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class Limits(NamedTuple):
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
class FileWords:
    """What a kind of file is called, so that each is refused in its own words."""

    program: str
    file: str
    ending: str
    legacy: str


WORD: Final = FileWords("Word", "Word file", ".docx", "legacy .doc")


def refusal(name: str, code: str, place: str, message: str, remedy: str) -> Finding:
    """Return why a file is refused, with the part that is at fault."""
    from fe_contracts.findings import Finding, Severity, Where

    subject = f"{place!r} " if place else ""
    return Finding(code, Severity.ERROR, subject + message, Where(file=name, field=place), remedy)


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
            message = f"cannot be read: {error.strerror}."
            problem = refusal(name, "FILE001", "", message, "Check the path and that you may read the file.")
            raise SourceError(name, [problem]) from error
    if size > limits.file_bytes:
        raise UnsafeFileError(
            name,
            [
                refusal(
                    name,
                    "FILE010",
                    "",
                    f"The file has {size:,} bytes; at most {limits.file_bytes:,} are read.",
                    "Remove pictures, or split it.",
                )
            ],
        )
    return name, data


def _open(name: str, data: bytes, words: FileWords) -> zipfile.ZipFile:
    why = None
    if not data:
        why = ("FILE011", "The file is empty.", "Check that it was copied completely.")
    elif data.startswith(_OLE):
        why = (
            "FILE012",
            f"The file is encrypted or a {words.legacy}: both are OLE containers that cannot be read.",
            f"Open it in {words.program}, remove the password, and save it as {words.ending}.",
        )
    else:
        try:
            return zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, IndexError):
            why = (
                "FILE013",
                f"The file is not {_a(words.file)}: it is no zip container, or a damaged one.",
                f"Save it as {words.ending} from {words.program}.",
            )
    raise UnsafeFileError(name, [refusal(name, why[0], "", why[1], why[2])])


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


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'AEIOU' else 'a'} {noun}"


def _member_problems(name: str, box: zipfile.ZipFile, limits: Limits, words: FileWords) -> Iterator[Finding]:
    infos = box.infolist()
    crafted = "Do not open the file; ask its sender for a new one."
    if len(infos) > limits.members:
        yield refusal(
            name, "FILE014", "", f"The file has {len(infos):,} parts; at most {limits.members:,} are read.", crafted
        )
        return
    total = sum(info.file_size for info in infos)
    if total > limits.total_bytes:
        yield refusal(
            name,
            "FILE015",
            "",
            f"The file unpacks to {total:,} bytes; at most {limits.total_bytes:,} are read.",
            crafted,
        )
    seen: set[str] = set()
    for info in infos:
        problem = _name_problem(info.filename, seen, limits)
        seen.add(info.filename.lower())
        if problem:
            yield refusal(name, "FILE016", info.filename, problem, crafted)
        if info.flag_bits & 0x1:
            yield refusal(
                name,
                "FILE017",
                info.filename,
                "is encrypted.",
                f"Remove the password in {words.program} and save it again.",
            )
        if info.file_size > limits.part_bytes:
            yield refusal(name, "FILE018", info.filename, f"unpacks to {info.file_size:,} bytes.", crafted)
        elif info.file_size > limits.ratio_from and info.file_size > limits.ratio * max(info.compress_size, 1):
            ratio = info.file_size // max(info.compress_size, 1)
            yield refusal(
                name,
                "FILE019",
                info.filename,
                f"unpacks to {ratio} times its size; at most {limits.ratio} is read.",
                crafted,
            )


def _unpack(name: str, box: zipfile.ZipFile) -> tuple[dict[str, bytes], list[Finding]]:
    parts: dict[str, bytes] = {}
    problems = []
    for info in box.infolist():
        if info.is_dir():
            continue
        try:
            parts[info.filename] = box.read(info)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            OSError,
            RuntimeError,
            ValueError,
        ) as error:
            problems.append(
                refusal(
                    name,
                    "FILE020",
                    info.filename,
                    f"cannot be unpacked: {error}",
                    "The file is damaged: ask its sender for a new one.",
                )
            )
    return parts, problems


def _xml_problems(name: str, parts: Mapping[str, bytes], words: FileWords) -> Iterator[Finding]:
    for part, data in parts.items():
        named_xml = part.lower().endswith((".xml", ".rels", ".vml"))
        if not named_xml and not data.lstrip()[:3].startswith(_STARTS):
            continue  # a picture or the like; a part may be XML under any name, which its relationship tells
        if any(mark in data for mark in _DOCTYPES):
            yield refusal(
                name,
                "FILE021",
                part,
                f"declares a DOCTYPE; no {words.file} needs one.",
                "Do not open the file; ask its sender for a new one.",
            )
        if not named_xml:
            continue
        declared = _ENCODING.match(data[:200])
        if (declared and declared[1].lower() not in _ENCODINGS) or not data.lstrip()[:3].startswith(_STARTS):
            yield refusal(
                name,
                "FILE022",
                part,
                "is not XML in UTF-8 or UTF-16.",
                f"Open the file in {words.program} and save it again.",
            )


def unpack(
    source: bytes | Path | str, name: str, limits: Limits, words: FileWords = WORD
) -> tuple[str, dict[str, bytes]]:
    """Return the file's name and its parts, unpacked.

    Raises:
        SourceError: if the file cannot be read.
        UnsafeFileError: if it may not be unpacked; every reason at once.
    """
    label, data = _read(source, limits)
    name = name or label
    with _open(name, data, words) as box:
        problems = list(_member_problems(name, box, limits, words))
        if problems:
            raise UnsafeFileError(name, problems)
        parts, problems = _unpack(name, box)
    problems += _xml_problems(name, parts, words)
    if problems:
        raise UnsafeFileError(name, problems)
    return name, parts
