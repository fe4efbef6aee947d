"""Roll up a folder of contracts and reports: read in parallel, held together by contract, one bad file stops none."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from fe_contracts.batch.packing import PackedSpec
from fe_contracts.batch.rollup_folder import files_in
from fe_contracts.batch.rollup_hands import Hands
from fe_contracts.batch.rollup_work import ReadFile, Sent, TermTask, catalog_of, read_file, stand
from fe_contracts.catalog import load_catalog
from fe_contracts.findings import Finding, Findings, Severity, Where
from fe_contracts.performance.forms.personal import harmless
from fe_contracts.performance.rollup.drift import RULES, drifts
from fe_contracts.performance.rollup.history import FileState, ReportVersion
from fe_contracts.performance.rollup.rollup import RollUp, View
from fe_contracts.performance.rollup.totals import adoption_days, adoption_of, grouped
from fe_contracts.pipeline.specs import load_spec

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor

    from fe_contracts.batch.rollup_folder import FolderFiles
    from fe_contracts.catalog import Catalog
    from fe_contracts.model.spec import Spec
    from fe_contracts.performance.rollup.history import Arrival
    from fe_contracts.performance.rollup.rollup import RolledContract

__all__ = ["SMALLEST", "roll_up"]

SMALLEST = 11
"""Counts of people below this number are left out where a contract says nothing of it: the clause's own default."""

_AT_A_TIME = 8
"""Files that one task reads."""
_States = dict[tuple[str, int], dict[int, tuple[PackedSpec, str]]]


def roll_up(
    folder: Path | str,
    *,
    as_of: dt.date,
    contracts: Iterable[Spec | Path | str] = (),
    catalog: Catalog | Path | str | None = None,
    smallest: int = SMALLEST,
    executor: Executor | None = None,
    jobs: int | None = None,
) -> RollUp:
    """Return what all reports in a folder come to against their contracts, as they stood on a day.

    The folder holds contracts (their specs) and reports, anywhere below; `contracts` are further specs, files or
    folders of them. When a report came is told by a table `received.csv` (columns file, received), else by a day in
    the file's or the folder's name. Of several versions of a report the last one counts; all stay in the history. A
    file that is neither is listed, one that cannot be read is a finding, and the others go on.

    The work goes through `executor`, else through as many processes as `jobs` says, one for each processor if it says
    nothing; a script must then call this below `if __name__ == "__main__"`.

    Raises:
        SourceError: if the folder, or a contract named outright, cannot be read.
        CatalogError: if the clause library cannot be loaded.
        MissingToolError: if the processes die before any of them does anything.
    """
    return _RollingUp(Path(folder), as_of, catalog, smallest, executor, jobs).run(contracts)


class _RollingUp:
    """The work on one folder."""

    def __init__(
        self,
        folder: Path,
        as_of: dt.date,
        catalog: Catalog | Path | str | None,
        smallest: int,
        executor: Executor | None,
        jobs: int | None,
    ) -> None:
        self.root, self.as_of, self.smallest = folder, as_of, smallest
        self.catalog = load_catalog(catalog) if isinstance(catalog, str | Path | None) else catalog
        self.library = str(self.catalog.folder.resolve()) if catalog else ""
        catalog_of(self.library)  # processes that begin as copies of this one have it already
        self.hands = Hands(executor, max(1, jobs or os.cpu_count() or 1))
        self.found: list[Finding] = []
        self.history: list[ReportVersion] = []

    def run(self, contracts: Iterable[Spec | Path | str]) -> RollUp:
        """Return the roll-up."""
        files = files_in(self.root)
        self.found += files.findings
        reading = partial(_read_part, str(self.root))
        parts = _parts(files.may_be_read)
        told = self.hands.spread(reading, parts, split=_files_of, lost=lambda names: self._lost(names[0]))
        read = [item for part in told for item in part]
        states = self._states(read, contracts)
        tasks = self._tasks(states, read, files)
        standings = [
            *self.hands.spread(stand, tasks, split=lambda _: (), lost=lambda task: self._lost(task.states[-1][1]))
        ]
        for standing in standings:
            self.found += standing.findings
        titles = {clause: title for standing in standings for clause, title in standing.titles.items()}
        rolled = tuple(self._homed_contract(item.contract) for item in standings if item.contract is not None)
        if not rolled:
            said = "No contract is in this folder: there is nothing to hold reports against."
            remedy = "Put the contracts' specs into the folder, or name them."
            self.found.append(Finding("ROLLUP010", Severity.ERROR, said, Where(str(self.root)), remedy))
        skipped = [*files.skipped, *(item.skipped for item in read if item.skipped)]
        days = adoption_days(rolled, self.as_of)
        return RollUp(
            View.INTERNAL,
            self.as_of,
            rolled,
            grouped(rolled),
            tuple(line for item in rolled for line in item.outcomes),
            tuple(report for item in rolled for report in item.reports),
            adoption_of(rolled, days, titles),
            days,
            Findings(tuple(map(self._homed, self.found)), self.as_of, self.catalog.name),
            tuple(drifts(rolled)),
            (*(item for one in rolled for item in one.history), *self.history),
            tuple(sorted(skipped, key=lambda item: item.file)),
            tuple(_notes()),
            titles,
        )

    def _lost(self, name: str) -> None:
        said = "The process that worked on this file ended abruptly. It is left out."
        self.found.append(Finding("ROLLUP009", Severity.ERROR, said, Where(name), "Look at the file; try fewer jobs."))

    def _states(self, read: Sequence[ReadFile], contracts: Iterable[Spec | Path | str]) -> _States:
        """Return every term of every contract, as signed and after each amendment that is there."""
        states: _States = defaultdict(dict)
        for item in read:
            self.found += item.findings
            if item.spec is not None:
                self._keep(states, item.spec, item.name)
        for source in contracts:
            for spec, name in self._named(source):
                self._keep(states, spec, name)
        return states

    def _named(self, source: Spec | Path | str) -> Iterator[tuple[PackedSpec, str]]:
        """Yield the contracts that are named beside the folder."""
        if not isinstance(source, str | Path):
            yield PackedSpec.of(source), ""
            return
        path = Path(source)
        if not path.is_dir():
            yield PackedSpec.of(load_spec(path)), str(path)
            return
        for name in files_in(path).may_be_read:
            if Path(name).suffix.lower() in {".yaml", ".yml", ".json"}:
                item = read_file(str(path), name)
                self.found += item.findings
                if item.spec is not None:
                    yield item.spec, str(path / name)

    def _keep(self, states: _States, spec: PackedSpec, name: str) -> None:
        known = states[spec.number, spec.renewal]
        if spec.amendments not in known:
            known[spec.amendments] = spec, name
            return
        first, other = known[spec.amendments]
        if first.unpacked().model_dump() != spec.unpacked().model_dump():  # where each was read from does not matter
            said = f"Contract {spec.number} stands in {other or 'another spec'} too; this one is left out."
            remedy = "Keep one file of each contract, or give each contract a number of its own."
            self.found.append(Finding("ROLLUP002", Severity.WARNING, said, Where(name), remedy))

    def _tasks(self, states: _States, read: Sequence[ReadFile], files: FolderFiles) -> list[TermTask]:
        """Return each term of a contract with the reports that were sent for it."""
        sent: dict[tuple[str, int], list[Sent]] = defaultdict(list)
        for item in read:
            if item.report is None:
                continue
            arrival = files.arrival_of(item.report)
            day, meant = arrival.received_on, self._meant(states, item)
            if meant is None:
                self._set_aside(item, arrival, FileState.REFUSED)
            elif day is not None and day > self.as_of:
                self._set_aside(item, arrival, FileState.LATER)
            else:
                sent[meant].append(Sent(item.report, arrival))
                self._doubt_place(states, meant, item.name)
        self._tell_later()
        return [
            TermTask(
                f"{number} {renewal}" if renewal else number,
                _by_day(known, self.as_of),
                tuple(sent[number, renewal]),
                str(self.root),
                self.library,
                self.as_of,
                self.smallest,
            )
            for (number, renewal), known in sorted(states.items())
        ]

    @staticmethod
    def _meant(states: _States, item: ReadFile) -> tuple[str, int] | None:
        """Return the term that a report is of: by its number and renewal, else the last one of that number."""
        identity = item.report.identity if item.report else {}
        number, renewal = identity.get("contract", "").strip().casefold(), identity.get("renewal", "")
        terms = {key[1]: key for key in states if key[0].casefold() == number}
        if renewal.isdecimal() and len(renewal) < 4 and int(renewal) in terms:
            return terms[int(renewal)]
        return terms[max(terms)] if terms else None

    def _set_aside(self, item: ReadFile, arrival: Arrival, state: FileState) -> None:
        """Keep a file in the history that does not count; what it says of itself may be what must not be shown."""
        identity = {key: harmless(said) for key, said in (item.report.identity if item.report else {}).items()}
        number = identity.get("contract", "")[:60]
        if state is FileState.REFUSED:
            said = f"It is a report of contract {number or 'unknown'!r}, which is not here: it is not counted."
            remedy = "Add the contract, or take it out."
            self.found.append(Finding("ROLLUP004", Severity.ERROR, said, Where(item.name), remedy))
        told = identity.get("requirement", "")[:40], identity.get("period", "")[:40]
        self.history.append(ReportVersion(number, identity.get("agency", "")[:80], *told, arrival, state))

    def _tell_later(self) -> None:
        """Say once which reports came after the day asked about."""
        later = [item.arrival.file for item in self.history if item.state is FileState.LATER]
        if later:
            several = f"{len(later)} reports" if len(later) > 1 else "1 report"
            said = f"{several} came after {self.as_of} and are not counted: {', '.join(later[:3])}"
            said += f" and {len(later) - 3} more." if len(later) > 3 else "."
            self.found.append(Finding("ROLLUP011", Severity.INFO, said, Where(later[0]), "Ask for a later day."))

    def _doubt_place(self, states: _States, meant: tuple[str, int], name: str) -> None:
        """Say that a report lies in the folder of another contract: it may have been put there by mistake."""
        homes: dict[Path, set[str]] = defaultdict(set)
        for (number, _), known in states.items():
            for _, file in known.values():
                homes[Path(file).parent].add(number)
        home = next((homes[folder] for folder in Path(name).parents if folder in homes), {meant[0]})
        if len(home) == 1 and meant[0] not in home:
            said = f"This report of contract {meant[0]} lies in the folder of {min(home)}. It counts for {meant[0]}."
            remedy = "Move it, or take it out if it was put there by mistake."
            self.found.append(Finding("ROLLUP014", Severity.WARNING, said, Where(name), remedy))

    def _homed(self, finding: Finding) -> Finding:
        """Return a finding whose file is told by its path from the folder."""
        file, start = finding.where.file, f"{self.root}{os.sep}"
        if not file.startswith(start):
            return finding
        return replace(finding, where=replace(finding.where, file=file[len(start) :].replace(os.sep, "/")))

    def _homed_contract(self, contract: RolledContract) -> RolledContract:
        return replace(contract, findings=tuple(map(self._homed, contract.findings)))


def _by_day(known: Mapping[int, tuple[PackedSpec, str]], as_of: dt.date) -> tuple[tuple[PackedSpec, str], ...]:
    """Return a contract as signed and after each amendment in force by a day, in order; as signed if none is yet."""
    states = [known[amendments] for amendments in sorted(known)]
    return tuple(state for place, state in enumerate(states) if not place or state[0].effective <= as_of)


def _parts(names: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(names[start : start + _AT_A_TIME]) for start in range(0, len(names), _AT_A_TIME)]


def _files_of(names: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the files of a part one by one, to find the one that ends its process; nothing for a single one."""
    return [(name,) for name in names] if len(names) > 1 else []


def _read_part(root: str, names: Sequence[str]) -> list[ReadFile]:
    """Return what several files are."""
    return [read_file(root, name) for name in names]


def _notes() -> Iterator[str]:
    yield "Counts are the agencies' own, as the last version of each report has them. The check does not prove them."
    yield (
        "Targets to date are those of the periods that were reported. A report is late by the day its first version "
        "came; a correction does not make it late."
    )
    yield RULES
