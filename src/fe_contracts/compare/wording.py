"""Compare two wordings, paragraph by paragraph: what stays, what moves, what is reworded, added or taken out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from fe_contracts.catalog.wording import (
    Branch,
    ExhibitBlock,
    Loop,
    ParagraphNode,
    Placeholder,
    ReferenceNode,
    TableNode,
)
from fe_contracts.compare.changes import Bump, ChangeKind, ClauseChange
from fe_contracts.compare.words import binding_word, judge_text
from fe_contracts.document.tree import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from fe_contracts.catalog.wording import Node, Piece, Wording
    from fe_contracts.compare.words import Language

__all__ = ["Passage", "compare_wordings", "passages_of", "text_of"]

_ALIKE = 50.0
"""How like two paragraphs must be, of 100, to be one that was reworded."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a table's place or the heading of an exhibit's part, with all that decides where it stands."""

    kind: str
    """`body`, `item 0`, `bullet 1`, `quotation`, `table`, `exhibit`: what it is and how deep it stands."""
    text: str
    context: tuple[str, ...]
    """The conditions, repetitions and exhibits around it, outer first."""
    parameters: tuple[str, ...]
    """The parameters without whose value true it does not stand in a contract."""
    label: str
    line: int
    looks: str
    """Where it is bold or italic."""

    @property
    def place(self) -> str:
        """Return where it stands, for a reader: `line 93 (#plan)`."""
        return f"line {self.line}" + (f" (#{self.label})" if self.label else "")

    @property
    def around(self) -> str:
        """Return its context in words."""
        return "; ".join(self.context) or "always"

    @property
    def key(self) -> tuple[str, str, tuple[str, ...]]:
        """Return what two passages share that read the same in every contract."""
        return self.kind, self.text, self.context


def _shown(piece: Piece) -> str:
    match piece:
        case Placeholder():
            filters = "".join(
                f" | {filter_.name}" + (f"({', '.join(map(repr, filter_.arguments))})" if filter_.arguments else "")
                for filter_ in piece.filters
            )
            return f"{{{{ {'.'.join(piece.path)}{filters} }}}}"
        case ReferenceNode():
            fallback = "".join(text.text for text in piece.fallback)
            return f"[[{piece.target}{' | ' + fallback if fallback else ''}]]"
        case _:
            return piece.text


def text_of(pieces: Sequence[Piece]) -> str:
    """Return pieces of wording as one line, values and references as they are written in the library."""
    return "".join(map(_shown, pieces))


def _looks(pieces: Sequence[Piece]) -> str:
    return "".join(
        f"{'b' if piece.bold else ''}{'i' if piece.italic else ''}:{_shown(piece)};"
        for piece in pieces
        if not isinstance(piece, ReferenceNode) and (piece.bold or piece.italic)
    )


def _switch(node: Branch) -> tuple[str, ...]:
    """Return the parameter that must be true for the branch to stand, if its condition says just that."""
    condition = node.condition
    tests = condition.parts if condition.operator == "all" else (condition,)
    return tuple(
        test.fact.removeprefix("parameter.")
        for test in tests
        if test.operator == "equals" and test.value is True and test.fact.startswith("parameter.")
    )


def passages_of(
    nodes: tuple[Node, ...], context: tuple[str, ...] = (), parameters: tuple[str, ...] = ()
) -> Iterator[Passage]:
    """Yield every passage of a wording, in order."""
    for node in nodes:
        match node:
            case ParagraphNode():
                kind = f"{node.role.value} {node.level}" if node.role in {Role.ITEM, Role.BULLET} else node.role.value
                text = text_of(node.pieces)
                yield Passage(kind, text, context, parameters, node.label, node.line, _looks(node.pieces))
            case TableNode():
                yield Passage("table", f"the table {node.parameter}", context, parameters, "", node.line, "")
            case Branch():
                when = str(node.condition)
                yield from passages_of(node.then, (*context, f"when {when}"), parameters + _switch(node))
                yield from passages_of(node.otherwise, (*context, f"unless {when}"), parameters)
            case Loop():
                yield from passages_of(node.body, (*context, f"for each of {node.parameter}"), parameters)
            case ExhibitBlock():
                inner = (*context, f"in exhibit {node.exhibit}")
                yield Passage("exhibit", text_of(node.title), inner, parameters, "", node.line, "")
                yield from passages_of(node.body, inner, parameters)


def compare_wordings(
    old: Wording, new: Wording, language: Language, *, off_by_default: AbstractSet[str] = frozenset()
) -> Iterator[ClauseChange]:
    """Yield what changed in the wording.

    `off_by_default` names the new parameters that are false unless a spec says otherwise: a paragraph that stands
    only when one of them is true changes no contract made before.
    """
    before, after = list(passages_of(old.nodes)), list(passages_of(new.nodes))
    kept, pairs, gone, come = _aligned(before, after)
    for one, other in kept:
        yield from _looked_over(one, other)
    for one, other in pairs:
        yield _reworded(one, other, language)
    yield from _adopted(before, after, [*kept, *pairs])
    moved = list(_moved(gone, come))
    for one, other in moved:
        gone.remove(one)
        come.remove(other)
        yield _moving(one, other)
    for passage in gone:
        why = "a paragraph is taken out, and with it what it said"
        yield ClauseChange(ChangeKind.WORDING, passage.place, passage.text, "", Bump.MAJOR, why)
    leads = _leads(after) if come else {}
    for passage in come:
        yield _added(passage, leads.get(id(passage), ""), off_by_default)


def _aligned(
    old: list[Passage], new: list[Passage]
) -> tuple[list[tuple[Passage, Passage]], list[tuple[Passage, Passage]], list[Passage], list[Passage]]:
    """Return passages kept, passages reworded, old ones without and new ones without a counterpart."""
    kept: list[tuple[Passage, Passage]] = []
    pairs: list[tuple[Passage, Passage]] = []
    gone: list[Passage] = []
    come: list[Passage] = []
    matcher = SequenceMatcher(None, [item.key for item in old], [item.key for item in new], autojunk=False)
    for operation, i, j, k, m in matcher.get_opcodes():
        if operation == "equal":
            kept += zip(old[i:j], new[k:m], strict=True)
            continue
        found = _likest(old[i:j], new[k:m])
        pairs += found
        paired = {id(item) for pair in found for item in pair}
        gone += [item for item in old[i:j] if id(item) not in paired]
        come += [item for item in new[k:m] if id(item) not in paired]
    return kept, pairs, gone, come


def _likest(old: list[Passage], new: list[Passage]) -> list[tuple[Passage, Passage]]:
    """Return the pairs of passages that are most like each other, each passage once, in the order of the new."""
    if not old or not new:
        return []
    from rapidfuzz.fuzz import ratio

    scored = [
        (max(ratio(one.text, other.text), 99.0 if one.label and one.label == other.label else 0.0), -i, -k)
        for i, one in enumerate(old)
        for k, other in enumerate(new)
    ]
    left, right, found = set(range(len(old))), set(range(len(new))), []
    for score, i, k in sorted(scored, reverse=True):
        if score >= _ALIKE and -i in left and -k in right:
            left.remove(-i)
            right.remove(-k)
            found.append((-i, -k))
    return [(old[i], new[k]) for i, k in sorted(found, key=lambda pair: pair[1])]


def _looked_over(old: Passage, new: Passage) -> Iterator[ClauseChange]:
    """Yield what changed in a passage whose words did not."""
    if old.label != new.label:
        why = "the name of a paragraph changes, which no reader sees"
        yield ClauseChange(ChangeKind.WORDING, new.place, f"#{old.label}", f"#{new.label}", Bump.PATCH, why, new.line)
    if old.looks != new.looks:
        why = "only bold or italic changes"
        yield ClauseChange(ChangeKind.WORDING, new.place, old.text, new.text, Bump.PATCH, why, new.line)


def _parents(passages: list[Passage]) -> dict[int, Passage | None]:
    """Return, by identity, the paragraph that each item below another, bullet and quotation belongs to."""
    found: dict[int, Passage | None] = {}
    last: dict[str, Passage] = {}
    listed = {Role.ITEM.value, Role.BULLET.value}
    for passage in passages:
        kind, _, level = passage.kind.partition(" ")
        if kind in listed and level != "0":  # a bullet may stand below an item: both are counted as one list
            found[id(passage)] = last.get(f"level {int(level) - 1}")
        elif kind in {Role.BULLET.value, Role.QUOTATION.value}:
            found[id(passage)] = last.get("lead")
        if kind in listed:
            last[f"level {level}"] = passage
        if kind in {Role.ITEM.value, Role.BODY.value}:
            last["lead"] = passage
    return found


def _adopted(old: list[Passage], new: list[Passage], pairs: list[tuple[Passage, Passage]]) -> Iterator[ClauseChange]:
    """Yield the passages that stand below another paragraph than before, though their words may be the same."""
    counterpart = {id(one): id(other) for one, other in pairs}
    before, after = _parents(old), _parents(new)
    for one, other in pairs:
        above, below = before.get(id(one)), after.get(id(other))
        if above is not None and below is not None and counterpart.get(id(above)) != id(below):
            why = "it stands below another paragraph than before"
            yield ClauseChange(ChangeKind.WORDING, other.place, above.text, below.text, Bump.MAJOR, why, other.line)


def _reworded(old: Passage, new: Passage, language: Language) -> ClauseChange:
    judged = judge_text(old.text, new.text, language)
    bump, reason = judged.bump, judged.reason
    shown = old.text, new.text
    if old.context != new.context:
        why = f"it stood {old.around}, and now stands {new.around}: other contracts have it"
        bump, reason = Bump.MAJOR, f"{reason}; {why}" if bump is Bump.MAJOR else why
    elif old.kind != new.kind:
        why = f"it was {old.kind} and is {new.kind}: it belongs to another paragraph, or counts as other words"
        bump, reason = Bump.MAJOR, f"{reason}; {why}" if bump is Bump.MAJOR else why
    return ClauseChange(ChangeKind.WORDING, new.place, *shown, bump, reason, new.line)


def _moved(gone: list[Passage], come: list[Passage]) -> Iterator[tuple[Passage, Passage]]:
    """Yield the passages that stand elsewhere and are otherwise the same."""
    waiting: dict[tuple[str, str, tuple[str, ...]], list[Passage]] = defaultdict(list)
    for passage in gone:
        waiting[passage.key].append(passage)
    for passage in come:
        if waiting[passage.key]:
            yield waiting[passage.key].pop(0), passage


def _moving(old: Passage, new: Passage) -> ClauseChange:
    if new.kind == f"{Role.ITEM.value} 0":
        bump, why = Bump.MINOR, "a paragraph moves: it says the same under another number"
    else:
        bump, why = Bump.MAJOR, "a paragraph moves, and may belong to another one now"
    return ClauseChange(ChangeKind.WORDING, new.place, old.place, new.place, bump, why, new.line)


def _leads(passages: list[Passage]) -> dict[int, str]:
    """Return, by identity, the word by which a paragraph above binds somebody to a passage: “must”, before a list."""
    parents = _parents(passages)
    found: dict[int, str] = {}
    lead = ""
    for passage in passages:
        if passage.kind in {Role.BODY.value, Role.QUOTATION.value, "table", "exhibit"}:
            lead = binding_word(passage.text) if passage.text.endswith((":", ",")) else ""
        above = parents.get(id(passage))
        if above is not None:
            found[id(passage)] = found.get(id(above), "") or binding_word(above.text)
        elif passage.kind == f"{Role.ITEM.value} 0":
            found[id(passage)] = lead
    return found


def _added(passage: Passage, lead: str, off_by_default: AbstractSet[str]) -> ClauseChange:
    """Return the change that a new passage is; `lead` is the word of a paragraph above that binds somebody to it."""
    switches = [name for name in passage.parameters if name in off_by_default]
    bound = binding_word(passage.text)
    if switches:
        bump, why = Bump.MINOR, f"a paragraph is added that stands only where a spec sets {switches[0]}"
    elif passage.kind == "table":
        bump, why = Bump.MAJOR, "a table is added, and its values may bind somebody"
    elif bound:
        bump, why = Bump.MAJOR, f"a paragraph is added that may bind somebody (“{bound}”)"
    elif lead:
        bump, why = Bump.MAJOR, f"a paragraph is added to a list that may bind somebody (“{lead}”)"
    else:
        bump, why = Bump.MINOR, "a paragraph is added that makes no duty"
    return ClauseChange(ChangeKind.WORDING, passage.place, "", passage.text, bump, why, passage.line)
