"""Name things inside the file: bookmarks, and the tags that say where text came from.

Word keeps a bookmark's name to 40 letters, digits and underscores, and a tag to 64 characters; what is longer is
shortened with a digest, so that two long names never become one.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from fe_contracts.document.tree import Clause, ExhibitPart

__all__ = ["bookmark_name", "clause_alias", "clause_tag", "parameter_tag", "part_tag", "shortened"]

_BOOKMARK: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
_BOOKMARK_LENGTH: Final = 40
_TAG_LENGTH: Final = 64


def shortened(text: str, length: int, joint: str) -> str:
    """Return the text, or its beginning and a digest of the whole where it is longer than `length`."""
    if len(text) <= length:
        return text
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{text[: length - 8 - len(joint)]}{joint}{digest}"


def bookmark_name(anchor: str) -> str:
    """Return the bookmark's name for an anchor: the anchor itself wherever Word allows it."""
    if _BOOKMARK.fullmatch(anchor):
        return anchor
    name = re.sub(r"[^A-Za-z0-9_]", "_", anchor)
    name = name if name[:1].isalpha() else f"a_{name}"
    digest = hashlib.sha256(anchor.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{name[: _BOOKMARK_LENGTH - 9]}_{digest}"


def clause_tag(clause: Clause) -> str:
    """Return `clause:FE-04@1.0.0`, or `reserved:FE-04` where only the number stands."""
    tag = f"reserved:{clause.instance}" if clause.reserved else f"clause:{clause.instance}@{clause.version}"
    return shortened(tag, _TAG_LENGTH, "~")


def part_tag(part: ExhibitPart, exhibit: str) -> str:
    """Return `part:PERF-01@1.0.0:scope`."""
    return shortened(f"part:{part.instance}@{part.version}:{exhibit}", _TAG_LENGTH, "~")


def parameter_tag(parameter: str) -> str:
    """Return `param:FE-04/session_minutes`."""
    return shortened(f"param:{parameter}", _TAG_LENGTH, "~")


def clause_alias(owner: Clause | ExhibitPart) -> str:
    """Return `FE-04 1.0.0`: what Word shows of the control."""
    return shortened(f"{owner.instance} {owner.version}".strip(), _TAG_LENGTH, "~")
