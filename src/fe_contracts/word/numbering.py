r"""Number natively: the three lists bound to the styles, and the count that Word and LibreOffice will make of them.

One multilevel list numbers the body ("Article 1", "1.1", (a), (i), (A)), a second the exhibits ("Exhibit A", "A.1",
(a), (i), (A)), a third draws bullets. The writer counts along: where the number that Word will show is not the
number of the tree, nothing is written.

Why the level texts look as they do (tried in LibreOffice 7.4.7, which recomputes every REF when it converts):

* `REF … \w` to "Article 3" gives "Article 3", to "3.2" gives "3.2" (the level text holds the level above, so the
  article is not repeated), to item (b) of 3.2 gives "3.2(b)", to "Exhibit A" gives "Exhibit A", to "A.1" "A.1".
* A level text that ends in a full stop loses it in LibreOffice's REF, but not on the page; so no level text does.
* A style may be bound to one level of one list only; so items in exhibits have styles of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from fe_contracts.word.xml import attribute

__all__ = ["BODY", "BULLETS", "EXHIBITS", "Counter", "Level", "ListLook", "abstract_xml", "letter", "roman"]


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: the style it is bound to, its number format and its text."""

    style: str
    format: str
    text: str


BODY: Final = (
    Level("heading 1", "decimal", "Article %1"),
    Level("heading 2", "decimal", "%1.%2"),
    Level("Clause Item 1", "lowerLetter", "(%3)"),
    Level("Clause Item 2", "lowerRoman", "(%4)"),
    Level("Clause Item 3", "upperLetter", "(%5)"),
)
EXHIBITS: Final = (
    Level("Exhibit Heading", "upperLetter", "Exhibit %1"),
    Level("Exhibit Section", "decimal", "%1.%2"),
    Level("Exhibit Item 1", "lowerLetter", "(%3)"),
    Level("Exhibit Item 2", "lowerRoman", "(%4)"),
    Level("Exhibit Item 3", "upperLetter", "(%5)"),
)
BULLETS: Final = (
    Level("Clause Bullet 1", "bullet", "\N{BULLET}"),
    Level("Clause Bullet 2", "bullet", "\N{EN DASH}"),
    Level("Clause Bullet 3", "bullet", "\N{WHITE BULLET}"),
)


@dataclass(frozen=True, slots=True)
class ListLook:
    """How a level stands on the page, taken from the style it is bound to."""

    style_id: str
    indent: str
    """The `w:ind` of the style, as XML; empty if it has none."""
    centred: bool = False


def abstract_xml(number: int, levels: tuple[Level, ...], looks: tuple[ListLook, ...], nsid: str) -> str:
    """Return the definition of one list."""
    drawn = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{level.format}"/>'
        f'<w:pStyle w:val="{attribute(look.style_id)}"/><w:suff w:val="{"space" if look.centred else "tab"}"/>'
        f'<w:lvlText w:val="{level.text}"/><w:lvlJc w:val="left"/>'
        + (f"<w:pPr>{look.indent}</w:pPr>" if look.indent else "")
        + "</w:lvl>"
        for place, (level, look) in enumerate(zip(levels, looks, strict=True))
    )
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{nsid}"/><w:multiLevelType w:val="multilevel"/>'
        f"{drawn}</w:abstractNum>"
    )


def letter(count: int) -> str:
    """Return the count in letters as Word counts: a to z, then aa, bb."""
    place, turns = (count - 1) % 26, (count - 1) // 26 + 1
    return chr(ord("a") + place) * turns


_ROMAN: Final = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def roman(count: int) -> str:
    """Return the count in small Roman figures: i, ii, iii, iv."""
    pieces = []
    for value, sign in _ROMAN:
        turns, count = divmod(count, value)
        pieces.append(sign * turns)
    return "".join(pieces)


@dataclass(slots=True)
class Counter:
    """Count as Word does: a level goes up by one and sets all deeper levels back."""

    exhibits: bool = False
    counts: list[int] = field(default_factory=lambda: [0] * 5)

    def next(self, level: int) -> str:
        """Count one paragraph of this level and return its whole number: "Article 3", "3.2", "3.2(b)"."""
        counts = self.counts
        counts[level] += 1
        for deeper in range(level + 1, 5):
            counts[deeper] = 0
        if level == 0:
            return f"Exhibit {letter(counts[0]).upper()}" if self.exhibits else f"Article {counts[0]}"
        first = letter(counts[0]).upper() if self.exhibits else str(counts[0])
        whole = f"{first}.{counts[1]}"
        if level >= 2:
            whole += f"({letter(counts[2])})" if counts[2] else "(?)"
        if level >= 3:
            whole += f"({roman(counts[3])})" if counts[3] else "(?)"
        if level == 4:
            whole += f"({letter(counts[4]).upper()})"
        return whole
