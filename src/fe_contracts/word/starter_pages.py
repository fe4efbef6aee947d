"""Lay out the pages of the starter house styles: cover, signature page, headers and footers, with their tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fe_contracts.word.xml import CORE, DC, DECLARATION, OFFICE_REL, W, escape

if TYPE_CHECKING:
    from fe_contracts.word.looks import Look

__all__ = ["core_properties_xml", "document_xml", "frame_parts"]

_LET_GO: Final = '<w:keepNext w:val="0"/>'
_PAGE_WIDTH: Final = 12240
_PAGE_HEIGHT: Final = 15840


def _run(text: str, properties: str = "") -> str:
    """Return a run; a tab in the text becomes a tab in Word."""
    inside = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "" for piece in text.split("\t")
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inside}</w:r>"


def _paragraph(style: str, text: str, *, extra: str = "", run: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{_run(text, run)}</w:p>'


def _tag(text: str) -> str:
    """Return a paragraph that holds nothing but a tag of the template and vanishes with it."""
    return f"<w:p>{_run(text)}</w:p>"


def _field(instruction: str, shown: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r><w:t>{shown}</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _facts() -> str:
    return (
        _tag("{%p for fact in cover %}")
        + '<w:p><w:pPr><w:pStyle w:val="CoverFact"/></w:pPr>'
        + _run("{{ fact.label }}", '<w:rStyle w:val="CoverLabel"/>')
        + _run("\t{{ fact.value }}")
        + "</w:p>"
        + _tag("{%p endfor %}")
    )


def _notices(before: int) -> str:
    return (
        _tag("{%p for notice in notices %}")
        + _paragraph("CoverNotice", "{{ notice }}", extra=f'<w:spacing w:before="{before}" w:after="0"/>')
        + _tag("{%p endfor %}")
    )


def _draft(before: str) -> str:
    return _tag("{%p if draft %}") + _paragraph("DraftMark", "DRAFT", extra=before) + _tag("{%p endif %}")


def _plain_cover(look: Look) -> str:
    rule = f'<w:pBdr><w:top w:val="single" w:sz="12" w:space="14" w:color="{look.ink}"/></w:pBdr>'
    return (
        _paragraph("CoverLine", "{{ city }}", extra='<w:spacing w:before="1800" w:after="60"/>')
        + _tag("{%p if agency %}")
        + _paragraph("CoverLine", "{{ agency }}", extra='<w:spacing w:before="0" w:after="700"/>')
        + _tag("{%p endif %}")
        + _draft("")
        + _paragraph("Title", "{{ contract.title }}", extra=rule)
        + _tag("{%p if contract.subtitle %}")
        + _paragraph("Subtitle", "{{ contract.subtitle }}", extra='<w:spacing w:before="0" w:after="800"/>')
        + _tag("{%p endif %}")
        + _facts()
        + _tag("{%p if notices %}")
        + _paragraph("Normal", "", extra='<w:spacing w:before="500" w:after="0" w:line="120" w:lineRule="exact"/>')
        + _tag("{%p endif %}")
        + _notices(60)
    )


def _civic_cover(look: Look) -> str:
    """Return a cover under a band of colour that runs from edge to edge: shading and negative indents, no shapes."""
    _, right, _, left = look.margins
    edge = f'<w:ind w:left="-{left}" w:right="-{right}" w:firstLine="0"/>'
    band = f'<w:shd w:val="clear" w:color="auto" w:fill="{look.band}"/>'
    inner = f'<w:ind w:left="-{left}" w:right="-{right}" w:firstLine="{left}"/>'
    white = f'<w:color w:val="{look.on_band}"/>'
    gold = f'<w:pBdr><w:bottom w:val="single" w:sz="36" w:space="0" w:color="{look.rule}"/></w:pBdr>'
    rule = f'<w:pBdr><w:top w:val="single" w:sz="8" w:space="10" w:color="{look.rule}"/></w:pBdr>'
    return (
        _paragraph(
            "Normal", "", extra=f'{band}<w:spacing w:before="0" w:after="0" w:line="900" w:lineRule="exact"/>{edge}'
        )
        + _paragraph("CoverLine", "{{ city }}", extra=f'{band}<w:spacing w:before="0" w:after="0"/>{inner}', run=white)
        + _paragraph(
            "Normal",
            "",
            extra=f'{gold}{band}<w:spacing w:before="0" w:after="1300" w:line="700" w:lineRule="exact"/>{edge}',
        )
        + _draft("")
        + _paragraph("Title", "{{ contract.title }}")
        + _tag("{%p if contract.subtitle %}")
        + _paragraph("Subtitle", "{{ contract.subtitle }}", extra='<w:spacing w:before="0" w:after="160"/>')
        + _tag("{%p endif %}")
        + _tag("{%p if agency %}")
        + _paragraph(
            "Subtitle", "with {{ agency }}", extra='<w:spacing w:before="0" w:after="900"/>', run="<w:i/><w:iCs/>"
        )
        + _tag("{%p endif %}")
        + _facts()
        + _tag("{%p if notices %}")
        + _paragraph(
            "Normal", "", extra=f'{rule}<w:spacing w:before="600" w:after="0" w:line="120" w:lineRule="exact"/>'
        )
        + _tag("{%p endif %}")
        + _notices(60)
    )


def _signatures() -> str:
    """Return the signature page: one block per signatory, each kept together."""
    return (
        _paragraph("FrontHeading", "Signatures", extra="<w:pageBreakBefore/>")
        + _paragraph(
            "FrontText",
            "Each person who signs below has the authority to bind the party named above the signature.",
        )
        + _tag("{%p for party in parties %}")
        + _paragraph("SignatureHeading", "{{ party.organization }}")
        + _tag("{%p for signer in party.signatories %}")
        + _paragraph("SignatureLine", "Signature\t\t\tDate \t")
        + _paragraph("SignatureDetail", "Name\t{{ signer.name }}")
        + _tag("{%p if signer.authority %}")
        + _paragraph("SignatureDetail", "Title\t{{ signer.title }}")
        + _paragraph("SignatureDetail", "Authority\t{{ signer.authority }}", extra=_LET_GO)
        + _tag("{%p else %}")
        + _paragraph("SignatureDetail", "Title\t{{ signer.title }}", extra=_LET_GO)
        + _tag("{%p endif %}")
        + _tag("{%p endfor %}")
        + _tag("{%p endfor %}")
        + _tag("{%p if form_approval %}")
        + _paragraph("SignatureHeading", "Approved as to form")
        + _paragraph("SignatureLine", "Signature\t\t\tDate \t")
        + _paragraph("SignatureDetail", "By\t{{ form_approval }}", extra=_LET_GO)
        + _tag("{%p endif %}")
    )


def document_xml(look: Look) -> str:
    """Return the main part: cover, the marker of the body, signature page, the marker of the exhibits."""
    top, right, bottom, left = look.margins
    cover = _civic_cover(look) if look.name == "civic" else _plain_cover(look)
    references = "".join(
        f'<w:{kind}Reference w:type="{which}" r:id="rId_{kind}_{which}"/>'
        for kind in ("header", "footer")
        for which in ("first", "default")
    )
    section = (
        f'<w:sectPr>{references}<w:pgSz w:w="{_PAGE_WIDTH}" w:h="{_PAGE_HEIGHT}"/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="620" w:footer="560" '
        'w:gutter="0"/><w:titlePg/></w:sectPr>'
    )
    return (
        f'{DECLARATION}<w:document xmlns:w="{W}" xmlns:r="{OFFICE_REL}"><w:body>{cover}'
        f"{_paragraph('Normal', '{{ contract_body }}')}{_signatures()}{_paragraph('Normal', '{{ contract_exhibits }}')}"
        f"{section}</w:body></w:document>"
    )


def _frame(kind: str, content: str) -> str:
    tag = "hdr" if kind == "header" else "ftr"
    return f'{DECLARATION}<w:{tag} xmlns:w="{W}" xmlns:r="{OFFICE_REL}">{content}</w:{tag}>'


def _line(kind: str, look: Look, content: str) -> str:
    side, space = ("bottom", 6) if kind == "header" else ("top", 6)
    size = 8 if look.name == "civic" else 4
    rule = f'<w:pBdr><w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{look.rule}"/></w:pBdr>'
    return f'<w:p><w:pPr><w:pStyle w:val="{kind.title()}"/>{rule}</w:pPr>{content}</w:p>'


def frame_parts(look: Look) -> dict[str, tuple[str, str]]:
    """Return headers and footers: name -> (kind, part). The first page has its own, without rules."""
    red = '<w:b/><w:bCs/><w:color w:val="9B1C1C"/>'
    draft = (
        _run("{% if draft %}", red)
        + _run("DRAFT  " if look.name == "civic" else "DRAFT", red)
        + _run("{% endif %}", red)
    )
    pages = f"{_run('Page ')}{_field('PAGE', '1')}{_run(' of ')}{_field('NUMPAGES', '1')}"
    empty = {kind: f'<w:p><w:pPr><w:pStyle w:val="{kind.title()}"/></w:pPr></w:p>' for kind in ("header", "footer")}
    draft_first = f'<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{_run(chr(9))}{draft}</w:p>'
    if look.name == "civic":
        header = _line("header", look, f"{_run('{{ city }}')}{_run(chr(9))}{draft}{_run('{{ contract.id }}')}")
        footer = _line("footer", look, f"{_run('{{ contract.title }}')}{_run(chr(9))}{pages}")
    else:
        header = _line("header", look, f"{_run('{{ contract.title }}')}{_run(chr(9))}{draft}")
        footer = _line("footer", look, f"{_run('{{ contract.id }}')}{_run(chr(9))}{pages}")
    return {
        "header_first": ("header", _frame("header", draft_first if look.name != "civic" else empty["header"])),
        "header_default": ("header", _frame("header", header)),
        "footer_first": ("footer", _frame("footer", empty["footer"])),
        "footer_default": ("footer", _frame("footer", footer)),
    }


def core_properties_xml() -> str:
    """Return the document properties of a starter, with the tags that fill them."""
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="{DC}">'
        "<dc:title>{{ contract.title }}</dc:title><dc:subject>{{ contract.subtitle }}</dc:subject>"
        "<dc:creator>{{ city }}</dc:creator></cp:coreProperties>"
    )
