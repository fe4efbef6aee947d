"""Name the settings of two documents that change how their pages look, and that no change can track."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fe_contracts.word.revisions.meaning import Meaning
from fe_contracts.word.revisions.naming import names
from fe_contracts.word.revisions.noting import note

if TYPE_CHECKING:
    from fe_contracts.findings import Finding
    from fe_contracts.word.revisions.editable import EditablePackage

__all__ = ["settings_apart"]

_SEEN: Final = names(
    "alignBordersAndEdges autoHyphenation bordersDoNotSurroundFooter bordersDoNotSurroundHeader consecutiveHyphenLimit "
    "defaultTabStop doNotHyphenateCaps endnotePr evenAndOddHeaders footnotePr gutterAtTop hyphenationZone "
    "mirrorMargins noLineBreaksAfter noLineBreaksBefore printTwoOnOne"
)
"""What moves text on a page, or shows another header; not zoom, saved sessions or the view."""
_PLAIN: Final = Meaning({}, lambda _, key: key, {})


def settings_apart(old: EditablePackage, new: EditablePackage) -> list[Finding]:
    """Return a note that names the settings in which the documents differ; nothing if there are none."""
    one, two = old.related(old.main, "settings"), new.related(new.main, "settings")
    if (one and old.parts[one]) == (two and new.parts[two]):
        return []
    before, after = _settings(old, one), _settings(new, two)
    apart = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    if not apart:
        return []
    return [
        note(
            "REDLINE035",
            "info",
            f"The documents differ in settings that change how pages look ({', '.join(apart)}), which cannot be "
            "tracked; both readings of the redline show the new.",
            "If the old look matters, show the old document beside the redline.",
            file=new.name,
            part=two or "",
        )
    ]


def _settings(package: EditablePackage, part: str | None) -> dict[str, bytes]:
    if part is None:
        return {}
    found = (item for item in package.tree(part) if item.tag in _SEEN)
    return {str(item.tag).rpartition("}")[2]: _PLAIN.of(item) for item in found}
