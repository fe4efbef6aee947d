"""Load the clause library: every file read, checked and indexed, and all problems told at once."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from fe_contracts import __version__
from fe_contracts.catalog.approvals import digest_of_entry
from fe_contracts.catalog.cache import Cache
from fe_contracts.catalog.catalog import (
    Catalog,
    Edition,
    Layer,
    PlacedAdjustments,
    PlacedApprovals,
    PlacedPlacements,
    PlacedRequirement,
    Series,
    by_family,
)
from fe_contracts.catalog.clause import Clause, ClauseVersion, version_key
from fe_contracts.catalog.digests import digest_of_identity, digest_of_many, digest_of_model
from fe_contracts.catalog.files import LibraryFile, read_library
from fe_contracts.catalog.instruments import Instruments
from fe_contracts.catalog.lock import LOCK_NAME, compare_with_lock, history_of, parse_lock
from fe_contracts.catalog.packages import base_folder, holds_library, library_folder
from fe_contracts.catalog.terms import defined_terms
from fe_contracts.catalog.version_files import (
    brief_of,
    cached_front,
    front_of,
    key_of,
    line_of,
    not_utf8,
    parsed_wording,
    text_of,
    wording_of,
)
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
from fe_contracts.sources import parse_yaml, try_checked

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fe_contracts.catalog.wording import Wording
    from fe_contracts.model.amendment import AmendmentForms
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


def load_catalog(source: Path | str | None = None) -> Catalog:
    """Return the clause library of a folder, the bundled one, or `package:NAME`: the one that a package brings.

    A folder whose library.yaml says `extends` is an overlay: the catalog then holds its base too.

    Raises:
        CatalogError: with every problem of every file, if there is any.
    """
    return _load(library_folder(source), ())


def _load(folder: Path, above: tuple[Path, ...]) -> Catalog:
    """Return the library of a folder; `above` are the overlays that stand on it."""
    if not holds_library(folder):
        problem = Finding(
            "CATALOG030",
            Severity.ERROR,
            "There is no library.yaml here, so this is no clause library.",
            Where(str(folder)),
            "Name the folder that holds library.yaml, or leave it out for the bundled library.",
        )
        raise CatalogError(str(folder), [problem])
    return _Loader(folder, above).load()


class _Loader:
    """One load: the files, the cache and the problems found so far."""

    def __init__(self, folder: Path, above: tuple[Path, ...] = ()) -> None:
        self.folder, self.above = folder, above
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
        self.known = self.cache.briefs(key_of(file) for file in files)
        for file in by_kind["lock"]:
            self.lock(file)
        library = next((self.model(file, Library) for file in by_kind["library"]), None)
        base = self.base(library, by_kind)
        locked = frozenset(self.published)
        digest = digest_of_many((f"{file.kind} {file.name} {file.number}", file.digest) for file in files)
        own = self.own(by_kind, library, digest, locked)
        self.problems += compare_with_lock(self.published, self.present, str(self.folder / LOCK_NAME))
        if self.problems or own is None:
            raise CatalogError(str(self.folder), self.sorted_problems())
        if base is None:
            return self.sound(own)
        from fe_contracts.catalog.layers import stacked

        return self.sound(stacked(own, base))

    def own(
        self, by_kind: dict[str, list[LibraryFile]], library: Library | None, digest: str, locked: frozenset[str]
    ) -> Catalog | None:
        """Return the catalog of this folder's own files, or nothing where library.yaml itself is at fault."""
        clauses = self.clauses(by_kind["identity"], by_kind["version"])
        types = self.series(by_kind["contract_type"], lambda _: ContractType)
        framework = self.series(by_kind["framework"], lambda name: _FRAMEWORK[name])
        instruments = self.instruments(by_kind["instrument"])
        requirements = self.requirements(by_kind["requirement"])
        approvals = self.approvals(by_kind["approvals"])
        authorities = next((self.model(file, Authorities) for file in by_kind["authorities"]), None)
        adjustments, placements = self.small_files(by_kind["adjustments"], by_kind["placements"])
        if library is None:
            return None
        own = {name: found for name, (found, _) in self.present.items()}
        own |= {f"requirements/{code}": placed.digest for code, placed in requirements.items()}
        name = f"{library.name} {library.version}"
        return Catalog(
            self.folder,
            library,
            by_family(clauses, library),
            types,
            framework,
            requirements,
            approvals,
            authorities,
            digest,
            Layer(name, self.folder, digest, dict(sorted(own.items())), locked),
            None,
            adjustments,
            placements,
            instruments,
        )

    def base(self, library: Library | None, by_kind: dict[str, list[LibraryFile]]) -> Catalog | None:
        """Return the catalog that an overlay stands on.

        Raises:
            CatalogError: if it is not there, stands on this overlay in turn, or has problems of its own.
        """
        if library is None:
            return None
        file = by_kind["library"][0]
        if library.extends is None:
            for kind, what in (("adjustments", "adjust"), ("placements", "place a clause in")):
                for other in by_kind[kind]:
                    message = f"This library stands on no other, so there is nothing to {what}."
                    self.report(other, "OVERLAY015", message, "Say `extends` in library.yaml, or change the files.")
            return None
        above = (*self.above, self.folder.resolve())
        return _load(base_folder(library.extends, above, line_of(file, "extends")), above)

    def small_files(
        self, adjusted: list[LibraryFile], placed: list[LibraryFile]
    ) -> tuple[dict[str, PlacedAdjustments], dict[str, PlacedPlacements]]:
        """Return an overlay's adjustments by clause, and its placements by contract type."""
        if not adjusted and not placed:
            return {}, {}
        from fe_contracts.catalog.layers import lock_entries  # only overlays need it
        from fe_contracts.model.overlay import Adjustments, Placements

        adjustments: dict[str, PlacedAdjustments] = {}
        placements: dict[str, PlacedPlacements] = {}
        for file in adjusted:
            record = self.model(file, Adjustments)
            if record is None:
                self.excuse(f"adjustments/{file.name}/")
            elif self.named(file, "clause", record.clause):
                adjustments[file.name] = PlacedAdjustments(record, file.path)
                self.present |= {name: (digest_of_model(entry), file.path) for name, entry in lock_entries(record)}
        for file in placed:
            places = self.model(file, Placements)
            if places is None:
                self.excuse(f"placements/{file.name}/")
            elif self.named(file, "contract_type", places.contract_type.value):
                placements[file.name] = PlacedPlacements(places, file.path)
                self.present |= {name: (digest_of_model(entry), file.path) for name, entry in lock_entries(places)}
        return adjustments, placements

    def excuse(self, beginning: str) -> None:
        """Leave what a file gives out of the comparison with the lock: it is there, and its own problem is told."""
        for name in [name for name in self.published if name.startswith(beginning)]:
            del self.published[name]

    def named(self, file: LibraryFile, field: str, name: str) -> bool:
        """Return whether a file names the thing whose folder it stands in, the problem recorded if not."""
        if name != file.name:
            self.report(file, "CATALOG040", f"{field} is {name}, not {file.name}.", "Make them equal.")
        return name == file.name

    def sound(self, catalog: Catalog) -> Catalog:
        """Return the catalog if it holds together.

        Raises:
            CatalogError: with every contradiction between its files, and all that an overlay may not do.
        """
        if not self.cache.is_sound(catalog.digest):
            from fe_contracts.catalog.consistency import check_catalog  # a library found sound before needs none of it

            if catalog.base is not None:
                from fe_contracts.catalog.protection import check_overlay

                self.problems += check_overlay(catalog)
            self.problems = self.problems or check_catalog(catalog)  # what is placed nowhere is told once
            if self.problems:
                raise CatalogError(str(self.folder), self.sorted_problems())
            self.cache.remember(self.fresh, catalog.digest)
        return catalog

    def requirements(self, files: list[LibraryFile]) -> dict[str, PlacedRequirement]:
        """Return the requirements by code; their files may be edited until they are published again."""
        found: dict[str, PlacedRequirement] = {}
        for file in files:
            lock_name = f"requirements/{file.name}"
            digest = self.published.pop(lock_name, "")  # present, and told apart by `published`
            requirement = self.model(file, Requirement)
            if requirement is None or not self.named(file, "code", requirement.code):
                for name in [name for name in self.published if name.startswith(f"{lock_name}/")]:
                    del self.published[name]  # its own problem is told
                continue
            found[file.name] = PlacedRequirement(requirement, file.digest, digest == file.digest, file.path)
            self.present |= {name: (digest, file.path) for name, digest in history_of(requirement)}
        return dict(sorted(found.items()))

    def approvals(self, files: list[LibraryFile]) -> dict[str, PlacedApprovals]:
        """Return the recorded decisions by clause."""
        found: dict[str, PlacedApprovals] = {}
        for file in files:
            head = self.published.pop(f"approvals/{file.name}", None)
            approvals = self.model(file, Approvals)
            if approvals is None or not self.named(file, "clause", approvals.clause):
                continue
            if head is not None and head not in {digest_of_entry(entry) for entry in approvals.approvals}:
                message = "A decision that was recorded here was changed or taken out."
                self.report(file, "LOCK040", message, "Restore the file. A decision ends by recording a withdrawal.")
            found[file.name] = PlacedApprovals(approvals, file.path)
        return found

    def sorted_problems(self) -> list[Finding]:
        return sorted(self.problems, key=lambda item: (item.where.file, item.where.line, item.code))

    def lock(self, file: LibraryFile) -> None:
        key = key_of(file)
        with suppress(ValueError):  # a damaged cache costs time and nothing else
            known = json.loads(self.known.get(key, ""))
            if isinstance(known, dict):
                self.published = known
                return
        try:
            self.published, problems = parse_lock(file.raw.decode("utf-8"), file.path)
        except (SourceError, UnicodeDecodeError) as error:
            problems = getattr(error, "problems", (not_utf8(file),))
        self.problems += problems
        if not problems:
            self.fresh[key] = json.dumps(self.published), ""

    def model(self, file: LibraryFile, model: type[M]) -> M | None:
        """Return what a YAML file describes, from the cache where the file is known."""
        key = key_of(file)
        if key in self.known:
            with suppress(ValidationError):  # a damaged cache costs time and nothing else
                return model.model_validate_json(self.known[key])
        try:
            found, problems = try_checked(parse_yaml(text_of(file), file.path), model)
        except SourceError as error:
            found, problems = None, error.problems
        self.problems += problems
        if found is not None:
            self.fresh[key] = (found.model_dump_json(by_alias=True), "")
        return found

    def series(self, files: list[LibraryFile], model_of: Any) -> dict[str, Series[Any]]:
        """Return the contract types, the parts of the framework or the instruments, by name."""
        editions: dict[str, list[Edition[ContractType | Framework | AmendmentForms]]] = defaultdict(list)
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

    def instruments(self, files: list[LibraryFile]) -> Mapping[str, Series[AmendmentForms]]:
        """Return the instruments by name; where all are published and unchanged, they are read when asked for."""
        if not files:
            return {}
        for file in files:
            self.present[f"{file.kind}/{file.name}/{file.number}"] = file.digest, file.path
        if any(self.published.get(f"{file.kind}/{file.name}/{file.number}") != file.digest for file in files):
            return self._read_instruments(files)
        return Instruments((file.name for file in files), partial(self._read_later, files))

    def _read_instruments(self, files: list[LibraryFile]) -> dict[str, Series[AmendmentForms]]:
        from fe_contracts.model.amendment import AmendmentForms  # the largest model, and few runs need it

        return self.series(files, lambda _: AmendmentForms)

    def _read_later(self, files: list[LibraryFile]) -> dict[str, Series[AmendmentForms]]:
        """Return the instruments after the rest of the library has been loaded.

        Raises:
            CatalogError: if one cannot be read after all.
        """
        self.problems = []
        found = self._read_instruments(files)
        if self.problems:
            raise CatalogError(str(self.folder), self.sorted_problems())
        return found

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
        key = key_of(file)
        lock_name = f"clauses/{file.name}/{file.number}"
        self.present[lock_name] = file.digest, file.path
        brief = brief_of(self.known.get(key))
        read_front = partial(cached_front, self.cache, key, file)
        read_wording = partial(wording_of, file)
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
            front, problems = front_of(file)
            wording, more = parsed_wording(file)
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


def _same(value: T) -> T:
    return value
