"""Hold a clause version's wording as a tree: parsed once per catalog, filled once per contract."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fe_contracts.document.tree import Role, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.model.condition import Condition

__all__ = [
    "Branch",
    "ExhibitBlock",
    "Filter",
    "Loop",
    "Node",
    "ParagraphNode",
    "Piece",
    "Placeholder",
    "ReferenceNode",
    "TableNode",
    "Wording",
    "walk",
]


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of a placeholder and its arguments."""

    name: str
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A parameter, or a column of the row at hand, and how to show it."""

    path: tuple[str, ...]
    filters: tuple[Filter, ...]
    bold: bool
    italic: bool
    line: int


@dataclass(frozen=True, slots=True)
class ReferenceNode:
    """A reference by clause, exhibit or article id; `fallback` are words for when it is not in the contract."""

    target: str
    """`FE-04`, `FE-04#plan`, `#plan`, `exhibit:scope`, `FE-04@scope` or `article:services`."""
    fallback: tuple[Text, ...]
    line: int


Piece = Text | Placeholder | ReferenceNode


@dataclass(frozen=True, slots=True)
class ParagraphNode:
    """A paragraph of wording."""

    pieces: tuple[Piece, ...]
    role: Role
    level: int
    label: str
    line: int
    fixed: bool
    """Whether it holds text alone, so that it reads the same in every contract."""


@dataclass(frozen=True, slots=True)
class TableNode:
    """A table parameter drawn in this place."""

    parameter: str
    line: int


@dataclass(frozen=True, slots=True)
class Branch:
    """Wording that stands under a condition, and what stands there otherwise."""

    condition: Condition
    then: tuple[Node, ...]
    otherwise: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Loop:
    """Wording that repeats for each entry of a list or row of a table."""

    variable: str
    parameter: str
    body: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class ExhibitBlock:
    """Wording that goes into an exhibit as a part of its own."""

    exhibit: str
    title: tuple[Piece, ...]
    body: tuple[Node, ...]
    line: int


Node = ParagraphNode | TableNode | Branch | Loop | ExhibitBlock


@dataclass(frozen=True, slots=True)
class Wording:
    """The whole wording of one clause version."""

    nodes: tuple[Node, ...]


def walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Yield every node, outer before inner, in the order of the text."""
    for node in nodes:
        yield node
        match node:
            case Branch():
                yield from walk(node.then)
                yield from walk(node.otherwise)
            case Loop() | ExhibitBlock():
                yield from walk(node.body)
