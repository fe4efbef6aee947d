"""Find where in a YAML or JSON text each value stands, to the character, so that one can be changed and no other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.sources import Path_

__all__ = ["Node", "nodes_of"]


@dataclass(slots=True)
class Node:
    """One value of a file: where it stands and how it is written."""

    kind: str
    """scalar, list, fields or alias."""
    start: int
    end: int
    """The place after its last character; never a blank, a comment or a line end."""
    column: int
    """The column it begins in, from 0."""
    style: str = ""
    """The quotation mark, or | and > for text over several lines; empty for plain text."""
    flow: bool = False
    """Whether a list or fields stand in brackets."""
    anchored: bool = False
    key_start: int = -1
    """Where its name begins, for one of several fields."""
    key_column: int = -1
    children: list[Path_] = field(default_factory=list)


def nodes_of(text: str) -> dict[Path_, Node]:
    """Return every value of one YAML document by its path; what stands in the place of an alias is not looked into.

    The text has been read before: it is known to be sound.
    """
    events: list[Any] = [event for event in yaml.parse(text, Loader=yaml.SafeLoader) if not isinstance(event, _AROUND)]
    found: dict[Path_, Node] = {}
    _Walker(text, iter(events[1:]), found).node((), events[0])
    return found


_AROUND = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)


class _Walker:
    """Walk through the parser's events and keep each value's place."""

    def __init__(self, text: str, events: Iterator[Any], found: dict[Path_, Node]) -> None:
        self.text, self.events, self.found = text, events, found

    def node(self, path: Path_, event: Any) -> Node:
        """Keep the value that begins with the event, and all that stands in it."""
        start, stop, column = event.start_mark.index, event.end_mark.index, event.start_mark.column
        if isinstance(event, yaml.AliasEvent):
            made = Node("alias", start, stop, column)
        elif isinstance(event, yaml.ScalarEvent):
            end = start + len(self.text[start:stop].rstrip())
            made = Node("scalar", start, end, column, event.style or "")
        else:
            kind = "list" if isinstance(event, yaml.SequenceStartEvent) else "fields"
            made = Node(kind, start, start, column, flow=bool(event.flow_style))
        made.anchored = getattr(event, "anchor", None) is not None and made.kind != "alias"
        self.found[path] = made
        if made.kind == "list":
            self.items(path, made)
        elif made.kind == "fields":
            self.fields(path, made)
        return made

    def items(self, path: Path_, made: Node) -> None:
        """Keep the entries of a list."""
        for place, event in enumerate(self.events):
            if isinstance(event, yaml.SequenceEndEvent):
                self.close(made, event)
                return
            here = (*path, place)
            made.children.append(here)
            made.end = self.node(here, event).end

    def fields(self, path: Path_, made: Node) -> None:
        """Keep the values of fields, each with the place of its name."""
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                self.close(made, event)
                return
            here = (*path, event.value)
            made.children.append(here)
            value = self.node(here, next(self.events))
            value.key_start, value.key_column = event.start_mark.index, event.start_mark.column
            made.end = max(value.end, event.end_mark.index)

    @staticmethod
    def close(made: Node, event: Any) -> None:
        """Set the end of what stands in brackets; a block ends where its last value does."""
        if made.flow:
            made.end = event.end_mark.index
