"""Find in a text what cites the law as it no longer stands, or did not stand yet, on a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from fe_contracts.findings import Citation, Finding, Severity, Where

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from fe_contracts.model.authority import Authorities, StaleCitation

__all__ = ["Mention", "broken_patterns", "find_mentions", "find_stale", "mentions", "stale_finding", "stands"]

_WIDEST = 400
"""The most characters on each side that still count as one sentence: forms and tables have no full stops."""
_END = re.compile(
    r"\n\s*\n|(?<![A-Z])(?<!\bNo)(?<!\bPub)(?<!\bFed)(?<!\bReg)(?<!\bSec)(?<!\bapp)[.!?][”\"’)]*\s+(?=[A-Z“\"(#])"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text that cites what stands only on certain days."""

    entry: StaleCitation
    words: str
    start: int


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern; compiled when it is first needed, as most never are."""
    return re.compile(pattern, re.IGNORECASE)


def _sentence(text: str, start: int, end: int) -> str:
    """Return the sentence around a place, the whole of it up to the widest that counts."""
    low = max(0, start - _WIDEST)
    ends = [match.end() for match in _END.finditer(text, low, min(len(text), start + 1))]
    low = ends[-1] if ends else low
    ending = _END.search(text, end, min(len(text), end + _WIDEST))
    high = ending.start() + 1 if ending else end + _WIDEST
    return text[low:high].replace("\n", " ")


def mentions(text: str, entries: Iterable[StaleCitation]) -> list[Mention]:
    """Return every place that cites what an entry is about, in the order of the text, whatever the day.

    Raises:
        re.error: if an entry's pattern is no regular expression.
    """
    lowered = text.lower()
    found: list[Mention] = []
    for entry in entries:
        if not any(word in lowered for word in entry.look_for):
            continue
        found += [
            Mention(entry, " ".join(match[0].split()), match.start())
            for match in _compiled(entry.pattern).finditer(text)
            if _means_it(entry, text, match)
        ]
    return sorted(found, key=lambda mention: mention.start)


def _means_it(entry: StaleCitation, text: str, match: re.Match[str]) -> bool:
    """Return whether the words around a place leave it in the meaning that the entry is about."""
    if entry.context is None and entry.unless is None:
        return True
    sentence = _sentence(text, match.start(), match.end())
    if entry.context is not None and not _compiled(entry.context).search(sentence):
        return False
    return entry.unless is None or not _compiled(entry.unless).search(sentence)


def stands(entry: StaleCitation, day: dt.date) -> bool:
    """Return whether the citation stood on the day."""
    begun = entry.stands_from is None or entry.stands_from <= day
    return begun and (entry.stands_until is None or day <= entry.stands_until)


def stale_finding(code: str, mention: Mention, day: dt.date, what_day: str, where: Where) -> Finding:
    """Return the finding for a citation that did not stand on the day; `what_day` says which day that is."""
    entry = mention.entry
    when = "did not stand yet" if entry.stands_from and day < entry.stands_from else "no longer stood"
    message = f"“{mention.words}” {when} on {day}, {what_day}: {entry.why}"
    if entry.confidence.needs_counsel:
        message += " Counsel should confirm the date."
    citation = Citation(entry.cite, entry.confidence)
    return Finding(code, Severity.WARNING, message, where, entry.instead, citation)


def find_mentions(text: str, authorities: Authorities | None) -> tuple[list[Mention], list[Finding]]:
    """Return the mentions in a text, and a finding for each pattern that cannot be used; the others still are."""
    entries = authorities.stale if authorities else ()
    try:
        return mentions(text, entries), []
    except re.error:
        problems = broken_patterns(entries)
        broken = {problem.where.field.removeprefix("stale.").rpartition(".")[0] for problem in problems}
        return mentions(text, [entry for entry in entries if entry.id not in broken]), problems


def broken_patterns(entries: Iterable[StaleCitation], file: str = "") -> list[Finding]:
    """Return a finding for each pattern that is no regular expression."""
    return [
        Finding(
            "CATALOG230",
            Severity.ERROR,
            f"The {name} of the stale citation {entry.id!r} is no regular expression: {fault}.",
            Where(file, field=f"stale.{entry.id}.{name}"),
            "Correct it in citations.yaml; until then nothing is found by it.",
        )
        for entry in entries
        for name in ("pattern", "context", "unless")
        if (fault := _fault(getattr(entry, name) or ""))
    ]


def _fault(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        return str(error)
    return ""


def find_stale(text: str, day: dt.date, authorities: Authorities | None, file: str = "") -> Iterator[Finding]:
    """Yield a finding for each citation in a text that did not stand on the day, with line and column."""
    found, problems = find_mentions(text, authorities)
    yield from problems
    for mention in found:
        if not stands(mention.entry, day):
            before = text[: mention.start]
            where = Where(file, before.count("\n") + 1, mention.start - before.rfind("\n"))
            yield stale_finding("CITE010", mention, day, "the day asked about", where)
