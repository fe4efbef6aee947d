"""Apply an amendment's instructions to the contract as it was: the proof that its sentences leave nothing out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fe_contracts.model.amendment import SentenceForm as F
from fe_contracts.renewal.amendment_layout import Division, Layout, Line, Part, line_of, part_of, scope, times

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fe_contracts.renewal.amendment_instructions import Instruction

__all__ = ["apply", "apply_to_part"]


@dataclass(slots=True)
class _Section:
    """A section while it is being changed; new lines have no number yet."""

    part: Part
    lines: list[Line]
    gone: bool = False


@dataclass(slots=True)
class _Division:
    name: str
    title: str
    sections: list[_Section]
    key: str = ""
    gone: bool = False


@dataclass(slots=True)
class _State:
    """The whole contract while it is being changed."""

    title: str
    cover: list[tuple[str, str]]
    divisions: list[_Division]
    signers: tuple[tuple[str, ...], ...]


def apply(layout: Layout, instructions: Iterable[Instruction], *, signers: tuple[tuple[str, ...], ...]) -> Layout:
    """Return the contract after the amendment; `signers` are the people on the amendment's own signature page.

    Raises:
        LookupError: if an instruction names a place that the contract does not have.
        ValueError: if words to be replaced do not stand exactly once at their place.
    """
    state = _State(
        layout.title, list(layout.cover), [_opened(division) for division in layout.divisions], layout.signers
    )
    for instruction in instructions:
        _do(state, instruction, signers)
    divisions = tuple(_closed(item) for item in state.divisions if not item.gone)
    return Layout(state.title, tuple(state.cover), divisions, state.signers)


def apply_to_part(part: Part, instructions: Iterable[Instruction]) -> Part:
    """Return one section after the instructions that touch it."""
    section = _Section(part, list(part.lines))
    for instruction in instructions:
        _on_section(section, instruction)
    return replace(section.part, lines=tuple(section.lines))


def _opened(division: Division) -> _Division:
    sections = [_Section(part, list(part.lines)) for part in division.parts]
    return _Division(division.name, division.title, sections, division.key)


def _closed(division: _Division) -> Division:
    parts = tuple(replace(item.part, lines=tuple(item.lines)) for item in division.sections if not item.gone)
    return Division(division.name, division.title, parts, division.key)


def _do(state: _State, instruction: Instruction, signers: tuple[tuple[str, ...], ...]) -> None:
    match instruction.form:
        case F.COVER_REPLACED | F.COVER_ADDED | F.COVER_REMOVED:
            _cover(state, instruction)
        case F.TITLE_REPLACED:
            state.title = instruction.new
        case F.SIGNERS_REPLACED:
            state.signers = signers
        case F.DIVISION_ADDED_AFTER | F.DIVISION_ADDED_FIRST:
            _add_division(state, instruction)
        case _ if instruction.place.startswith(("Article ", "Exhibit ")):
            _on_division(_division(state, instruction.place), instruction)
        case _:
            _in_a_section(state, instruction)


def _cover(state: _State, instruction: Instruction) -> None:
    labels = [label for label, _ in state.cover]
    line = (instruction.place, instruction.new)
    match instruction.form:
        case F.COVER_REPLACED:
            state.cover[labels.index(instruction.place)] = line
        case F.COVER_REMOVED:
            del state.cover[labels.index(instruction.place)]
        case _:
            state.cover.append(line)


def _division(state: _State, name: str) -> _Division:
    found = next((item for item in state.divisions if item.name == name), None)
    if found is None:
        message = f"the contract has no {name}"
        raise LookupError(message)
    return found


def _added(instruction: Instruction) -> list[_Section]:
    parts = [replace(part_of(owner), number="") for owner in instruction.sections]  # their numbers are of afterwards
    return [_Section(part, list(part.lines)) for part in parts]


def _add_division(state: _State, instruction: Instruction) -> None:
    kind = instruction.exhibit.partition(":")[0]
    if instruction.form is F.DIVISION_ADDED_AFTER:
        place = state.divisions.index(_division(state, instruction.place)) + 1
    else:
        own = (at for at, item in enumerate(state.divisions) if item.key.startswith(f"{kind}:"))
        place = next(own, 0 if kind == "article" else len(state.divisions))
    while place < len(state.divisions) and not state.divisions[place].name:  # those added there before it
        place += 1
    state.divisions.insert(place, _Division("", instruction.new, _added(instruction), instruction.exhibit))


def _on_division(division: _Division, instruction: Instruction) -> None:
    match instruction.form:
        case F.HEADING_REPLACED:
            division.title = instruction.new
        case F.DIVISION_REMOVED:
            division.gone = True
        case _:
            division.sections[:0] = _added(instruction)


def _in_a_section(state: _State, instruction: Instruction) -> None:
    number = instruction.place.partition("(")[0]
    for division in state.divisions:
        for at, section in enumerate(division.sections):
            if section.part.number == number and division.name:
                if instruction.form is F.SECTION_ADDED_AFTER:
                    division.sections[at + 1 : at + 1] = _added(instruction)
                elif instruction.form is F.SECTION_REMOVED:
                    section.gone = True
                else:
                    _on_section(section, instruction)
                return
    message = f"the contract has no section {number}"
    raise LookupError(message)


def _on_section(section: _Section, instruction: Instruction) -> None:
    lines, new = section.lines, [replace(line_of(block), number="") for block in instruction.blocks]
    match instruction.form:
        case F.HEADING_REPLACED:
            section.part = replace(section.part, title=instruction.new)
        case F.SECTION_REPLACED:
            section.part = replace(section.part, title=instruction.new)
            section.lines = new
        case F.TABLE_REPLACED:
            places = [at for at, line in enumerate(lines) if line.kind == "table"]
            lines[places[instruction.table - 1]] = new[0]
        case F.PARAGRAPH_REPLACED:
            here = scope(lines, instruction.place, section.part.number)
            new[0] = replace(new[0], number=instruction.place)
            lines[here.start : here.stop] = new
        case F.PARAGRAPH_ADDED_AFTER:
            here = scope(lines, instruction.place, section.part.number)
            lines[here.stop : here.stop] = new
        case F.PARAGRAPH_ADDED_BEFORE:
            here = scope(lines, instruction.place, section.part.number)
            lines[here.start : here.start] = new
        case F.PARAGRAPH_REMOVED:
            here = scope(lines, instruction.place, section.part.number)
            del lines[here.start : here.stop]
        case _:
            _reword(lines, instruction, section.part.number)


def _reword(lines: list[Line], instruction: Instruction, section: str) -> None:
    """Put words in the place of others, which must stand there once."""
    here = [at for at in scope(lines, instruction.place, section) if lines[at].kind != "table"]
    counts = {at: times(instruction.old, lines[at].text) for at in here}
    if sum(counts.values()) != 1:
        message = f"{instruction.old!r} stands {sum(counts.values())} times at {instruction.place}"
        raise ValueError(message)
    at = next(at for at, count in counts.items() if count)
    lines[at] = replace(lines[at], text=lines[at].text.replace(instruction.old, instruction.new))
