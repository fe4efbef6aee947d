"""Tell a difference between two contracts as Markdown, good to go into a council memo as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fe_contracts.compare.contract_changes import Level, SegmentKind
from fe_contracts.compare.shortening import shortened_pair
from fe_contracts.exchange.difference_text import HEADINGS, affected_in_words, reason_once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.compare.contract_changes import ContractChange, ContractDifference, Segment, Side

__all__ = ["difference_markdown"]

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&])")
_LONGEST = 300
_TABLES = (Level.PARAMETER, Level.OBLIGATION)


def _plain(text: str) -> str:
    """Return text that Markdown shows as it is, on one line; a character that would format it is escaped."""
    flat = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return re.sub(r"^(\d+)([.)] )", r"\1\\\2", re.sub(r"^([-+=])", r"\\\1", flat))


def difference_markdown(difference: ContractDifference, *, title: str = "") -> str:
    """Return the difference as Markdown (CommonMark with tables), headings from the first level down."""
    return "\n".join(_lines(difference, title)) + "\n"


def _lines(difference: ContractDifference, title: str) -> Iterator[str]:
    new = difference.new
    yield f"# {_plain(title or f'What changes in {new.title or new.contract_id}')}"
    yield ""
    yield "| | Old | New |"
    yield "| --- | --- | --- |"
    for label, before, after in _facts(difference.old, new):
        yield f"| {label} | {_plain(before)} | {_plain(after)} |"
    yield ""
    yield "## In plain words"
    yield ""
    yield from (f"- {_plain(sentence)}" for sentence in difference.summary)
    if difference.burden is not None and not difference.burden.same:
        yield from _burden(difference)
    told: set[tuple[str, str]] = set()
    for level, changes in difference.by_level().items():
        if changes:
            yield ""
            yield f"## {HEADINGS[level]}"
            yield ""
            yield from _table(changes) if level in _TABLES else _list(changes, told)
    yield from _ending(difference)


def _facts(old: Side, new: Side) -> Iterator[tuple[str, str, str]]:
    for label, name in (
        ("Contract", "contract_id"),
        ("Title", "title"),
        ("Term", "term"),
        ("Maximum amount", "total"),
        ("Clause library", "library"),
    ):
        before, after = getattr(old, name), getattr(new, name)
        if before or after:
            yield label, before, after


def _burden(difference: ContractDifference) -> Iterator[str]:
    if difference.burden is None:
        return
    yield ""
    yield "## Reporting"
    yield ""
    yield "| What the agency owes | Before | After |"
    yield "| --- | ---: | ---: |"
    yield from (f"| {_plain(label)} | {before} | {after} |" for label, before, after in difference.burden.rows)


def _about(change: ContractChange) -> str:
    return f"{', '.join(weight.value for weight in change.weights)}; {affected_in_words(change)}"


def _sections(change: ContractChange) -> str:
    return ", ".join(change.stands or ((change.number,) if change.number else ()))


def _table(changes: tuple[ContractChange, ...]) -> Iterator[str]:
    yield "| Section | Change | Old | New | About; affects |"
    yield "| --- | --- | --- | --- | --- |"
    for change in changes:
        sides = (_plain(side) for side in shortened_pair(change.old, change.new, _LONGEST))
        cells = (_plain(_sections(change)), _plain(change.what), *sides, _about(change))
        yield f"| {' | '.join(cells)} |"


def _list(changes: tuple[ContractChange, ...], told: set[tuple[str, str]]) -> Iterator[str]:
    for change in changes:
        where = f"Section {_plain(change.number)}. " if change.number else ""
        yield f"- {where}**{_plain(change.what)}** ({_about(change)})"
        if change.segments:
            yield f"  - {_marked(change.segments)}"
        if reason := reason_once(change, told):
            yield f"  - Why: {_plain(reason)}"
        yield from (f"  - {_plain(note)}" for note in change.notes)


def _marked(segments: tuple[Segment, ...]) -> str:
    """Return a paragraph with what went struck through and what came in bold."""
    told = []
    for segment in segments:
        core = segment.text.strip()
        mark = {SegmentKind.REMOVED: "~~", SegmentKind.ADDED: "**"}.get(segment.kind, "")
        before = " " if segment.text[:1].isspace() else ""
        after = " " if segment.text[-1:].isspace() else ""
        words = _SPECIAL.sub(r"\\\1", " ".join(core.split()))
        told.append(f"{before}{mark}{words}{mark}{after}" if core else " ")
    return "".join(told).strip()


def _ending(difference: ContractDifference) -> Iterator[str]:
    if difference.renumbered:
        yield ""
        yield "## Only renumbered"
        yield ""
        yield "; ".join(f"{item.old_number} is now {item.new_number}" for item in difference.renumbered)
    if difference.notes:
        yield ""
        yield "## Notes"
        yield ""
        yield from (f"- {_plain(f'{note.message} {note.remedy}')}" for note in difference.notes)
    if difference.left_out:
        yield ""
        noun = "change is" if difference.left_out == 1 else "changes are"
        yield f"*{difference.left_out} more {noun} not shown, because only some were asked for.*"
