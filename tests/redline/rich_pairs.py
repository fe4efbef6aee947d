"""Make pairs of rich Word files, the second edited from the first, each reproducible by its seed."""

from __future__ import annotations

import copy
from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING

from tests.redline.rich_edits_paragraphs import ParagraphEditor
from tests.redline.rich_edits_tables import TableEditor
from tests.redline.rich_edits_things import ThingEditor
from tests.redline.rich_edits_words import WordEditor
from tests.redline.rich_making import Maker
from tests.redline.rich_writing import Hand, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.redline.rich_tree import Document

__all__ = ["EDITS", "edits_of", "rich_pair"]

EDITS = (
    *("replace_words",) * 4,
    *("insert_words", "delete_words", "change_figure") * 2,
    *("add_sentence", "drop_sentence", "change_margin", "change_note", "change_look", "change_style", "change_list"),
    *("change_properties", "change_mark", "add_paragraphs", "drop_paragraph", "split_paragraph", "merge_paragraphs"),
    *(
        "move_paragraphs",
        "change_link",
        "change_result",
        "change_contents",
        "add_thing",
        "drop_thing",
        "change_picture",
    ),
    *("wrap", "unwrap", "change_section", "add_rows", "drop_row", "move_row", "add_column", "drop_column"),
    *("change_table", "change_cell", "add_table", "drop_table"),
)
"""What may happen to a document, the likeliest several times."""


def rich_pair(seed: int) -> tuple[bytes, bytes]:
    """Return an old and a new file; the same seed gives the same bytes."""
    old, new, _ = _made(seed)
    return old, new


def edits_of(seed: int) -> tuple[str, ...]:
    """Return what was done to the old file of a pair, in order."""
    return _made(seed)[2]


@lru_cache(maxsize=4)
def _made(seed: int) -> tuple[bytes, bytes, tuple[str, ...]]:
    chance = Random(seed)  # noqa: S311  reproducible, not secret
    maker = Maker(chance)
    before = maker.document()
    after = copy.deepcopy(before)
    done = _edit(after, chance, maker, chance.choice((1, 2, 3, 5, 8, 13, 25)))
    other = Hand(shift=40, cuts=Random(seed)) if chance.random() < 0.3 else Hand()  # noqa: S311
    return write(before, Hand()), write(after, other), done


def _edit(document: Document, chance: Random, maker: Maker, count: int) -> tuple[str, ...]:
    """Edit a document in place so many times, and return what was done."""
    kinds = (WordEditor, ParagraphEditor, ThingEditor, TableEditor)
    editors = [kind(document, chance, maker) for kind in kinds]
    done: list[str] = []
    for _ in range(count * 4):
        name = chance.choice(EDITS)
        edit: Callable[[], bool] = next(getattr(one, name) for one in editors if hasattr(one, name))
        if edit():
            done.append(name)
        if len(done) == count:
            break
    return tuple(done)
