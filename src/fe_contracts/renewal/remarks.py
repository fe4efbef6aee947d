"""Tell the comments of a spec's file apart: those that a renewal wrote, and those of people, which are never changed.

What a renewal wrote is for the term that it made. The next one takes it out again: the questions, and the values that
were set aside, unless nobody has answered yet and nothing else stands in their place.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fe_contracts.renewal.marks import Node
    from fe_contracts.sources import Path_

__all__ = ["ASKED_AGAIN", "MARK", "Remark", "commented", "own_remarks", "people_s_remarks", "remark_lines"]

MARK = "# RENEW: "
"""What every comment line that a renewal writes begins with; the next renewal takes them out again."""

ASKED_AGAIN = frozenset({"confirmations", "overrides"})
"""What people must say again: set aside, it stays until they have, however many terms later."""

_WIDTH = 118
_OWN = re.compile(rf"^(?P<indent>[ ]*){re.escape(MARK)}[^\r\n]*(?:\r\n|\r|\n|\Z)", re.MULTILINE)
_NAME = re.compile(r"# (?P<name>\w+):")


@dataclass(frozen=True, slots=True)
class Remark:
    """A stretch of comment: whole lines, or what stands behind a value."""

    start: int
    end: int
    text: str = ""
    name: str = ""
    """The field that was set aside with it, where one was."""


def remark_lines(text: str, indent: int) -> list[str]:
    """Return a remark as comment lines that the next renewal knows again."""
    return [MARK + line for line in textwrap.wrap(text, max(40, _WIDTH - indent - len(MARK)), break_on_hyphens=False)]


def commented(line: str, indent: int) -> str:
    """Return a line as a comment that begins where its field did."""
    if not line.strip():
        return line
    own = len(line) - len(line.lstrip(" "))
    return f"{line[: min(own, indent)]}# {line[min(own, indent) :]}"


def own_remarks(text: str, nodes: Mapping[Path_, Node]) -> Iterator[Remark]:
    """Yield what earlier renewals wrote: each remark, with the field below it that was set aside."""
    end = 0
    for found in _OWN.finditer(text):
        if found.start() < end or _inside(nodes, found.start(), found.end()):
            continue
        start, end = found.span()
        while more := _OWN.match(text, end):
            end = more.end()
        name, end = _set_aside(text, end, found["indent"])
        yield Remark(start, end, text[start:end], name)


def _set_aside(text: str, place: int, indent: str) -> tuple[str, int]:
    """Return the field that stands here as a comment, with the place after it; no name where none does."""
    end, name = place, ""
    for line in text[place:].splitlines(keepends=True):
        bare = line.rstrip("\r\n")
        named = _NAME.match(bare.removeprefix(indent)) if bare.startswith(indent) else None
        if not name and named is None:
            break
        if name and bare.strip() and not bare.startswith((f"{indent}#  ", f"{indent}# -", f"{indent}# #")):
            break
        name = name or (named["name"] if named else "")
        place += len(line)
        end = place if bare.strip() else end  # empty lines belong to it only if more of it follows
    return name, end


def people_s_remarks(text: str, nodes: Mapping[Path_, Node]) -> Iterator[Remark]:
    """Yield every other comment, line by line."""
    own = [(item.start, item.end) for item in own_remarks(text, nodes)]
    for found in re.finditer(r"(?:^|(?<=[ \t]))#[^\r\n]*", text, re.MULTILINE):
        start, end = found.span()
        if not any(one <= start < other for one, other in own) and not _inside(nodes, start, start + 1):
            yield Remark(start, end, found[0])


def _inside(nodes: Mapping[Path_, Node], start: int, end: int) -> bool:
    """Return whether a stretch lies in a value."""
    return any(node.kind == "scalar" and node.start < end and start < node.end for node in nodes.values())
