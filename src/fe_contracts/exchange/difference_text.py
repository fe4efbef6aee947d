"""Tell a difference between two contracts as plain text: headings by level, one change a paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from fe_contracts.compare.contract_changes import Affected, Level, SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.compare.contract_changes import ContractChange, ContractDifference, Segment, Side

__all__ = [
    "HEADINGS",
    "Look",
    "TextLine",
    "affected_in_words",
    "difference_lines",
    "difference_text",
    "marked_words",
    "reason_once",
]

HEADINGS = {
    Level.CLAUSE: "Clauses",
    Level.VERSION: "Clause versions",
    Level.PARAMETER: "Values",
    Level.OBLIGATION: "Obligations",
    Level.WORDING: "Wording",
}
"""What each level is called above its changes."""

_WHO = {
    Affected.AGENCY: "the agency",
    Affected.CITY: "the city",
    Affected.BOTH: "the agency and the city",
    Affected.CLIENTS: "clients",
}
_LONG = 160


class Look(StrEnum):
    """How a line is to look, for whoever prints it in colours."""

    TITLE = "title"
    PLAIN = "plain"
    MATERIAL = "material"
    EDITORIAL = "editorial"
    DETAIL = "detail"


@dataclass(frozen=True, slots=True)
class TextLine:
    """One paragraph of the text: its words, its look, how far it stands in."""

    text: str = ""
    look: Look = Look.PLAIN
    indent: int = 0


def affected_in_words(change: ContractChange) -> str:
    """Return whom a change affects: `the agency and clients`."""
    names = [name for item in change.affected for name in _WHO[item].split(" and ")]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def marked_words(segments: tuple[Segment, ...]) -> str:
    """Return the words of a paragraph with [-what went-] and {+what came+}; long stretches that stayed are cut."""
    told = []
    for place, segment in enumerate(segments):
        match segment.kind:
            case SegmentKind.REMOVED:
                told.append(f"[-{segment.text}-]")
            case SegmentKind.ADDED:
                told.append(f"{{+{segment.text}+}}")
            case _:
                told.append(_shortened(segment.text, place == 0, place == len(segments) - 1))
    return "".join(told)


def _shortened(text: str, first: bool, last: bool) -> str:  # noqa: FBT001 - where it stands among the others
    """Return words that stayed, without the middle of a long stretch, or its outer part at either end."""
    if len(text) <= _LONG:
        return text
    half = _LONG // 2
    head, tail = text[:half].rpartition(" ")[0], text[-half:].partition(" ")[2]
    return f"{'' if first else head}… {'' if last else tail}".strip() + (" " if not last and not tail else "")


def _side(label: str, side: Side) -> str:
    known = [side.contract_id, side.title, side.library]
    return f"{label:<5}{side.label}: {', '.join(item for item in known if item)}"


def difference_lines(difference: ContractDifference) -> Iterator[TextLine]:
    """Yield the paragraphs of the text, in order."""
    yield TextLine("What changed", Look.TITLE)
    yield TextLine(_side("old", difference.old), indent=2)
    yield TextLine(_side("new", difference.new), indent=2)
    yield TextLine()
    yield TextLine("In plain words", Look.TITLE)
    for sentence in difference.summary:
        yield TextLine(sentence, indent=2)
    told: set[tuple[str, str]] = set()
    for level, changes in difference.by_level().items():
        if changes:
            yield TextLine()
            yield TextLine(f"{HEADINGS[level]} ({len(changes)})", Look.TITLE)
            for change in changes:
                yield from _change(change, reason_once(change, told))
    yield from _ending(difference)


def reason_once(change: ContractChange, told: set[tuple[str, str]]) -> str:
    """Return why a clause changed, the first time it is asked for; `told` keeps what was said before."""
    key = (change.instance, change.reason)
    if key in told:
        return ""
    told.add(key)
    return change.reason


def _change(change: ContractChange, reason: str) -> Iterator[TextLine]:
    sections = change.stands or ((change.number,) if change.number else ())
    where = f"{', '.join(sections)}  " if sections else ""
    look = Look.MATERIAL if change.material else Look.EDITORIAL
    yield TextLine(f"{where}{change.what}", look, 2)
    about = ", ".join(weight.value for weight in change.weights)
    yield TextLine(f"{about}; affects {affected_in_words(change)}", Look.DETAIL, 6)
    if change.segments:
        yield TextLine(marked_words(change.segments), indent=6)
    if reason:
        yield TextLine(f"Why: {reason}", Look.DETAIL, 6)
    for note in change.notes:
        yield TextLine(note, Look.DETAIL, 6)


def _ending(difference: ContractDifference) -> Iterator[TextLine]:
    if difference.renumbered:
        yield TextLine()
        yield TextLine("Only renumbered", Look.TITLE)
        told = (f"{item.old_number} is now {item.new_number}" for item in difference.renumbered)
        yield TextLine("; ".join(told), indent=2)
    if difference.left_out:
        yield TextLine()
        count = difference.left_out
        noun = "change is" if count == 1 else "changes are"
        yield TextLine(f"{count} more {noun} not shown, because only some were asked for.")


def difference_text(difference: ContractDifference) -> str:
    """Return the difference as plain text, without colours and unwrapped."""
    return "\n".join(" " * line.indent + line.text for line in difference_lines(difference)) + "\n"
