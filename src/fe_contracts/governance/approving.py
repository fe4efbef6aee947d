"""Record approvals: one entry per role and version, added to the end of a file and never changed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from fe_contracts.catalog import load_catalog
from fe_contracts.catalog.approvals import approval_state, digest_of_entry
from fe_contracts.catalog.lock import LOCK_NAME, lock_text, parse_lock
from fe_contracts.exceptions import GovernanceError, SourceError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.approval import Approval, ApprovalDecision, Approvals
from fe_contracts.model.base import Line
from fe_contracts.sources import parse_yaml, try_checked, write_atomic

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from fe_contracts.catalog import Catalog, ClauseVersion

__all__ = ["Decision", "RecordedApprovals", "approve"]

_HEAD = """\
# Decisions on this clause, the earliest first. Entries are only ever added, by 'fe-contracts catalog approve': each
# carries the digest of the one before it.
clause: {clause}
approvals:
"""
_ENTRY = re.compile(r"^( *)- ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be recorded: who decided, when, and where it can be read."""

    role: str
    by: str
    on: dt.date
    record: str
    withdraw: bool = False

    @property
    def kind(self) -> ApprovalDecision:
        """Return whether it approves or withdraws."""
        return ApprovalDecision.WITHDRAWN if self.withdraw else ApprovalDecision.APPROVED


@dataclass(frozen=True, slots=True)
class RecordedApprovals:
    """What one run recorded, and what it found recorded already."""

    role: str
    decision: str
    recorded: tuple[str, ...]
    """The versions, such as `FE-04@1.0.0`, with an entry added."""
    standing: tuple[str, ...]
    """The versions on which the role had decided just so."""
    files: tuple[str, ...]
    """The files that were written."""
    missing: Mapping[str, tuple[str, ...]]
    """The roles that each of the versions still needs, where it needs any."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for `--format json`."""
        return {
            "role": self.role,
            "decision": self.decision,
            "recorded": list(self.recorded),
            "standing": list(self.standing),
            "files": list(self.files),
            "missing": {version: list(roles) for version, roles in self.missing.items()},
        }


def approve(
    targets: Iterable[str], decision: Decision, folder: Path | str | None = None, *, every: bool = False
) -> RecordedApprovals:
    """Record a role's decision on clause versions, and return what was added.

    A target is a version (`FE-04@1.0.0`), a clause (`FE-04`: its last published version) or a family (`FE`).
    `every` takes each published version of the families named, or of the whole library, as far as its family asks for
    the role. What the role has decided already is not recorded twice.

    Raises:
        CatalogError: if the library has any problem.
        GovernanceError: if a target, the role or a version cannot be decided on; nothing is written then.
        OutputError: if a file cannot be written; files written before stay, and a second run goes on from there.
    """
    catalog = load_catalog(folder)
    problems = list(_refused(catalog, decision))
    versions = _meant(catalog, [*targets], decision.role, problems, every=every)
    problems += [problem for version in versions for problem in _undecidable(catalog, version, decision)]
    if problems:
        raise GovernanceError(str(catalog.folder), problems)
    standing = {version.key for version in versions if _stands(catalog, version, decision)}
    by_clause: dict[str, list[ClauseVersion]] = {}
    for version in versions:
        if version.key not in standing:
            by_clause.setdefault(version.clause_id, []).append(version)
    texts = {
        _home(catalog, clause_id): _added(catalog, clause_id, new, decision) for clause_id, new in by_clause.items()
    }
    for file, text in texts.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(file, text.encode(), overwrite=True)
    if texts:
        _record_heads(catalog.layer.folder, by_clause)
    after = load_catalog(folder) if texts else catalog
    states = [approval_state(after, after[version.clause_id].version(version.number)) for version in versions]
    return RecordedApprovals(
        decision.role,
        decision.kind.value,
        tuple(version.key for version in versions if version.key not in standing),
        tuple(version.key for version in versions if version.key in standing),
        tuple(str(file) for file in texts),
        {state.version: state.missing for state in states if state.missing},
    )


def _record_heads(folder: Path, clause_ids: Iterable[str]) -> None:
    """Enter the last decision on each clause into the lock, so that none can be changed or taken out unseen.

    The files are written first: a lock that names an earlier decision than the last is no fault.
    """
    lock_file = folder / LOCK_NAME
    published = parse_lock(lock_file.read_text(encoding="utf-8"), str(lock_file))[0] if lock_file.is_file() else {}
    after = load_catalog(folder)
    for clause_id in clause_ids:
        published[f"approvals/{clause_id}"] = digest_of_entry(after.approvals[clause_id].record.approvals[-1])
    write_atomic(lock_file, lock_text(published).encode(), overwrite=True)


def _problem(code: str, message: str, file: str, remedy: str) -> Finding:
    return Finding(code, Severity.ERROR, message, Where(file), remedy)


def _is_line(text: str) -> bool:
    """Return whether an entry can hold the text."""
    try:
        TypeAdapter(Line).validate_python(text)
    except ValidationError:
        return False
    return True


def _refused(catalog: Catalog, decision: Decision) -> Iterable[Finding]:
    roles = [role.id for role in catalog.library.roles]
    if decision.role not in roles:
        message = f"{decision.role!r} is no role of the library."
        yield _problem("APPROVAL030", message, str(catalog.folder), f"The roles are {', '.join(roles)}.")
    for name, text in (("by", decision.by), ("record", decision.record)):
        if not _is_line(text):
            message = f"{name} must say something, on one line, in characters that a file can hold."
            remedy = "Say who decided, and where the decision can be read, such as minutes or a resolution."
            yield _problem("APPROVAL080", message, str(catalog.folder), remedy)


def _meant(
    catalog: Catalog, targets: list[str], role: str, problems: list[Finding], *, every: bool
) -> list[ClauseVersion]:
    """Return the versions that targets name, in the catalog's order, each once."""
    found: dict[str, ClauseVersion] = {}
    families = {family.id for family in catalog.library.families}
    if every and not targets:
        targets = list(families)
    if not targets:
        remedy = "Name versions such as FE-04@1.0.0, or families with --all."
        problems.append(_problem("APPROVAL070", "No version is named.", str(catalog.folder), remedy))
    for target in targets:
        clause_id, _, number = target.partition("@")
        if every and clause_id in families and not number:
            wanting = {family.id for family in catalog.library.families if role in family.approved_by}
            for clause in catalog:
                if clause.identity.family == clause_id and clause_id in wanting:
                    found |= {version.key: version for version in clause.published}
            continue
        if clause_id not in catalog:
            hint = f"{clause_id} is a family; add --all to decide on all of it." if clause_id in families else ""
            remedy = hint or "Correct it: 'fe-contracts catalog list' shows the clauses."
            message = f"The library holds no clause {clause_id!r}."
            problems.append(_problem("APPROVAL040", message, str(catalog.folder), remedy))
            continue
        clause = catalog[clause_id]
        known = {version.number: version for version in clause.versions}
        chosen = known.get(number) if number else (clause.published or clause.versions)[-1]
        if chosen is None:
            message = f"{clause_id} has no version {number}."
            problems.append(_problem("APPROVAL040", message, clause.file, f"Its versions are {', '.join(known)}."))
            continue
        found[chosen.key] = chosen
    order = [version.key for clause in catalog for version in clause.versions]
    return [found[key] for key in sorted(found, key=order.index)]


def _undecidable(catalog: Catalog, version: ClauseVersion, decision: Decision) -> Iterable[Finding]:
    state = approval_state(catalog, version)
    if not version.published:
        message = f"{version.key} is a draft, whose text may still change: nobody can approve it."
        yield _problem("APPROVAL050", message, version.file, "Publish it first: 'fe-contracts catalog publish'.")
    elif decision.role not in state.roles and decision.role in {role.id for role in catalog.library.roles}:
        roles = ", ".join(state.roles) or "none"
        message = f"{version.key} does not need {decision.role}: its family is approved by {roles}."
        yield _problem("APPROVAL030", message, version.file, "Name one of these roles, or add it in library.yaml.")
    elif (last := _last(catalog, version, decision.role)) is not None and decision.on < last:
        message = f"{decision.role} decided on {version.key} on {last}; a decision of {decision.on} is not a later one."
        yield _problem("APPROVAL095", message, version.file, "Correct the day; decisions are recorded in their order.")
    elif decision.withdraw and decision.role not in state.by_role:
        message = f"{decision.role} has not approved {version.key}, so there is nothing to withdraw."
        yield _problem("APPROVAL090", message, version.file, "Correct the version or the role.")


def _last(catalog: Catalog, version: ClauseVersion, role: str) -> dt.date | None:
    """Return the day of the role's last decision on the version, if it decided."""
    placed = catalog.approvals.get(version.clause_id)
    entries = placed.record.approvals if placed else ()
    return max((entry.on for entry in entries if (entry.version, entry.role) == (version.number, role)), default=None)


def _stands(catalog: Catalog, version: ClauseVersion, decision: Decision) -> bool:
    return not decision.withdraw and decision.role in approval_state(catalog, version).by_role


def _home(catalog: Catalog, clause_id: str) -> Path:
    """Return the file that holds the decisions of this library's own roles on a clause."""
    placed = catalog.approvals.get(clause_id)
    family = clause_id.partition("-")[0]
    return Path(placed.file) if placed else catalog.layer.folder / "clauses" / family / clause_id / "approvals.yaml"


def _quoted(text: str) -> str:
    """Return text as YAML takes it in one line, whatever characters it holds."""
    return json.dumps(text.strip(), ensure_ascii=False)


def _entry(version: ClauseVersion, decision: Decision, previous: str | None) -> tuple[Approval, list[str]]:
    """Return an entry and its lines of YAML."""
    entry = Approval(
        version=version.number,
        digest=version.digest,
        role=decision.role,
        decision=decision.kind,
        by=decision.by,
        on=decision.on,
        record=decision.record,
        previous=previous,
    )
    lines = [
        f"- version: {entry.version}",
        f"  digest: {entry.digest}",
        f"  role: {entry.role}",
        f"  decision: {entry.decision.value}",
        f"  by: {_quoted(entry.by)}",
        f"  on: {entry.on.isoformat()}",
        f"  record: {_quoted(entry.record)}",
    ]
    return entry, lines + ([f"  previous: {previous}"] if previous else [])


def _added(catalog: Catalog, clause_id: str, versions: list[ClauseVersion], decision: Decision) -> str:
    """Return the text of the clause's file with new entries at its end; what stands there stays as it is, to a byte.

    Raises:
        GovernanceError: if the file is laid out so that nothing can be added without touching it.
    """
    placed = catalog.approvals.get(clause_id)
    file = _home(catalog, clause_id)
    text = Path(placed.file).read_bytes().decode() if placed else _HEAD.format(clause=clause_id)
    if placed and not text.endswith("\n"):
        text += "\n"
    indent = match[1] if (match := _ENTRY.search(text)) else "  "
    entries = list(placed.record.approvals) if placed else []
    for version in versions:
        entry, lines = _entry(version, decision, digest_of_entry(entries[-1]) if entries else None)
        entries.append(entry)
        text += "".join(f"{indent}{line}\n" for line in lines)
    try:
        reread, _ = try_checked(parse_yaml(text, str(file)), Approvals)
    except SourceError:
        reread = None
    if reread is None or reread.approvals != tuple(entries):
        message = "Its layout leaves no place at the end where an entry could be added without touching the others."
        remedy = "Write the entries as a block list, one field a line, `approvals` last."
        raise GovernanceError(str(catalog.folder), [_problem("APPROVAL085", message, str(file), remedy)])
    return text
