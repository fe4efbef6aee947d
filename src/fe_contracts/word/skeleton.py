"""Prepare the main part of a house style: find where the body goes, refuse what must not be inside, heal the tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from lxml import etree

from fe_contracts.word.template import house_problem
from fe_contracts.word.xml import W15_URI, W, attribute, serialise, w

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fe_contracts.findings import Finding

__all__ = [
    "BODY_MARK",
    "EXHIBITS_MARK",
    "bookmark_problems",
    "first_free",
    "prepare",
    "revision_problems",
    "text_width",
]

BODY_MARK: Final = "<?fe_contracts body?>"
EXHIBITS_MARK: Final = "<?fe_contracts exhibits?>"
_MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_MARKER: Final = re.compile(r"\{\{-?\s*(contract_body|contract_exhibits)\s*-?\}\}")
_REVISIONS: Final = {
    w(tag)
    for tag in (
        "ins",
        "del",
        "moveFrom",
        "moveTo",
        "moveFromRangeStart",
        "moveToRangeStart",
        "rPrChange",
        "pPrChange",
        "sectPrChange",
        "tblPrChange",
        "tblGridChange",
        "tcPrChange",
        "trPrChange",
        "tblPrExChange",
        "numberingChange",
        "cellIns",
        "cellDel",
        "cellMerge",
    )
}
_NOISE: Final = (w("proofErr"), w("lastRenderedPageBreak"))


def _text(paragraph: etree._Element) -> str:
    return "".join(item.text or "" for item in paragraph.iter(w("t")))


def revision_problems(name: str, part: str, root: etree._Element) -> Iterator[Finding]:
    """Yield a problem if the part holds tracked changes or comments."""
    for item in root.iter(*_REVISIONS):
        kind = etree.QName(item).localname
        yield house_problem(
            name,
            "HOUSE030",
            part,
            f"There are tracked changes inside ({kind}).",
            "Accept or reject all changes in Word (Review), switch tracking off, and save.",
        )
        return
    if next(root.iter(w("commentReference")), None) is not None:
        yield house_problem(
            name,
            "HOUSE031",
            part,
            "There are comments inside, which every contract would carry.",
            "Delete all comments in Word (Review), and save.",
        )


def bookmark_problems(name: str, parts: Mapping[str, etree._Element]) -> Iterator[Finding]:
    """Yield a problem for every bookmark that is not closed, not opened, or there twice, across all parts."""
    seen: set[str] = set()
    for part, root in parts.items():
        starts = {item.get(w("id"), ""): item.get(w("name"), "") for item in root.iter(w("bookmarkStart"))}
        ends = [item.get(w("id"), "") for item in root.iter(w("bookmarkEnd"))]
        remedy = "Delete the bookmark in Word (Insert, Bookmark), and set it again where no tag repeats it."
        for number, bookmark in starts.items():
            if number not in ends:
                yield house_problem(
                    name, "HOUSE050", part, f"The bookmark {bookmark!r} is not closed once tags are filled.", remedy
                )
        if len(ends) != len(starts) or {*ends} != {*starts}:
            yield house_problem(
                name, "HOUSE050", part, "A bookmark ends where none began once tags are filled.", remedy
            )
        for bookmark in starts.values():
            if bookmark in seen:
                yield house_problem(
                    name, "HOUSE050", part, f"The bookmark {bookmark!r} stands twice once tags are filled.", remedy
                )
            seen.add(bookmark)


def first_free(roots: Iterator[etree._Element]) -> tuple[int, int]:
    """Return the first content control id and the first bookmark id that the house style does not use."""
    controls, bookmarks = [0], [0]
    for root in roots:
        controls += [
            int(item.get(w("val"), "0"))
            for item in root.iterfind(f".//{w('sdtPr')}/{w('id')}")
            if item.get(w("val"), "0").lstrip("-").isdigit()
        ]
        bookmarks += [
            int(item.get(w("id"), "0")) for item in root.iter(w("bookmarkStart")) if item.get(w("id"), "0").isdigit()
        ]
    # an id above two thousand million is legal but unreadable; ours stay small unless the house style's do not
    control = max(controls) + 1
    return (control if control < 1_000_000 else 1), max(bookmarks) + 1


def text_width(root: etree._Element) -> int:
    """Return the width of the text of the last section, in twentieths of a point."""
    section = next(reversed(list(root.iter(w("sectPr")))), None)
    size = section.find(w("pgSz")) if section is not None else None
    margins = section.find(w("pgMar")) if section is not None else None
    width = int(size.get(w("w"), "12240")) if size is not None else 12240
    if margins is None:
        return width - 2880
    gutter = int(margins.get(w("gutter"), "0") or 0)
    return width - int(margins.get(w("left"), "1440")) - int(margins.get(w("right"), "1440")) - gutter


def page_setup(root: etree._Element) -> str:
    """Return size and margins of the last section's pages, for a section that stands before all others."""
    section = next(reversed(list(root.iter(w("sectPr")))), None)
    kept = ("pgSz", "pgMar")
    found = [] if section is None else [item for item in section if etree.QName(item).localname in kept]
    return "".join(
        f"<w:{etree.QName(item).localname}"
        + "".join(f' w:{etree.QName(name).localname}="{attribute(str(value))}"' for name, value in item.attrib.items())
        + "/>"
        for item in found
    )


def _markers(root: etree._Element) -> dict[str, list[etree._Element]]:
    found: dict[str, list[etree._Element]] = {"contract_body": [], "contract_exhibits": []}
    for paragraph in root.iter(w("p")):
        for match in _MARKER.finditer(_text(paragraph)):
            found[match[1]].append(paragraph)
    return found


def _place_mark(paragraph: etree._Element, mark: str) -> None:
    """Put the writer's mark in the place of the marker paragraph; keep what Word hung on it."""
    parent, target = paragraph.getparent(), mark.strip("<?>").split()
    if parent is None:
        return
    place = parent.index(paragraph)
    section = paragraph.find(f"{w('pPr')}/{w('sectPr')}")
    kept = [*paragraph.iter(w("bookmarkStart"), w("bookmarkEnd"))]
    parent.remove(paragraph)
    parent.insert(place, etree.ProcessingInstruction(target[0], target[1]))
    if section is not None:
        keeper = etree.Element(w("p"))
        etree.SubElement(keeper, w("pPr")).append(section)
        parent.insert(place + 1, keeper)
    for item in reversed(kept):
        parent.insert(place, item)


def _clean(root: etree._Element) -> None:
    """Drop what Word leaves behind and what would break a tag apart: spelling marks and its own bookmark."""
    for item in [*root.iter(*_NOISE)]:
        item.getparent().remove(item)  # type: ignore[union-attr]
    gone = [item for item in root.iter(w("bookmarkStart")) if item.get(w("name")) == "_GoBack"]
    numbers = {item.get(w("id")) for item in gone}
    ends = [item for item in root.iter(w("bookmarkEnd")) if item.get(w("id")) in numbers]
    for item in (*gone, *ends):
        item.getparent().remove(item)  # type: ignore[union-attr]


def _rooted(root: etree._Element) -> etree._Element:
    """Return the part under a root that knows the namespaces that the writer uses."""
    ignorable = root.get(f"{{{_MC}}}Ignorable", "").split()
    names = {**root.nsmap, "w": W, "w15": W15_URI, "mc": _MC}
    new = etree.Element(root.tag, nsmap=cast("dict[str, str]", names))  # the stubs know no default namespace
    for key, value in root.attrib.items():
        new.set(key, value)
    new.set(f"{{{_MC}}}Ignorable", " ".join(dict.fromkeys((*ignorable, "w15"))))
    new.extend([*root])
    return new


def prepare(name: str, part: str, root: etree._Element) -> tuple[str, tuple[Finding, ...]]:
    """Return the main part as text with the writer's marks in it, and the problems found."""
    body = root.find(w("body"))
    if root.tag != w("document") or body is None or root.nsmap.get("w") != W:
        return "", (
            house_problem(
                name,
                "HOUSE012",
                part,
                "The file is not a Word document in the usual (transitional) form.",
                "Save it from Word as 'Word document (.docx)', not as 'Strict Open XML'.",
            ),
        )
    problems: list[Finding] = []
    _clean(root)
    markers = _markers(root)
    remedy = "Type {{ contract_body }} as a paragraph of its own, outside tables, where the articles shall stand."
    if not markers["contract_body"]:
        problems.append(house_problem(name, "HOUSE020", part, "The marker {{ contract_body }} is missing.", remedy))
    for marker, found in markers.items():
        if len(found) > 1:
            problems.append(
                house_problem(
                    name, "HOUSE021", part, f"The marker {{{{ {marker} }}}} stands {len(found)} times.", "Keep one."
                )
            )
            continue
        for paragraph in found:
            if paragraph.getparent() is not body or not _MARKER.fullmatch(_text(paragraph).strip()):
                problems.append(
                    house_problem(
                        name,
                        "HOUSE022",
                        part,
                        f"The marker {{{{ {marker} }}}} does not stand alone, or stands in a table or control.",
                        remedy,
                    )
                )
            else:
                _place_mark(paragraph, BODY_MARK if marker == "contract_body" else EXHIBITS_MARK)
    return serialise(_rooted(root)), tuple(problems)
