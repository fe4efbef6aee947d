"""Fill one clause's wording with its values: conditions judged, lists repeated, items counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fe_contracts.assembly import formatting
from fe_contracts.assembly.rendering import NUMERIC, Look, cell, joining, render, value_origin
from fe_contracts.catalog.inline import typeset
from fe_contracts.catalog.wording import (
    Branch,
    ExhibitBlock,
    Loop,
    ParagraphNode,
    Placeholder,
    ReferenceNode,
    TableNode,
)
from fe_contracts.document.structure import structure
from fe_contracts.document.tree import Column, Origin, OriginKind, Paragraph, Role, Row, Table, Text, Value
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.clause import ParameterType

if TYPE_CHECKING:
    from collections.abc import Callable

    from fe_contracts.assembly.binding import Bound
    from fe_contracts.catalog import ClauseVersion
    from fe_contracts.catalog.wording import Node, Piece
    from fe_contracts.document.tree import Block, Inline
    from fe_contracts.model.clause import ParameterDefinition
    from fe_contracts.model.condition import Facts

__all__ = ["Filled", "Filler", "Part", "Unresolved"]

P = ParameterType
_COUNTERS: tuple[Callable[[int], str], ...] = (
    formatting.letters,
    formatting.roman,
    lambda value: formatting.letters(value).upper(),
)
"""How numbered paragraphs count at each level: (a), (i), (A)."""


@dataclass(slots=True)
class Part:
    """What a clause puts into one exhibit."""

    exhibit: str
    title: tuple[Inline, ...]
    blocks: list[Block]


@dataclass(slots=True)
class Filled:
    """A clause's wording, filled: its blocks, its exhibit parts, and where its labels ended up."""

    blocks: list[Block] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Anchor and full number of each labelled paragraph."""
    findings: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class _Place:
    """Where paragraphs are being added: the blocks, the number above them, and the counters."""

    blocks: list[Block]
    number: str
    counters: list[int] = field(default_factory=lambda: [0, 0, 0])


class Filler:
    """Fill one clause version for one contract."""

    def __init__(
        self,
        version: ClauseVersion,
        instance: str,
        anchor: str,
        bound: Mapping[str, Bound],
        facts: Facts,
        part_number: Callable[[str], str],
        is_present: Callable[[str], bool],
    ) -> None:
        self.version, self.instance, self.anchor = version, instance, anchor
        self.bound, self.facts, self.part_number, self.is_present = bound, facts, part_number, is_present
        self.filled = Filled()
        self._wording = Origin(OriginKind.WORDING, version.key)

    def fill(self, number: str) -> Filled:
        """Return the filled wording of the section with this number."""
        self._nodes(self.version.wording.nodes, _Place(self.filled.blocks, number), {})
        return self.filled

    def title(self) -> tuple[Inline, ...]:
        """Return the section's heading."""
        return (Text(typeset(self.version.front.title), self._wording),)

    def _nodes(self, nodes: tuple[Node, ...], place: _Place, scope: Mapping[str, _Entry]) -> None:
        for node in nodes:
            match node:
                case ParagraphNode():
                    self._paragraph(node, place, scope)
                case TableNode():
                    self._table(node, place)
                case Branch():
                    holds = bool(node.condition.judge(self.facts))
                    self._nodes(node.then if holds else node.otherwise, place, scope)
                case Loop():
                    self._loop(node, place, scope)
                case ExhibitBlock():
                    part = Part(node.exhibit, self._inlines(node.title, scope), [])
                    self.filled.parts.append(part)
                    self._nodes(node.body, _Place(part.blocks, self.part_number(node.exhibit)), scope)

    def _paragraph(self, node: ParagraphNode, place: _Place, scope: Mapping[str, _Entry]) -> None:
        if block_text := self._own_paragraphs(node, scope):
            for text in block_text:
                place.blocks.append(Paragraph((text,), node.role, node.level))
            return
        inlines: tuple[Inline, ...] = (
            node.pieces if node.fixed else self._inlines(node.pieces, scope)  # type: ignore[assignment]
        )
        number = full = anchor = ""
        if node.role is Role.ITEM:
            number, full = self._count(node.level, place)
        if node.label:
            anchor = f"{self.anchor}__{node.label.replace('-', '_')}"
            self.filled.labels[node.label] = anchor, full
        place.blocks.append(Paragraph(inlines, node.role, node.level, number, full, anchor))

    def _count(self, level: int, place: _Place) -> tuple[str, str]:
        """Return the item's own number and its whole number."""
        counters = place.counters
        counters[level] += 1
        counters[level + 1 :] = [0] * (len(counters) - level - 1)
        marks = [f"({_COUNTERS[depth](counters[depth])})" for depth in range(level + 1) if counters[depth]]
        return marks[-1], place.number + "".join(marks)

    def _own_paragraphs(self, node: ParagraphNode, scope: Mapping[str, _Entry]) -> list[Value]:
        """Return one value per paragraph where the node is nothing but a text of several paragraphs."""
        if len(node.pieces) != 1 or not isinstance(node.pieces[0], Placeholder):
            return []
        piece = node.pieces[0]
        bound = self.bound.get(piece.path[0])
        if piece.path[0] in scope or bound is None or bound.definition.type is not P.TEXT or not bound.value:
            return []
        paragraphs = [part.strip() for part in bound.value.split("\n\n") if part.strip()]
        if len(paragraphs) < 2 or node.role is not Role.BODY:
            return []
        origin = value_origin(self.version.key, piece.path[0])
        name = f"{self.instance}/{piece.path[0]}"
        return [Value(name, (Text(" ".join(part.split()), origin),)) for part in paragraphs]

    def _inlines(self, pieces: tuple[Piece, ...], scope: Mapping[str, _Entry]) -> tuple[Inline, ...]:
        inlines: list[Inline] = []
        for piece in pieces:
            match piece:
                case Text():
                    inlines.append(piece)
                case Placeholder():
                    inlines.extend(self._references(piece) or (self._value(piece, scope),))
                case ReferenceNode():
                    target = f"{self.instance}{piece.target}" if piece.target.startswith("#") else piece.target
                    inlines.append(Unresolved(target, piece.fallback, piece.line))  # type: ignore[arg-type]
        return tuple(inlines)

    def _references(self, piece: Placeholder) -> tuple[Inline, ...]:
        """Return the references that a parameter of type ref, or a list of them, stands for; else nothing."""
        bound = self.bound.get(piece.path[0])
        if bound is None or not bound.value:
            return ()
        definition = bound.definition
        if definition.type is P.REF:
            return (Unresolved(bound.value, (), piece.line),)  # type: ignore[return-value]
        if definition.type is not P.LIST or definition.items is not P.REF:
            return ()
        targets = bound.value
        if bound.source == "default":  # the library's own list names clauses that not every contract has
            targets = tuple(target for target in targets if self.is_present(target))
        joined = joining(len(targets), "and")
        pairs = zip(targets, (*joined, None), strict=False)
        return tuple(
            item for target, joint in pairs for item in (Unresolved(target, (), piece.line), joint) if item is not None
        )  # type: ignore[return-value]

    def _value(self, piece: Placeholder, scope: Mapping[str, _Entry]) -> Value:
        name = piece.path[0]
        pending = False
        if name in scope:
            entry = scope[name]
            kind, items, value, choices = entry.of(piece.path[1:])
            parameter = entry.parameter
        else:
            bound = self.bound[name]
            definition = bound.definition
            kind, items, value, choices = definition.type, definition.items, bound.value, definition.choices
            parameter, pending = name, bound.pending
        if value is None:
            self._missing(parameter, piece)
            return Value(f"{self.instance}/{parameter}", ())
        if isinstance(value, str):
            value = " ".join(value.split())
        look = Look(value_origin(self.version.key, parameter), self._wording, bold=piece.bold, italic=piece.italic)
        pieces = render(kind, items, value, choices, piece.filters, look)
        if pending:
            pieces = structure("confirm_open"), *pieces, structure("confirm_close")
        return Value(f"{self.instance}/{parameter}", pieces, pending)

    def _missing(self, parameter: str, piece: Placeholder) -> None:
        self.filled.findings.append(
            Finding(
                "PARAM010",
                Severity.ERROR,
                f"{self.version.key} prints {'.'.join(piece.path)}, which has no value.",
                Where(self.version.file, piece.line, field=f"clauses.parameters.{self.version.clause_id}.{parameter}"),
                "Give it a value, or put the sentence in a ::: when block that tests it.",
            )
        )

    def _loop(self, node: Loop, place: _Place, scope: Mapping[str, _Entry]) -> None:
        bound = self.bound[node.parameter]
        for value in bound.value or ():
            entry = _Entry(node.parameter, bound.definition, value)
            self._nodes(node.body, place, {**scope, node.variable: entry})

    def _table(self, node: TableNode, place: _Place) -> None:
        bound = self.bound[node.parameter]
        definition, rows = bound.definition, bound.value or ()
        if not rows:
            self.filled.findings.append(
                Finding(
                    "PARAM015",
                    Severity.ERROR,
                    f"{self.version.key} draws the table {node.parameter}, which has no rows.",
                    Where(self.version.file, node.line, field=definition.from_ or ""),
                    "Give it rows, or put the table in a ::: when block that tests it.",
                )
            )
            return
        columns = [
            column
            for column in definition.columns
            if not column.hidden and not (column.optional and all(row[column.name] is None for row in rows))
        ]
        origin = value_origin(self.version.key, node.parameter)
        drawn = [
            Row(tuple((cell(column.type, row[column.name], column.choices, origin),) for column in columns))
            for row in rows
        ]
        totals = [column for column in columns if column.name in definition.total]
        if totals and len(rows) > 1:
            drawn.append(Row(self._total_cells(columns, definition, rows, origin), total=True))
        place.blocks.append(
            Table(
                f"{self.instance}/{node.parameter}",
                definition.help,
                tuple(
                    Column((Text(typeset(column.title), self._wording),), column.width, column.type in NUMERIC)
                    for column in columns
                ),
                tuple(drawn),
            )
        )

    def _total_cells(
        self, columns: list[Any], definition: ParameterDefinition, rows: tuple[Any, ...], origin: Origin
    ) -> tuple[tuple[Text, ...], ...]:
        """Return the last row: the word Total, and the sums of the columns that are added up."""
        cells: list[tuple[Text, ...]] = []
        for place, column in enumerate(columns):
            if column.name in definition.total:
                total = sum((row[column.name] for row in rows if row[column.name] is not None), start=0)
                cells.append((cell(column.type, total, column.choices, origin),))
            else:
                cells.append((structure("total"),) if place == 0 else ())
        return tuple(cells)


@dataclass(frozen=True, slots=True)
class _Entry:
    """The entry of a list, or row of a table, that a repetition stands at."""

    parameter: str
    definition: ParameterDefinition
    value: Any

    def of(self, attributes: tuple[str, ...]) -> tuple[P, P | None, Any, Mapping[str, str]]:
        """Return type, item type, value and choices of the entry, or of a column of it."""
        if not attributes:
            return self.definition.items or P.STR, None, self.value, self.definition.choices
        column = next(column for column in self.definition.columns if column.name == attributes[0])
        return column.type, None, self.value[column.name], column.choices


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A reference whose number is not known yet; `numbering` replaces it before the tree is complete."""

    target: str
    fallback: tuple[Text, ...]
    line: int


