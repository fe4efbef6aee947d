"""Fill one clause's wording with its values: conditions judged, lists repeated, items numbered."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fe_contracts.assembly.numbering import Counters
from fe_contracts.assembly.references import anchor_name
from fe_contracts.assembly.rendering import Look, joining, render, shown, value_origin
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
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def label_anchor(anchor: str, label: str) -> str:
    """Return the bookmark of a labelled paragraph of the section with this bookmark."""
    return anchor_name(anchor, "", label)


def _on_one_line(text: str) -> str:
    """Return text with its line breaks as spaces; a space that must not break stays."""
    return re.sub(r"[ \t\n]+", " ", text).strip(" ")


def _as_value(name: str, pieces: tuple[Text, ...], *, pending: bool) -> Value:
    """Return a value as it stands in the text, in brackets while someone must still confirm it."""
    if pending:
        pieces = structure("confirm_open"), *pieces, structure("confirm_close")
    return Value(name, pieces, pending)


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

    def title(self, *, apart_by: str = "") -> tuple[Inline, ...]:
        """Return the section's heading.

        Where a clause stands several times, `apart_by` names the parameter whose value tells its sections apart.
        """
        heading = Text(typeset(self.version.front.title), self._wording)
        bound = self.bound.get(apart_by)
        if bound is None or bound.value is None:
            return (heading,)
        origin = value_origin(self.version.key, apart_by)
        said = shown(bound.definition.type, bound.value, bound.definition.choices)
        return heading, structure("colon"), Value(f"{self.instance}/{apart_by}", (Text(said, origin),))

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
        paragraphs = [part for part in _BLANK_LINE.split(bound.value) if part.strip()]
        if len(paragraphs) == 1:
            return []
        origin = value_origin(self.version.key, piece.path[0])
        name = f"{self.instance}/{piece.path[0]}"
        return [
            _as_value(name, (Text(_on_one_line(part), origin, piece.bold, piece.italic),), pending=bound.pending)
            for part in paragraphs
        ]

    def _inlines(self, pieces: tuple[Piece, ...], scope: Scope) -> tuple[Inline, ...]:
        inlines: list[Inline] = []
        for piece in pieces:
            match piece:
                case Text():
                    inlines.append(piece)
                case Placeholder():
                    references = self._references(piece, inlines, scope)
                    inlines.extend((self._value(piece, scope),) if references is None else references)
                case ReferenceNode():
                    name = self.targets.nearest(piece.target, self.instance, self.version.clause_id)
                    inlines.extend(self.targets.refer(name, piece.fallback, self.version, piece.line, inlines))
        return tuple(inlines)

    def _references(self, piece: Placeholder, before: list[Inline], scope: Scope) -> tuple[Inline, ...] | None:
        """Return the references that a value of type ref, or a list of them, stands for; `None` for other types."""
        name = piece.path[0]
        if name in scope:
            kind, value, _ = scope[name].of(piece.path[1:])
            items = None
        else:
            bound = self.bound[name]
            kind, items, value = bound.definition.type, bound.definition.items, bound.value
        if not value or (kind is not P.REF and (kind is not P.LIST or items is not P.REF)):
            return None
        names = (value,) if kind is P.REF else value
        last = "or" if any(item.name == "any" for item in piece.filters) else "and"
        found: list[Inline] = []
        for target, joint in zip(names, (*joining(len(names), last), None), strict=True):
            known = self.targets.nearest(target, self.instance, self.version.clause_id)
            stands_before = before if len(names) == 1 else []
            found.extend(self.targets.refer(known, (), self.version, piece.line, stands_before))
            if joint is not None:
                found.append(joint)
        return tuple(found)

    def _value(self, piece: Placeholder, scope: Scope) -> Value:
        name = piece.path[0]
        items = None
        if name in scope:
            entry = scope[name]
            kind, value, choices = entry.of(piece.path[1:])
            parameter = entry.parameter
        else:
            definition = self.bound[name].definition
            kind, items, value, choices = definition.type, definition.items, self.bound[name].value, definition.choices
            parameter = name
        shown = f"{self.instance}/{parameter}"
        if value is None or value == ():
            self._missing(parameter, piece)
            return Value(shown, ())
        if isinstance(value, str):
            value = _on_one_line(value)
        origin = value_origin(self.version.key, parameter)
        look = Look(origin, self._wording, bold=piece.bold, italic=piece.italic)
        pieces = render(kind, items, value, choices, piece.filters, look)
        return _as_value(shown, pieces, pending=self.bound[parameter].pending)

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
