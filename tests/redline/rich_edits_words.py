"""Edit words and their looks by chance: what is said, what it looks like, in the body, margins and notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.redline.rich_finding import Finder
from tests.redline.rich_tree import Text

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["WordEditor"]

_FIGURE = re.compile(r"\$\d[\d.]*\d|\b\d+\b")


class WordEditor(Finder):
    """Edits the words of one document in place."""

    def _words(self, change: Callable[[list[str], int], list[str]], *where: str, words: int = 2) -> bool:
        found = self._leaf(*where, words=words)
        if found is None:
            return False
        _, _, leaf = found
        pieces = re.split(r"(\s+)", leaf.text)
        places = [at for at, piece in enumerate(pieces) if piece.strip()]
        leaf.text = "".join(change(pieces, self.chance.choice(places)))
        return True

    def replace_words(self) -> bool:
        """Put other words in the place of one to three."""
        count = self.chance.randint(1, 3)
        return self._words(lambda pieces, at: [*pieces[:at], self.maker.phrase(), *pieces[at + 2 * count - 1 :]])

    def insert_words(self) -> bool:
        """Put some words in."""
        return self._words(lambda pieces, at: [*pieces[:at], self.maker.phrase(), " ", *pieces[at:]])

    def delete_words(self) -> bool:
        """Take one to four words out."""
        count = self.chance.randint(1, 4)
        return self._words(lambda pieces, at: [*pieces[:at], *pieces[at + 2 * count :]], words=6)

    def change_figure(self) -> bool:
        """Change an amount, a day or a year."""
        for _ in range(6):
            found = self._leaf()
            figure = _FIGURE.search(found[2].text) if found else None
            if found and figure:
                new = (
                    f"${self.chance.randint(1000, 90000)}"
                    if figure[0].startswith("$")
                    else str(self.chance.randint(2, 90))
                )
                found[2].text = f"{found[2].text[: figure.start()]}{new}{found[2].text[figure.end() :]}"
                return True
        return False

    def add_sentence(self) -> bool:
        """Put a sentence at the end of a piece of text."""
        found = self._leaf("body", "cell", "control", "note", "box")
        if found:
            found[2].text = f"{found[2].text} {self.maker.sentence()}"
        return found is not None

    def drop_sentence(self) -> bool:
        """Take the first of some sentences out."""
        found = self._leaf(words=24)
        first, stop, rest = found[2].text.partition(". ") if found else ("", "", "")
        if found and stop and first and rest:
            found[2].text = rest
            return True
        return False

    def change_margin(self) -> bool:
        """Change a word in a header or footer."""
        return self._words(lambda pieces, at: [*pieces[:at], self.maker.phrase(), *pieces[at + 1 :]], "margin", words=1)

    def change_note(self) -> bool:
        """Change a word in a note."""
        return self._words(lambda pieces, at: [*pieces[:at], self.maker.phrase(), *pieces[at + 1 :]], "note", words=1)

    def change_look(self) -> bool:
        """Give some words another look."""
        found = self._leaf()
        if found is None:
            return False
        line, at, leaf = found
        pieces = re.split(r"(\s+)", leaf.text)
        start = self.chance.randrange(len(pieces))
        end = min(len(pieces), start + self.chance.choice((1, 3, 5, len(pieces))))
        new = self.maker.look() ^ (leaf.look & {"b", "i"}) if self.maker.odds(0.7) else frozenset[str]()
        new = new | (leaf.look & {"rtl"})
        middle = Text("".join(pieces[start:end]), new)
        around = Text("".join(pieces[:start]), leaf.look), middle, Text("".join(pieces[end:]), leaf.look)
        line[at : at + 1] = [item for item in around if item.text]
        return new != leaf.look

    def change_style(self) -> bool:
        """Give a paragraph another style."""
        found = self._paragraph("body", "cell", "control")
        if found is None:
            return False
        before = found.style
        found.style = self.chance.choice(("", "Quote", "Heading2", "Heading3", "ListParagraph"))
        return found.style != before

    def change_list(self) -> bool:
        """Put a paragraph on another level, into another list, or out of its list."""
        found = self._paragraph("body", "control", "cell")
        if found is None:
            return False
        before = found.number
        list_, level = before or (2, 0)
        options = ((list_, (level + 1) % 3), (5 - list_ if list_ > 1 else 2, level), None)
        found.number = self.chance.choice(options)
        return found.number != before

    def change_properties(self) -> bool:
        """Change a paragraph's alignment, indent or spacing."""
        found = self._paragraph()
        if found is None:
            return False
        name, value = self.chance.choice(
            (
                ("jc", ' w:val="center"'),
                ("ind", ' w:left="1080" w:hanging="360"'),
                ("spacing", ' w:before="240" w:after="60"'),
                ("keepNext", ""),
                ("shd", ' w:val="clear" w:color="auto" w:fill="EEECE1"'),
            )
        )
        if name in found.properties and self.maker.odds(0.6):
            del found.properties[name]
            return True
        changed = found.properties.get(name) != value
        found.properties[name] = value
        return changed

    def change_mark(self) -> bool:
        """Change the look of a paragraph mark."""
        found = self._paragraph("body", "cell")
        if found is None:
            return False
        found.mark = frozenset() if found.mark else frozenset(["b"])
        return True
