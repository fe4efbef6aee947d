"""Show a difference between two contracts as one page that needs nothing else: no network, no script to be read.

Style, script and template are files beside this module, which a designer can read; the page carries them inside, and
its content security policy names them by their digests, so that nothing else runs or loads in it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from fe_contracts.compare.contract_changes import Affected, Kind, Level

if TYPE_CHECKING:
    from jinja2 import Template

    from fe_contracts.compare.burden_counts import BurdenChange
    from fe_contracts.compare.contract_changes import ContractChange, ContractDifference, Side

__all__ = ["difference_html"]

_LEVELS = {
    Level.CLAUSE: ("Clauses", "Clauses added, removed or moved", "clause", "clauses"),
    Level.VERSION: ("Versions", "Clauses in another version", "clause version", "clause versions"),
    Level.PARAMETER: ("Values", "Values", "value", "values"),
    Level.OBLIGATION: ("Obligations", "Obligations: what is owed, how much, by when", "obligation", "obligations"),
    Level.WORDING: ("Wording", "Wording", "change of wording", "changes of wording"),
}
"""For each level: its name in a list, its heading, and what one and several of its changes are called."""

_KINDS = {Kind.ADDED: "Added", Kind.REMOVED: "Removed", Kind.MOVED: "Moved", Kind.CHANGED: "Changed"}

_AFFECTED = {"agency": "the agency", "city": "the city", "clients": "clients"}

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""What a page must not hold, and what turns the reading order of a text around unseen."""

_FOLDER = "fe_contracts.exchange"


def difference_html(difference: ContractDifference, *, title: str = "") -> str:
    """Return one self-contained, accessible page that shows what changed from one contract to the other."""
    css, js = _part("difference.css"), _part("difference.js")
    from markupsafe import Markup

    return _template().render(
        title=title or _title(difference.old, difference.new),
        policy=_policy(css, js),
        css=Markup(css),  # noqa: S704 - both are files of this package
        js=Markup(js),  # noqa: S704
        difference=difference,
        parties=_parties(difference.new, difference.old),
        total=_total(difference),
        sides=_sides(difference.old, difference.new),
        counts=_counts(difference.burden) if difference.burden else [],
        levels=_levels(difference),
    )


@cache
def _part(name: str) -> str:
    """Return one of the files that stand beside this module, its line ends as browsers count them for a digest."""
    return (files(_FOLDER) / name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def _template() -> Template:
    """Return the page's template: escaping everything, refusing names it does not know."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_visible
    )
    environment.filters |= {
        "affected": lambda change: _listed([_AFFECTED[item] for item in _affected(change)]),
        "kind": lambda change: _KINDS[change.kind],
        "signed": _signed,
        "weights": lambda change: _listed([item.value for item in change.weights]),
        "who": lambda change: " ".join(_affected(change)),
    }
    return environment.from_string(_part("difference.html"))


def _visible(value: Any) -> Any:
    """Return a text with what would stay unseen in it named, such as `[U+202E]`; anything else as it is."""
    if type(value) is str:
        lines = value.replace("\r\n", "\n").replace("\r", "\n")
        return _UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", lines)
    return value


def _policy(css: str, js: str) -> str:
    """Return the content security policy: this style and this script, and nothing from anywhere."""
    return (
        f"default-src 'none'; style-src '{_digest(css)}'; script-src '{_digest(js)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    """Return a text's digest as a content security policy writes it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _title(old: Side, new: Side) -> str:
    """Return the page's title: from which contract to which, or in which one."""
    was, now = old.contract_id or old.label, new.contract_id or new.label
    return f"What changed in {now}" if was == now else f"What changed from {was} to {now}"


def _parties(*sides: Side) -> list[str]:
    """Return the city and the agency, as the first side that names them does."""
    found = (next((getattr(side, name) for side in sides if getattr(side, name)), "") for name in ("city", "agency"))
    return [party for party in found if party]


@dataclass(frozen=True, slots=True)
class _LevelGroup:
    """The changes of one level, with the names the page calls it by."""

    name: str
    short: str
    heading: str
    changes: tuple[ContractChange, ...]


def _levels(difference: ContractDifference) -> list[_LevelGroup]:
    """Return the levels at which anything changed, in their order."""
    return [
        _LevelGroup(level.value, _LEVELS[level][0], _LEVELS[level][1], changes)
        for level, changes in difference.by_level().items()
        if changes
    ]


def _total(difference: ContractDifference) -> str:
    """Return how many changes there are of each level, and how many of them are material, as a sentence."""
    count, material = len(difference.changes), len(difference.material)
    if not count:
        return "No change."
    parts = [
        f"{len(changes)} {_LEVELS[level][2 if len(changes) == 1 else 3]}"
        for level, changes in difference.by_level().items()
        if changes
    ]
    weighed = {0: "None is", count: "All are" if count > 1 else "It is"}.get(material, f"{material} of them")
    verb = "" if material in {0, count} else (" is" if material == 1 else " are")
    return f"{count} change{'' if count == 1 else 's'}: {_listed(parts)}. {weighed}{verb} material."


def _sides(old: Side, new: Side) -> list[tuple[str, str, str]]:
    """Return what the two contracts are, line by line, leaving out what neither tells."""
    names = {
        "Contract": "contract_id",
        "Title": "title",
        "File": "label",
        "Term": "term",
        "At most": "total",
        "Clause library": "library",
        "Read from": "made_from",
    }
    rows = [(label, str(getattr(old, name)), str(getattr(new, name))) for label, name in names.items()]
    return [row for row in rows if row[1] or row[2]]


def _counts(burden: BurdenChange) -> list[tuple[str, int, int]]:
    """Return the rows of the reporting table: what is counted in all, then each report by its title."""
    was, now = burden.old.per_report, burden.new.per_report
    return [
        *((label[:1].upper() + label[1:], old, new) for label, old, new in burden.rows),
        *((f"{title}, in the term", was.get(title, 0), now.get(title, 0)) for title in dict.fromkeys([*was, *now])),
    ]


def _affected(change: ContractChange) -> list[str]:
    """Return who is affected, each named once: what affects both affects each of them."""
    named = {item.value for item in change.affected}
    if Affected.BOTH in change.affected:
        named |= {"agency", "city"}
    return [item for item in _AFFECTED if item in named]


def _signed(number: int) -> str:
    """Return a difference with its sign, a true minus, and `0` for none."""
    return f"{number:+d}".replace("-", "\N{MINUS SIGN}") if number else "0"


def _listed(words: list[str]) -> str:
    """Return words joined as in a sentence: `money, deadline and data`."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
