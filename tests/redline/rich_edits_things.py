"""Edit by chance what is more than words: links, fields, notes, pictures, controls, page layouts."""

from __future__ import annotations

from tests.redline.rich_finding import Finder, text_of
from tests.redline.rich_tree import (
    BlockControl,
    Contents,
    Control,
    Field,
    Link,
    Note,
    Paragraph,
    Picture,
    Section,
    Text,
    inner,
    items,
    leaves,
    paragraphs,
)

__all__ = ["ThingEditor"]


class ThingEditor(Finder):
    """Edits links, fields, notes, pictures, controls and sections of one document in place."""

    def change_link(self) -> bool:
        """Let a link lead elsewhere."""
        found = [
            item for item, _, _ in items(self.document) if isinstance(item, Link) and not item.target.startswith("#")
        ]
        if not found:
            return False
        self.chance.choice(found).target = f"https://city.example/new/{self.chance.randrange(100)}"
        return True

    def change_result(self) -> bool:
        """Change the result that is kept of a field, or its code."""
        found = [item for item, _, _ in items(self.document) if isinstance(item, Field)]
        if not found:
            return False
        field = self.chance.choice(found)
        if self.maker.odds(0.2):
            field.code = f"{field.code}\\* MERGEFORMAT "
        else:
            field.inside = [Text(f"Section {self.chance.randint(10, 99)}")]
        return True

    def change_contents(self) -> bool:
        """Change a line of the table of contents."""
        found = [block for block in self.document.blocks if isinstance(block, Contents)]
        if not found:
            return False
        line = self.chance.choice(found[0].lines)
        list_, at = self.chance.choice(list(leaves(line.inside)))
        list_[at] = Text(f"{text_of(list_[at]).text}0")
        return True

    def add_thing(self) -> bool:
        """Put a link, field, control, note, picture, bookmark, comment or sign into a line."""
        found = self._leaf("body", "control", words=3)
        if found is None:
            return False
        line, at, leaf = found
        if any(item is line for item in self._inside_fields()):
            return False
        cut = leaf.text.find(" ", len(leaf.text) // 2)
        if cut < 0:
            return False
        around = [Text(leaf.text[: cut + 1], leaf.look), self.maker.special(), Text(leaf.text[cut:], leaf.look)]
        line[at : at + 1] = around
        return True

    def drop_thing(self) -> bool:
        """Take a note, picture, sign, link or field out of its line."""
        found = [
            (item, line)
            for item, line, where in items(self.document)
            if isinstance(item, Note | Picture | Link | Field) and where in {"body", "control", "cell"}
        ]
        if not found:
            return False
        item, line = self.chance.choice(found)
        line[:] = [other for other in line if other is not item]
        return True

    def change_picture(self) -> bool:
        """Show another picture."""
        found = [item for item, _, _ in items(self.document) if isinstance(item, Picture)]
        if not found:
            return False
        picture = self.chance.choice(found)
        picture.image = (picture.image + self.chance.randint(1, 3)) % 4
        return True

    def wrap(self) -> bool:
        """Put a control around some text, or around paragraphs."""
        if self.maker.odds(0.5):
            found = self._leaf("body", "cell")
            if found is None or any(item is found[0] for item in self._inside_fields()):
                return False
            line, at, leaf = found
            line[at] = Control(self.maker.name("value"), [leaf])
            return True
        blocks = self.document.blocks
        at = self.chance.randrange(1, len(blocks) - 1)
        taken = blocks[at : min(len(blocks) - 1, at + self.chance.randint(1, 2))]
        if any(isinstance(item, BlockControl | Contents) for item in taken) or not isinstance(taken[-1], Paragraph):
            return False
        if any(isinstance(item, Paragraph) and item.section for item in taken):
            return False
        blocks[at : at + len(taken)] = [BlockControl(self.maker.name("clause"), taken)]
        return True

    def unwrap(self) -> bool:
        """Take a control away from around what it holds."""
        inline = [(item, line) for item, line, _ in items(self.document) if isinstance(item, Control)]
        around = [block for block in self.document.blocks if isinstance(block, BlockControl)]
        if inline and (self.maker.odds(0.5) or not around):
            control, line = self.chance.choice(inline)
            at = next(at for at, item in enumerate(line) if item is control)
            line[at : at + 1] = inner(control) or []
            return True
        if not around:
            return False
        chosen = self.chance.choice(around)
        at = next(at for at, item in enumerate(self.document.blocks) if item is chosen)
        self.document.blocks[at : at + 1] = chosen.blocks
        return True

    def change_section(self) -> bool:
        """Change a page layout."""
        sections = [item.section for item in paragraphs(self.document.blocks) if item.section]
        section: Section = self.chance.choice([*sections, self.document.section])
        match self.chance.randrange(4):
            case 0:
                section.landscape = not section.landscape
            case 1:
                section.margin = 1440 if section.margin != 1440 else 1000
            case 2:
                section.columns = 3 - min(section.columns, 2)
            case _:
                section.restart = None if section.restart else self.chance.randint(1, 9)
        return True
