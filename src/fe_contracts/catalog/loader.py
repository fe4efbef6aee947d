"""Load the clause library: every file read, checked and indexed, and all problems told at once."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from collections import defaultdict
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from fe_contracts import __version__
from fe_contracts.catalog.cache import Cache
from fe_contracts.catalog.catalog import Catalog, Edition, PlacedApprovals, PlacedRequirement, Series
from fe_contracts.catalog.clause import Clause, ClauseVersion, version_key
from fe_contracts.catalog.digests import digest_of_identity, digest_of_many
from fe_contracts.catalog.files import LibraryFile, read_library
from fe_contracts.catalog.grammar import parse_wording
from fe_contracts.catalog.lock import LOCK_NAME, compare_with_lock, parse_lock
from fe_contracts.catalog.terms import defined_terms
from fe_contracts.exceptions import CatalogError, SourceError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.approval import Approvals
from fe_contracts.model.authority import Authorities
from fe_contracts.model.clause import ClauseIdentity, VersionFrontMatter
from fe_contracts.model.library import (
    ContractType,
    Framework,
    FrameworkEntries,
    FrameworkText,
    Glossary,
    Library,
)
from fe_contracts.model.requirement import Requirement
from fe_contracts.sources import bundled, parse_yaml, try_checked

if TYPE_CHECKING:
    from fe_contracts.catalog.wording import Wording
    from fe_contracts.model.base import Model

__all__ = ["load_catalog"]

M = TypeVar("M", bound="Model")
T = TypeVar("T")

_FRAMEWORK: dict[str, type[FrameworkText | FrameworkEntries | Glossary]] = {
    "vision": FrameworkText,
    "values": FrameworkEntries,
    "assumptions": FrameworkEntries,
    "glossary": Glossary,
}


def load_catalog(folder: Path | str | None = None) -> Catalog:
    """Return the clause library of a folder, or the bundled one.

    Raises:
        CatalogError: with every problem of every file, if there is any.
    """
    folder = bundled("clause_library") if folder is None else Path(folder)
    if not (folder / "library.yaml").is_file():
        problem = Finding(
            "CATALOG030",
            Severity.ERROR,
            "There is no library.yaml here, so this is no clause library.",
            Where(str(folder)),
            "Name the folder that holds library.yaml, or leave it out for the bundled library.",
        )
        raise CatalogError(str(folder), [problem])
    return _Loader(folder).load()


class _Loader:
    """One load: the files, the cache and the problems found so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cache = Cache.open(__version__)
        self.problems: list[Finding] = []
        self.fresh: dict[str, tuple[str, str]] = {}
        self.known: dict[str, str] = {}
        self.published: dict[str, str] = {}
        self.present: dict[str, tuple[str, str]] = {}

    def load(self) -> Catalog:
        files, self.problems = read_library(self.folder)
        by_kind: dict[str, list[LibraryFile]] = defaultdict(list)
        for file in files:
            by_kind[file.kind].append(file)
        self.known = self.cache.briefs(_key(file) for file in files)
        for file in by_kind["lock"]:
            self.lock(file)
        library = next((self.model(file, Library) for file in by_kind["library"]), None)
        clauses = self.clauses(by_kind["identity"], by_kind["version"])
        types = self.series(by_kind["contract_type"], lambda _: ContractType)
        framework = self.series(by_kind["framework"], lambda name: _FRAMEWORK[name])
        requirements = self.requirements(by_kind["requirement"])
        approvals = self.approvals(by_kind["approvals"])
        authorities = next((self.model(file, Authorities) for file in by_kind["authorities"]), None)
        self.problems += compare_with_lock(self.published, self.present, str(self.folder / LOCK_NAME))
        digest = digest_of_many((f"{file.kind} {file.name} {file.number}", file.digest) for file in files)
        if self.problems or library is None:
            raise CatalogError(str(self.folder), self.sorted_problems())
        families = [family.id for family in library.families]
        clauses = dict(sorted(clauses.items(), key=lambda item: _place(item[1], families)))
        catalog = Catalog(self.folder, library, clauses, types, framework, requirements, approvals, authorities, digest)
        if not self.cache.is_sound(digest):
            from fe_contracts.catalog.consistency import check_catalog  # a library found sound before needs none of it

            self.problems += check_catalog(catalog)
            if self.problems:
                raise CatalogError(str(self.folder), self.sorted_problems())
            self.cache.remember(self.fresh, digest)
        return catalog

    def requirements(self, files: list[LibraryFile]) -> dict[str, PlacedRequirement]:
        """Return the requirements by code; their files may be edited until they are published again."""
        found: dict[str, PlacedRequirement] = {}
        for file in files:
            requirement = self.model(file, Requirement)
            if requirement is None:
                continue
            if requirement.code != file.name:
                self.report(file, "CATALOG040", f"code is {requirement.code}, not {file.name}.", "Make them equal.")
                continue
            published = self.published.get(f"requirements/{file.name}") == file.digest
            found[file.name] = PlacedRequirement(requirement, file.digest, published, file.path)
        for name in [name for name in self.published if name.startswith("requirements/")]:
            if name.removeprefix("requirements/") in found:
                del self.published[name]  # present, and told apart by `published`
        return dict(sorted(found.items()))

    def approvals(self, files: list[LibraryFile]) -> dict[str, PlacedApprovals]:
        """Return the recorded decisions by clause."""
        found: dict[str, PlacedApprovals] = {}
        for file in files:
            approvals = self.model(file, Approvals)
            if approvals is None:
                continue
            if approvals.clause != file.name:
                self.report(file, "CATALOG040", f"clause is {approvals.clause}, not {file.name}.", "Make them equal.")
                continue
            found[file.name] = PlacedApprovals(approvals, file.path)
        return found

    def sorted_problems(self) -> list[Finding]:
        return sorted(self.problems, key=lambda item: (item.where.file, item.where.line, item.code))

    def lock(self, file: LibraryFile) -> None:
        key = _key(file)
        with suppress(ValueError):  # a damaged cache costs time and nothing else
            known = json.loads(self.known.get(key, ""))
            if isinstance(known, dict):
                self.published = known
                return
        try:
            self.published, problems = parse_lock(file.raw.decode("utf-8"), file.path)
        except (SourceError, UnicodeDecodeError) as error:
            problems = getattr(error, "problems", (_not_utf8(file),))
        self.problems += problems
        if not problems:
            self.fresh[key] = json.dumps(self.published), ""

    def model(self, file: LibraryFile, model: type[M]) -> M | None:
        """Return what a YAML file describes, from the cache where the file is known."""
        key = _key(file)
        if key in self.known:
            with suppress(ValidationError):  # a damaged cache costs time and nothing else
                return model.model_validate_json(self.known[key])
        try:
            found, problems = try_checked(parse_yaml(_text(file), file.path), model)
        except SourceError as error:
            found, problems = None, error.problems
        self.problems += problems
        if found is not None:
            self.fresh[key] = (found.model_dump_json(by_alias=True), "")
        return found

    def series(self, files: list[LibraryFile], model_of: Any) -> dict[str, Series[Any]]:
        """Return the contract types, or the parts of the framework, by name."""
        editions: dict[str, list[Edition[ContractType | Framework]]] = defaultdict(list)
        for file in files:
            lock_name = f"{file.kind}/{file.name}/{file.number}"
            self.present[lock_name] = file.digest, file.path
            content = self.model(file, model_of(file.name))
            if content is None:
                continue
            editions[file.name].append(
                Edition(
                    file.name,
                    file.number,
                    content,
                    content.effective,
                    file.digest,
                    lock_name in self.published,
                    file.path,
                )
            )
        return {name: Series.of(name, found) for name, found in editions.items()}

    def clauses(self, identities: list[LibraryFile], versions: list[LibraryFile]) -> dict[str, Clause]:
        by_clause: dict[str, list[ClauseVersion]] = defaultdict(list)
        for file in versions:
            version = self.version(file)
            if version is not None:
                by_clause[file.name].append(version)
        clauses: dict[str, Clause] = {}
        for file in identities:
            identity = self.model(file, ClauseIdentity)
            found = by_clause.pop(file.name, [])
            if identity is None:
                self.published.pop(f"clauses/{file.name}", None)  # it is there, and its own problem is told
                continue
            if identity.id != file.name:
                self.report(
                    file,
                    "CATALOG040",
                    f"id is {identity.id}, but the folder is {file.name}.",
                    "Make them equal.",
                )
                continue
            self.present[f"clauses/{identity.id}"] = digest_of_identity(identity), file.path
            found.sort(key=lambda item: (item.effective, version_key(item.number)))
            clauses[identity.id] = Clause(identity, tuple(found), file.path)
        orphans = {name: found for name, found in by_clause.items() if name not in {file.name for file in identities}}
        for found in orphans.values():
            where = Where(found[0].file)
            remedy = "Write its identity: see the clause format."
            self.problems.append(
                Finding("CATALOG050", Severity.ERROR, "The clause has no clause.yaml beside it.", where, remedy)
            )
        return clauses

    def version(self, file: LibraryFile) -> ClauseVersion | None:
        """Return the entry of a clause version; it is parsed now only if the cache does not know it."""
        key = _key(file)
        lock_name = f"clauses/{file.name}/{file.number}"
        self.present[lock_name] = file.digest, file.path
        brief = _brief(self.known.get(key))
        read_front = partial(_cached_front, self.cache, key, file)
        read_wording = partial(_wording, file)
        if brief is None:
            front, wording = self.parse(file)
            if front is None or wording is None:
                return None
            expiry = front.expires.isoformat() if front.expires else None
            brief = (front.effective.isoformat(), expiry, front.retires, list(defined_terms(wording)))
            self.fresh[key] = json.dumps(brief), front.model_dump_json(by_alias=True)
            read_front, read_wording = partial(_same, front), partial(_same, wording)
        effective, expires, retires, defines = brief
        return ClauseVersion(
            file.name,
            file.number,
            dt.date.fromisoformat(effective),
            dt.date.fromisoformat(expires) if expires else None,
            retires,
            tuple(defines),
            file.digest,
            lock_name in self.published,
            file.path,
            read_front,
            read_wording,
        )

    def parse(self, file: LibraryFile) -> tuple[VersionFrontMatter | None, Wording | None]:
        """Return front matter and wording, or nothing and the problems recorded."""
        try:
            front, problems = _front(file)
            wording, more = _parsed_wording(file)
        except SourceError as error:
            self.problems += error.problems
            return None, None
        self.problems += [*problems, *more]
        if front is not None and not more:
            from fe_contracts.catalog.checks import check_version

            self.problems += check_version(front, wording, file.path)
        return front, wording

    def report(self, file: LibraryFile, code: str, message: str, remedy: str) -> None:
        self.problems.append(Finding(code, Severity.ERROR, message, Where(file.path), remedy))


def _brief(known: str | None) -> tuple[str, str | None, bool, list[str]] | None:
    """Return what the index needs of a version, or nothing where the cache does not know it or is damaged."""
    try:
        effective, expires, retires, defines = json.loads(known or "")
        dt.date.fromisoformat(effective)
        if expires is not None:
            dt.date.fromisoformat(expires)
    except (TypeError, ValueError):
        return None
    return effective, expires, bool(retires), [str(term) for term in defines]


def _same(value: T) -> T:
    return value


def _place(clause: Clause, families: list[str]) -> tuple[int, str, int]:
    """Return where a clause stands: by the library's families, then by its number."""
    family, _, number = clause.id.partition("-")
    return families.index(family) if family in families else len(families), family, int(number)


def _key(file: LibraryFile) -> str:
    return f"{file.kind} {file.name} {file.number} {file.digest}"


def _not_utf8(file: LibraryFile) -> Finding:
    return Finding("CATALOG060", Severity.ERROR, "The file is not UTF-8.", Where(file.path), "Save it as UTF-8.")


def _text(file: LibraryFile) -> str:
    """Return a file's text in the form its digest is taken of: plain line endings, Unicode form C."""
    try:
        text = file.raw.decode("utf-8")
    except UnicodeDecodeError:
        raise SourceError(file.path, [_not_utf8(file)]) from None
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n"))


def _halves(file: LibraryFile) -> tuple[str, str, int]:
    """Return front matter, wording, and the line the wording begins on.

    Raises:
        SourceError: if the two lines of three hyphens are not there.
    """
    text = _text(file)
    if text.endswith("\n---"):
        text += "\n"
    end = text.find("\n---\n", 3)
    if not text.startswith("---\n") or end < 0:
        problem = Finding(
            "CATALOG070",
            Severity.ERROR,
            "The front matter is not set off.",
            Where(file.path, 1),
            "Begin the file with a line of three hyphens and end the front matter with another.",
        )
        raise SourceError(file.path, [problem])
    front, body = text[4 : end + 1], text[end + 5 :]
    return front, body, front.count("\n") + 3


def _front(file: LibraryFile) -> tuple[VersionFrontMatter | None, tuple[Finding, ...]]:
    front, _, _ = _halves(file)
    return try_checked(parse_yaml(front, file.path, first_line=2), VersionFrontMatter)


def _parsed_wording(file: LibraryFile) -> tuple[Wording, tuple[Finding, ...]]:
    _, body, line = _halves(file)
    return parse_wording(body, f"{file.name}@{file.number}", file.path, line)


def _wording(file: LibraryFile) -> Wording:
    """Return the wording of a version that was checked before."""
    return _parsed_wording(file)[0]


def _cached_front(cache: Cache, key: str, file: LibraryFile) -> VersionFrontMatter:
    """Return the front matter of a version that was checked before, read anew if the cache lost it."""
    data = cache.data(key)
    if data:
        with suppress(ValidationError):
            return VersionFrontMatter.model_validate_json(data)
    front, problems = _front(file)
    if front is None:
        raise CatalogError(file.path, problems)
    return front
