"""Find in a Word file what schema validators miss: fields, ids, bookmarks and links that do not come out even.

And what makes it readable for everyone: heading order, header rows, a title, a language, alternative text.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.word.container import frames
from fe_contracts.word.flow import text_of
from fe_contracts.word.package import read_package
from fe_contracts.word.xml import DC, w

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml import etree

    from fe_contracts.word.package import Package

__all__ = ["lint"]

_REFERENCE: Final = re.compile(r"^\s*(?:REF|PAGEREF|NOTEREF)\s+(\S+)")
_XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_REMEDY: Final = "If fe_contracts wrote this file, it is a fault of the program: please report it."


def lint(source: Path | str | bytes) -> tuple[Finding, ...]:
    """Return everything found, in the order of the parts.

    Raises:
        SourceError: if the file cannot be read.
        UnsafeFileError: if it is not safe to open, or no Word file.
    """
    package = read_package(source)
    parts = {package.main: package.xml(package.main), **{part: package.xml(part) for part in sorted(frames(package))}}
    names = Counter(mark.get(w("name"), "") for root in parts.values() for mark in root.iter(w("bookmarkStart")))
    found: list[Finding] = []
    for part, root in parts.items():
        found += _fields(package, part, root)
        found += _controls(package, part, root)
        found += _bookmarks(package, part, root)
        found += _links(package, part, root, names)
        found += _pictures_and_boxes(package, part, root)
        found += _lost_space(package, part, root)
    found += (
        _fault(package, package.main, "DOCX021", f"The bookmark {name!r} stands {count} times.")
        for name, count in names.items()
        if count > 1
    )
    found += _headings(package, parts[package.main])
    found += _tables(package, parts[package.main])
    found += _properties(package)
    return tuple(found)


def _fault(package: Package, part: str, code: str, message: str) -> Finding:
    return Finding(code, Severity.ERROR, message, Where(file=package.name, field=part), _REMEDY)


def _unfit(package: Package, part: str, code: str, message: str, remedy: str) -> Finding:
    return Finding(code, Severity.WARNING, message, Where(file=package.name, field=part), remedy)


def _fields(package: Package, part: str, root: etree._Element) -> Iterator[Finding]:
    """Check that every complex field begins, separates and ends in that order."""
    depth: list[bool] = []
    for item in root.iter(w("fldChar")):
        kind = item.get(w("fldCharType"))
        if kind == "begin":
            depth.append(False)
        elif not depth:
            yield _fault(package, part, "DOCX010", f"A field has a {kind!r} without a beginning.")
        elif kind == "separate":
            if depth[-1]:
                yield _fault(package, part, "DOCX011", "A field has two separators.")
            depth[-1] = True
        elif kind == "end":
            depth.pop()
    if depth:
        yield _fault(package, part, "DOCX012", f"{len(depth)} field(s) begin and never end.")


def _controls(package: Package, part: str, root: etree._Element) -> Iterator[Finding]:
    ids = Counter(item.get(w("val"), "") for item in root.iterfind(f".//{w('sdtPr')}/{w('id')}"))
    for number, count in ids.items():
        if count > 1:
            yield _fault(package, part, "DOCX030", f"{count} content controls have the id {number}.")
    for control in root.iter(w("sdt")):
        if control.find(w("sdtContent")) is None:
            yield _fault(package, part, "DOCX031", "A content control has no content.")


def _bookmarks(package: Package, part: str, root: etree._Element) -> Iterator[Finding]:
    open_now: dict[str, str] = {}
    seen: set[str] = set()
    for item in root.iter(w("bookmarkStart"), w("bookmarkEnd")):
        number = item.get(w("id"), "")
        if item.tag == w("bookmarkStart"):
            if number in seen:
                yield _fault(package, part, "DOCX022", f"Two bookmarks have the id {number}.")
            seen.add(number)
            open_now[number] = item.get(w("name"), "")
        elif open_now.pop(number, None) is None:
            yield _fault(package, part, "DOCX023", f"A bookmark with the id {number} ends and never began.")
    for name in open_now.values():
        yield _fault(package, part, "DOCX020", f"The bookmark {name!r} is never closed.")


def _instructions(root: etree._Element) -> Iterator[str]:
    """Yield the instruction of every field, put together where it is split over runs."""
    pieces: list[list[str]] = []
    for item in root.iter(w("fldChar"), w("instrText"), w("fldSimple")):
        if item.tag == w("fldSimple"):
            yield item.get(w("instr"), "")
        elif item.tag == w("instrText"):
            if pieces:
                pieces[-1].append(item.text or "")
        elif item.get(w("fldCharType")) == "begin":
            pieces.append([])
        elif item.get(w("fldCharType")) == "end" and pieces:
            yield "".join(pieces.pop())


def _links(package: Package, part: str, root: etree._Element, names: Counter[str]) -> Iterator[Finding]:
    lower = {name.lower() for name in names}
    for instruction in _instructions(root):
        found = _REFERENCE.match(instruction)
        if found and found[1].strip('"').lower() not in lower:
            yield _fault(package, part, "DOCX040", f"A field refers to the bookmark {found[1]!r}, which there is not.")
    for link in root.iter(w("hyperlink")):
        anchor = link.get(w("anchor"))
        if anchor and anchor.lower() not in lower and anchor != "_top":
            yield _fault(package, part, "DOCX041", f"A link points at {anchor!r}, which there is not.")


def _pictures_and_boxes(package: Package, part: str, root: etree._Element) -> Iterator[Finding]:
    for picture in root.iter(_DRAWING):
        if not (picture.get("descr") or "").strip():
            yield _unfit(
                package,
                part,
                "DOCX060",
                f"The picture {picture.get('name', '')!r} has no alternative text.",
                "Right-click the picture in Word, View Alt Text, and say what it shows.",
            )
    if next(root.iter(w("txbxContent")), None) is not None:
        yield _unfit(
            package,
            part,
            "DOCX061",
            "There is a text box, which screen readers read out of order.",
            "Type its text as a paragraph.",
        )


def _lost_space(package: Package, part: str, root: etree._Element) -> Iterator[Finding]:
    for item in root.iter(w("t")):
        text = item.text or ""
        if text != text.strip() and item.get(_XML_SPACE) != "preserve":
            yield _fault(package, part, "DOCX070", f"The space around {text.strip()[:40]!r} would be lost.")


def _levels(package: Package) -> dict[str, int]:
    """Return the outline level of each style that has one."""
    part = package.target(package.main, "styles")
    if part is None or part not in package.parts:
        return {}
    found = {}
    for style in package.xml(part).iterchildren(w("style")):
        level = style.find(f"{w('pPr')}/{w('outlineLvl')}")
        if level is not None and level.get(w("val"), "9").isdigit():
            found[style.get(w("styleId"), "")] = int(level.get(w("val"), "9"))
    return found


def _headings(package: Package, root: etree._Element) -> Iterator[Finding]:
    levels = _levels(package)
    last = -1
    for paragraph in root.iter(w("p")):
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        level = levels.get(style.get(w("val"), ""), 9) if style is not None else 9
        if level > 8:
            continue
        title = text_of(paragraph).strip()
        if not title:
            yield _unfit(package, package.main, "DOCX051", "A heading is empty.", "Give it words, or another style.")
        if level > last + 1:
            yield _unfit(
                package,
                package.main,
                "DOCX050",
                f"The heading {title[:40]!r} skips a level.",
                "Use the headings in order: 1, then 2, then 3.",
            )
        last = level


def _tables(package: Package, root: etree._Element) -> Iterator[Finding]:
    for table in root.iter(w("tbl")):
        caption = table.find(f"{w('tblPr')}/{w('tblCaption')}")
        name = caption.get(w("val"), "") if caption is not None else text_of(table)[:30]
        row = table.find(w("tr"))
        if row is None or row.find(f"{w('trPr')}/{w('tblHeader')}") is None:
            yield _unfit(
                package,
                package.main,
                "DOCX080",
                f"The table {name!r} has no header row.",
                "Select its first row in Word, Table Layout, Repeat Header Rows.",
            )
        if caption is None or not name.strip():
            yield _unfit(
                package,
                package.main,
                "DOCX081",
                f"The table that begins {name!r} has no title.",
                "Table Properties, Alt Text, Title.",
            )


def _properties(package: Package) -> Iterator[Finding]:
    part = package.target("", "core-properties")
    title = package.xml(part).findtext(f"{{{DC}}}title") if part in package.parts and part else None
    if not (title or "").strip():
        yield _unfit(package, part or "", "DOCX090", "The document has no title.", "File, Info, Title.")
    styles = package.target(package.main, "styles")
    language = None
    if styles is not None and styles in package.parts:
        path = f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}"
        language = package.xml(styles).find(path)
    if language is None or not language.get(w("val")):
        yield _unfit(
            package,
            styles or "",
            "DOCX091",
            "The document does not say what language it is in.",
            "Review, Language, Set Proofing Language, Set As Default.",
        )
