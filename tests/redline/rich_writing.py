"""Write an abstract document as a complete Word file.

The two files of a pair may be written by two hands: other ids, other list numbers, texts cut into other runs. What is
read is the same.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from tests.redline.rich_drawing import drawn_box, drawn_picture, png
from tests.redline.rich_parts import CONTENT_TYPES, PARTS, ROOT, Part, numbering
from tests.redline.rich_tree import (
    BlockControl,
    Bookmark,
    Box,
    Contents,
    Control,
    Field,
    Link,
    Note,
    Paragraph,
    Picture,
    Remark,
    Section,
    Sign,
    Table,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

    from tests.redline.rich_tree import Block, Document, Inline

__all__ = ["Hand", "write"]

_RPR = ("rStyle", "b", "i", "caps", "color", "sz", "highlight", "u", "rtl")
_PPR = ("keepNext", "pageBreakBefore", "shd", "bidi", "spacing", "ind", "jc")
_SIGNS = {
    "tab": "<w:tab/>",
    "br": "<w:br/>",
    "noBreakHyphen": "<w:noBreakHyphen/>",
    "softHyphen": "<w:softHyphen/>",
    "sym": '<w:sym w:font="Wingdings" w:char="F0FC"/>',
}
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


class Hand(NamedTuple):
    """How a file is written: by how much its ids are shifted, and what cuts its texts into runs."""

    shift: int = 0
    cuts: Random | None = None


def write(document: Document, hand: Hand) -> bytes:
    """Return the document as a file; the same document and hand give the same bytes."""
    return _Writer(hand).package(document)


class _Writer:
    def __init__(self, hand: Hand) -> None:
        self.hand = hand
        self.parts: dict[str, bytes] = {}
        self.relations: dict[str, dict[tuple[str, str, bool], str]] = {}
        self.notes: dict[str, list[str]] = {"footnote": [], "endnote": []}
        self.comments: list[str] = []
        self.part = "document"
        self._count = hand.shift

    def package(self, document: Document) -> bytes:
        body = self.blocks(document.blocks) + self.section(document.section)
        self.parts["word/document.xml"] = Part("document").filled(f"<w:body>{body}</w:body>")
        for kind, written in self.notes.items():
            separators = "".join(
                f'<w:{kind} w:type="{name}" w:id="{at}"><w:p><w:r><w:{name}/></w:r></w:p></w:{kind}>'
                for at, name in ((-1, "separator"), (0, "continuationSeparator"))
            )
            self.parts[f"word/{kind}s.xml"] = Part(f"{kind}s").filled(separators + "".join(written))
        self.parts["word/comments.xml"] = Part("comments").filled("".join(self.comments))
        self.parts["word/numbering.xml"] = numbering(self.hand.shift)
        self.parts |= {f"word/{name}.xml": data for name, data in PARTS.items()}
        for name in ("styles", "settings", "numbering", "footnotes", "endnotes", "comments"):
            self.relate(name, f"{name}.xml", part="document")
        return self.packed()

    def packed(self) -> bytes:
        for part, found in self.relations.items():
            listed = "".join(
                f'<Relationship Id="{id_}" Type="{_TYPES}{kind}" Target={quoteattr(target)}'
                + (' TargetMode="External"/>' if external else "/>")
                for (kind, target, external), id_ in found.items()
            )
            self.parts[f"word/_rels/{part}.xml.rels"] = (
                '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships '
                f'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{listed}</Relationships>'
            ).encode()
        overrides = "".join(
            f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.'
            f'wordprocessingml.{_content_type(name)}+xml"/>'
            for name in sorted(self.parts)
            if name.endswith(".xml")
        )
        first = {"[Content_Types].xml": CONTENT_TYPES.format(overrides).encode(), "_rels/.rels": ROOT}
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, data in (first | dict(sorted(self.parts.items()))).items():
                archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED, 1)
        return stream.getvalue()

    def relate(self, kind: str, target: str, *, part: str | None = None, external: bool = False) -> str:
        found = self.relations.setdefault(part or self.part, {})
        return found.setdefault((kind, target, external), f"rId{self.hand.shift + len(found) + 1}")

    def id(self) -> int:
        self._count += 1
        return self._count

    # ------------------------------------------------------------ blocks

    def blocks(self, blocks: Iterable[Block]) -> str:
        return "".join(self.block(block) for block in blocks)

    def block(self, block: Block) -> str:
        match block:
            case Paragraph():
                return self.paragraph(block)
            case Table():
                return self.table(block)
            case BlockControl():
                return self.control(block.tag, self.blocks(block.blocks))
            case Contents():
                return self.contents(block)

    def paragraph(self, item: Paragraph, before: str = "", after: str = "") -> str:
        held = [f'<w:pStyle w:val="{item.style}"/>'] if item.style else []
        shown = {name: f"<w:{name}{item.properties[name]}/>" for name in _PPR if name in item.properties}
        held += [shown[name] for name in ("keepNext", "pageBreakBefore") if name in shown]
        if item.number:
            list_, level = item.number
            number = list_ + self.hand.shift if list_ else 0
            held.append(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
        held += [shown[name] for name in _PPR[2:] if name in shown]
        if item.mark:
            held.append(_look(item.mark))
        if item.section:
            held.append(self.section(item.section))
        properties = f"<w:pPr>{''.join(held)}</w:pPr>" if held else ""
        return f"<w:p>{properties}{before}{self.line(item.inside)}{after}</w:p>"

    def control(self, tag: str, content: str) -> str:
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val="{tag}"/><w:tag w:val="{tag}"/><w:id w:val="{self.id()}"/></w:sdtPr>'
            f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )

    def contents(self, item: Contents) -> str:
        code = '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-3" \\h </w:instrText></w:r>'
        begin = f"{_char('begin')}{code}{_char('separate')}"
        lines = [
            self.paragraph(line, begin if line is item.lines[0] else "", _char("end") if line is item.lines[-1] else "")
            for line in item.lines
        ]
        return self.control("contents", "".join(lines))

    def table(self, item: Table) -> str:
        align = f'<w:jc w:val="{item.align}"/>' if item.align else ""
        sides = "".join(
            f'<w:{side} w:val="{item.border}" w:sz="4" w:space="0" w:color="auto"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        borders = f"<w:tblBorders>{sides}</w:tblBorders>" if item.border else ""
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in item.widths)
        rows = []
        for row in item.rows:
            height = f'<w:trHeight w:val="{row.height}"/>' if row.height else ""
            held = height + ("<w:tblHeader/>" if row.header else "")
            at, cells = 0, []
            for cell in row.cells:
                width = sum(item.widths[at : at + cell.span])
                at += cell.span
                span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
                merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
                shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.shade}"/>' if cell.shade else ""
                properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{shade}</w:tcPr>'
                cells.append(f"<w:tc>{properties}{self.blocks(cell.blocks)}</w:tc>")
            rows.append(f"<w:tr>{f'<w:trPr>{held}</w:trPr>' if held else ''}{''.join(cells)}</w:tr>")
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(item.widths)}" w:type="dxa"/>'
            f"{align}{borders}"
            f'<w:tblLayout w:type="{item.layout}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
        )

    def section(self, item: Section) -> str:
        references = []
        for name, blocks in item.margins.items():
            place, kind = name.split()
            target = f"{place}{self.id()}"
            self.part, outer = target, self.part
            written = Part("hdr" if place == "header" else "ftr").filled(self.blocks(blocks))
            self.part = outer
            self.parts[f"word/{target}.xml"] = written
            id_ = self.relate(place, f"{target}.xml", part="document")
            references.append(f'<w:{place}Reference w:type="{kind}" r:id="{id_}"/>')
        size = 'w:w="15840" w:h="12240" w:orient="landscape"' if item.landscape else 'w:w="12240" w:h="15840"'
        sides = " ".join(f'w:{side}="{item.margin}"' for side in ("top", "right", "bottom", "left"))
        title = "<w:titlePg/>" if item.title_page else ""
        restart = f'<w:pgNumType w:start="{item.restart}"/>' if item.restart is not None else ""
        return (
            f"<w:sectPr>{''.join(references)}<w:pgSz {size}/>"
            f'<w:pgMar {sides} w:header="720" w:footer="720" w:gutter="0"/>'
            f'{restart}<w:cols w:num="{item.columns}" w:space="720"/>{title}</w:sectPr>'
        )

    # ------------------------------------------------------------ lines

    def line(self, line: Iterable[Inline]) -> str:
        return "".join(self.item(item) for item in line)

    def item(self, item: Inline) -> str:  # noqa: C901  one branch for each kind is how it is read best
        match item:
            case Text():
                return self.text(item)
            case Sign():
                return f"<w:r>{_SIGNS[item.kind]}</w:r>"
            case Link() if item.target.startswith("#"):
                return f'<w:hyperlink w:anchor="{item.target[1:]}" w:history="1">{self.line(item.inside)}</w:hyperlink>'
            case Link():
                id_ = self.relate("hyperlink", item.target, external=True)
                return f'<w:hyperlink r:id="{id_}">{self.line(item.inside)}</w:hyperlink>'
            case Field():
                return self.field(item)
            case Control():
                return self.control(item.tag, self.line(item.inside))
            case Bookmark():
                return self.bookmark(item)
            case Remark():
                return self.remark(item)
            case Note():
                return self.note(item)
            case Picture():
                return self.picture(item)
            case Box():
                return self.box(item)

    def text(self, item: Text) -> str:
        pieces = [item.text]
        if self.hand.cuts and len(item.text) > 8 and self.hand.cuts.random() < 0.3:
            at = self.hand.cuts.randrange(1, len(item.text))
            pieces = [item.text[:at], item.text[at:]]
        look = _look(item.look)
        return "".join(f'<w:r>{look}<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>' for piece in pieces if piece)

    def field(self, item: Field) -> str:
        if item.simple:
            return f"<w:fldSimple w:instr={quoteattr(item.code)}>{self.line(item.inside)}</w:fldSimple>"
        code = f'<w:r><w:instrText xml:space="preserve">{escape(item.code)}</w:instrText></w:r>'
        return f"{_char('begin')}{code}{_char('separate')}{self.line(item.inside)}{_char('end')}"

    def bookmark(self, item: Bookmark) -> str:
        id_ = self.id()
        start = f'<w:bookmarkStart w:id="{id_}" w:name="{item.name}"/>'
        return f'{start}{self.line(item.inside)}<w:bookmarkEnd w:id="{id_}"/>'

    def remark(self, item: Remark) -> str:
        id_ = self.hand.shift + len(self.comments) + 1
        self.comments.append(
            f'<w:comment w:id="{id_}" w:author="Reviewer" w:date="2026-01-02T00:00:00Z" w:initials="R"><w:p><w:r>'
            f"<w:t>{escape(item.comment)}</w:t></w:r></w:p></w:comment>"
        )
        start, end = (f'<w:commentRange{where} w:id="{id_}"/>' for where in ("Start", "End"))
        return f'{start}{self.line(item.inside)}{end}<w:r><w:commentReference w:id="{id_}"/></w:r>'

    def note(self, item: Note) -> str:
        id_ = self.hand.shift + len(self.notes[item.kind]) + 1
        at = len(self.notes[item.kind])
        self.notes[item.kind].append("")
        sign = f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{item.kind}Ref/></w:r>'
        self.part, outer = f"{item.kind}s", self.part
        first, *rest = item.blocks
        held = self.paragraph(first, before=sign) if isinstance(first, Paragraph) else self.block(first)
        self.notes[item.kind][at] = f'<w:{item.kind} w:id="{id_}">{held}{self.blocks(rest)}</w:{item.kind}>'
        self.part = outer
        return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{item.kind}Reference w:id="{id_}"/></w:r>'

    def picture(self, item: Picture) -> str:
        target = f"media/image{item.image + 1}.png"
        self.parts[f"word/{target}"] = png(item.image)
        id_ = self.relate("image", target)
        return drawn_picture(id_, self.id())

    def box(self, item: Box) -> str:
        number = self.id()
        return drawn_box(number, self.blocks(item.blocks))


def _look(look: frozenset[str]) -> str:
    said = {name: value for name, _, value in (item.partition("=") for item in look)}
    values = {name: f' w:val="{value}"' if value else "" for name, value in said.items()}
    held = "".join(f"<w:{name}{values[name]}/>" for name in _RPR if name in said)
    return f"<w:rPr>{held}</w:rPr>" if held else ""


def _char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _content_type(name: str) -> str:
    kind = name.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
    return "document.main" if kind == "document" else kind
