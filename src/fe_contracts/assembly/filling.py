"""Fill one clause's wording with its values: conditions judged, lists repeated, items numbered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fe_contracts.assembly.numbering import Counters
from fe_contracts.assembly.references import anchor_name
from fe_contracts.assembly.rendering import Look, joining, render, value_origin
from fe_contracts.assembly.tables import draw_table
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
from fe_contracts.document.tree import Origin, OriginKind, Paragraph, Role, Text, Value
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.clause import ParameterType

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fe_contracts.assembly.binding import Bound
    from fe_contracts.assembly.references import Targets
    from fe_contracts.catalog import ClauseVersion
    from fe_contracts.catalog.wording import Node, Piece
    from fe_contracts.document.tree import Block, Inline
    from fe_contracts.model.clause import ParameterDefinition
    from fe_contracts.model.condition import Facts

__all__ = ["Filled", "Filler", "Part", "label_anchor"]

P = ParameterType


def label_anchor(anchor: str, label: str) -> str:
    """Return the bookmark of a labelled paragraph of the section with this bookmark."""
    return anchor_name(anchor, "", label)


@dataclass(slots=True)
class Part:
    """What a clause puts into one exhibit."""

    exhibit: str
    title: tuple[Inline, ...]
    blocks: list[Block]


@dataclass(slots=True)
class Filled:
    """A clause's wording, filled: its blocks, its exhibit parts, and what was missing."""

    blocks: list[Block] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where paragraphs are being added: the blocks, and the counters below the heading."""

    blocks: list[Block]
    counters: Counters


@dataclass(frozen=True, slots=True)
class _Entry:
    """The entry of a list, or row of a table, that a repetition stands at."""

    parameter: str
    definition: ParameterDefinition
    value: Any

    def of(self, attributes: tuple[str, ...]) -> tuple[P, Any, Mapping[str, str]]:
        """Return type, value and choices of the entry, or of a column of it."""
        if not attributes:
            return self.definition.items or P.STR, self.value, self.definition.choices
        column = next(column for column in self.definition.columns if column.name == attributes[0])
        return column.type, self.value[column.name], column.choices


Scope = dict[str, _Entry]


class Filler:
    """Fill one clause version for one contract; every number is known before it begins."""

    def __init__(
        self,
        version: ClauseVersion,
        instance: str,
        bound: Mapping[str, Bound],
        facts: Facts,
        targets: Targets,
        part_number: Callable[[str], str],
    ) -> None:
        self.version, self.instance = version, instance
        self.bound, self.facts, self.targets, self.part_number = bound, facts, targets, part_number
        self.filled = Filled()
        self._wording = Origin(OriginKind.WORDING, version.key)

    def fill(self, number: str) -> Filled:
        """Return the filled wording of the section with this number."""
        self._nodes(self.version.wording.nodes, _Place(self.filled.blocks, Counters(number)), {})
        return self.filled

    def title(self) -> tuple[Inline, ...]:
        """Return the section's heading."""
        return (Text(typeset(self.version.front.title), self._wording),)

    def _nodes(self, nodes: tuple[Node, ...], place: _Place, scope: Scope) -> None:
        for node in nodes:
            match node:
                case ParagraphNode():
                    self._paragraph(node, place, scope)
                case TableNode():
                    self._table(node, place)
                case Branch():
                    chosen = node.then if node.condition.judge(self.facts) else node.otherwise
                    self._nodes(chosen, place, scope)
                case Loop():
                    bound = self.bound[node.parameter]
                    for value in bound.value or ():
                        entry = _Entry(node.parameter, bound.definition, value)
                        self._nodes(node.body, place, {**scope, node.variable: entry})
                case ExhibitBlock():
                    part = Part(node.exhibit, self._inlines(node.title, scope), [])
                    self.filled.parts.append(part)
                    counters = Counters(self.part_number(node.exhibit))
                    self._nodes(node.body, _Place(part.blocks, counters), scope)

    def _paragraph(self, node: ParagraphNode, place: _Place, scope: Scope) -> None:
        if values := self._own_paragraphs(node, scope):
            place.blocks.extend(Paragraph((value,)) for value in values)
            return
        number = full = ""
        if node.role is Role.ITEM:
            number, full = place.counters.next(node.level)
        anchor = label_anchor(anchor_name(self.instance), node.label) if node.label else ""
        inlines = self._inlines(node.pieces, scope)
        place.blocks.append(Paragraph(inlines, node.role, node.level, number, full, anchor))

    def _own_paragraphs(self, node: ParagraphNode, scope: Scope) -> list[Value]:
        """Return one value per paragraph where the node is nothing but a text of several paragraphs."""
        piece = node.pieces[0]
        if len(node.pieces) != 1 or not isinstance(piece, Placeholder) or node.role is not Role.BODY:
            return []
        bound = self.bound.get(piece.path[0])
        if piece.path[0] in scope or bound is None or bound.definition.type is not P.TEXT or not bound.value:
            return []
        paragraphs = [part for part in bound.value.split("\n\n") if part.strip()]
        if len(paragraphs) == 1:
            return []
        origin = value_origin(self.version.key, piece.path[0])
        name = f"{self.instance}/{piece.path[0]}"
        return [Value(name, (Text(" ".join(part.split()), origin),)) for part in paragraphs]

    def _inlines(self, pieces: tuple[Piece, ...], scope: Scope) -> tuple[Inline, ...]:
        inlines: list[Inline] = []
        for piece in pieces:
            match piece:
                case Text():
                    inlines.append(piece)
                case Placeholder():
                    inlines.extend(self._references(piece, inlines) or (self._value(piece, scope),))
                case ReferenceNode():
                    own = piece.target.startswith("#")
                    name = f"{self.instance}{piece.target}" if own else piece.target
                    inlines.extend(self.targets.refer(name, piece.fallback, self.version, piece.line, inlines))
        return tuple(inlines)

    def _references(self, piece: Placeholder, before: list[Inline]) -> tuple[Inline, ...]:
        """Return the references that a parameter of type ref, or a list of them, stands for; else nothing."""
        bound = self.bound.get(piece.path[0])
        if bound is None or not bound.value:
            return ()
        definition, version, line = bound.definition, self.version, piece.line
        if definition.type is P.REF:
            return self.targets.refer(bound.value, (), version, line, before)
        if definition.type is not P.LIST or definition.items is not P.REF:
            return ()
        names = bound.value
        if bound.source == "default":  # the library's own list names clauses that not every contract has
            names = tuple(name for name in names if name in self.targets.known)
        found: list[Inline] = []
        for name, joint in zip(names, (*joining(len(names), "and"), None), strict=False):
            found.extend(self.targets.refer(name, (), version, line, []))
            if joint is not None:
                found.append(joint)
        return tuple(found)

    def _value(self, piece: Placeholder, scope: Scope) -> Value:
        name = piece.path[0]
        pending, items = False, None
        if name in scope:
            entry = scope[name]
            kind, value, choices = entry.of(piece.path[1:])
            parameter = entry.parameter
        else:
            bound = self.bound[name]
            definition = bound.definition
            kind, items, value, choices = definition.type, definition.items, bound.value, definition.choices
            parameter, pending = name, bound.pending
        shown = f"{self.instance}/{parameter}"
        if value is None or value == ():
            self._missing(parameter, piece)
            return Value(shown, ())
        if isinstance(value, str):
            value = " ".join(value.split())
        origin = value_origin(self.version.key, parameter)
        look = Look(origin, self._wording, bold=piece.bold, italic=piece.italic)
        pieces = render(kind, items, value, choices, piece.filters, look)
        if pending:
            pieces = structure("confirm_open"), *pieces, structure("confirm_close")
        return Value(shown, pieces, pending)

    def _missing(self, parameter: str, piece: Placeholder) -> None:
        self.filled.findings.append(
            Finding(
                "PARAM010",
                Severity.ERROR,
                f"{self.version.key} prints {'.'.join(piece.path)}, which has no value.",
                Where(
                    self.version.file,
                    piece.line,
                    field=f"clauses.parameters.{self.version.clause_id}.{parameter}",
                ),
                "Give it a value, or put the sentence in a ::: when block that tests it.",
            )
        )

    def _table(self, node: TableNode, place: _Place) -> None:
        bound = self.bound[node.parameter]
        if not bound.value:
            self.filled.findings.append(
                Finding(
                    "PARAM015",
                    Severity.ERROR,
                    f"{self.version.key} draws the table {node.parameter}, which has no rows.",
                    Where(self.version.file, node.line, field=bound.definition.from_ or ""),
                    "Give it rows, or put the table in a ::: when block that tests it.",
                )
            )
            return
        origin = value_origin(self.version.key, node.parameter)
        name = f"{self.instance}/{node.parameter}"
        place.blocks.append(draw_table(name, bound.definition, bound.value, origin, self._wording))
