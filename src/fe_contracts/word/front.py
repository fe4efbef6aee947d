"""Write what stands before the first article: the page of facts to confirm, and the table of contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fe_contracts.document.structure import STRUCTURE, structure
from fe_contracts.document.tree import Column, Origin, OriginKind, Reference, Row, Table, Text, plain_text
from fe_contracts.word.xml import attribute, escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.document.tree import Confirmation, Contract, Inline
    from fe_contracts.word.body import BodyWriter

__all__ = ["confirmations", "contents"]

_NEW_PAGE: Final = "<w:pageBreakBefore/>"
_APART: Final = '<w:spacing w:before="440"/>'
_INSTRUCTION: Final = ' TOC \\o "1-2" \\n \\h \\z \\u '
_COLUMNS: Final = (
    ("confirm_column_where", 12),
    ("confirm_column_what", 31),
    ("confirm_column_value", 16),
    ("confirm_column_who", 13),
    ("confirm_column_source", 28),
)


def _text(words: str, source: str) -> Text:
    return Text(words, Origin(OriginKind.STRUCTURE, source))


def confirmations(contract: Contract, writer: BodyWriter, page_setup: str) -> str:
    """Return the first page, before the cover: what must be settled before signing; empty if nothing must.

    It is a section of its own, without header and footer, so that the cover's first-page header stays the cover's.
    """
    styles = writer.pen.styles
    out: list[str] = []
    if contract.drafts:
        out.append(_heading(writer, "draft", apart=False))
        bullet = styles["Clause Bullet 1"]
        out += (writer.paragraph(bullet, writer.pen.runs((_text(reason, "draft"),))) for reason in contract.drafts)
    if contract.confirmations:
        out.append(_heading(writer, "confirm_heading", apart=bool(out)))
        here = all(item.target for item in contract.confirmations)
        intro = structure("confirm_intro" if here else "confirm_intro_amendment")
        out.append(writer.paragraph(styles["Front Text"], writer.pen.runs((intro,))))
        out.append(writer.table(_confirmation_table(contract)))
    if out:
        out.append(f"<w:p><w:pPr><w:sectPr>{page_setup}</w:sectPr></w:pPr></w:p>")
    return "".join(out)


def _heading(writer: BodyWriter, name: str, *, apart: bool) -> str:
    words = writer.pen.runs((structure(name),))
    return writer.paragraph(writer.pen.styles["Front Heading"], words, _APART if apart else "")


def _confirmation_table(contract: Contract) -> Table:
    rows = tuple(
        Row(
            (
                _where(item),
                *((_text(words, item.fact),) for words in (item.what, item.value, item.who, item.source)),
            )
        )
        for item in contract.confirmations
    )
    columns = tuple(Column((structure(name),), width) for name, width in _COLUMNS)
    return Table("", STRUCTURE["confirm_heading"], columns, rows)


def _where(item: Confirmation) -> tuple[Inline, ...]:
    """Return where a fact stands: a link, or the section of the document that is amended."""
    if item.target:
        return (Reference(item.target, (structure("section"),), item.number),)
    return (structure("confirm_of_agreement"), _text(item.number, item.fact))


def _entries(contract: Contract) -> Iterator[tuple[int, str, str, str]]:
    """Yield level, anchor, number and title of everything the contents list."""
    for article in contract.articles:
        yield 1, article.anchor, f"Article {article.number}", plain_text(article.title)
        for clause in article.clauses:
            yield 2, clause.anchor, clause.number, plain_text(clause.title)
    for exhibit in contract.exhibits:
        yield 1, exhibit.anchor, f"Exhibit {exhibit.number}", plain_text(exhibit.title)
        for part in exhibit.parts:
            yield 2, part.anchor, part.number, plain_text(part.title)


def contents(contract: Contract, writer: BodyWriter) -> str:
    r"""Return the table of contents: a field with every entry cached and linked, without page numbers.

    Page numbers need a layout, which no library has; Word adds none on update either (`\n`).
    """
    pen = writer.pen
    title = writer.paragraph(pen.styles["Contents Heading"], pen.runs((structure("contents"),)), _NEW_PAGE)
    start = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{attribute(_INSTRUCTION)}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    lines = []
    for level, anchor, number, words in _entries(contract):
        link = (
            f'<w:hyperlink w:anchor="{pen.bookmarks[anchor]}" w:history="1"><w:r><w:t>{escape(number)}</w:t></w:r>'
            f'<w:r><w:tab/></w:r><w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:hyperlink>'
        )
        lines.append(writer.paragraph(pen.styles[f"toc {level}"], start + link))
        start = ""
    if not lines:
        return ""
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    lines[-1] = lines[-1].removesuffix("</w:p>") + end
    return (
        f'<w:sdt><w:sdtPr><w:id w:val="{pen.next_control()}"/><w:docPartObj>'
        '<w:docPartGallery w:val="Table of Contents"/>'
        f"<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>{title}{''.join(lines)}</w:sdtContent></w:sdt>"
    )
