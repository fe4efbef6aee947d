"""Count the words of a minimal edit script between two files, and the words that a redline marks.

Both counts split text at white space and leave out what is no text: pictures, note marks, symbols.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel
from tests.redline.opening import M, Opened, W
from tests.redline.reading import read, words

if TYPE_CHECKING:
    from lxml import etree
    from tests.redline.reading import Reading

__all__ = ["marked", "minimal_words", "minimal_words_of"]

_INSERTED, _DELETED, _FROM, _TO = W + "ins", W + "del", W + "moveFrom", W + "moveTo"
_SPACES = frozenset(W + name for name in ("tab", "ptab", "br", "cr"))
_TEXTS = frozenset((W + "t", W + "delText", M + "t"))
_HYPHENS = {W + "noBreakHyphen": "‑", W + "softHyphen": "­"}


def minimal_words(old: bytes, new: bytes) -> int:
    """Return how many words a minimal edit script takes out and puts in, over the text of all stories."""
    return minimal_words_of(read(old), read(new))


def minimal_words_of(old: Reading, new: Reading) -> int:
    """Return the same for two files that have been read."""
    ids: dict[str, int] = {}
    sides = [
        [
            ids.setdefault(word, len(ids))
            for story in side.stories.values()
            for line in story.text
            for word in words(line)
        ]
        for side in (old, new)
    ]
    return Indel.distance(*sides)


def marked(redline: bytes) -> int:
    """Return how many words stand inside `w:ins` and `w:del`; moved text is not counted.

    What is next to each other in a paragraph and marked in the same way is one stretch: a word over several runs is one
    word. The words of a stretch are those of its text; a text box, written twice, is counted once.
    """
    opened = Opened(redline)
    return sum(_Counter().count(opened.tree(part)) for part in opened.stories if "comments" not in part)


class _Counter:
    def __init__(self) -> None:
        self.words = 0
        self._kind = ""
        self._text: list[str] = []

    def count(self, root: etree._Element) -> int:
        self._walk(root, "")
        self._close("")
        return self.words

    def _walk(self, element: etree._Element, kind: str) -> None:
        for child in element:
            tag = child.tag
            if tag == W + "p":
                self._paragraph(child)
            elif tag in _TEXTS:
                self._add(kind, child.text or "")
            elif tag in _HYPHENS:
                self._add(kind, _HYPHENS[tag])
            elif tag in _SPACES:
                self._add(kind, " ")
            elif tag in {_FROM, _TO}:
                self._walk(child, "moved")
            elif tag in {_INSERTED, _DELETED}:
                self._walk(child, "moved" if kind == "moved" else _under(tag, kind))
            elif tag == "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback":
                continue
            else:
                self._walk(child, kind)

    def _paragraph(self, paragraph: etree._Element) -> None:
        """Count a paragraph by itself: one in a text box stands in the middle of another."""
        outer = self._kind, self._text
        self._kind, self._text = "", []
        self._walk(paragraph, "")
        self._close("")
        self._kind, self._text = outer

    def _add(self, kind: str, text: str) -> None:
        if kind != self._kind:
            self._close(kind)
        self._text.append(text)

    def _close(self, kind: str) -> None:
        if self._kind in {"ins", "del"}:
            self.words += len("".join(self._text).split())
        self._kind, self._text = kind, []


def _under(tag: str, kind: str) -> str:
    """Return how text is marked under one more mark: what was inserted and deleted again is one mark, of deletion."""
    return "del" if kind == "del" or tag == _DELETED else "ins"
