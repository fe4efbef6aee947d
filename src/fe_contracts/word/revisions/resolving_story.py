"""Resolve the tracked changes of one part: what is not in the reading goes, what is loses its marks.

One pass finds every element that records a change; the rest of the work is on those alone, in the order of the
document, so that what stands in something removed is out of the way before anybody asks for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fe_contracts.word.revisions.resolving_content import Story, drop, prune, remove, tidy, unwrap
from fe_contracts.word.revisions.resolving_controls import resolve_controls
from fe_contracts.word.revisions.resolving_extents import drop_emptied, filled
from fe_contracts.word.revisions.resolving_names import MATH, ORDER, Role, Side, role
from fe_contracts.word.revisions.resolving_paragraphs import run_together
from fe_contracts.word.revisions.resolving_properties import resolve_merge, resolve_record
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lxml import etree

__all__ = ["changes_in", "resolve_story"]

_TEXT_AGAIN: Final = {w("delText"): w("t"), w("delInstrText"): w("instrText")}
_MARKED: Final = {w("tr"), w("tc"), w("r")}
_DELETIONS: Final = {w("del"), w("moveFrom")}


def changes_in(root: etree._Element) -> list[etree._Element]:
    """Return every element of a part that records a change, in the order of the document."""
    return list(root.iter(*ORDER))


def resolve_story(root: etree._Element, changes: Sequence[etree._Element], story: Story) -> dict[Role, int]:
    """Resolve these changes of a part; return how many of each role could not be put back as they were."""
    by_role: dict[Role, list[etree._Element]] = {}
    for change in changes:
        by_role.setdefault(role(change), []).append(change)
    held = filled(root)
    undone = {}
    if Role.CONTROL_RANGE in by_role:
        undone[Role.CONTROL_RANGE] = len(resolve_controls(root, by_role[Role.CONTROL_RANGE], story.side))
    for what, resolve in _STEPS:
        for change in by_role.get(what, ()):
            resolve(change, story)
    marked = [change for change in by_role.get(Role.PARAGRAPH, ()) if change.getparent() is not None]
    _resolve_marks(marked, story)
    for record in by_role.get(Role.RECORD, ()):
        resolve_record(record, story.side)
    drop_emptied(root, held)
    if story.side is Side.REJECT:
        undone[Role.NUMBER_RECORD] = len(by_role.get(Role.NUMBER_RECORD, ()))
    undone[Role.CONFLICT] = len(by_role.get(Role.CONFLICT, ()))
    return {what: number for what, number in undone.items() if number}


def _resolve_mark(mark: etree._Element, story: Story) -> None:
    """Resolve a mark among the properties of what it marks: a row, a cell, a run."""
    properties = mark.getparent()
    marked = None if properties is None else properties.getparent()
    if marked is not None and marked.tag in _MARKED and mark.tag in story.side.gone:
        remove(marked, story)
    else:
        drop(mark)
        prune(properties)


def _resolve_merge(mark: etree._Element, story: Story) -> None:
    resolve_merge(mark, story.side)


def _resolve_content(change: etree._Element, story: Story) -> None:
    if change.tag in story.side.gone:
        remove(change, story)
        return
    if change.tag in _DELETIONS:
        for text in list(change.iter(*_TEXT_AGAIN)):
            text.tag = _TEXT_AGAIN[text.tag]
    unwrap(change)


def _resolve_numbering(mark: etree._Element, story: Story) -> None:
    numbering = mark.getparent()
    if numbering is None:
        return
    gone = mark.tag in story.side.gone
    properties = numbering.getparent()
    drop(numbering if gone else mark)
    prune(properties if gone else numbering)


def _resolve_math_run(mark: etree._Element, story: Story) -> None:
    if mark.tag not in story.side.gone:
        unwrap(mark)
        return
    for run in mark.iterancestors(f"{{{MATH}}}r"):
        remove(run, story)
        return


def _resolve_math_object(mark: etree._Element, story: Story) -> None:
    """Resolve the mark of a fraction or root: its own characters go, what stands in it has marks of its own."""
    control = next(mark.iterancestors(f"{{{MATH}}}ctrlPr"), None)
    properties = None if control is None else control.getparent()
    formula = None if properties is None else properties.getparent()
    outer = None if formula is None else formula.getparent()
    whole = properties is not None and properties.tag.endswith("Pr")  # otherwise the mark of an argument
    if mark.tag not in story.side.gone or not whole:
        unwrap(mark)
        prune(control)
    elif formula is not None and outer is not None:
        for argument in _arguments(formula):
            for child in list(argument.iterchildren("{*}*")):
                if not child.tag.endswith("Pr"):
                    formula.addprevious(child)
        drop(formula)
        tidy(outer)


def _arguments(formula: etree._Element) -> list[etree._Element]:
    """Return what a structure of a formula is made of: numerator and denominator, the cells of a matrix."""
    found = []
    for child in formula.iterchildren("{*}*"):
        if child.tag == f"{{{MATH}}}mr":
            found += list(child.iterchildren("{*}*"))
        elif not child.tag.endswith("Pr"):
            found.append(child)
    return found


def _drop(mark: etree._Element, story: Story) -> None:
    del story
    parent = mark.getparent()
    drop(mark)
    prune(parent)


def _resolve_marks(marks: Sequence[etree._Element], story: Story) -> None:
    """Resolve the marks at the ends of paragraphs."""
    gone: dict[etree._Element, None] = {}
    for mark in marks:
        paragraph = next(mark.iterancestors(w("p")), None)
        if paragraph is not None and mark.tag in story.side.gone:
            gone[paragraph] = None
        properties = mark.getparent()
        drop(mark)
        prune(properties)
    run_together(list(gone))


_STEPS: Final[tuple[tuple[Role, Callable[[etree._Element, Story], None]], ...]] = (
    (Role.ROW, _resolve_mark),
    (Role.CELL, _resolve_mark),
    (Role.MERGE, _resolve_merge),
    (Role.RUN, _resolve_mark),
    (Role.CONTENT, _resolve_content),
    (Role.MATH_RUN, _resolve_math_run),
    (Role.MATH_OBJECT, _resolve_math_object),
    (Role.NUMBERING, _resolve_numbering),
    (Role.NUMBER_RECORD, _drop),
    (Role.MOVE_RANGE, _drop),
    (Role.OLD, _drop),
)
"""What is resolved after what: the large before the small, paragraphs and properties last."""
