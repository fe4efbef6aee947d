"""Make small Word files from their XML, and read them back, for the tests of tracked changes."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

from fe_contracts.word.revisions.editable import EditablePackage
from fe_contracts.word.xml import CONTENT_TYPES, OFFICE_REL, PACKAGE_REL, W

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fe_contracts.word.revisions.resolving import Resolved

NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE_REL}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_ROOTS = {"document": "document", "header": "hdr", "footer": "ftr", "glossary": "glossaryDocument"}
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def package(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """Return a Word file with this body, and parts by kind: `{"footnotes": "<w:footnote …>"}`."""
    others = dict(parts or {})
    overrides = "".join(f'<Override PartName="/word/{kind}.xml" ContentType="{_WML}.{kind}+xml"/>' for kind in others)
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE_REL}/{kind}" Target="{kind}.xml"/>'
        for number, kind in enumerate(others, 1)
    )
    files = {
        "[Content_Types].xml": f'{_DECLARATION}<Types xmlns="{CONTENT_TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WML}.document.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'{_DECLARATION}<Relationships xmlns="{PACKAGE_REL}"><Relationship Id="rId1" '
        f'Type="{OFFICE_REL}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{_DECLARATION}<Relationships xmlns="{PACKAGE_REL}">{links}</Relationships>',
        "word/document.xml": _part("document", f"<w:body>{body}</w:body>"),
        **{f"word/{kind}.xml": _part(_ROOTS.get(kind, kind), content) for kind, content in others.items()},
    }
    return zipped(files)


def _part(root: str, content: str) -> str:
    return f"{_DECLARATION}<w:{root} {NAMESPACES}>{content}</w:{root}>"


def zipped(files: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip container of these files."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", compression) as box:
        for name, content in files.items():
            box.writestr(name, content)
    return file.getvalue()


def xml_of(data: bytes | EditablePackage, part: str = "word/document.xml") -> str:
    """Return what stands in the root of a part, without namespaces."""
    root = (data if isinstance(data, EditablePackage) else EditablePackage.open(data)).tree(part)
    if root.tag == f"{{{W}}}document":
        root = root[0]
    return "".join(re.sub(r' xmlns:\w+="[^"]*"', "", etree.tostring(child, encoding="unicode")) for child in root)


def body_of(resolved: Resolved) -> str:
    """Return the body of a resolved file after it was written and read again."""
    return xml_of(resolved.to_bytes())


def r(text: str, looks: str = "") -> str:
    """Return a run."""
    return f"<w:r>{f'<w:rPr>{looks}</w:rPr>' if looks else ''}<w:t>{text}</w:t></w:r>"


def ins(content: str) -> str:
    """Return inserted content."""
    return f'<w:ins w:id="1" w:author="A">{content}</w:ins>'


def dele(text: str) -> str:
    """Return deleted text."""
    return f'<w:del w:id="2" w:author="A"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def p(content: str = "", mark: str = "", properties: str = "") -> str:
    """Return a paragraph, whose mark may be `ins`, `del`, `moveFrom` or `moveTo`."""
    marked = f'<w:rPr><w:{mark} w:id="3" w:author="A"/></w:rPr>' if mark else ""
    inner = properties + marked
    return f"<w:p>{f'<w:pPr>{inner}</w:pPr>' if inner else ''}{content}</w:p>" if inner or content else "<w:p/>"


def tc(content: str, properties: str = "") -> str:
    """Return a cell."""
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{content}</w:tc>"


def tr(*cells: str, mark: str = "") -> str:
    """Return a row, which may be marked `ins` or `del`."""
    marked = f'<w:trPr><w:{mark} w:id="4" w:author="A"/></w:trPr>' if mark else ""
    return f"<w:tr>{marked}{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    """Return a table."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"
