"""Draw the named styles of a look: headings, items, tables, contents, cover, signature page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fe_contracts.word.xml import DECLARATION, W, attribute

if TYPE_CHECKING:
    from fe_contracts.word.looks import Look

__all__ = ["font_table_xml", "styles_xml"]


def _fonts(font: str) -> str:
    return f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'


def _paragraph(
    name: str,
    properties: str = "",
    run: str = "",
    *,
    style_id: str = "",
    based: str = "Normal",
    follows: str = "",
    quick: bool = True,
) -> str:
    """Return one paragraph style; properties stand in the order of the schema."""
    style_id = style_id or name.title().replace(" ", "")
    custom = "" if _builtin(name) else ' w:customStyle="1"'
    return "".join(
        (
            f'<w:style w:type="paragraph"{custom} w:styleId="{style_id}">',
            f'<w:name w:val="{attribute(name)}"/>',
            f'<w:basedOn w:val="{based}"/>',
            f'<w:next w:val="{follows}"/>' if follows else "",
            "<w:qFormat/>" if quick else "",
            f"<w:pPr>{properties}</w:pPr>" if properties else "",
            f"<w:rPr>{run}</w:rPr>" if run else "",
            "</w:style>",
        )
    )


def _builtin(name: str) -> bool:
    return name in {"Normal", "Title", "Subtitle", "header", "footer"} or name.startswith(("heading ", "toc "))


def _character(name: str, run: str, style_id: str = "") -> str:
    style_id = style_id or name.title().replace(" ", "")
    custom = "" if name == "Hyperlink" else 'w:customStyle="1" '
    return (
        f'<w:style w:type="character" {custom}w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>{run}</w:rPr></w:style>'
    )


def _space(before: int, after: int, line: int = 0) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"' + (
        f' w:line="{line}" w:lineRule="auto"/>' if line else "/>"
    )


def _indent(left: int, hanging: int = 0) -> str:
    return f'<w:ind w:left="{left}"' + (f' w:hanging="{hanging}"/>' if hanging else "/>")


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


_BOLD: Final = "<w:b/><w:bCs/>"
_KEEP: Final = "<w:keepNext/><w:keepLines/>"


def _headings(look: Look) -> list[str]:
    caps = "<w:caps/>" if look.caps else ""
    tracking = '<w:spacing w:val="10"/>' if look.caps else ""
    rule = (
        f'<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="3" w:color="{look.rule}"/></w:pBdr>'
        if look.article_rule
        else ""
    )
    ink = f'<w:color w:val="{look.ink}"/>'
    article = f"{_fonts(look.head_font)}{_BOLD}{caps}{ink}{tracking}{_size(look.article_size)}"
    section = f"{_fonts(look.head_font)}{_BOLD}{ink}{_size(look.section_size)}"
    tab = 1750 if look.caps else 1420
    front = f"{_KEEP}{rule}{_space(0, 160)}"
    return [
        _paragraph(
            "heading 1",
            f'{_KEEP}{rule}{_space(440, 140)}{_indent(tab, tab)}<w:outlineLvl w:val="0"/>',
            article,
            style_id="Heading1",
            follows="Heading2",
        ),
        _paragraph(
            "heading 2",
            f'{_KEEP}{_space(260, 80)}{_indent(680, 680)}<w:outlineLvl w:val="1"/>',
            section,
            style_id="Heading2",
            follows="ClauseBody",
        ),
        _paragraph(
            "Exhibit Heading",
            f'{_KEEP}<w:pageBreakBefore/>{rule}{_space(0, 200)}{_indent(tab, tab)}<w:outlineLvl w:val="0"/>',
            article,
            follows="ExhibitSection",
        ),
        _paragraph(
            "Exhibit Section",
            f'{_KEEP}{_space(260, 80)}{_indent(680, 680)}<w:outlineLvl w:val="1"/>',
            section,
            follows="ClauseBody",
        ),
        _paragraph("Contents Heading", front, article, follows="Normal"),
        _paragraph("Front Heading", front, article, follows="Normal"),
        _paragraph("Front Text", _space(0, 120), ""),
    ]


def _clauses(look: Look) -> list[str]:
    styles = [_paragraph("Clause Body", _indent(680))]
    for level, (left, hanging) in enumerate(((1190, 510), (1700, 510), (2210, 510)), start=1):
        styles.append(_paragraph(f"Clause Item {level}", _indent(left, hanging)))
        styles.append(_paragraph(f"Exhibit Item {level}", "", based=f"ClauseItem{level}"))
    for level, left in enumerate((1020, 1360, 1700), start=1):
        styles.append(_paragraph(f"Clause Bullet {level}", f"{_space(0, 60)}{_indent(left, 340)}"))
    edge = f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="10" w:color="{look.rule}"/></w:pBdr>'
    styles.append(
        _paragraph("Clause Quotation", f'<w:keepLines/>{edge}{_space(60, 160)}<w:ind w:left="1020" w:right="500"/>')
    )
    return styles


def _tables(look: Look) -> list[str]:
    small = max(look.size - 2, 18)
    cell = f"{_space(40, 40, 252)}"
    run = _size(small)
    edge = f'w:val="single" w:sz="4" w:space="0" w:color="{"A9B2BB" if look.caps else look.rule}"'
    strong = f'w:val="single" w:sz="8" w:space="0" w:color="{look.ink}"'
    inside = f"<w:insideH {edge}/>"
    table = (
        '<w:style w:type="table" w:customStyle="1" w:styleId="ContractTable"><w:name w:val="Contract Table"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>'
        f"<w:top {strong}/><w:bottom {strong}/>{inside}</w:tblBorders>"
        '<w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>'
        '<w:bottom w:w="20" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{look.band}"/>'
        '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
        '<w:tblStylePr w:type="lastRow"><w:tcPr><w:tcBorders>'
        f"<w:top {strong}/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>"
    )
    head = f'{_fonts(look.head_font)}{_BOLD}<w:color w:val="{look.on_band}"/>{run}'
    return [
        _paragraph("Table Text", cell, run),
        _paragraph("Table Number", '<w:jc w:val="right"/>', based="TableText"),
        _paragraph("Table Heading", "<w:keepNext/>", head, based="TableText"),
        _paragraph("Table Heading Number", '<w:jc w:val="right"/>', based="TableHeading"),
        _paragraph(
            "Table Gap", '<w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/>', _size(8), quick=False
        ),
        table,
    ]


def _frame(look: Look, width: int) -> list[str]:
    """Return the styles of contents, header, footer, cover and signature page."""
    caps = "<w:caps/>" if look.caps else ""
    quiet = f'<w:color w:val="{look.quiet}"/>{_size(16 if look.caps is False else 17)}'
    right = f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
    label = 2300
    line = (
        '<w:tabs><w:tab w:val="left" w:pos="1250"/>'
        f'<w:tab w:val="left" w:leader="underscore" w:pos="{width - 2500}"/>'
        f'<w:tab w:val="left" w:pos="{width - 2350}"/>'
        f'<w:tab w:val="right" w:leader="underscore" w:pos="{width}"/></w:tabs>'
    )
    entry = '<w:tabs><w:tab w:val="left" w:pos="1240"/></w:tabs>'
    return [
        _paragraph(
            "toc 1",
            f"<w:keepNext/>{entry}{_space(130, 30, 252)}{_indent(1240, 1240)}",
            f'{_BOLD}<w:color w:val="{look.ink}"/>',
            style_id="TOC1",
            quick=False,
        ),
        _paragraph(
            "toc 2",
            f"{entry}{_space(0, 20, 252)}{_indent(1240, 700)}",
            style_id="TOC2",
            quick=False,
        ),
        _paragraph("header", f"{right}{_space(0, 0)}", quiet, style_id="Header", quick=False),
        _paragraph("footer", f"{right}{_space(0, 0)}", quiet, style_id="Footer", quick=False),
        _paragraph(
            "Title",
            f"{_space(0, 160, 252)}",
            f'{_fonts(look.head_font)}{_BOLD}<w:color w:val="{look.ink}"/>{_size(52)}',
            follows="Subtitle",
        ),
        _paragraph("Subtitle", _space(0, 360), f'<w:color w:val="{look.quiet}"/>{_size(28)}'),
        _paragraph(
            "Cover Line",
            _space(0, 200),
            f'{_fonts(look.head_font)}{_BOLD}{caps}<w:color w:val="{look.ink}"/><w:spacing w:val="20"/>{_size(22)}',
        ),
        _paragraph(
            "Cover Fact",
            f'<w:tabs><w:tab w:val="left" w:pos="{label}"/></w:tabs>{_space(0, 100)}{_indent(label, label)}',
            "",
        ),
        _paragraph("Cover Notice", _space(0, 80), f'<w:color w:val="{look.quiet}"/>{_size(18)}'),
        _paragraph(
            "Draft Mark", f"{_space(0, 200)}", f'{_BOLD}<w:color w:val="9B1C1C"/><w:spacing w:val="40"/>{_size(28)}'
        ),
        _paragraph(
            "Signature Heading",
            f"{_KEEP}{_space(360, 120)}",
            f'{_fonts(look.head_font)}{_BOLD}{caps}<w:color w:val="{look.ink}"/>{_size(look.section_size)}',
        ),
        _paragraph("Signature Line", f"{_KEEP}{line}{_space(420, 40)}", ""),
        _paragraph(
            "Signature Detail",
            f'{_KEEP}<w:tabs><w:tab w:val="left" w:pos="1250"/></w:tabs>{_space(0, 20)}{_indent(1250, 1250)}',
            "",
        ),
        _character("Hyperlink", '<w:color w:val="0B4F8A"/><w:u w:val="single"/>'),
        _character("Defined Term", _BOLD),
        _character("To Confirm", '<w:shd w:val="clear" w:color="auto" w:fill="FFF2B3"/>'),
        _character("Cover Label", f'<w:color w:val="{look.quiet}"/>'),
    ]


_DEFAULTS: Final = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
)


def styles_xml(look: Look, language: str = "en-US") -> str:
    """Return the styles part of a look; `language` is what the text is written in."""
    width = 12240 - look.margins[1] - look.margins[3]
    styles = [
        _DEFAULTS,
        *_headings(look),
        *_clauses(look),
        *_tables(look),
        *_frame(look, width),
    ]
    spoken = attribute(language)
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(look.body_font)}{_size(look.size)}"
        f'<w:lang w:val="{spoken}" w:eastAsia="{spoken}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr><w:widowControl/>{_space(0, 120, look.line)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    return f'{DECLARATION}<w:styles xmlns:w="{W}">{defaults}{"".join(styles)}</w:styles>'


_FALLBACKS: Final = {
    "Arial": ("Liberation Sans", "020B0604020202020204", "swiss"),
    "Times New Roman": ("Liberation Serif", "02020603050405020304", "roman"),
}


def font_table_xml(look: Look) -> str:
    """Return the font table of a look: each font with what stands in for it where it is not installed."""
    fonts = "".join(
        f'<w:font w:name="{font}"><w:altName w:val="{_FALLBACKS[font][0]}"/><w:panose1 w:val="{_FALLBACKS[font][1]}"/>'
        f'<w:charset w:val="00"/><w:family w:val="{_FALLBACKS[font][2]}"/><w:pitch w:val="variable"/></w:font>'
        for font in dict.fromkeys((look.body_font, look.head_font))
    )
    return f'{DECLARATION}<w:fonts xmlns:w="{W}">{fonts}</w:fonts>'
