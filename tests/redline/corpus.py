"""The pairs of real files that redlines are judged on, and real files edited lightly.

`../shared/corpus` holds files that this project did not write: pairs and versions, each taken both ways; tracked
changes with another program's result of rejecting and accepting them; long contracts, each against itself and against a
copy in which a few words and paragraphs are changed. A file that holds tracked changes is taken as accepted.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from lxml import etree
from tests.redline.opening import MARKUP, MC, Opened, W

from fe_contracts.word.revisions.resolving import accept_changes

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["CORPUS", "EXCEPTIONS", "Case", "cases", "edited_copies", "lightly_edited", "real_pairs", "triples"]

CORPUS: Final = Path(__file__).resolve().parents[3] / "shared" / "corpus"
EXCEPTIONS: Final[dict[tuple[str, str], str]] = {
    **dict.fromkeys(
        (
            ("RP038-Inserted-Paras-at-End", "properties"),
            ("RP041-Cell-With-Empty-Paras-at-End", "properties"),
            ("RP042-Deleted-Para-Mark-at-End", "properties"),
            ("RP044-MERGEFORMAT-Field-Code", "properties"),
        ),
        "the other program drops the page layout of the last section, where no change is recorded",
    ),
    ("RP034-Deleted-Cells", "properties"): "the other program widens the cell that is left; no change says so",
}
"""What is known to differ, by case and depth, with the reason."""


@dataclass(frozen=True, slots=True)
class Case:
    """Two files to make a redline of; a redline that is there already, where only resolving is judged."""

    group: str
    name: str
    old: bytes
    new: bytes
    redline: bytes | None = None


def cases() -> Iterator[Case]:
    """Yield every case of the corpus."""
    yield from real_pairs()
    yield from triples()
    yield from edited_copies()


def real_pairs() -> Iterator[Case]:
    """Yield the pairs and versions, each both ways."""
    for group in ("pairs", "versions"):
        for folder in sorted((CORPUS / group).iterdir()):
            before, after = (_resolved(folder / f"{side}.docx") for side in ("before", "after"))
            yield Case(group, folder.name, before, after)
            yield Case(group, f"{folder.name} (back)", after, before)


def triples() -> Iterator[Case]:
    """Yield the files with tracked changes, with what another program made of them."""
    for folder in sorted((CORPUS / "redline-triples").iterdir()):
        old, new, redline = ((folder / f"{name}.docx").read_bytes() for name in ("rejected", "accepted", "redline"))
        yield Case("redline-triples", folder.name, old, new, redline)


def edited_copies() -> Iterator[Case]:
    """Yield the contracts: each against itself, and against a lightly edited copy."""
    for path in sorted((CORPUS / "contracts").glob("*.docx")):
        data = _resolved(path)
        yield Case("contracts", f"{path.stem} (itself)", data, data)
        yield Case("contracts", f"{path.stem} (edited)", data, lightly_edited(data, 4))


def _resolved(path: Path) -> bytes:
    data = path.read_bytes()
    opened = Opened(data)
    marked = any(next(opened.tree(part).iter(*MARKUP), None) is not None for part in opened.stories)
    return accept_changes(data).to_bytes() if marked else data


# ---------------------------------------------------------------- light edits

_WORDS: Final = [
    "thirty",
    "monthly",
    "written",
    "Agency",
    "City",
    "program",
    "notice",
    "not",
    "all",
    "quarterly",
    "$4200",
    "2027",
]


def lightly_edited(data: bytes, seed: int) -> bytes:
    """Return a copy with some words of the body changed, and some paragraphs added and taken out."""
    chance = Random(seed)  # noqa: S311  reproducible, not secret
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    main = Opened(data).main
    root = etree.fromstring(parts[main])
    for paragraph in [item for item in root.iter(f"{W}p") if _is_simple(item)]:
        if chance.random() < 0.06:
            _edit(paragraph, chance)
    parts[main] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return stream.getvalue()


def _is_simple(paragraph: etree._Element) -> bool:
    """Whether a paragraph holds words and nothing that comes in pairs or twice."""
    odd = (
        "fldChar",
        "bookmarkStart",
        "bookmarkEnd",
        "commentRangeStart",
        "commentRangeEnd",
        "drawing",
        "pict",
        "sectPr",
    )
    if next(paragraph.iter(*(W + name for name in odd)), None) is not None:
        return False
    return next(paragraph.iterancestors(f"{MC}AlternateContent", f"{W}txbxContent"), None) is None


def _edit(paragraph: etree._Element, chance: Random) -> None:
    texts = [item for item in paragraph.iter(f"{W}t") if len((item.text or "").split()) > 2]
    kind = chance.choice(("words", "words", "words", "drop", "add"))
    after = paragraph.getnext()
    if kind == "words" and texts:
        text = chance.choice(texts)
        words = (text.text or "").split(" ")
        words[chance.randrange(1, len(words))] = chance.choice(_WORDS)
        text.text = " ".join(words)
    elif kind == "drop" and after is not None and after.tag == W + "p":
        parent = paragraph.getparent()
        if parent is not None:
            parent.remove(paragraph)
    elif kind == "add" and texts:
        copied = etree.fromstring(etree.tostring(paragraph))
        for text in copied.iter(f"{W}t"):
            text.text = f"{chance.choice(_WORDS)} {text.text or ''}"
        paragraph.addprevious(copied)
