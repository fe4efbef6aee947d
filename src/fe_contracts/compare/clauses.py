"""Compare two versions of a clause, and find the least step in the number that the difference demands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.catalog.checks import references_of
from fe_contracts.catalog.terms import known_terms, texts_by_line
from fe_contracts.compare.changes import Bump, ChangeKind, ClauseChange, greatest
from fe_contracts.compare.fields import compare_obligations, compare_parameters, shown
from fe_contracts.compare.wording import compare_wordings
from fe_contracts.compare.words import Language, judge_text, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.catalog import Catalog, ClauseVersion
    from fe_contracts.model.clause import Applies, Relation, VersionFrontMatter

__all__ = ["differences", "language_of", "least_bump"]

_ORDER = list(ChangeKind)


def language_of(catalog: Catalog, clause_id: str) -> Language:
    """Return the words that stand in the library's other clauses, and the words of every defined term."""
    words: set[str] = set()
    for clause in catalog:
        if clause.id != clause_id:
            for version in clause.versions:
                for _, text in texts_by_line(version):
                    words |= words_of(text)
    return Language(frozenset(words)).extended(terms=known_terms(catalog))


def differences(old: ClauseVersion, new: ClauseVersion, language: Language | None = None) -> tuple[ClauseChange, ...]:
    """Return every difference that bears on the number of the new version, the gravest first.

    `language` holds what the rest of the library knows (see `language_of`); with it, a misspelling put right is
    told from another word. The effective day and the reason belong to each version and are no difference.
    """
    known = (language or Language()).extended(terms=[*old.defines, *new.defines])
    one, other = old.front, new.front
    if other.retires != one.retires:
        why = "the clause ends, and with it what it granted" if other.retires else "an ended clause begins anew"
        told = ("in force", "retired") if other.retires else ("retired", "in force")
        return (ClauseChange(ChangeKind.VALIDITY, "retires", *told, Bump.MAJOR, why),)
    off = {
        name
        for name, definition in other.parameters.items()
        if name not in one.parameters and definition.default is False
    }
    found = [
        *_front(one, other, known),
        *compare_parameters(one.parameters, other.parameters, known),
        *compare_obligations(one.obligations, other.obligations, known),
        *_relations(one, other),
        *_terms(old, new),
        *_references(old, new),
        *compare_wordings(old.wording, new.wording, known, off_by_default=off),
    ]
    return tuple(sorted(found, key=lambda change: (-change.bump.rank, _ORDER.index(change.kind))))


def least_bump(old: ClauseVersion, new: ClauseVersion, language: Language | None = None) -> Bump:
    """Return the least step in the number from one version to the other."""
    return greatest(change.bump for change in differences(old, new, language))


def _front(old: VersionFrontMatter, new: VersionFrontMatter, language: Language) -> Iterator[ClauseChange]:
    if old.title != new.title:
        judged = judge_text(old.title, new.title, language)
        bump, why = judged.bump, judged.reason
        if bump is Bump.MAJOR and why.endswith("may mean something else"):
            bump, why = Bump.MINOR, "the heading changes, by which other papers may name the section"
        yield ClauseChange(ChangeKind.HEADING, "title", old.title, new.title, bump, why)
    if old.expires != new.expires:
        why = "the last day on which it is in force changes"
        yield ClauseChange(ChangeKind.VALIDITY, "expires", shown(old.expires), shown(new.expires), Bump.MAJOR, why)
    if old.summary != new.summary:
        why = "the summary is not part of the contract"
        yield ClauseChange(ChangeKind.NOTE, "summary", old.summary, new.summary, Bump.PATCH, why)
    yield from _applies(old.applies, new.applies)
    yield from _sections(old, new)
    if old.policy_basis != new.policy_basis:
        why = "the policy behind it is described anew; it is not part of the contract"
        told = old.policy_basis or "", new.policy_basis or ""
        yield ClauseChange(ChangeKind.LEGAL_BASIS, "policy_basis", *told, Bump.PATCH, why)
    if set(old.serves) != set(new.serves):
        why = "it carries out other values of the framework; no duty changes by that"
        yield ClauseChange(ChangeKind.NOTE, "serves", shown(old.serves), shown(new.serves), Bump.MINOR, why)


def _applies(old: Applies, new: Applies) -> Iterator[ClauseChange]:
    if old.level != new.level:
        why = "it is wanted more, or less, strongly than before"
        yield ClauseChange(ChangeKind.APPLICABILITY, "applies.level", old.level.value, new.level.value, Bump.MAJOR, why)
    if old.when != new.when:
        why = "it belongs in other contracts"
        yield ClauseChange(ChangeKind.APPLICABILITY, "applies.when", str(old.when), str(new.when), Bump.MAJOR, why)
    if old.otherwise != new.otherwise:
        added = old.otherwise is None and new.otherwise is not None and new.otherwise.value == "optional"
        bump = Bump.MINOR if added else Bump.MAJOR
        why = "more contracts may have it, and none must" if added else "it belongs in other contracts"
        told = shown(old.otherwise), shown(new.otherwise)
        yield ClauseChange(ChangeKind.APPLICABILITY, "applies.otherwise", *told, bump, why)


def _sections(old: VersionFrontMatter, new: VersionFrontMatter) -> Iterator[ClauseChange]:
    for section in old.legal_basis:
        if section not in new.legal_basis:
            why = "a section it rested on falls away; a right or duty may go with it"
            yield ClauseChange(ChangeKind.LEGAL_BASIS, "legal_basis", section, "", Bump.MAJOR, why)
    for section in new.legal_basis:
        if section not in old.legal_basis:
            why = "a section it rests on is added"
            yield ClauseChange(ChangeKind.LEGAL_BASIS, "legal_basis", "", section, Bump.MINOR, why)


def _bond(relation: Relation) -> str:
    """Return a bond to another clause: which, and when; its reason apart."""
    when = "" if relation.when.operator == "always" else f" when {relation.when}"
    return f"{relation.clause or ''}{when}".strip()


def _relations(old: VersionFrontMatter, new: VersionFrontMatter) -> Iterator[ClauseChange]:
    for kind, told in (("requires", "asks for another clause"), ("conflicts", "rules something out")):
        before = {_bond(item): item.reason for item in getattr(old.relations, kind)}
        after = {_bond(item): item.reason for item in getattr(new.relations, kind)}
        place = f"relations.{kind}"
        for bond, reason in before.items():
            if bond not in after:
                why = f"it no longer {told}: contracts made before stay valid"
                yield ClauseChange(ChangeKind.RELATION, place, bond, "", Bump.MINOR, why)
            elif reason != after[bond]:
                why = "only the reason given for it changes"
                yield ClauseChange(ChangeKind.RELATION, place, reason, after[bond], Bump.PATCH, why)
        for bond in after:
            if bond not in before:
                why = f"it {told}: contracts made before may break it"
                yield ClauseChange(ChangeKind.RELATION, place, "", bond, Bump.MAJOR, why)
    if old.relations.supersedes != new.relations.supersedes:
        why = "it replaces other boilerplate of the city; its own words say what it demands"
        before_after = shown(old.relations.supersedes), shown(new.relations.supersedes)
        yield ClauseChange(ChangeKind.RELATION, "relations.supersedes", *before_after, Bump.MINOR, why)


def _terms(old: ClauseVersion, new: ClauseVersion) -> Iterator[ClauseChange]:
    for term in old.defines:
        if term not in new.defines:
            why = "a term is defined here no longer; other clauses may use it"
            yield ClauseChange(ChangeKind.TERM, "defined terms", term, "", Bump.MAJOR, why)
    for term in new.defines:
        if term not in old.defines:
            why = "a term is defined; what it says elsewhere changes only where it is used"
            yield ClauseChange(ChangeKind.TERM, "defined terms", "", term, Bump.MINOR, why)


def _references(old: ClauseVersion, new: ClauseVersion) -> Iterator[ClauseChange]:
    before, after = ({item.target: item.line for item in references_of(one.wording)} for one in (old, new))
    for target in before:
        if target not in after:
            why = "it no longer refers there, and what stood there no longer counts here"
            yield ClauseChange(ChangeKind.REFERENCE, "references", f"[[{target}]]", "", Bump.MAJOR, why)
    for target, line in after.items():
        if target not in before:
            why = "it refers to one more place"
            yield ClauseChange(ChangeKind.REFERENCE, "references", "", f"[[{target}]]", Bump.MINOR, why, line)
