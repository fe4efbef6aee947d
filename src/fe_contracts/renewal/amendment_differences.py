"""Find the instructions that make one contract of another: small ones where they say it all, restatements elsewhere."""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from fe_contracts.document.tree import Origin, OriginKind, Text, plain_text
from fe_contracts.model.amendment import SentenceForm as F
from fe_contracts.renewal.amendment_applying import apply, apply_to_part
from fe_contracts.renewal.amendment_instructions import Instruction
from fe_contracts.renewal.amendment_layout import division_name, layout_of, part_of
from fe_contracts.renewal.amendment_paragraphs import inside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from fe_contracts.document.tree import Article, Clause, Contract, Exhibit, ExhibitPart

__all__ = ["Inexpressible", "instructions_between"]

_SMALL = 0.6
"""If instructions would touch a larger share of a section's paragraphs, the section is restated."""


class Inexpressible(Exception):  # noqa: N818 - never leaves the package: it becomes a finding
    """The difference between two contracts is more than an amendment's sentences can say."""


def instructions_between(
    old: Contract, new: Contract, reason: Callable[[str, str, str], str]
) -> tuple[Instruction, ...]:
    """Return what an amendment must say, proved by applying it.

    `reason` says why the library has a clause version: clause, old version, new version.

    Raises:
        Inexpressible: if what it says would not give the new contract.
    """
    found: list[Instruction] = []
    for one, other in ((old.articles, new.articles), (old.exhibits, new.exhibits)):
        found += _divisions(one, other, reason)
    found += _frame(old, new)
    target = layout_of(new)
    try:
        made = apply(layout_of(old), found, signers=target.signers)
    except (LookupError, ValueError) as error:
        raise Inexpressible(str(error)) from error
    if made != target:
        raise Inexpressible(_first_difference(made.divisions, target.divisions))
    return tuple(found)


def _first_difference(made: Sequence[object], wanted: Sequence[object]) -> str:
    """Return where the instructions do not give the new contract."""
    for one, other in zip(made, wanted, strict=False):
        if one != other:
            return f"it differs in {getattr(other, 'title', 'a division')}"
    return "it differs in its cover or in the order of its parts"


def _frame(old: Contract, new: Contract) -> Iterator[Instruction]:
    """Yield what changes outside the clauses: title, cover, signatures."""
    if old.title != new.title:
        yield Instruction(F.TITLE_REPLACED, "", old=old.title, new=new.title)
    before, after = dict(old.cover), dict(new.cover)
    for label, value in old.cover:
        if label not in after:
            yield Instruction(F.COVER_REMOVED, label, old=value)
        elif after[label] != value:
            yield Instruction(F.COVER_REPLACED, label, old=value, new=after[label])
    for label, value in new.cover:
        if label not in before:
            yield Instruction(F.COVER_ADDED, label, new=value)
    if layout_of(old).signers != layout_of(new).signers:
        yield Instruction(F.SIGNERS_REPLACED, "")


def _key(division: Article | Exhibit) -> str:
    return getattr(division, "article_id", "") or getattr(division, "exhibit_id", "")


def _owners(division: Article | Exhibit) -> tuple[Clause | ExhibitPart, ...]:
    return getattr(division, "clauses", ()) or getattr(division, "parts", ())


def _divisions(
    old: Sequence[Article | Exhibit], new: Sequence[Article | Exhibit], reason: Callable[[str, str, str], str]
) -> Iterator[Instruction]:
    before, after = {_key(item): item for item in old}, {_key(item): item for item in new}
    for key, division in before.items():
        if key not in after:
            yield Instruction(F.DIVISION_REMOVED, division_name(division), plain_text(division.title))
    anchor: Article | Exhibit | None = None
    for key, division in after.items():
        if key in before:
            anchor = before[key]
            yield from _division(anchor, division, reason)
            continue
        form = F.DIVISION_ADDED_AFTER if anchor is not None else F.DIVISION_ADDED_FIRST
        kind = "article" if hasattr(division, "article_id") else "exhibit"
        yield Instruction(
            form,
            division_name(anchor) if anchor else "",
            plain_text(anchor.title) if anchor else "",
            new=plain_text(division.title),
            inlines=(Text(f"{division_name(division)}, ", Origin(OriginKind.STRUCTURE, "number")), *division.title),
            sections=_owners(division),
            exhibit=f"{kind}:{key}",
        )


def _division(
    old: Article | Exhibit, new: Article | Exhibit, reason: Callable[[str, str, str], str]
) -> Iterator[Instruction]:
    if plain_text(old.title) != plain_text(new.title):
        yield Instruction(F.HEADING_REPLACED, division_name(old), old=plain_text(old.title), new=plain_text(new.title))
    exhibit = getattr(old, "exhibit_id", "")
    before, after = _owners(old), _owners(new)
    matcher = SequenceMatcher(
        None, [item.instance for item in before], [item.instance for item in after], autojunk=False
    )
    anchor: Clause | ExhibitPart | None = None
    for _, a, b, c, d in matcher.get_opcodes():
        if b - a == d - c and all(x.instance == y.instance for x, y in zip(before[a:b], after[c:d], strict=True)):
            for one, other in zip(before[a:b], after[c:d], strict=True):
                yield from _section(one, other, exhibit, reason)
            anchor = before[b - 1]
            continue
        for gone in before[a:b]:
            yield Instruction(
                F.SECTION_REMOVED, gone.number, plain_text(gone.title), instance=gone.instance, exhibit=exhibit
            )
        if c < d:
            yield Instruction(
                F.SECTION_ADDED_AFTER if anchor else F.SECTION_ADDED_FIRST,
                anchor.number if anchor else division_name(old),
                plain_text(anchor.title) if anchor else plain_text(old.title),
                sections=after[c:d],
                instance=after[c].instance,
                exhibit=exhibit,
            )


def _section(
    old: Clause | ExhibitPart, new: Clause | ExhibitPart, exhibit: str, reason: Callable[[str, str, str], str]
) -> Iterator[Instruction]:
    """Yield what makes one section of another: nothing, a few sentences, or the section restated."""
    before, after = part_of(old), part_of(new)
    if before == after:
        return
    heading = plain_text(old.title)
    base = Instruction(F.SECTION_REPLACED, old.number, heading, instance=new.instance, exhibit=exhibit)
    if old.version == new.version and not getattr(new, "reserved", False):
        small = list(inside(old, new, base))
        if before.title != after.title:
            title = Instruction(F.HEADING_REPLACED, old.number, heading, old=heading, new=plain_text(new.title))
            small.insert(0, replace(title, instance=new.instance, exhibit=exhibit))
        if small and len(small) <= max(3, _SMALL * len(before.lines)) and _gives(before, small, after):
            yield from small
            return
    why = reason(new.clause_id, old.version, new.version) if old.version != new.version else ""
    yield replace(base, new=plain_text(new.title), blocks=new.blocks, reason=why, sections=())


def _gives(before: object, small: Sequence[Instruction], after: object) -> bool:
    """Return whether the small instructions make the one section of the other."""
    try:
        return apply_to_part(before, small) == after  # type: ignore[arg-type]
    except (LookupError, ValueError):
        return False
