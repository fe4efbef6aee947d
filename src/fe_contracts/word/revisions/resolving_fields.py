"""Look after fields of which a part went: an instruction without its field goes too, a broken field is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fe_contracts.word.revisions.resolving_content import drop, has_content, tidy
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["mend_fields"]

_INSTRUCTION: Final = w("instrText")
_STEP: Final = {"begin": 1, "end": -1}


def mend_fields(root: etree._Element) -> bool:
    r"""Drop the instructions that no field holds any more; return whether every field that begins also ends.

    Word leaves the switches of a deleted field unmarked (`\* MERGEFORMAT`): outside a field nobody sees them.
    """
    depth, whole = 0, True
    outside = []
    for item in list(root.iter(w("fldChar"), _INSTRUCTION)):
        if item.tag != _INSTRUCTION:
            depth += _STEP.get(item.get(w("fldCharType"), ""), 0)
            whole = whole and depth >= 0
            depth = max(depth, 0)
        elif depth == 0:
            outside.append(item)
    whole = whole and depth == 0
    for instruction in outside if whole else ():
        _drop_instruction(instruction)
    return whole


def _drop_instruction(instruction: etree._Element) -> None:
    run = instruction.getparent()
    drop(instruction)
    if run is not None and run.tag == w("r") and not has_content(run):
        outer = run.getparent()
        drop(run)
        tidy(outer)
