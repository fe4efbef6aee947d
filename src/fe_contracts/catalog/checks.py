"""Check a clause version against itself: what is used must be declared, and what is declared, used."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from fe_contracts.catalog.conditions import FACT_KINDS, YES_NO, FactKind, faults_of, kind_of_parameter
from fe_contracts.catalog.declarations import check_declarations
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
from fe_contracts.document.tree import Role
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.clause import ParameterType as P

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


@dataclass(frozen=True, slots=True)
class _Place:
    """What stands around a piece of wording."""

    scope: dict[str, ParameterDefinition] = field(default_factory=dict)
    """What each repetition around it repeats, by the name its wording uses."""
    repeats: bool = False
    asks_exhibits: bool = False
    """Whether a condition around it reads which exhibits there are."""


class _Check:
    """Walk one wording with the names in scope, collecting problems."""

    def __init__(self, front: VersionFrontMatter, file: str) -> None:
        self.parameters = front.parameters
        self.file = file
        self.used: set[str] = set()
        self.problems: list[Finding] = []
        self.labels: set[str] = set()
        self.exhibits: set[str] = set()
        self.depth = 0
        """The deepest level at which a numbered paragraph may stand next."""

    def report(self, line: int, code: str, message: str, remedy: str) -> None:
        self.problems.append(Finding(code, Severity.ERROR, message, Where(self.file, line), remedy))

    def nodes(self, nodes: tuple[Node, ...], place: _Place) -> None:
        for node in nodes:
            match node:
                case ParagraphNode():
                    self.paragraph(node, place)
                case TableNode():
                    self.table(node)
                case Branch():
                    self.branch(node, place)
                case Loop():
                    self.loop(node, place)
                case ExhibitBlock():
                    self.exhibit(node, place)

    def paragraph(self, node: ParagraphNode, place: _Place) -> None:
        self.pieces(node.pieces, place.scope)
        if node.role is Role.ITEM:
            if node.level > self.depth:
                self.report(
                    node.line,
                    "WORDING060",
                    "The numbered paragraph stands below one that is not there.",
                    "Go down one level at a time, under a numbered paragraph that is always in the contract.",
                )
            self.depth = node.level + 1
        if not node.label:
            return
        label = node.label.replace("-", "_")  # as bookmarks are written
        if label in self.labels:
            self.report(node.line, "WORDING070", f"The label #{node.label} is given twice.", "Rename one.")
        if place.repeats:
            self.report(
                node.line,
                "WORDING070",
                f"The label #{node.label} stands in a block that repeats, so it would name several paragraphs.",
                "Take it out of ::: each.",
            )
        self.labels.add(label)

    def branch(self, node: Branch, place: _Place) -> None:
        """Check both ways of a branch; only one of them stands in a contract, so both may use a label."""
        self.condition(node.condition, node.line)
        inside = replace(
            place,
            asks_exhibits=place.asks_exhibits or any(fact.startswith("exhibit.") for fact in node.condition.facts),
        )
        labels, exhibits, depth = set(self.labels), set(self.exhibits), self.depth
        self.nodes(node.then, inside)
        then = self.labels, self.exhibits, self.depth
        self.labels, self.exhibits, self.depth = labels, exhibits, depth
        self.nodes(node.otherwise, inside)
        self.labels, self.exhibits, self.depth = (
            self.labels | then[0],
            self.exhibits | then[1],
            min(self.depth, then[2]),
        )

    def exhibit(self, node: ExhibitBlock, place: _Place) -> None:
        """Check a part of an exhibit: which exhibits there are must be plain from the facts, and each filled once."""
        self.pieces(node.title, place.scope)
        where = (
            "in a block that repeats"
            if place.repeats
            else "under a condition on exhibits"
            if place.asks_exhibits
            else "in the contract a second time"
            if node.exhibit in self.exhibits
            else ""
        )
        if where:
            self.report(
                node.line,
                "WORDING010",
                f"The exhibit block {node.exhibit!r} stands {where}.",
                "Fill each exhibit once, in one block that stands by itself, with the conditions and lists inside.",
            )
        self.exhibits.add(node.exhibit)
        outside, self.depth = self.depth, 0
        self.nodes(node.body, place)
        self.depth = outside

    def table(self, node: TableNode) -> None:
        definition = self.declared(node.parameter, node.line)
        if definition is not None and definition.type is not P.TABLE:
            self.report(
                node.line,
                "WORDING030",
                f"{node.parameter} is a {definition.type}, not a table.",
                "Declare a table.",
            )

    def loop(self, node: Loop, place: _Place) -> None:
        definition = self.declared(node.parameter, node.line)
        if definition is not None and definition.type not in {P.TABLE, P.LIST}:
            self.report(
                node.line,
                "WORDING030",
                f"{node.parameter} is a {definition.type}; only lists and tables repeat.",
                "Declare a list or a table.",
            )
        if node.variable in self.parameters or node.variable in place.scope:
            self.report(
                node.line,
                "WORDING040",
                f"{node.variable!r} already names something else here.",
                "Give what is repeated a name of its own.",
            )
        inner = {**place.scope, node.variable: definition} if definition is not None else place.scope
        depth = self.depth
        self.nodes(node.body, replace(place, scope=inner, repeats=True))
        self.depth = min(self.depth, depth)

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
        def kind_of(fact: str) -> FactKind | None:
            space, _, name = fact.partition(".")
            if space == "parameter":
                definition = self.declared(name, line)
                return None if definition is None else kind_of_parameter(definition)
            if space in {"clause", "exhibit"}:
                return YES_NO
            if fact not in FACT_KINDS:
                self.report(line, "WORDING080", _unknown_fact(fact), "See the page on conditions for the list.")
            return FACT_KINDS.get(fact)

        for fault in faults_of(condition, kind_of):
            self.report(line, "WORDING080", fault, "See the page on conditions.")

    def own_references(self, wording: Wording) -> None:
        for reference in references_of(wording):
            if reference.target.startswith("#") and reference.target[1:].replace("-", "_") not in self.labels:
                self.report(
                    reference.line,
                    "WORDING070",
                    f"[[{reference.target}]]: no paragraph here has that label.",
                    f"Write {{{reference.target}}} after the #. of the paragraph meant.",
                )


def check_version(front: VersionFrontMatter, wording: Wording, file: str) -> tuple[Finding, ...]:
    """Return every disagreement between a version's front matter and its wording."""
    check = _Check(front, file)
    check.nodes(wording.nodes, _Place())
    check.own_references(wording)
    for name, definition in front.parameters.items():
        if name not in check.used:
            check.report(
                1,
                "WORDING050",
                f"The parameter {name!r} is declared and the wording never uses it.",
                "Use it in the wording, or delete it.",
            )
        if definition.confirm is not None and definition.type in _NOT_INLINE:
            check.report(
                1,
                "WORDING055",
                f"The parameter {name!r} is to be confirmed, but a {definition.type} never prints in a sentence.",
                "Ask for the confirmation at a value that does, so that it shows in the contract.",
            )
    if front.retires and wording.nodes:
        check.report(1, "WORDING010", "A version that retires the clause has wording.", "Delete the wording.")
    if not front.retires and not wording.nodes:
        check.report(1, "WORDING010", "The version has no wording.", "Write it below the second ---.")
    check.problems += check_declarations(front, file)
    for where, condition, reads_parameters in (
        ("applies.when", front.applies.when, False),
        *((f"obligations[{place}].if", item.applies_when, True) for place, item in enumerate(front.obligations)),
        *(
            (f"relations.requires[{place}].when", item.when, True)
            for place, item in enumerate(front.relations.requires)
        ),
        *(
            (f"relations.conflicts[{place}].when", item.when, True)
            for place, item in enumerate(front.relations.conflicts)
        ),
    ):
        check.problems += _front_condition(front, condition, Where(file, field=where), reads_parameters)
    return tuple(check.problems)


def _unknown_fact(fact: str) -> str:
    near = get_close_matches(fact, FACT_KINDS, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return f"{fact!r} is not a fact a condition can read.{hint}"


def _front_condition(
    front: VersionFrontMatter,
    condition: Condition,
    where: Where,
    reads_parameters: bool,  # noqa: FBT001 - a row's last column
) -> Iterator[Finding]:
    """Yield what is wrong with a condition of the front matter; whether a clause applies cannot rest on its values."""
    unknown: list[str] = []

    def kind_of(fact: str) -> FactKind | None:
        name = fact.removeprefix("parameter.")
        if name != fact and reads_parameters and name in front.parameters:
            return kind_of_parameter(front.parameters[name])
        if fact not in FACT_KINDS:
            unknown.append(_unknown_fact(fact))
        return FACT_KINDS.get(fact)

    faults = [*faults_of(condition, kind_of)]
    for fault in (*unknown, *faults):
        yield Finding("WORDING080", Severity.ERROR, fault, where, "See the page on conditions for the list.")
