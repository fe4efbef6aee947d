"""Make a house style to start from: a clean Word file with cover, header, footer, signature page and named styles.

The two that the library brings are made here too, and a test holds them to it; a city takes one and edits it in
Word, not here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fe_contracts.word.archive import archive, member
from fe_contracts.word.looks import LOOKS
from fe_contracts.word.starter_pages import core_properties_xml, document_xml, frame_parts
from fe_contracts.word.style_sheet import font_table_xml, styles_xml
from fe_contracts.word.theme import theme_xml
from fe_contracts.word.xml import CONTENT_TYPES, DECLARATION, OFFICE_REL, PACKAGE_REL, W

if TYPE_CHECKING:
    from fe_contracts.word.looks import LookName

__all__ = ["starter_house_style"]

_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_TYPES: Final = {
    "word/document.xml": f"{_WORD}document.main+xml",
    "word/styles.xml": f"{_WORD}styles+xml",
    "word/settings.xml": f"{_WORD}settings+xml",
    "word/fontTable.xml": f"{_WORD}fontTable+xml",
    "word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
}


def _settings_xml() -> str:
    uri = "http://schemas.microsoft.com/office/word"
    settings = {
        "compatibilityMode": "15",
        "overrideTableStyleFontSizeAndJustification": "1",
        "enableOpenTypeFeatures": "1",
        "doNotFlipMirrorIndents": "1",
        "differentiateMultirowTableHeaders": "1",
    }
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{uri}" w:val="{value}"/>' for name, value in settings.items()
    )
    return (
        f'{DECLARATION}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/><w:compat>{compat}</w:compat>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _relationships(items: list[tuple[str, str, str]]) -> str:
    lines = "".join(f'<Relationship Id="{number}" Type="{kind}" Target="{target}"/>' for number, kind, target in items)
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE_REL}">{lines}</Relationships>'


def starter_house_style(look: LookName) -> bytes:
    """Return a house style as a Word file, ready to be edited in Word: the plain one or the civic one.

    Raises:
        KeyError: if there is no such look.
    """
    drawn = LOOKS[look]
    frames = frame_parts(drawn)
    parts = {
        "word/document.xml": document_xml(drawn),
        "word/styles.xml": styles_xml(drawn),
        "word/settings.xml": _settings_xml(),
        "word/fontTable.xml": font_table_xml(drawn),
        "word/theme/theme1.xml": theme_xml(drawn),
        "docProps/core.xml": core_properties_xml(),
        **{f"word/{name}.xml": text for name, (_, text) in frames.items()},
    }
    types = _TYPES | {f"word/{name}.xml": f"{_WORD}{kind}+xml" for name, (kind, _) in frames.items()}
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items())
    parts["[Content_Types].xml"] = (
        f'{DECLARATION}<Types xmlns="{CONTENT_TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    parts["_rels/.rels"] = _relationships(
        [("rId1", f"{OFFICE_REL}/officeDocument", "word/document.xml"), ("rId2", core, "docProps/core.xml")]
    )
    own = [("styles", "styles"), ("settings", "settings"), ("fontTable", "fontTable"), ("theme", "theme/theme1")]
    own += [(kind, name) for name, (kind, _) in frames.items()]
    parts["word/_rels/document.xml.rels"] = _relationships(
        [(f"rId_{name.rpartition('/')[2]}", f"{OFFICE_REL}/{kind}", f"{name}.xml") for kind, name in own]
    )
    return archive(member(name, text.encode("utf-8")) for name, text in parts.items())
