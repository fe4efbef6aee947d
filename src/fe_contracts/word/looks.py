"""Hold the looks that this library brings, as data: fonts, sizes, colours, margins.

Which styles exist, and what each is for, is the same in all of them (`fe_contracts.word.style_sheet`). Colours have
a contrast of at least 4.5:1 on what they stand on (a test computes it).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["LOOKS", "Look", "LookName"]

LookName = Literal["plain", "civic"]


@dataclass(frozen=True, slots=True)
class Look:
    """What differs between two looks."""

    name: str
    body_font: str
    head_font: str
    size: int
    """Of the body, in half points."""
    line: int
    """Line height in 240ths of a line."""
    ink: str
    """Colour of headings."""
    quiet: str
    """Colour of headers, footers and labels."""
    rule: str
    """Colour of lines; it carries no meaning."""
    band: str
    """Ground of table heads and, in the civic look, of the cover's band."""
    on_band: str
    article_size: int
    section_size: int
    article_rule: bool
    caps: bool
    margins: tuple[int, int, int, int]
    """Top, right, bottom, left, in twentieths of a point."""


LOOKS: Final[dict[str, Look]] = {
    "plain": Look(
        name="plain",
        body_font="Arial",
        head_font="Arial",
        size=20,
        line=276,
        ink="1B2733",
        quiet="51606E",
        rule="C3CAD1",
        band="EEF1F4",
        on_band="1B2733",
        article_size=27,
        section_size=21,
        article_rule=False,
        caps=False,
        margins=(1440, 1300, 1300, 1300),
    ),
    "civic": Look(
        name="civic",
        body_font="Times New Roman",
        head_font="Times New Roman",
        size=23,
        line=269,
        ink="173A5E",
        quiet="4A5560",
        rule="B08D3C",
        band="173A5E",
        on_band="FFFFFF",
        article_size=28,
        section_size=24,
        article_rule=True,
        caps=True,
        margins=(1500, 1440, 1360, 1440),
    ),
}
