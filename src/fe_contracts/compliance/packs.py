"""Take in rule packs: requirements and rules that other installed packages bring, by entry point.

    [project.entry-points."fe_contracts.rule_packs"]
    springfield = "springfield_rules:PACK"

    PACK = RulePack("springfield", Path(__file__).parent / "requirements", module="springfield_rules.rules")

A pack's requirement files are read and checked like the library's own, and its rules register with the same
`fe_contracts.compliance.rules.law`. A pack that cannot be used is a finding that says which, what and what to do; the
other packs and the program's rules go on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.resources import as_file
from typing import TYPE_CHECKING

from fe_contracts.catalog.catalog import PlacedRequirement
from fe_contracts.compliance.pairing import pair
from fe_contracts.compliance.rules import all_rules, law_rules, withdraw
from fe_contracts.exceptions import RuleSetError, SourceError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.requirement import Requirement
from fe_contracts.sources import checked, digest_of, read_data, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from importlib.metadata import EntryPoint
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from fe_contracts.compliance.rules import LawRule

__all__ = ["GROUP", "Packs", "RulePack", "clashing", "digest_of_packs", "installed_packs", "load_packs"]

GROUP = "fe_contracts.rule_packs"
"""The group under which a package names its pack."""


@dataclass(frozen=True, slots=True)
class RulePack:
    """What an installed package brings: a folder of requirement files and the module of their rules."""

    name: str
    requirements: Path | Traversable
    """The folder; every `<CODE>.yaml` in it or below is a requirement."""
    module: str
    """The module, or package, whose import registers the rules."""


@dataclass(frozen=True, slots=True)
class Packs:
    """All that usable packs bring, and a finding for each thing that kept one from being used."""

    requirements: Mapping[str, PlacedRequirement] = field(default_factory=dict)
    problems: tuple[Finding, ...] = ()


class _UnusableError(Exception):
    """One pack cannot be used, for the reasons in its findings."""

    def __init__(self, *problems: Finding) -> None:
        super().__init__(*problems)
        self.problems = problems


def _problem(code: str, message: str, remedy: str, file: str = "") -> Finding:
    return Finding(code, Severity.ERROR, message, Where(file), remedy)


def digest_of_packs(packs: Packs) -> str:
    """Return one digest of what packs bring: their requirements and the files of their rules; empty without packs."""
    rules = law_rules()
    files = sorted({rules[code].file for code in packs.requirements})
    parts = [f"{code} {placed.digest}" for code, placed in sorted(packs.requirements.items())]
    parts += [digest_of(read_text(file)) for file in files]
    parts += [str(problem) for problem in packs.problems]
    return digest_of("\n".join(parts)) if parts else ""


@cache
def installed_packs() -> Packs:
    """Return what the installed packages bring, looked up once in a process.

    pydantic has read the same entry points before, so that this costs about two milliseconds.
    """
    from importlib.metadata import entry_points

    return load_packs(sorted(entry_points(group=GROUP), key=lambda entry: entry.name))


def load_packs(entries: Iterable[EntryPoint]) -> Packs:
    """Return what the packs at these entry points bring; the program's own rules must be registered before."""
    taken: dict[str, PlacedRequirement] = {}
    problems: list[Finding] = []
    for entry in entries:
        before = law_rules().keys()
        try:
            taken.update(_load(entry, taken))
        except _UnusableError as error:
            withdraw(law_rules().keys() - before)
            problems += error.problems
    return Packs(taken, tuple(problems))


def _load(entry: EntryPoint, taken: Mapping[str, PlacedRequirement]) -> dict[str, PlacedRequirement]:
    """Return the requirements of one pack, its rules registered."""
    pack = _pack_of(entry)
    found = dict(_requirements_of(pack))
    reserved = {item.code for item in all_rules()} | taken.keys() | (law_rules().keys() - _rules_of(pack).keys())
    clashes = [_taken(pack.name, code, found[code].file) for code in sorted(found.keys() & reserved)]
    if clashes:
        raise _UnusableError(*clashes)
    try:
        import_module(pack.module)
    except Exception as error:
        raise _UnusableError(_unimportable(entry, error)) from error
    _paired(pack, found)
    return found


def _rules_of(pack: RulePack) -> dict[str, LawRule]:
    """Return the rules that stand in the pack's module, or below it."""
    inside = f"{pack.module}."
    return {code: rule for code, rule in law_rules().items() if f"{rule.check.__module__}.".startswith(inside)}


def _pack_of(entry: EntryPoint) -> RulePack:
    """Return the pack that an entry point names."""
    try:
        pack = entry.load()
    except Exception as error:
        raise _UnusableError(_unimportable(entry, error)) from error
    if not isinstance(pack, RulePack):
        raise _UnusableError(
            _problem(
                "RULE051",
                f"The rule pack {entry.name} ({entry.value}) is no RulePack but {type(pack).__name__}.",
                "Let the entry point name a fe_contracts.compliance.RulePack, or uninstall the pack.",
            )
        )
    return pack


def _unimportable(entry: EntryPoint, error: Exception) -> Finding:
    return _problem(
        "RULE050",
        f"The rule pack {entry.name} ({entry.value}) cannot be imported: {type(error).__name__}: {error}",
        "Mend or update the pack, or uninstall it; none of its rules were asked.",
    )


def _requirements_of(pack: RulePack) -> Iterator[tuple[str, PlacedRequirement]]:
    """Yield the pack's requirements by code, or stop with every problem of its files."""
    problems: list[Finding] = []
    files = [*_files(pack)]
    for item in files:
        try:
            with as_file(item) as path:
                loaded = read_data(path)
            requirement = checked(loaded, Requirement, error=SourceError)
        except SourceError as error:
            problems += (_unreadable(pack.name, problem) for problem in error.problems)
            continue
        if f"{requirement.code}.yaml" != item.name:
            wrong = _problem("", f"code is {requirement.code}.", "Make code and file name equal.", loaded.name)
            problems.append(_unreadable(pack.name, wrong))
        yield requirement.code, PlacedRequirement(requirement, loaded.digest, published=False, file=loaded.name)
    if problems:
        raise _UnusableError(*problems)


def _files(pack: RulePack) -> Iterator[Traversable]:
    """Yield the pack's requirement files, in order."""
    try:
        found = [*_below(pack.requirements)]
    except (OSError, AttributeError) as error:
        raise _UnusableError(_empty(pack, str(error))) from error
    if not found:
        raise _UnusableError(_empty(pack, "no .yaml file in it"))
    yield from found


def _below(folder: Traversable) -> Iterator[Traversable]:
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if item.is_dir():
            yield from _below(item)
        elif item.name.endswith(".yaml"):
            yield item


def _empty(pack: RulePack, why: str) -> Finding:
    return _problem(
        "RULE051",
        f"The rule pack {pack.name} has no requirements at {pack.requirements}: {why}",
        "Let requirements be the folder of its requirement files, and see that they are installed with the package.",
    )


def _unreadable(name: str, problem: Finding) -> Finding:
    where = f"{problem.where.field}: " if problem.where.field else ""
    return Finding(
        "RULE052",
        Severity.ERROR,
        f"A requirement of the rule pack {name} cannot be used: {where}{problem.message}",
        Where(problem.where.file, problem.where.line, problem.where.column),
        f"{problem.remedy} None of the pack's rules were asked.",
    )


def _taken(name: str, code: str, file: str) -> Finding:
    return _problem(
        "RULE053",
        f"The rule pack {name} brings {code}, a code that is taken.",
        "Give its rule and requirement a code of their own; none of the pack's rules were asked.",
        file,
    )


def _paired(pack: RulePack, found: Mapping[str, PlacedRequirement]) -> None:
    """Hold that the pack's rules and requirements pair off."""
    try:
        pair(_rules_of(pack), found)
    except RuleSetError as error:
        raise _UnusableError(
            *(
                _problem("RULE054", f"In the rule pack {pack.name}: {item.message}", item.remedy, item.where.file)
                for item in error.problems
            )
        ) from error


def clashing(packs: Packs, requirements: Mapping[str, PlacedRequirement]) -> Iterator[Finding]:
    """Yield a finding for each code of a pack that the library at hand has taken; the library's own stands."""
    for code in sorted(packs.requirements.keys() & requirements.keys()):
        yield _problem(
            "RULE053",
            f"A rule pack brings {code}, a code that the library has taken; the library's stands.",
            "Give the pack's rule and requirement a code of their own.",
            packs.requirements[code].file,
        )
