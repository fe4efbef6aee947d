"""Publish: enter new files of the library into `catalog.lock`, after which they may not change.

Each new version is judged against the one before it: its number must say how much it changes, and its reason why.
What the lock holds already is not judged again.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from fe_contracts.catalog import load_catalog
from fe_contracts.catalog.layers import adjustment_name, placement_name
from fe_contracts.catalog.lock import LOCK_NAME, lock_text, parse_lock
from fe_contracts.catalog.packages import library_folder
from fe_contracts.catalog.terms import texts_by_line
from fe_contracts.exceptions import GovernanceError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.sources import write_atomic

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from fe_contracts.catalog import Catalog, Clause, ClauseVersion, Edition
    from fe_contracts.compare import Bump, ClauseChange

__all__ = ["Publication", "PublishedVersion", "publish"]

_SHOWN = 3
_PLACEHOLDER = re.compile(
    r"\W*(?:(?:todo|tbd|tba|fixme|xxx)\b.*|(?:reason|why|change|changes|changed|update|updated|draft|new|new version|"
    r"next version|say why this version exists|none|n/a|na)\W*)?",
    re.IGNORECASE | re.DOTALL,
)
_TODO = re.compile(r"\b(?:TODO|FIXME)\b")
_FIRST = re.compile(r"\W*(?:the )?first version\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """One clause version that a run published or would publish, and how its number was judged."""

    version: str
    """The version: `FE-04@1.1.0`."""
    before: str
    """The number of the version before it; empty for a first one."""
    given: Bump
    """The step its number takes; none for a first version."""
    least: Bump
    """The least step that its changes demand."""
    reason: str
    """Why it exists, as it says itself."""
    changes: tuple[ClauseChange, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for `--format json`."""
        return {
            "version": self.version,
            "before": self.before or None,
            "given_bump": self.given.value,
            "least_bump": self.least.value,
            "reason": self.reason,
            "changes": [change.to_dict() for change in self.changes],
        }


@dataclass(frozen=True, slots=True)
class Publication:
    """What one run published: the lock's names of it, in order, and how each clause version was judged."""

    lock_file: str
    added: tuple[str, ...]
    versions: tuple[PublishedVersion, ...] = ()
    written: bool = True
    """Whether the lock was written; a dry run only says what would be."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for `--format json`."""
        return {
            "lock_file": self.lock_file,
            "written": self.written,
            "added": list(self.added),
            "versions": [version.to_dict() for version in self.versions],
        }


def publish(
    folder: Path | str | None = None,
    *,
    as_of: dt.date | None = None,
    dry_run: bool = False,
    correct: Iterable[str] = (),
) -> Publication:
    """Enter every draft of the library into its lock, all or none, and return what was entered.

    A dated value of a requirement never changes once it is published; `correct` names the requirements, by code, in
    which one does all the same, because it was wrong.

    Of an overlay, its own drafts alone. `as_of` is the day of publishing: nothing may then take effect that
    rewrites earlier days; without it that is not looked at.

    Raises:
        CatalogError: if the library has any problem, above all if a published file was changed.
        GovernanceError: if a number is too small, a reason missing, or a day already taken.
        OutputError: if the lock cannot be written.
    """
    codes = tuple(correct)
    with _reopened(folder, codes):
        catalog = load_catalog(folder)
    lock_file = catalog.folder / LOCK_NAME
    published: dict[str, str] = {}
    if lock_file.is_file():
        published, _ = parse_lock(lock_file.read_text(encoding="utf-8"), str(lock_file))
    fresh = {name: digest for name, digest in catalog.layer.own.items() if published.get(name) != digest}
    judged = tuple(_judged(catalog, fresh))
    problems = [
        *(problem for version in judged for problem in _number(catalog, version)),
        *_clause_days(catalog, fresh, as_of),
        *_editions(catalog, fresh, as_of),
        *_entries(catalog, fresh, as_of),
    ]
    if problems:
        raise GovernanceError(str(catalog.folder), sorted(problems, key=lambda item: item.key))
    if fresh and not dry_run:
        ended = {name for name in published if _of_requirement(name, codes) and name not in catalog.layer.own}
        kept = {name: digest for name, digest in published.items() if name not in ended}
        write_atomic(lock_file, lock_text({**kept, **fresh}).encode(), overwrite=True)
    return Publication(
        str(lock_file),
        tuple(sorted(name for name in fresh if not _is_value(name))),
        judged,
        written=bool(fresh) and not dry_run,
    )


def _is_value(name: str) -> bool:
    """Return whether a name of the lock is that of one dated value: its requirement is named already."""
    return name.startswith("requirements/") and name.count("/") > 1


@contextmanager
def _reopened(folder: Path | str | None, codes: tuple[str, ...]) -> Iterator[None]:
    """Let the library be loaded although dated values of these requirements differ from the lock, then set it back."""
    if not codes:
        yield
        return
    lock_file = library_folder(folder) / LOCK_NAME
    text = lock_file.read_text(encoding="utf-8")
    published, _ = parse_lock(text, str(lock_file))
    opened = {name: digest for name, digest in published.items() if not _of_requirement(name, codes)}
    write_atomic(lock_file, lock_text(opened).encode(), overwrite=True)
    try:
        yield
    finally:
        write_atomic(lock_file, text.encode(), overwrite=True)


def _of_requirement(name: str, codes: tuple[str, ...]) -> bool:
    return any(name == f"requirements/{code}" or name.startswith(f"requirements/{code}/") for code in codes)


def _is_fresh(version: ClauseVersion, fresh: dict[str, str]) -> bool:
    return f"clauses/{version.clause_id}/{version.number}" in fresh


def _judged(catalog: Catalog, fresh: dict[str, str]) -> Iterator[PublishedVersion]:
    """Yield each clause version that is new, with what changed since the version before it by day."""
    from fe_contracts.compare import Bump, bump_between, differences, greatest, language_of

    for clause in catalog:
        for before, version in pairwise([None, *clause.versions]):
            if version is None or not _is_fresh(version, fresh):
                continue
            if before is None:
                yield PublishedVersion(version.key, "", Bump.NONE, Bump.NONE, version.front.reason, ())
                continue
            changes = differences(before, version, language_of(catalog, clause.id))
            least = greatest(change.bump for change in changes)
            given = bump_between(before.number, version.number)
            yield PublishedVersion(version.key, before.number, given, least, version.front.reason, changes)


def _number(catalog: Catalog, judged: PublishedVersion) -> Iterator[Finding]:
    """Yield a problem if the number says less than the changes weigh, or the reason says nothing."""
    from fe_contracts.compare import next_number

    clause_id, _, number = judged.version.partition("@")
    version = catalog[clause_id].version(number)
    if judged.given.rank < judged.least.rank:
        demanding = [change for change in judged.changes if change.bump is judged.least]
        told = "; ".join(f"{change.place}: {change.reason}" for change in demanding[:_SHOWN])
        more = f"; and {len(demanding) - _SHOWN} more" if len(demanding) > _SHOWN else ""
        wanted = next_number(judged.before, judged.least)
        yield Finding(
            "PUBLISH010",
            Severity.ERROR,
            f"{judged.version} is a {judged.given} step from {judged.before}, and its changes demand a {judged.least} "
            f"one. {told}{more}.",
            Where(version.file, next((change.line for change in demanding if change.line), 0)),
            f"Name the file {wanted}.md, or take the change back; "
            f"'fe-contracts catalog diff {clause_id}@{judged.before} {judged.version}' shows all of them.",
        )
    if unwritten := _unwritten(version):
        yield Finding(
            "PUBLISH050",
            Severity.ERROR,
            f"{judged.version} is not written to the end: {unwritten}.",
            Where(version.file),
            "Write what is still marked TODO.",
        )
    yield from _reason(judged.version, version.front.reason, version.file, first=not judged.before)


def _unwritten(version: ClauseVersion) -> str:
    """Return the first place where its author left a mark to come back to."""
    front = version.front
    for name, text in (("title", front.title), ("summary", front.summary), ("policy_basis", front.policy_basis)):
        if _TODO.search(text or ""):
            return f"{name} says TODO"
    return next((f"line {line} says TODO" for line, text in texts_by_line(version) if _TODO.search(text)), "")


def _reason(name: str, reason: str, file: str, *, first: bool) -> Iterator[Finding]:
    if _PLACEHOLDER.fullmatch(reason) or (not first and _FIRST.fullmatch(reason)):
        yield Finding(
            "PUBLISH020",
            Severity.ERROR,
            f"{name} gives no reason: {reason!r}.",
            Where(file, field="reason"),
            "Say in a sentence or two what changed and why: it is read whenever two contracts are compared.",
        )


def _clause_days(catalog: Catalog, fresh: dict[str, str], as_of: dt.date | None) -> Iterator[Finding]:
    """Yield a problem for each new version that takes days from versions published before."""
    for clause in catalog:
        settled = [version for version in clause.versions if version.published and not _is_fresh(version, fresh)]
        for version in clause.versions:
            if not _is_fresh(version, fresh):
                continue
            later = [other for other in settled if other.effective >= version.effective]
            if later:
                yield _too_early(version.key, version.effective, later[0].key, later[0].effective, version.file)
            elif as_of is not None and version.effective < as_of and _rewrites(clause, settled, version, as_of):
                yield _in_the_past(version.key, version.effective, as_of, version.file)


def _rewrites(clause: Clause, settled: list[ClauseVersion], version: ClauseVersion, as_of: dt.date) -> bool:
    """Return whether a published version was in force on a day, before the day of publishing, that it takes."""
    begun = [other for other in settled if other.effective < as_of]
    if not begun or begun[-1].retires:
        return False
    _, last = clause.period(begun[-1])
    return last is None or last >= version.effective


def _editions(catalog: Catalog, fresh: dict[str, str], as_of: dt.date | None) -> Iterator[Finding]:
    """Yield the same problems for contract types, the parts of the framework and instruments.

    Any change of theirs needs a higher number, which loading the library sees to.
    """
    for kind, group in catalog.kinds:
        for series in group.values():
            new = [edition for edition in series.editions if f"{kind}/{edition.name}/{edition.number}" in fresh]
            settled = [edition for edition in series.editions if edition.published and edition not in new]
            for edition in new:
                name = f"{kind.replace('_', ' ')} {edition.name} {edition.number}"
                first = edition is series.editions[0]
                yield from _reason(name, edition.content.reason, edition.file, first=first)
                own = [other for other in settled if catalog.layer.gives(f"{kind}/{other.name}/{other.number}")]
                yield from _edition_days(name, edition, settled, own, as_of)


def _entries(catalog: Catalog, fresh: dict[str, str], as_of: dt.date | None) -> Iterator[Finding]:
    """Yield the same problems for what an overlay adjusts and places: contracts of past days have it not."""
    for clause_id, adjusted in catalog.adjustments.items():
        for entry in adjusted.record.adjustments:
            if adjustment_name(clause_id, entry.effective) in fresh:
                name = f"the adjustment of {clause_id}"
                yield from _reason(name, entry.reason, adjusted.file, first=True)
                if as_of is not None and entry.effective < as_of:
                    yield _in_the_past(name, entry.effective, as_of, adjusted.file)
    for placed in catalog.placements.values():
        kind = placed.record.contract_type.value
        for item in placed.record.placements:
            if placement_name(kind, item.clause) in fresh and as_of is not None and item.effective < as_of:
                yield _in_the_past(f"the place of {item.clause} in {kind}", item.effective, as_of, placed.file)


def _edition_days(
    name: str, edition: Edition[Any], settled: list[Edition[Any]], own: list[Edition[Any]], as_of: dt.date | None
) -> Iterator[Finding]:
    """Yield a problem where an edition takes days from others; those of a base that follow it are its to end."""
    later = [other for other in own if other.effective >= edition.effective]
    if later:
        yield _too_early(name, edition.effective, later[0].number, later[0].effective, edition.file)
    elif as_of is not None and edition.effective < as_of and any(other.effective < as_of for other in settled):
        yield _in_the_past(name, edition.effective, as_of, edition.file)


def _too_early(name: str, day: dt.date, other: str, taken: dt.date, file: str) -> Finding:
    return Finding(
        "PUBLISH030",
        Severity.ERROR,
        f"{name} takes effect on {day}, and {other}, which is published, on {taken}: it would change which version "
        "contracts in between have.",
        Where(file, field="effective"),
        f"Give it a day after {taken}.",
    )


def _in_the_past(name: str, day: dt.date, as_of: dt.date, file: str) -> Finding:
    return Finding(
        "PUBLISH040",
        Severity.ERROR,
        f"{name} takes effect on {day}, before {as_of}, the day of publishing: contracts made since then have another "
        "version.",
        Where(file, field="effective"),
        "Give it a day to come. If the law itself changed on that day, say so with --as-of, and look at each contract "
        "made since then.",
    )
