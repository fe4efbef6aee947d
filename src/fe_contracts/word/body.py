"""Write the blocks of a contract: headings, paragraphs, items, tables, each clause inside its control."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fe_contracts.document.tree import Paragraph, Role, Table, plain_text
from fe_contracts.word.fingerprint import fingerprint
from fe_contracts.word.names import clause_alias, clause_tag, part_tag
from fe_contracts.word.runs import control_open
from fe_contracts.word.widths import column_widths
from fe_contracts.word.xml import attribute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fe_contracts.document.tree import Article, Block, Clause, Exhibit, ExhibitPart, Inline, Row
    from fe_contracts.word.numbering import Counter
    from fe_contracts.word.runs import Pen

__all__ = ["BodyWriter"]

_END_CONTROL: Final = "</w:sdtContent></w:sdt>"
_SHORT_TABLE: Final = 6
"""A table of at most so many rows stays on one page."""
_NEW_PAGE: Final = '<w:pageBreakBefore/><w:spacing w:before="0"/>'
_KEEP: Final = "<w:keepNext/>"
_AFTER_TABLE: Final = '<w:spacing w:before="180"/>'
_LOOK_FIRST_ROW: Final = 0x06A0
_LOOK_LAST_ROW: Final = 0x0040


class BodyWriter:
    """Write articles and exhibits, counting their numbers along."""

    def __init__(self, pen: Pen, text_width: int) -> None:
        """Write with this pen on pages whose text is so many twentieths of a point wide."""
        self.pen, self.text_width = pen, text_width
        self.fingerprints: list[dict[str, str]] = []
        self.miscounted: list[str] = []
        """Numbers of the tree that Word would show otherwise."""
        self._opens: dict[tuple[str, str], str] = {}
        styles = pen.styles
        self._items = [[styles[f"{kind} Item {level}"] for level in (1, 2, 3)] for kind in ("Clause", "Exhibit")]
        self._bullets = [styles[f"Clause Bullet {level}"] for level in (1, 2, 3)]

    def paragraph(self, style_id: str, content: str, extra: str = "") -> str:
        """Return a paragraph of this style; `extra` are further properties in the order of the schema."""
        key = style_id, extra
        start = self._opens.get(key)
        if start is None:
            start = f'<w:p><w:pPr><w:pStyle w:val="{attribute(style_id)}"/>{extra}</w:pPr>'
            self._opens[key] = start
        return f"{start}{content}</w:p>"

    def article(self, article: Article, counter: Counter, *, new_page: bool) -> str:
        """Return an article's heading and its sections."""
        pen = self.pen
        self._count(counter, 0, f"Article {article.number}")
        heading = self.paragraph(
            pen.styles["heading 1"],
            pen.mark(article.anchor, pen.inlines(article.title)),
            _NEW_PAGE if new_page else "",
        )
        return heading + "".join(self._clause(clause, counter) for clause in article.clauses)

    def exhibit(self, exhibit: Exhibit, counter: Counter) -> str:
        """Return an exhibit's heading and its parts."""
        pen = self.pen
        self._count(counter, 0, f"Exhibit {exhibit.number}")
        heading = self.paragraph(pen.styles["Exhibit Heading"], pen.mark(exhibit.anchor, pen.inlines(exhibit.title)))
        return heading + "".join(self._part(part, exhibit.exhibit_id, counter) for part in exhibit.parts)

    def _clause(self, clause: Clause, counter: Counter) -> str:
        tag = clause_tag(clause)
        return self._owned(clause, tag, "heading 2", counter, "")

    def _part(self, part: ExhibitPart, exhibit: str, counter: Counter) -> str:
        return self._owned(part, part_tag(part, exhibit), "Exhibit Section", counter, exhibit)

    def _owned(self, owner: Clause | ExhibitPart, tag: str, style: str, counter: Counter, exhibit: str) -> str:
        """Return the heading and blocks of one clause inside its control, and note its fingerprint."""
        pen = self.pen
        self._count(counter, 1, owner.number)
        pen.said.clear()
        control = pen.next_control()
        heading = self.paragraph(pen.styles[style], pen.mark(owner.anchor, pen.inlines(owner.title)))
        blocks = self.blocks(owner.blocks, counter)
        self.fingerprints.append(
            {
                "tag": tag,
                "instance": owner.instance,
                "clause": owner.clause_id,
                "version": owner.version,
                "exhibit": exhibit,
                "bookmark": pen.bookmarks.get(owner.anchor, ""),
                "sha256": fingerprint("".join(pen.said)),
            }
        )
        return f"{control_open(clause_alias(owner), tag, control)}{heading}{blocks}{_END_CONTROL}"

    def blocks(self, blocks: Sequence[Block], counter: Counter) -> str:
        """Return paragraphs and tables in order."""
        out: list[str] = []
        after_table = False
        for place, block in enumerate(blocks):
            self.pen.said.append("\n")
            if isinstance(block, Table):
                if after_table:
                    out.append(self.paragraph(self.pen.styles["Table Gap"], ""))
                out.append(self.table(block))
                after_table = True
            else:
                before_table = isinstance(blocks[place + 1], Table) if place + 1 < len(blocks) else False
                extra = (_KEEP if before_table else "") + (_AFTER_TABLE if after_table else "")
                out.append(self._paragraph(block, counter, extra))
                after_table = False
        return "".join(out)

    def _paragraph(self, block: Paragraph, counter: Counter, extra: str) -> str:
        level = min(block.level, 2)
        match block.role:
            case Role.ITEM:
                style = self._items[counter.exhibits][level]
                self._count(counter, level + 2, block.full_number)
            case Role.BULLET:
                style = self._bullets[level]
            case Role.QUOTATION:
                style = self.pen.styles["Clause Quotation"]
            case _:
                style = self.pen.styles["Clause Body"]
        content = self.pen.inlines(block.inlines)
        said = self.pen.said
        if said and said[-1].endswith(":") and not extra:
            extra = _KEEP
        return self.paragraph(style, self.pen.mark(block.anchor, content), extra)

    def table(self, table: Table) -> str:
        """Return a table: its header row repeats on every page, no row breaks, no cells are merged."""
        pen = self.pen
        widths = column_widths(table, self.text_width)
        numeric = [column.numeric for column in table.columns]
        total = bool(table.rows) and table.rows[-1].total
        titles = ", ".join(plain_text(column.title) for column in table.columns)
        look = f"{_LOOK_FIRST_ROW | (_LOOK_LAST_ROW if total else 0):04X}"
        head = (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{attribute(pen.styles["Contract Table"])}"/>'
            f'<w:tblW w:w="{self.text_width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:val="{look}" w:firstRow="1" w:lastRow="{int(total)}" w:firstColumn="1" w:lastColumn="0" '
            'w:noHBand="1" w:noVBand="1"/>'
            f'<w:tblCaption w:val="{attribute(table.title)}"/><w:tblDescription w:val="{attribute(titles)}"/></w:tblPr>'
            f"<w:tblGrid>{''.join(f'<w:gridCol w:w={chr(34)}{width}{chr(34)}/>' for width in widths)}</w:tblGrid>"
        )
        cells = [f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>' for width in widths]
        styles = pen.styles
        starts = [(styles["Table Number"] if right else styles["Table Text"]) for right in numeric]
        heads = [(styles["Table Heading Number"] if right else styles["Table Heading"]) for right in numeric]
        out = [head, "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"]
        for cell, style, column in zip(cells, heads, table.columns, strict=True):
            out += (cell, self.paragraph(style, pen.inlines(column.title)), "</w:tc>")
            pen.said.append("\n")
        out.append("</w:tr>")
        for place, row in enumerate(table.rows):
            following = table.rows[place + 1 : place + 2]
            keep = bool(following) and (following[0].total or len(table.rows) <= _SHORT_TABLE)
            out.append(self._row(row, cells, starts, keep=keep))
        out.append("</w:tbl>")
        return "".join(out)

    def _row(self, row: Row, cells: list[str], styles: list[str], *, keep: bool) -> str:
        pen, extra = self.pen, _KEEP if keep else ""
        out = ["<w:tr><w:trPr><w:cantSplit/></w:trPr>"]
        inlines: tuple[Inline, ...]
        for cell, style, inlines in zip(cells, styles, row.cells, strict=True):
            out += (cell, self.paragraph(style, pen.inlines(inlines, bold=row.total), extra), "</w:tc>")
            pen.said.append("\n")
        out.append("</w:tr>")
        return "".join(out)

    def _count(self, counter: Counter, level: int, number: str) -> None:
        """Count one numbered paragraph and note where the tree says another number than Word will."""
        counted = counter.next(level)
        if counted != number:
            self.miscounted.append(f"the tree says {number!r}, Word would print {counted!r}")
