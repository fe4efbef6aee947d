"""Check a clause version against itself: what is used must be declared, and what is declared, used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.catalog.inline import FILTERS
from fe_contracts.catalog.wording import (
    Branch,
    ExhibitBlock,
    Loop,
    ParagraphNode,
    Placeholder,
    ReferenceNode,
    TableNode,
    walk,
)
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.clause import ParameterType as P
from fe_contracts.model.facts import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.catalog.wording import Node, Piece, Wording
    from fe_contracts.model.clause import ParameterDefinition, VersionFrontMatter
    from fe_contracts.model.condition import Condition

__all__ = ["check_version", "pieces_of", "references_of"]

_FILTER_TYPES: dict[str, frozenset[P]] = {
    "money_words": frozenset({P.MONEY}),
    "words": frozenset({P.INT, P.DAYS}),
    "count": frozenset({P.INT, P.DAYS}),
    "ordinal": frozenset({P.INT}),
    "any": frozenset({P.LIST}),
    "lower": frozenset({P.ENUM, P.LIST, P.STR}),
}
_NOT_INLINE = frozenset({P.BOOL, P.TABLE})


def pieces_of(nodes: tuple[Node, ...]) -> Iterator[Piece]:
    """Yield every piece of text, placeholder and reference, headings of exhibit parts included."""
    for node in walk(nodes):
        match node:
            case ParagraphNode():
                yield from node.pieces
            case ExhibitBlock():
                yield from node.title


def references_of(wording: Wording) -> Iterator[ReferenceNode]:
    """Yield every reference of a wording."""
    for piece in pieces_of(wording.nodes):
        if isinstance(piece, ReferenceNode):
            yield piece


class _Check:
    """Walk one wording with the names in scope, collecting problems."""

    def __init__(self, front: VersionFrontMatter, file: str) -> None:
        self.parameters = front.parameters
        self.file = file
        self.used: set[str] = set()
        self.problems: list[Finding] = []
        self.labels: set[str] = set()

    def report(self, line: int, code: str, message: str, remedy: str) -> None:
        self.problems.append(Finding(code, Severity.ERROR, message, Where(self.file, line), remedy))

    def nodes(self, nodes: tuple[Node, ...], scope: dict[str, ParameterDefinition]) -> None:
        for node in nodes:
            match node:
                case ParagraphNode():
                    self.pieces(node.pieces, scope)
                    if node.label and node.label in self.labels:
                        self.report(node.line, "WORDING070", f"The label #{node.label} is given twice.", "Rename one.")
                    self.labels.add(node.label)
                case TableNode():
                    self.table(node)
                case Branch():
                    self.branch(node, scope)
                case Loop():
                    self.loop(node, scope)
                case ExhibitBlock():
                    self.pieces(node.title, scope)
                    self.nodes(node.body, scope)

    def branch(self, node: Branch, scope: dict[str, ParameterDefinition]) -> None:
        """Check both ways of a branch; only one of them stands in a contract, so both may use a label."""
        self.condition(node.condition, node.line)
        before = set(self.labels)
        self.nodes(node.then, scope)
        with_then, self.labels = self.labels, before
        self.nodes(node.otherwise, scope)
        self.labels |= with_then

    def table(self, node: TableNode) -> None:
        definition = self.declared(node.parameter, node.line)
        if definition is not None and definition.type is not P.TABLE:
            self.report(
                node.line,
                "WORDING030",
                f"{node.parameter} is a {definition.type}, not a table.",
                "Declare a table.",
            )

    def loop(self, node: Loop, scope: dict[str, ParameterDefinition]) -> None:
        definition = self.declared(node.parameter, node.line)
        if definition is not None and definition.type not in {P.TABLE, P.LIST}:
            self.report(
                node.line,
                "WORDING030",
                f"{node.parameter} is a {definition.type}; only lists and tables repeat.",
                "Declare a list or a table.",
            )
        inner = dict(scope)
        if definition is not None:
            inner[node.variable] = definition
        self.nodes(node.body, inner)

    def declared(self, name: str, line: int) -> ParameterDefinition | None:
        self.used.add(name)
        definition = self.parameters.get(name)
        if definition is None:
            self.report(
                line,
                "WORDING040",
                f"{name!r} is not a parameter of this version.",
                "Declare it under parameters, or correct the name.",
            )
        return definition

    def pieces(self, pieces: tuple[Piece, ...], scope: dict[str, ParameterDefinition]) -> None:
        for piece in pieces:
            if isinstance(piece, Placeholder):
                self.placeholder(piece, scope)

    def placeholder(self, piece: Placeholder, scope: dict[str, ParameterDefinition]) -> None:
        name, *attributes = piece.path
        kind: P | None
        if name in scope:
            kind = self.loop_value(piece, scope[name], attributes)
        else:
            definition = self.declared(name, piece.line)
            if definition is None:
                return
            kind = definition.type
            if attributes:
                self.report(
                    piece.line,
                    "WORDING020",
                    f"{name} has no parts; {'.'.join(piece.path)} names one.",
                    "Drop the part.",
                )
        if kind is None:
            return
        if kind in _NOT_INLINE:
            self.report(
                piece.line,
                "WORDING030",
                f"{name} is a {kind} and cannot stand in a sentence.",
                "Use ::: when for yes-or-no values and ::: table for tables.",
            )
        for item in piece.filters:
            if item.name in FILTERS and kind not in _FILTER_TYPES[item.name]:
                self.report(
                    piece.line,
                    "WORDING030",
                    f"The filter {item.name} does not fit {name}, a {kind}.",
                    "Use another.",
                )

    def loop_value(self, piece: Placeholder, definition: ParameterDefinition, attributes: list[str]) -> P | None:
        if definition.type is P.LIST:
            if attributes:
                self.report(piece.line, "WORDING020", f"{'.'.join(piece.path)}: an entry of a list has no parts.", "")
            return definition.items
        for column in definition.columns:
            if [column.name] == attributes:
                return column.type
        self.report(
            piece.line,
            "WORDING040",
            f"{'.'.join(piece.path)} names no column of the table.",
            f"The columns are {', '.join(column.name for column in definition.columns)}.",
        )
        return None

    def condition(self, condition: Condition, line: int) -> None:
        for fact in sorted(condition.facts):
            space, _, name = fact.partition(".")
            if space == "parameter":
                self.declared(name, line)
            elif space not in {"clause", "exhibit"} and fact not in VOCABULARY:
                self.report(
                    line,
                    "WORDING080",
                    f"{fact!r} is not a fact a condition can read.",
                    "See the page on conditions for the list.",
                )

    def own_references(self, wording: Wording) -> None:
        for reference in references_of(wording):
            if reference.target.startswith("#") and reference.target[1:] not in self.labels:
                self.report(
                    reference.line,
                    "WORDING070",
                    f"[[{reference.target}]]: no paragraph here has that label.",
                    f"Write {{{reference.target}}} after the #. of the paragraph meant.",
                )


def check_version(front: VersionFrontMatter, wording: Wording, file: str) -> tuple[Finding, ...]:
    """Return every disagreement between a version's front matter and its wording."""
    check = _Check(front, file)
    check.nodes(wording.nodes, {})
    check.own_references(wording)
    for name in front.parameters:
        if name not in check.used:
            check.report(
                1,
                "WORDING050",
                f"The parameter {name!r} is declared and the wording never uses it.",
                "Use it in the wording, or delete it.",
            )
    if front.retires and wording.nodes:
        check.report(1, "WORDING010", "A version that retires the clause has wording.", "Delete the wording.")
    if not front.retires and not wording.nodes:
        check.report(1, "WORDING010", "The version has no wording.", "Write it below the second ---.")
    for field, condition in (
        ("applies.when", front.applies.when),
        *((f"obligations[{place}].if", item.applies_when) for place, item in enumerate(front.obligations)),
        *((f"relations.requires[{place}].when", item.when) for place, item in enumerate(front.relations.requires)),
        *((f"relations.conflicts[{place}].when", item.when) for place, item in enumerate(front.relations.conflicts)),
    ):
        for fact in sorted(condition.facts):
            if fact not in VOCABULARY and not fact.startswith("parameter."):
                check.problems.append(
                    Finding(
                        "WORDING080",
                        Severity.ERROR,
                        f"{fact!r} is not a fact a condition can read.",
                        Where(file, field=field),
                        "See the page on conditions for the list.",
                    )
                )
    return tuple(check.problems)
