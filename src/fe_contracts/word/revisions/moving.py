"""Find paragraphs that left one place and stand in another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from fe_contracts.compare.blocks import Block, BlockKind, StepKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fe_contracts.compare.blocks import Step

__all__ = ["Moves", "moves"]

_WORDS: Final = 4
"""How many words a paragraph must have to be seen as moved: short ones repeat."""


class Moves(NamedTuple):
    """Which of the blocks that are gone stand elsewhere, by the name of their move."""

    left: dict[int, str]
    arrived: dict[int, str]


def moves(
    steps: Sequence[Step], old: Sequence[Block[Any]], new: Sequence[Block[Any]], name_of: Callable[[], str]
) -> Moves:
    """Return which paragraphs or rows moved: gone here and fresh there, with the same words."""
    found = Moves({}, {})
    waiting: dict[tuple[object, ...], list[int]] = {}
    for step in steps:
        if step.kind is StepKind.GONE and _movable(old[step.old]):
            waiting.setdefault(tuple(old[step.old].line.keys), []).append(step.old)
    if not waiting:
        return found
    for step in steps:
        if step.kind is StepKind.FRESH and _movable(new[step.new]):
            places = waiting.get(tuple(new[step.new].line.keys))
            if places:
                name = name_of()
                found.left[places.pop(0)] = name
                found.arrived[step.new] = name
    return found


def _movable(block: Block[Any]) -> bool:
    return block.kind is not BlockKind.TABLE and not block.line.mark and sum(block.line.words) >= _WORDS
