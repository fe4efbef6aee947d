"""Hold a citation of the law as an object: title, part, section and paragraphs, however it was written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Cite", "Code", "Unit"]


class Code(StrEnum):
    """Which body of law or guidance is cited, as it is written."""

    CFR = "CFR"
    USC = "U.S.C."
    FR = "FR"
    EO = "Executive Order"
    LAW = "Pub. L."
    HUD = "HUD Notice"
    OMB = "OMB Memorandum"


class Unit(StrEnum):
    """What the number of a citation counts."""

    SECTION = "section"
    """A section; also a page, an order, a law or a notice, which have no parts that matter here."""
    PART = "part"
    CHAPTER = "chapter"
    SUBTITLE = "subtitle"


@dataclass(frozen=True, slots=True, order=True)
class Cite:
    """One citation in its normal form: equal if it cites the same, however it was written."""

    code: Code
    title: int
    """The title of the CFR or U.S.C., the volume of the FR, the Congress of a law; 0 where there is none."""
    number: str
    """The section (`200.332`), part (`87`), page, order, law or notice."""
    unit: Unit = Unit.SECTION
    division: str = ""
    """`Appendix II` or `subpart E` of a part."""
    paragraphs: tuple[str, ...] = ()
    """The paragraphs, from the outermost: `("b", "1", "i")`."""
    until: str = ""
    """The last of a range: of paragraphs beside the innermost one, or of sections where there is none."""

    @classmethod
    def parse(cls, text: str) -> Cite:
        """Return the citation that a text is.

        Raises:
            ValueError: if the text is no citation, holds more than one, or says more.
        """
        from fe_contracts.catalog.citations import find_citations

        text = text.strip()
        found = find_citations(text)
        if len(found) == 1 and found[0].start == 0 and found[0].end == len(text):
            return found[0].cite
        message = f"{text!r} is not one citation; write it as in '2 CFR 200.332(b)(1)' or '15 U.S.C. 1681b(a)(2)'"
        raise ValueError(message)

    @property
    def part(self) -> str:
        """Return the part of the CFR that holds it; empty elsewhere."""
        return self.number.partition(".")[0] if self.code is Code.CFR and self.unit is not Unit.CHAPTER else ""

    @property
    def section(self) -> str:
        """Return the section, without its paragraphs; empty for a whole part."""
        return self.number if self.unit is Unit.SECTION else ""

    def overlaps(self, other: Cite) -> bool:
        """Return whether one of the two lies within the other: the same, a paragraph of it, or a section of it."""
        if (self.code, self.title) != (other.code, other.title):
            return False
        if Unit.PART in {self.unit, other.unit} and self.part == other.part:
            return self.unit != other.unit or _within(self.division, other.division)
        if self.unit != other.unit:
            return False
        if self.number != other.number:
            return other in _Sections(self) or self in _Sections(other)
        mine, theirs = self._fixed, other._fixed
        shorter = min(len(mine), len(theirs))
        return mine[:shorter] == theirs[:shorter]

    @property
    def _fixed(self) -> tuple[str, ...]:
        """Return the paragraphs that all of a range share."""
        return self.paragraphs[:-1] if self.until and self.paragraphs else self.paragraphs

    def __str__(self) -> str:
        """Return the normal form: `2 CFR 200.332(b)(1)(i)-(xiv)`, `24 CFR part 87`, `Executive Order 14224`."""
        match self.code:
            case Code.EO | Code.HUD | Code.OMB:
                return f"{self.code.value} {self.number}"
            case Code.LAW:
                return f"{self.code.value} {self.title}-{self.number}"
            case _:
                unit = "" if self.unit is Unit.SECTION else f"{self.unit.value} "
                division = f", {self.division}" if self.division else ""
                paragraphs = "".join(f"({name})" for name in self.paragraphs)
                last = f"-({self.until})" if self.paragraphs else f"-{self.until}"
                until = last if self.until else ""
                return f"{self.title} {self.code.value} {unit}{self.number}{division}{paragraphs}{until}"


@dataclass(frozen=True, slots=True)
class _Sections:
    """The sections from one to another of the same part."""

    cite: Cite

    def __contains__(self, other: object) -> bool:
        first, last = self.cite.number, self.cite.until
        if not isinstance(other, Cite) or not last or self.cite.paragraphs:
            return False
        low, value, high = (_section_key(number) for number in (first, other.number, last))
        return low is not None and value is not None and high is not None and low <= value <= high


def _section_key(number: str) -> tuple[int, ...] | None:
    """Return a section's number as numbers, or nothing where letters are in it."""
    parts = number.split(".")
    return tuple(int(part) for part in parts) if all(part.isdigit() for part in parts) else None


def _within(one: str, other: str) -> bool:
    return not one or not other or one == other
