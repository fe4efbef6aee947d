"""Hold what a paragraph is made of: stretches of text and things that are no text, the beginning of a field as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fe_contracts.compare.tokens import OBJECT
from fe_contracts.word.revisions.naming import names

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Piece", "PieceKind", "with_fields"]

_INSTRUCTIONS: Final = names("instrText delInstrText")


class PieceKind:
    """What a piece is."""

    TEXT = "text"
    ATOM = "atom"
    """One thing that is kept, deleted or inserted whole."""
    BOX = "box"
    """An atom with text of its own inside."""
    NOTE = "note"
    """The reference to a note."""
    MARKER = "marker"
    """What has no width: a bookmark, the range of a comment."""


class Piece:
    """Some characters of one run, or one thing that is no text."""

    __slots__ = ("hard", "key", "kind", "nodes", "path", "start", "text")

    def __init__(
        self,
        kind: str,
        text: str,
        nodes: tuple[tuple[etree._Element | None, etree._Element], ...],
        path: tuple[etree._Element, ...],
        hard: str = "",
        key: str = "",
    ) -> None:
        """Take what stands there.

        `nodes` are the run, if there is one, and the element; the beginning of a field has several. `path` are the
        links, fields and controls that it stands in, from outside; `hard` is what of these it cannot be parted from:
        where the link leads, what the field shows.
        """
        self.kind = kind
        self.text = text
        self.nodes = nodes
        self.path = path
        self.hard = hard
        self.key = key
        self.start = 0

    @property
    def end(self) -> int:
        """Return where it ends in the text of the paragraph."""
        return self.start + len(self.text)


def with_fields(pieces: list[Piece]) -> tuple[list[Piece], list[tuple[int, int]]]:
    """Return the pieces with the beginning of each field, up to its result, made one; and where fields end."""
    if not any(piece.kind == PieceKind.ATOM and piece.key.startswith("fldChar:begin") for piece in pieces):
        return pieces, []
    found: list[Piece] = []
    bonds: list[tuple[int, int]] = []
    open_fields: list[tuple[int, str]] = []
    place = 0
    while place < len(pieces):
        piece = pieces[place]
        if piece.key.startswith("fldChar:begin"):
            last, whole = _head(pieces, place)
            if last is None:
                found.append(piece)
                place += 1
                continue
            parts = pieces[place : last + 1]
            instruction = " ".join(
                "".join(
                    node.text or "" for item in parts for _, node in item.nodes if node.tag in _INSTRUCTIONS
                ).split()
            )
            form = piece.key.split(":", 2)[2]
            nodes = tuple(pair for item in parts if item.kind != PieceKind.MARKER for pair in item.nodes)
            head = Piece(PieceKind.ATOM, OBJECT, nodes, piece.path, piece.hard, f"field:{instruction}:{form}")
            found += [head, *(item for item in parts if item.kind == PieceKind.MARKER)]
            if not whole:
                open_fields.append((len(found) - 1 - sum(item.kind == PieceKind.MARKER for item in parts), instruction))
            place = last + 1
            continue
        if piece.key.startswith("fldChar:end") and open_fields:
            start, instruction = open_fields.pop()
            piece.key = f"field end:{instruction}"
            bonds.append((start, len(found)))
        found.append(piece)
        place += 1
    return found, bonds


def _head(pieces: list[Piece], start: int) -> tuple[int | None, bool]:
    """Return where a field's instruction ends, and whether the field ends there too; None if not in this paragraph."""
    depth = 0
    for place in range(start, len(pieces)):
        key = pieces[place].key
        if key.startswith("fldChar:begin"):
            depth += 1
        elif key.startswith("fldChar:separate") and depth == 1:
            return place, False
        elif key.startswith("fldChar:end"):
            depth -= 1
            if depth == 0:
                return place, True
    return None, False
