"""Write pictures and text boxes."""

from __future__ import annotations

import struct
import zlib

__all__ = ["drawn_box", "drawn_picture", "png"]

_COLOURS = ((200, 30, 30), (30, 160, 60), (40, 60, 200), (230, 190, 20))
_SQUARE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'


def png(index: int) -> bytes:
    """Return a PNG of 2 x 2 pixels in one colour."""
    row = b"\0" + bytes(_COLOURS[index]) * 2

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(row * 2)) + chunk(b"IEND", b"")


def drawn_picture(relation: str, number: int) -> str:
    """Return the run that shows an image."""
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="360000" cy="360000"/>'
        f'<wp:docPr id="{number}" name="Picture {number}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="image"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext cx="360000" cy="360000"/></a:xfrm>{_SQUARE}'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def drawn_box(number: int, blocks: str) -> str:
    """Return the run that shows a text box: once for a present-day program, once for an older one."""
    content = f"<w:txbxContent>{blocks}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
        f'<wp:extent cx="2400000" cy="900000"/><wp:docPr id="{number}" name="Box {number}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2400000" cy="900000"/></a:xfrm>'
        f"{_SQUARE}</wps:spPr><wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing>"
        f'</mc:Choice><mc:Fallback><w:pict><v:rect id="box{number}" style="width:189pt;height:71pt">'
        f"<v:textbox>{content}</v:textbox></v:rect></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
