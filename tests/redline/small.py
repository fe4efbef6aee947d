"""Write small Word files by hand, for the tests of the judge."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from tests.redline.opening import Opened
from tests.redline.rich_parts import CONTENT_TYPES, PARTS, ROOT, Part, numbering

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["changed", "p", "r", "small", "table"]

_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def r(text: str, look: str = "") -> str:
    """Return a run."""
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content: str = "", held: str = "") -> str:
    """Return a paragraph."""
    return f"<w:p>{f'<w:pPr>{held}</w:pPr>' if held else ''}{content}</w:p>"


def table(*rows: tuple[str, ...], held: str = "") -> str:
    """Return a table of cells with one paragraph each."""
    said = "".join(f"<w:tr>{''.join(f'<w:tc>{p(r(cell))}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{held}</w:tblPr><w:tblGrid/>{said}</w:tbl>"


def small(body: str, **parts: str) -> bytes:
    """Return a file with this body; other parts by name (`header1=...`), related as `rId-` and the name."""
    roots = {"header": "hdr", "footer": "ftr"}
    files = {
        "word/document.xml": Part("document").filled(f"<w:body>{body}</w:body>"),
        "word/numbering.xml": numbering(0),
    }
    files["word/styles.xml"] = PARTS["styles"]
    for name, content in parts.items():
        files[f"word/{name}.xml"] = Part(roots.get(kind := name.rstrip("0123456789"), kind)).filled(content)
    related = "".join(
        f'<Relationship Id="rId-{stem}" Type="{_TYPES}{stem.rstrip("0123456789")}" Target="{stem}.xml"/>'
        for stem in (name.removeprefix("word/").removesuffix(".xml") for name in files)
        if stem != "document"
    )
    links = f'<Relationship Id="rId-link" Type="{_TYPES}hyperlink" Target="https://a.example" TargetMode="External"/>'
    files["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{related}{links}</Relationships>'
    ).encode()
    types = f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
    files["[Content_Types].xml"] = CONTENT_TYPES.format(
        f'<Default Extension="xml" ContentType="application/xml"/>{types}'
    ).encode()
    files["_rels/.rels"] = ROOT
    return _packed(files)


def changed(data: bytes, change: Callable[[str], str], part: str = "word/document.xml") -> bytes:
    """Return a copy in which one part is changed; it must be changed."""
    files = dict(Opened(data).parts)
    before = files[part].decode()
    after = change(before)
    if after == before:
        raise ValueError(f"nothing changed in {part}: {re.sub(r'<[^>]*>', '', before)[:80]}")
    files[part] = after.encode()
    return _packed(files)


def _packed(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), files[name])
    return stream.getvalue()
