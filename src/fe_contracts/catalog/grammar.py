"""Parse the wording of a clause version: paragraphs, lists and blocks, every problem with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from fe_contracts.catalog.inline import InlineParser
from fe_contracts.catalog.wording import (
    Branch,
    ExhibitBlock,
    Loop,
    Node,
    ParagraphNode,
    TableNode,
    Wording,
)
from fe_contracts.document.tree import Origin, OriginKind, Role, Text
from fe_contracts.exceptions import SourceError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.condition import Condition, ConditionError
from fe_contracts.sources import parse_yaml

__all__ = ["parse_wording"]

_MARKER = re.compile(r"(?P<indent> *)(?P<mark>#\.|-) +(?:\{#(?P<label>[a-z][a-z0-9_-]*)\} *)?(?P<text>.*)")
_EACH = re.compile(r"each\s+([a-z][a-z0-9_]*)\s+in\s+([a-z][a-z0-9_]*)")
_EXHIBIT = re.compile(r"exhibit\s+([a-z][a-z0-9_-]*)\s*\|\s*(.+)")
_TABLE = re.compile(r"table\s+([a-z][a-z0-9_]*)")
_FORBIDDEN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\s*#+ "), "a heading; the section's heading is its title"),
    (re.compile(r"\s*(\d+|[a-zA-Z]|[ivx]+)[.)] "), "a typed number; write #. and let the program count"),
    (re.compile(r"\s*\([a-zA-Z0-9]{1,4}\) "), "a typed number; write #. and let the program count"),
    (re.compile(r"\s*\|"), "a typed table; write ::: table NAME"),
    (re.compile(r"\s*(```|~~~)"), "code; a clause holds none"),
    (re.compile(r"\s*</?[a-zA-Z]"), "HTML; only the marks of the wording grammar are allowed"),
    (re.compile(r"\s*[*+] "), "a list mark of another dialect; write - or #."),
    (re.compile(r"\s*\{%"), "a statement; write ::: when or ::: each on lines of their own"),
)
_FOREIGN = re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in _FORBIDDEN))
"""Whether any of them stands there: one look at a line instead of eight."""
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffc\ufffe\uffff]"
)
"""What a reader of the file does not see, or what would show otherwise than it stands: tabs and controls included."""
_INDENT = 3
_DEEPEST = 2


def parse_wording(source: str, origin: str, file: str, first_line: int = 1) -> tuple[Wording, tuple[Finding, ...]]:
    """Return the tree of a wording and every problem found in it.

    `origin` is the clause version (`FE-04@1.0.0`) that all its text comes from; `first_line` is the line of the
    file on which the wording begins.
    """
    parser = _Parser(file, origin)
    nodes = parser.parse(source.split("\n"), first_line)
    return Wording(nodes), tuple(parser.problems)


_CONDITIONS: dict[str, Condition] = {}
"""Conditions read before: many clauses ask the same, and reading one takes as long as reading a paragraph."""
_MOST_CONDITIONS = 1000


def _condition(text: str, file: str, line: int) -> Condition:
    """Return the condition that is written here.

    Raises:
        SourceError: if it is not YAML.
        ConditionError: if it is no condition.
    """
    if text not in _CONDITIONS:
        condition = Condition.parse(parse_yaml(text, file, first_line=line).data)
        if len(_CONDITIONS) >= _MOST_CONDITIONS:
            _CONDITIONS.clear()
        _CONDITIONS[text] = condition
    return _CONDITIONS[text]


@dataclass
class _Frame:
    """An open block: where it began, what it is, and what it holds so far."""

    line: int
    kind: str
    detail: Any = None
    nodes: list[Node] = field(default_factory=list)
    before_otherwise: tuple[Node, ...] | None = None


@dataclass
class _Pending:
    """A paragraph whose lines are still being collected."""

    line: int
    role: Role
    level: int = 0
    label: str = ""
    lines: list[str] = field(default_factory=list)


class _Parser:
    """Walk the lines once, with a stack of open blocks and one open paragraph."""

    def __init__(self, file: str, origin: str) -> None:
        self.file = file
        self.problems: list[Finding] = []
        self._inline = InlineParser(Origin(OriginKind.WORDING, origin), self.report)
        self._stack: list[_Frame] = []
        self._pending: _Pending | None = None

    def report(self, line: int, code: str, message: str, remedy: str) -> None:
        """Record a problem."""
        self.problems.append(Finding(code, Severity.ERROR, message, Where(self.file, line), remedy))

    def parse(self, lines: list[str], first_line: int) -> tuple[Node, ...]:
        """Return the nodes of all lines."""
        self._stack = [_Frame(first_line, "wording")]
        for number, line in enumerate(lines, start=first_line):
            self._line(line.rstrip(), number)
        self._end_paragraph()
        while len(self._stack) > 1:
            frame = self._stack[-1]
            self.report(frame.line, "WORDING010", f"::: {frame.kind} is not closed.", "Add ::: end.")
            self._close(frame.line)
        return tuple(self._stack[0].nodes)

    def _line(self, line: str, number: int) -> None:
        if not line:
            self._end_paragraph()
            return
        if found := _UNSEEN.search(line):
            self.report(
                number,
                "WORDING060",
                f"Character {found.start() + 1} is U+{ord(found[0]):04X}, which nobody sees.",
                "Delete it, or put a space in its place.",
            )
        stripped = line.lstrip()
        if stripped.startswith(":::"):
            self._end_paragraph()
            self._directive(stripped[3:].strip(), number)
        elif stripped.startswith(">"):
            if self._pending is None or self._pending.role is not Role.QUOTATION:
                self._end_paragraph()
                self._pending = _Pending(number, Role.QUOTATION)
            self._pending.lines.append(stripped[1:].strip())
        elif marker := _MARKER.fullmatch(line):
            self._end_paragraph()
            self._pending = self._item(marker, number)
        elif stripped in {"#.", "-"} or stripped.startswith("#."):
            self._end_paragraph()
            message, remedy = "The item is empty, or nothing parts it from its mark.", "Write a space and its text."
            self.report(number, "WORDING060", message, remedy)
        else:
            self._refuse_foreign_marks(line, number)
            if self._pending is None:
                self._pending = _Pending(number, Role.BODY)
            self._pending.lines.append(stripped)

    def _item(self, marker: re.Match[str], number: int) -> _Pending:
        level, rest = divmod(len(marker["indent"]), _INDENT)
        if rest or level > _DEEPEST:
            self.report(
                number,
                "WORDING060",
                f"The item is indented by {len(marker['indent'])} spaces.",
                "Indent by 0, 3 or 6 spaces: one level for each three.",
            )
        role = Role.ITEM if marker["mark"] == "#." else Role.BULLET
        if marker["label"] and role is Role.BULLET:
            self.report(
                number,
                "WORDING060",
                "A bulleted item has a label.",
                "Only numbered items can be referred to.",
            )
        self._refuse_foreign_marks(marker["text"], number)
        return _Pending(number, role, min(level, _DEEPEST), marker["label"] or "", [marker["text"]])

    def _refuse_foreign_marks(self, line: str, number: int) -> None:
        if not _FOREIGN.match(line):
            return
        for pattern, what in _FORBIDDEN:
            if pattern.match(line):
                remedy = "See the wording grammar; if it is only where the line breaks, break it elsewhere."
                self.report(number, "WORDING060", f"The line begins with {what}.", remedy)
                return

    def _end_paragraph(self) -> None:
        pending, self._pending = self._pending, None
        if pending is None:
            return
        told = len(self.problems)
        pieces = self._inline.parse("\n".join(pending.lines), pending.line)
        if not pieces:
            if len(self.problems) == told:
                self.report(pending.line, "WORDING060", "The item is empty.", "Write its text, or delete it.")
            return
        fixed = all(isinstance(piece, Text) for piece in pieces)
        node = ParagraphNode(pieces, pending.role, pending.level, pending.label, pending.line, fixed)
        self._stack[-1].nodes.append(node)

    def _directive(self, text: str, number: int) -> None:
        keyword, _, rest = text.partition(" ")
        if rest and keyword in {"otherwise", "end"}:
            message = f"Words stand after ::: {keyword}, where nothing reads them: {rest.strip()}"
            self.report(number, "WORDING010", message, "Give them a line of their own.")
        match keyword:
            case "when" if not rest or re.search(r"(^|\s)#", rest):
                said = "::: when has a comment, which nobody will see." if rest else "::: when has no condition."
                self.report(number, "WORDING080", said, "See the page on conditions.")
                self._stack.append(_Frame(number, "when"))
            case "when":
                self._stack.append(_Frame(number, "when", self._condition(rest.strip(), number)))
            case "otherwise":
                self._otherwise(number)
            case "end":
                self._close(number)
            case "each" if found := _EACH.fullmatch(text):
                self._stack.append(_Frame(number, "each", found.groups()))
            case "exhibit" if found := _EXHIBIT.fullmatch(text):
                if any(frame.kind == "exhibit" for frame in self._stack):
                    self.report(number, "WORDING010", "An exhibit block stands inside another.", "Close the first.")
                self._stack.append(_Frame(number, "exhibit", found.groups()))
            case "table" if found := _TABLE.fullmatch(text):
                self._stack[-1].nodes.append(TableNode(found[1], number))
            case _:
                self.report(
                    number,
                    "WORDING010",
                    f"':::{' ' + text if text else ''}' is no block.",
                    "Write ::: when {…}, ::: otherwise, ::: each X in LIST, ::: table NAME, ::: exhibit ID | Heading "
                    "or ::: end.",
                )

    def _condition(self, text: str, number: int) -> Condition | None:
        try:
            return _condition(text, self.file, number)
        except (SourceError, ConditionError) as error:
            self.report(number, "WORDING080", f"The condition cannot be read: {error}", "See the page on conditions.")
            return None

    def _otherwise(self, number: int) -> None:
        frame = self._stack[-1]
        if frame.kind != "when" or frame.before_otherwise is not None:
            self.report(number, "WORDING010", "::: otherwise has no ::: when of its own.", "Open one, or delete it.")
            return
        frame.before_otherwise, frame.nodes = tuple(frame.nodes), []

    def _close(self, number: int) -> None:
        if len(self._stack) == 1:
            self.report(number, "WORDING010", "::: end closes nothing.", "Delete it.")
            return
        frame = self._stack.pop()
        nodes = tuple(frame.nodes)
        if not nodes and not frame.before_otherwise:
            self.report(frame.line, "WORDING010", f"::: {frame.kind} holds nothing.", "Fill it, or delete it.")
        outer = self._stack[-1].nodes
        match frame.kind:
            case "when":
                condition = frame.detail if frame.detail is not None else Condition("always")
                then, otherwise = (nodes, ()) if frame.before_otherwise is None else (frame.before_otherwise, nodes)
                outer.append(Branch(condition, then, otherwise, frame.line))
            case "each":
                variable, parameter = frame.detail
                outer.append(Loop(variable, parameter, nodes, frame.line))
            case _:
                exhibit, title = frame.detail
                outer.append(ExhibitBlock(exhibit, self._inline.parse(title, frame.line), nodes, frame.line))
