"""Lay a city's own library over its base: one catalog, in which each part keeps the file it came from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from fe_contracts.catalog.adjusting import PlacedAdjustment
from fe_contracts.catalog.catalog import Catalog, Edition, Series, by_family
from fe_contracts.catalog.digests import digest_of_many, digest_of_model
from fe_contracts.model.authority import Authorities
from fe_contracts.model.library import ClauseSlot
from fe_contracts.model.overlay import Adjustments

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fe_contracts.catalog.catalog import PlacedAdjustments
    from fe_contracts.catalog.clause import Clause
    from fe_contracts.model.base import Model
    from fe_contracts.model.library import ArticleOutline, ContractType, Family, Library, Role
    from fe_contracts.model.overlay import Placement, Placements

__all__ = ["adjustment_name", "lock_entries", "placement_name", "stacked"]

P = TypeVar("P", "Role", "Family")


def adjustment_name(clause_id: str, effective: dt.date) -> str:
    """Return the lock's name of one adjustment."""
    return f"adjustments/{clause_id}/{effective}"


def placement_name(contract_type: str, clause_id: str) -> str:
    """Return the lock's name of one placement."""
    return f"placements/{contract_type}/{clause_id}"


def lock_entries(record: Adjustments | Placements) -> Iterator[tuple[str, Model]]:
    """Yield each entry of an overlay's small files under the lock's name for it: each is published by itself."""
    if isinstance(record, Adjustments):
        yield from ((adjustment_name(record.clause, entry.effective), entry) for entry in record.adjustments)
    else:
        yield from ((placement_name(record.contract_type.value, entry.clause), entry) for entry in record.placements)


def stacked(own: Catalog, base: Catalog) -> Catalog:
    """Return the base's catalog with an overlay's own part laid over it.

    Nothing is judged here: what an overlay may not do, `protection` finds in the result. Of approvals only the
    overlay's own count: those of a layer below were another body's.
    """
    library = _library(own.library, base.library)
    clauses = {
        **base.clauses,
        **{name: _continued(base.clauses.get(name), clause) for name, clause in own.clauses.items()},
    }
    for clause_id, placed in own.adjustments.items():
        if clause_id in clauses:
            clauses[clause_id] = _adjusted(clauses[clause_id], placed, own)
    types = _joined(base.contract_types, own.contract_types)
    for name, places in own.placements.items():
        if name in types:
            types[name] = _placed(types[name], places.record.placements, own.layer.published)
    return Catalog(
        own.folder,
        library,
        by_family(clauses, library),
        types,
        _joined(base.framework, own.framework),
        dict(sorted({**own.requirements, **base.requirements}.items())),
        own.approvals,
        _authorities(own.authorities, base.authorities),
        digest_of_many([("base", base.digest), ("overlay", own.digest)]),
        own.layer,
        base,
        own.adjustments,
        own.placements,
        _joined(base.instruments, own.instruments) if own.instruments else base.instruments,
    )


def _library(own: Library, base: Library) -> Library:
    """Return what the overlay says of the whole, with the base's roles and families where it names no others."""
    return own.model_copy(
        update={"roles": _renamed(base.roles, own.roles), "families": _renamed(base.families, own.families)}
    )


def _renamed(base: tuple[P, ...], own: tuple[P, ...]) -> tuple[P, ...]:
    """Return the base's entries, each replaced by the overlay's of the same id, then the overlay's new ones."""
    entries = {entry.id: entry for entry in base} | {entry.id: entry for entry in own}
    return tuple(entries.values())


def _continued(below: Clause | None, clause: Clause) -> Clause:
    """Return an overlay's clause, with the versions below it that were in force before its own first one.

    So a contract of an earlier day stays as it was, and an approval of its version keeps its meaning.
    """
    if below is None or not clause.versions:
        return clause
    begins = clause.versions[0].effective
    earlier = tuple(version for version in below.versions if version.effective < begins)
    return replace(clause, versions=(*earlier, *clause.versions))


def _joined(base: Mapping[str, Series[Any]], own: Mapping[str, Series[Any]]) -> dict[str, Series[Any]]:
    """Return the editions of both layers by name: the base's until the overlay's first one, then the overlay's.

    An overlay's drafts stand beside the base's editions and take no day from them: no contract has a draft.
    """
    found = dict(base)
    for name, series in own.items():
        begins = next((item.effective for item in series.editions if item.published), None)
        below = base[name].editions if name in base else ()
        kept = [item for item in below if begins is None or item.effective < begins]
        found[name] = Series.of(name, [*kept, *series.editions])
    return found


def _authorities(own: Authorities | None, base: Authorities | None) -> Authorities | None:
    """Return what both layers know of citations; the base's stands where both speak of the same."""
    if own is None or base is None:
        return own or base
    known = {stale.id for stale in base.stale}
    cited = {quotation.digest for quotation in base.quotations}
    return Authorities(
        stale=(*base.stale, *(stale for stale in own.stale if stale.id not in known)),
        quotations=(*base.quotations, *(words for words in own.quotations if words.digest not in cited)),
    )


def _adjusted(clause: Clause, placed: PlacedAdjustments, own: Catalog) -> Clause:
    """Return a clause whose versions know what the overlay fixes of them."""
    found: list[PlacedAdjustment] = [
        PlacedAdjustment(
            entry,
            own.library.name,
            adjustment_name(clause.id, entry.effective) in own.layer.published,
            placed.file,
            place,
        )
        for place, entry in enumerate(placed.record.adjustments)
    ]
    versions = tuple(
        replace(
            version,
            adjustments=(*version.adjustments, *(entry for entry in found if entry.fits(version.number))),
        )
        for version in clause.versions
    )
    return replace(clause, versions=versions)


def _placed(
    series: Series[ContractType], placements: Sequence[Placement], published: frozenset[str]
) -> Series[ContractType]:
    """Return a contract type's editions with the clauses in their places, another from each day on which one begins."""
    found: list[Edition[ContractType]] = []
    for edition in series.editions:
        later = (item.effective for item in series.editions if item.published and item.effective > edition.effective)
        end = next(later, None)
        days = {
            day.effective
            for day in placements
            if edition.published and edition.effective < day.effective and (not end or day.effective < end)
        }
        for day in sorted({edition.effective, *days}):
            content, taken = _with_places(edition.content, [item for item in placements if item.effective <= day])
            if not taken and day != edition.effective:
                continue
            parts = [(edition.number, edition.digest), *((item.clause, digest_of_model(item)) for item in taken)]
            names = (placement_name(series.name, item.clause) for item in taken)
            found.append(
                replace(
                    edition,
                    content=content,
                    effective=day,
                    digest=digest_of_many(parts) if taken else edition.digest,
                    drafts=(*edition.drafts, *(name for name in names if name not in published)),
                )
            )
    return Series.of(series.name, found)


def _with_places(content: ContractType, placements: Iterable[Placement]) -> tuple[ContractType, list[Placement]]:
    """Return the skeleton with each clause beside its neighbour, and the placements that changed it."""
    taken = []
    for item in placements:
        articles = tuple(_with_place(article, item) for article in content.articles)
        held = any(slot.clause == item.clause for article in content.articles for slot in article.clauses)
        if not held and articles != content.articles:
            content = content.model_copy(update={"articles": articles})
            taken.append(item)
    return content, taken


def _with_place(article: ArticleOutline, item: Placement) -> ArticleOutline:
    """Return the article with the clause beside its neighbour, or as it is where the neighbour is not in it."""
    ids = [slot.clause for slot in article.clauses]
    neighbour = item.after or item.before
    if neighbour not in ids:
        return article
    at = ids.index(neighbour) + (item.after is not None)
    slot = ClauseSlot(clause=item.clause, unless_host_covers=item.unless_host_covers)
    return article.model_copy(update={"clauses": (*article.clauses[:at], slot, *article.clauses[at:])})
