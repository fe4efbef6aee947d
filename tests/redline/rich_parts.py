"""The parts that every rich file has and that do not depend on its text: styles, lists, settings."""

from __future__ import annotations

__all__ = ["CONTENT_TYPES", "PARTS", "ROOT", "Part", "numbering"]

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in (
        ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
        ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
        ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
        ("pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
        ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
        ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
        ("v", "urn:schemas-microsoft-com:vml"),
    )
)
CONTENT_TYPES = (
    f'{_DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="png" ContentType="image/png"/>{}</Types>'
)
ROOT = (
    f'{_DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
).encode()


class Part:
    """A part by the name of its root."""

    def __init__(self, root: str) -> None:
        self.root = root

    def filled(self, content: str) -> bytes:
        """Return the part with its content."""
        return f"{_DECLARATION}<w:{self.root} {_NAMESPACES}>{content}</w:{self.root}>".encode()


def _style(id_: str, based: str, properties: str, look: str = "", kind: str = "paragraph") -> str:
    default = ' w:default="1"' if id_ == "Normal" else ""
    parent = f'<w:basedOn w:val="{based}"/>' if based else ""
    held = (f"<w:pPr>{properties}</w:pPr>" if properties else "") + (f"<w:rPr>{look}</w:rPr>" if look else "")
    return f'<w:style w:type="{kind}"{default} w:styleId="{id_}"><w:name w:val="{id_}"/>{parent}{held}</w:style>'


_RULES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/><w:sz w:val="22"/></w:rPr>'
    "</w:rPrDefault></w:docDefaults>"
    + _style("Normal", "", '<w:spacing w:after="120"/>')
    + _style("Title", "Normal", '<w:jc w:val="center"/>', '<w:sz w:val="36"/>')
    + "".join(_style(f"Heading{level}", "Normal", "<w:keepNext/>", "<w:b/>") for level in (1, 2, 3))
    + _style("ListParagraph", "Normal", "<w:contextualSpacing/>")
    + _style("Quote", "Normal", '<w:ind w:left="720" w:right="720"/>', "<w:i/>")
    + _style("TOC1", "Normal", '<w:tabs><w:tab w:val="right" w:pos="9000"/></w:tabs>')
    + _style("NoteText", "Normal", "", '<w:sz w:val="18"/>')
    + _style("Header", "Normal", "")
    + _style("Footer", "Normal", "")
    + _style("Emphasis", "", "", "<w:i/>", "character")
    + '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
    f"<w:tblPr><w:tblBorders>{_RULES}</w:tblBorders></w:tblPr></w:style>"
    + _style("Hyperlink", "", "", '<w:color w:val="0563C1"/><w:u w:val="single"/>', "character")
)
PARTS = {
    "styles": Part("styles").filled(_STYLES),
    "settings": Part("settings").filled('<w:defaultTabStop w:val="720"/>'),
}


def _level(at: int, form: str, text: str) -> str:
    indent = 360 * (at + 1)
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{indent}" w:hanging="360"/></w:pPr></w:lvl>'
    )


def numbering(shift: int) -> bytes:
    """Return three lists, articles, numbers and bullets, whose numbers are shifted."""
    levels = {
        1: [_level(0, "decimal", "%1."), _level(1, "decimal", "%1.%2"), _level(2, "lowerLetter", "(%3)")],
        2: [_level(0, "decimal", "%1)"), _level(1, "lowerLetter", "%2)"), _level(2, "lowerRoman", "%3)")],
        3: [_level(0, "bullet", "•"), _level(1, "bullet", "–"), _level(2, "bullet", "▪")],
    }
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{shift + id_}"><w:multiLevelType w:val="multilevel"/>'
        f"{''.join(held)}</w:abstractNum>"
        for id_, held in levels.items()
    )
    numbers = "".join(
        f'<w:num w:numId="{shift + id_}"><w:abstractNumId w:val="{shift + id_}"/></w:num>' for id_ in levels
    )
    return Part("numbering").filled(abstract + numbers)
