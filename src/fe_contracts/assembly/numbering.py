"""Count: items of a section, exhibits that are there, and the numbers that labels end up with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.assembly import formatting
from fe_contracts.catalog.wording import Branch, ExhibitBlock, Loop, ParagraphNode
from fe_contracts.document.tree import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from fe_contracts.assembly.binding import Bound
    from fe_contracts.catalog.wording import Node
    from fe_contracts.model.condition import Facts

__all__ = ["Counters", "exhibits_in", "labels_in"]

_MARKS: tuple[Callable[[int], str], ...] = (
    formatting.letters,
    formatting.roman,
    lambda value: formatting.letters(value).upper(),
)
"""How numbered paragraphs count at each level: (a), (i), (A)."""


class Counters:
    """Count the items below one numbered heading, as Word's multilevel list counts them."""

    def __init__(self, number: str) -> None:
        self.number = number
        self._counts = [0] * len(_MARKS)

    def next(self, level: int) -> tuple[str, str]:
        """Return the next item's own number, `(b)`, and its whole number, `3.2(b)`."""
        self._counts[level] += 1
        self._counts[level + 1 :] = [0] * (len(_MARKS) - level - 1)
        marks = [f"({_MARKS[depth](count)})" for depth, count in enumerate(self._counts[: level + 1]) if count]
        return marks[-1], self.number + "".join(marks)


def exhibits_in(nodes: tuple[Node, ...], facts: Facts) -> Iterator[str]:
    """Yield the exhibits that a wording fills in one contract.

    Blocks under a condition on exhibits are passed over: which exhibits there are is what is being found out.
    """
    for node in nodes:
        if isinstance(node, ExhibitBlock):
            yield node.exhibit
        elif isinstance(node, Branch) and not any(fact.startswith("exhibit.") for fact in node.condition.facts):
            yield from exhibits_in(node.then if node.condition.judge(facts) else node.otherwise, facts)


def labels_in(
    nodes: tuple[Node, ...],
    facts: Facts,
    bound: Mapping[str, Bound],
    counters: Counters,
    part_number: Callable[[str], str],
) -> Iterator[tuple[str, str]]:
    """Yield each labelled paragraph of a wording with its whole number in one contract."""
    for node in nodes:
        match node:
            case ParagraphNode(role=Role.ITEM):
                _, full = counters.next(node.level)
                if node.label:
                    yield node.label, full
            case Branch():
                chosen = node.then if node.condition.judge(facts) else node.otherwise
                yield from labels_in(chosen, facts, bound, counters, part_number)
            case Loop():
                for _ in bound[node.parameter].value or ():
                    yield from labels_in(node.body, facts, bound, counters, part_number)
            case ExhibitBlock():
                inner = Counters(part_number(node.exhibit))
                yield from labels_in(node.body, facts, bound, inner, part_number)
