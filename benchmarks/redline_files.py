"""Open the main part of a Word file of our own as a tree, and pack it again: no reader of unknown files."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    Element = etree._Element  # noqa: SLF001 - lxml has no public name for it

__all__ = ["W", "WordFile", "word_count"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN = "word/document.xml"


def word_count(element: Element) -> int:
    """Return how many words stand in it."""
    return sum(len((text.text or "").split()) for text in element.iter(f"{W}t"))


@dataclass(slots=True)
class WordFile:
    """A Word file whose main part is a tree."""

    parts: dict[str, bytes]
    root: Element

    @classmethod
    def of(cls, docx: bytes) -> WordFile:
        """Return the file that these bytes hold."""
        with zipfile.ZipFile(BytesIO(docx)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        return cls(parts, etree.fromstring(parts[MAIN]))

    @property
    def body(self) -> Element:
        """Return what holds the paragraphs."""
        return self.root[0]

    def to_bytes(self) -> bytes:
        """Return the file packed, the same each time."""
        main = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)
        file = BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in {**self.parts, MAIN: main}.items():
                package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        return file.getvalue()
