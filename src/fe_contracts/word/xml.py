"""Know the names and the escaping rules of the XML in a Word file, and nothing of contracts.

Markup that this package makes is written as escaped strings; markup from outside is parsed here, by one parser
that loads no DTD, resolves no entity and asks no network.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

__all__ = [
    "CONTENT_TYPES",
    "CORE",
    "DC",
    "DCTERMS",
    "DECLARATION",
    "OFFICE_REL",
    "PACKAGE_REL",
    "W15_URI",
    "W",
    "attribute",
    "escape",
    "forbidden_character",
    "has_forbidden",
    "parse",
    "serialise",
    "w",
]

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W15_URI: Final = "http://schemas.microsoft.com/office/word/2012/wordml"
CONTENT_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
PACKAGE_REL: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE_REL: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DC: Final = "http://purl.org/dc/elements/1.1/"
DCTERMS: Final = "http://purl.org/dc/terms/"
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def w(tag: str) -> str:
    """Return the tag or attribute name in the main namespace, as lxml spells it."""
    return f"{{{W}}}{tag}"


def escape(text: str) -> str:
    """Return the text as it stands between two tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """Return the text as it stands between the quotation marks of an attribute."""
    return escape(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


_CONTROLS: Final = bytes([*range(0x09), 0x0B, 0x0C, 0x0D, *range(0x0E, 0x20), 0x7F])
_C1: Final = re.compile(rb"\xc2[\x80-\x9f]")
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def has_forbidden(encoded: bytes) -> bool:
    """Return whether UTF-8 text holds a character that a Word file cannot hold; quick on large text."""
    return (
        len(encoded.translate(None, _CONTROLS)) != len(encoded)
        or b"\xef\xbf\xbe" in encoded
        or b"\xef\xbf\xbf" in encoded
        or _C1.search(encoded) is not None
    )


def forbidden_character(text: str) -> tuple[int, str] | None:
    """Return the place (from 1) and the code point of the first character that a Word file cannot hold."""
    found = _FORBIDDEN.search(text)
    return (found.start() + 1, f"U+{ord(found.group()):04X}") if found else None


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=False
    )


def parse(data: bytes | str) -> etree._Element:
    """Return the root of a part.

    Raises:
        lxml.etree.XMLSyntaxError: if it is not well-formed.
    """
    raw = data.encode("utf-8") if isinstance(data, str) else data
    return etree.fromstring(raw, _parser())


def serialise(root: etree._Element) -> str:
    """Return a part as text, without its declaration."""
    return etree.tostring(root, encoding="unicode")
