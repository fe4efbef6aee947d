"""Hold what a comparison needs to know of a paragraph or a table, and nothing of where it comes from."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from fe_contracts.compare.streams import Line

__all__ = ["Block", "BlockKind", "Step", "StepKind"]

Handle = TypeVar("Handle")


class BlockKind(Enum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    TABLE = "table"
    ROW = "row"
    """A row of a table, or a cell of a row: never joined with another."""


class Block(Generic[Handle]):
    """A paragraph or a table of one document; `handle` is whatever its owner wants back."""

    __slots__ = ("_line", "box", "exact", "handle", "kind", "line_of", "look_of", "place", "telling_of")

    def __init__(  # noqa: PLR0913, PLR0917 - made by the thousand
        self,
        kind: BlockKind,
        exact: Hashable,
        handle: Handle,
        line_of: Callable[[Handle], Line],
        place: str = "",
        box: Any = None,
        look_of: Callable[[Handle], str] | None = None,
        telling_of: Callable[[Handle], bool] | None = None,
    ) -> None:
        """Take what is known of a block.

        `exact`: equal where nothing at all differs. `line_of` cuts it into tokens when that is needed. `place` is what
        the text belongs to, where that is known: a clause; blocks of two clauses are never paired. `box` is what it
        stands in besides the document: text is never joined over the edge of a box. `look_of` tells its style, or how
        many cells it has; `telling_of` whether it holds more than a few words.
        """
        self.kind = kind
        self.exact = exact
        self.handle = handle
        self.line_of = line_of
        self.place = place
        self.box = box
        self.look_of = look_of
        self.telling_of = telling_of
        self._line: Line | None = None

    @property
    def line(self) -> Line:
        """Return its tokens."""
        if self._line is None:
            self._line = self.line_of(self.handle)
        return self._line

    @property
    def look(self) -> str:
        """Return what must be the same for a block to be rewritten as another without a common word."""
        return "" if self.look_of is None else self.look_of(self.handle)

    @property
    def telling(self) -> bool:
        """Return whether it holds more than a few words, so that finding it twice is no accident."""
        if self.telling_of is not None:
            return self.telling_of(self.handle)
        return sum(self.line.words) > 3


class StepKind(Enum):
    """What an alignment says of blocks."""

    SAME = "same"
    """One of each, exactly equal."""
    STREAM = "stream"
    """Paragraphs that became paragraphs: one, split, merged or rewritten."""
    TABLES = "tables"
    """A table that became a table."""
    GONE = "gone"
    FRESH = "fresh"


class Step(NamedTuple):
    """One step of an alignment, in the order of both documents: blocks from `old` to `old_end`, `new` to `new_end`."""

    kind: StepKind
    old: int
    old_end: int
    new: int
    new_end: int

    def cut(self, old: Sequence[Block[Any]], new: Sequence[Block[Any]]) -> tuple[list[Block[Any]], list[Block[Any]]]:
        """Return the blocks that it speaks of."""
        return list(old[self.old : self.old_end]), list(new[self.new : self.new_end])
