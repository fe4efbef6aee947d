"""Make contracts up: any tree that assembly could build, with any text that a spec may hold."""

from __future__ import annotations

import string
from dataclasses import replace

from hypothesis import strategies as st
from tests.word.sample import small_contract

from fe_contracts.document.tree import (
    Article,
    Clause,
    Column,
    Contract,
    Exhibit,
    ExhibitPart,
    Inline,
    Origin,
    OriginKind,
    Paragraph,
    Reference,
    Role,
    Row,
    Table,
    Text,
    Value,
)

__all__ = ["contracts", "numbered"]

_ORIGIN = Origin(OriginKind.WORDING, "FE-01@1.0.0")
_WORDS = st.text(
    st.one_of(
        st.sampled_from("&<>\"'{}%#\n\t \u00a0\u05d0\u0628\U0001f3e0\u202e{{}}"),
        st.characters(blacklist_categories=("Cc", "Cs"), blacklist_characters="\ufffe\uffff"),
    ),
    max_size=40,
)
_TEXTS = st.builds(
    Text, _WORDS, st.just(_ORIGIN), bold=st.booleans(), italic=st.booleans(), defines=st.sampled_from(["", "Term"])
)
_VALUES = st.builds(
    Value,
    st.sampled_from(["FE-01/minutes", 'FE-01/of-another <odd> & "name"', "FED-01:hud/rate"]),
    st.lists(_TEXTS, max_size=3).map(tuple),
    pending=st.booleans(),
)
_INLINES = st.lists(st.one_of(_TEXTS, _VALUES), max_size=5).map(tuple)
_PARAGRAPHS = st.builds(
    Paragraph,
    _INLINES,
    st.sampled_from(list(Role)),
    st.integers(0, 2),
)


@st.composite
def _tables(draw: st.DrawFn) -> Table:
    count = draw(st.integers(1, 5))
    columns = tuple(
        Column((draw(_TEXTS),), draw(st.integers(0, 60)), numeric=draw(st.booleans())) for _ in range(count)
    )
    rows = tuple(
        Row(tuple(draw(_INLINES) for _ in range(count)), total=draw(st.booleans()))
        for _ in range(draw(st.integers(0, 4)))
    )
    return Table("FE-01/table", draw(_WORDS), columns, rows)


_BLOCKS = st.lists(st.one_of(_PARAGRAPHS, _tables()), max_size=6).map(tuple)


def numbered(blocks: tuple[Paragraph | Table, ...], section: str, name: str) -> tuple[Paragraph | Table, ...]:
    """Return the blocks with items numbered, levels opened in order, an anchor on every item, and one reference."""
    counts = [0, 0, 0]
    made: list[Paragraph | Table] = []
    for place, block in enumerate(blocks):
        if isinstance(block, Table) or block.role is not Role.ITEM:
            made.append(block)
            continue
        level = min([block.level, *(depth for depth in (0, 1) if depth < block.level and not counts[depth])])
        counts[level] += 1
        counts[level + 1 :] = [0] * (2 - level)
        roman = ["i", "ii", "iii", "iv", "v", "vi"]
        marks = [
            f"({string.ascii_lowercase[counts[0] - 1]})",
            f"({roman[counts[1] - 1]})",
            f"({string.ascii_uppercase[counts[2] - 1]})",
        ][: level + 1]
        full = section + "".join(marks)
        anchor = f"{name}__{place}"
        inlines: tuple[Inline, ...] = (*block.inlines, Reference(anchor, (), full))
        made.append(replace(block, inlines=inlines, level=level, number=marks[-1], full_number=full, anchor=anchor))
    return tuple(made)


@st.composite
def contracts(draw: st.DrawFn) -> Contract:
    """Return a contract with up to three articles and two exhibits."""
    articles = []
    for number in range(1, draw(st.integers(0, 3)) + 1):
        clauses = tuple(
            Clause(
                f"FE-{number}{place}", f"FE-{number}{place}", "1.0.0", f"{number}.{place}",
                (draw(_TEXTS), draw(_VALUES)), f"FE_{number}{place}",
                numbered(draw(_BLOCKS), f"{number}.{place}", f"FE_{number}{place}"),
            )
            for place in range(1, draw(st.integers(0, 3)) + 1)
        )  # fmt: skip
        articles.append(Article(f"a{number}", str(number), (draw(_TEXTS),), f"Article_{number}", clauses))
    exhibits = []
    for letter in "AB"[: draw(st.integers(0, 2))]:
        part = ExhibitPart(
            "FE-11", "FE-11", "1.0.0", f"{letter}.1", (draw(_TEXTS),), f"Part_{letter}",
            numbered(draw(_BLOCKS), f"{letter}.1", f"Part_{letter}"),
        )  # fmt: skip
        exhibits.append(Exhibit(f"e{letter}", letter, (draw(_TEXTS),), f"Exhibit_{letter}", (part,)))
    base = small_contract()
    return replace(
        base, title=draw(_WORDS), articles=tuple(articles), exhibits=tuple(exhibits), confirmations=(),
        cover=((draw(_WORDS), draw(_WORDS)),),
    )  # fmt: skip
