"""Look into Word files, and change them, in a line or two."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lxml import etree

from fe_contracts.word.xml import W, w

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["NS", "edited", "part_text", "parts_of", "visible_text", "xml_of", "zipped"]

NS = {"w": W, "w15": "http://schemas.microsoft.com/office/word/2012/wordml"}


def parts_of(document: bytes) -> dict[str, bytes]:
    """Return the parts by name."""
    with zipfile.ZipFile(BytesIO(document)) as box:
        return {name: box.read(name) for name in box.namelist()}


def part_text(document: bytes, part: str = "word/document.xml") -> str:
    """Return a part as text."""
    return parts_of(document)[part].decode("utf-8")


def xml_of(document: bytes, part: str = "word/document.xml") -> Any:
    """Return the root of a part; as Any, since the stubs answer a path with everything it could be."""
    return etree.fromstring(parts_of(document)[part])


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """Return a package of these parts."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in parts.items():
            box.writestr(name, content)
    return target.getvalue()


def edited(document: bytes, change: Callable[[str], str], part: str = "word/document.xml") -> bytes:
    """Return the package with one part changed as text."""
    parts = parts_of(document)
    before = parts[part].decode("utf-8")
    after = change(before)
    assert after != before, "the change changed nothing"
    return zipped({**parts, part: after.encode("utf-8")})


def visible_text(element: etree._Element) -> str:
    """Return the text of runs, line breaks and tabs as a reader sees them, paragraphs apart."""
    pieces = []
    for item in element.iter(w("t"), w("br"), w("tab"), w("p")):
        if item.tag == w("t"):
            pieces.append(item.text or "")
        elif (parent := item.getparent()) is not None and parent.tag != w("tabs"):
            pieces.append("\n")
    return "".join(pieces)
