"""Write the zip container of a Word file: the same parts give the same bytes, on any machine and any day.

The zip records are written here and not by `zipfile` so that parts which never change (styles, numbering,
settings) are compressed once per house style and not once per contract.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Member", "archive", "member"]

LEVEL: Final = 4
"""How hard to compress: level 6 takes two thirds longer, for a file 7 % smaller (measured on the pilot, 49 pages)."""

_DATE_1980: Final = 0x0021  # MS-DOS form of 1980-01-01; the time is 0
_VERSION: Final = 20
_UTF8_NAME: Final = 0x0800
_DEFLATED: Final = 8
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")


class Member(NamedTuple):
    """One part, already compressed."""

    name: bytes
    crc: int
    size: int
    data: bytes


def member(name: str, content: bytes) -> Member:
    """Return the part, compressed."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15, 9)
    return Member(name.encode("utf-8"), zlib.crc32(content), len(content), packer.compress(content) + packer.flush())


def _order(item: Member) -> tuple[int, bytes]:
    """Readers that stream look for the content types first, then for the relationships."""
    return (0 if item.name == b"[Content_Types].xml" else 1 if item.name == b"_rels/.rels" else 2), item.name


def archive(members: Iterable[Member]) -> bytes:
    """Return the zip file of these parts, content types first, the others by name."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = count = 0
    for item in sorted(members, key=_order):
        facts = (_VERSION, _UTF8_NAME, _DEFLATED, 0, _DATE_1980, item.crc, len(item.data), item.size, len(item.name))
        local = _LOCAL.pack(b"PK\3\4", *facts, 0)
        pieces += (local, item.name, item.data)
        directory += (_CENTRAL.pack(b"PK\1\2", _VERSION, *facts, 0, 0, 0, 0, 0, offset), item.name)
        offset += len(local) + len(item.name) + len(item.data)
        count += 1
    index = b"".join(directory)
    return b"".join((*pieces, index, _END.pack(b"PK\5\6", 0, 0, count, count, len(index), offset, 0)))
