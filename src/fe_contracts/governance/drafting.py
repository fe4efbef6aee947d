"""Begin a clause, or the next version of one: files that load as drafts, for an author to go on from."""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fe_contracts.catalog import load_catalog
from fe_contracts.exceptions import GovernanceError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.sources import read_text, write_atomic

if TYPE_CHECKING:
    import datetime as dt

    from fe_contracts.catalog import Catalog, Clause, ClauseVersion
    from fe_contracts.compare import Bump

__all__ = ["Draft", "new_clause", "next_version"]

_ID = re.compile(r"[A-Z]{2,6}-[0-9]{2,3}")
_WHY = "TODO: say why this version exists."
_WIDTH = 118

_IDENTITY = """\
id: {clause}
family: {family}
# Once per contract, per federal award (award) or per fund (fund).
scope: contract
# Which of the contract's dates decides which version it gets.
trigger: subaward_date
# law, guarded or free: how far a city may change it.
protection: guarded
# Every section cited, with how far it was checked: {{confidence: V, as_of: 2026-11-01, note: What it says.}}
sources: {{}}
"""

_VERSION = """\
---
{title}
{effective}
{reason}
summary: >-
  TODO: say in plain words what it means for the agency, the city and the client.
applies:
  # mandatory, recommended or optional; `when` says for which contracts.
  level: optional
# The sections it rests on go under legal_basis, and under sources in clause.yaml.
legal_basis: []
policy_basis: "TODO: name the policy, where no law says so."
serves: []
parameters: {{}}
# Who owes what to whom, when, shown by what, and what follows if not.
obligations: []
---

TODO: the wording. Say who must do what, by when, how it is shown, and what follows if not.
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was begun: the version, its files, and what to do next."""

    version: str
    """The draft: `FE-14@1.0.0`."""
    files: tuple[str, ...]
    """The files that were written."""
    next_steps: tuple[str, ...]
    """What its author does now, in order."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for `--format json`."""
        return {"version": self.version, "files": list(self.files), "next_steps": list(self.next_steps)}


def new_clause(
    clause_id: str,
    *,
    effective: dt.date,
    title: str = "",
    reason: str = "",
    like: str = "",
    folder: Path | str | None = None,
) -> Draft:
    """Write the identity and first version of a new clause, empty or as a copy of another, and say what to do next.

    Raises:
        CatalogError: if the library has any problem.
        GovernanceError: if the id is taken, has no family, or is no id.
        UnknownClauseError: if there is no clause to copy.
        OutputError: if a file cannot be written, or one stands there.
    """
    catalog = load_catalog(folder)
    family = clause_id.partition("-")[0]
    _refuse_id(catalog, clause_id, family)
    home = catalog.layer.folder / "clauses" / family / clause_id
    fields = {"title": title, "effective": effective.isoformat(), "reason": reason or "First version."}
    if like:
        identity, version = _copied(catalog[like], clause_id, family, {**fields, "title": title or _of(catalog, like)})
    else:
        identity = _IDENTITY.format(clause=clause_id, family=family)
        fields["title"] = title or "TODO: the section's heading"
        version = _VERSION.format(**{name: _field(name, value) for name, value in fields.items()})
    steps = (
        f"Write {home / '1.0.0.md'}, and the sources in {home / 'clause.yaml'}.",
        f"Give {clause_id} a place: list it in a new version of each contract type that shall hold it.",
        *_steps(clause_id, "1.0.0"),
    )
    return _write(f"{clause_id}@1.0.0", {home / "clause.yaml": identity, home / "1.0.0.md": version}, steps)


def next_version(
    clause_id: str,
    *,
    effective: dt.date,
    bump: Bump | str = "minor",
    reason: str = "",
    title: str = "",
    folder: Path | str | None = None,
) -> Draft:
    """Write the next version of a clause as a copy of its latest, and say what to do next.

    Raises:
        CatalogError: if the library has any problem.
        GovernanceError: if it takes effect no later than the latest version, or stands in a library below.
        UnknownClauseError: if there is no such clause.
        OutputError: if the file cannot be written, or one stands there.
    """
    from fe_contracts.compare import Bump, next_number

    catalog = load_catalog(folder)
    clause = catalog[clause_id]
    latest = clause.latest
    number = next_number(latest.number, Bump(bump))
    if not catalog.layer.gives(f"clauses/{clause_id}"):
        message = f"{clause_id} stands in the library below this one, {catalog.base.name if catalog.base else ''}."
        remedy = "Adjust its parameters, or replace it whole: see the page on a city's own catalog."
        raise _refused(catalog, "NEW030", message, clause.file, remedy)
    if effective <= latest.effective:
        message = f"{effective} is no later than {latest.effective}, when {latest.key} takes effect."
        raise _refused(catalog, "NEW020", message, latest.file, "Give a later day with --effective.")
    fields = {"effective": effective.isoformat(), "reason": reason or _WHY} | ({"title": title} if title else {})
    target = Path(latest.file).with_name(f"{number}.md")
    steps = (
        f"Change {target}: the wording, and obligations and summary so that all three say the same.",
        f"'fe-contracts catalog diff {clause_id}' shows what changed and the least step; rename the file to fit it.",
        *_steps(clause_id, number),
    )
    return _write(f"{clause_id}@{number}", {target: _with_fields(read_text(latest.file), fields)}, steps)


def _refused(catalog: Catalog, code: str, message: str, file: str, remedy: str) -> GovernanceError:
    return GovernanceError(str(catalog.folder), [Finding(code, Severity.ERROR, message, Where(file), remedy)])


def _refuse_id(catalog: Catalog, clause_id: str, family: str) -> None:
    """Raise if no clause can have the id."""
    library = str(catalog.folder / "library.yaml")
    if not _ID.fullmatch(clause_id):
        message = f"{clause_id!r} is no clause id."
        raise _refused(catalog, "NEW010", message, library, "Write the family's letters and a number, such as FE-14.")
    families = [item.id for item in catalog.library.families]
    if family not in families:
        message = f"The library has no family {family}."
        raise _refused(catalog, "NEW010", message, library, f"The families are {', '.join(families)}; add one there.")
    if clause_id in catalog:
        message = f"The library holds {clause_id} already."
        remedy = "Leave --from out to begin its next version, or take another number."
        raise _refused(catalog, "NEW010", message, catalog[clause_id].file, remedy)


def _of(catalog: Catalog, clause_id: str) -> str:
    """Return the title that a copy of the clause begins with."""
    return catalog[clause_id].latest.front.title


def _copied(like: Clause, clause_id: str, family: str, fields: dict[str, str]) -> tuple[str, str]:
    """Return identity and version of a copy of a clause; where it speaks of itself, the copy speaks of the copy."""
    latest: ClauseVersion = like.latest
    identity = re.sub(r"(?m)^id:.*$", f"id: {clause_id}", read_text(like.file), count=1)
    identity = re.sub(r"(?m)^family:.*$", f"family: {family}", identity, count=1)
    identity = _without(_without(identity, "replaces"), "notes")
    version = re.sub(rf"(?<=\[\[){re.escape(like.id)}(?=[\]@#\s|])", clause_id, read_text(latest.file))
    return identity, _with_fields(version, fields)


def _without(text: str, name: str) -> str:
    """Return YAML without a field of its first level."""
    return re.sub(rf"(?m)^{name}:.*\n(?:[ \t]+.*\n|\n(?=[ \t]))*", "", text)


def _field(name: str, value: str) -> str:
    """Return one field of the front matter, folded where it is long."""
    if name == "effective":
        return f"effective: {value}"
    plain = re.fullmatch(r"[A-Za-z][\w ,.()/'’-]*", value) and value.lower() not in {"yes", "no", "on", "off", "null"}
    line = f"{name}: {value if plain and value == value.strip() else json.dumps(value, ensure_ascii=False)}"
    if len(line) <= _WIDTH:
        return line
    folded = textwrap.wrap(" ".join(value.split()), _WIDTH - 2, break_long_words=False, break_on_hyphens=False)
    return "\n".join([f"{name}: >-", *(f"  {part}" for part in folded)])


def _with_fields(text: str, fields: dict[str, str]) -> str:
    """Return a version's file with some fields of its front matter given anew, and every other line as it was."""
    front, end, wording = text.partition("\n---\n")
    for name, value in fields.items():
        found = re.search(rf"(?m)^{name}:.*(?:\n[ \t]+.*|\n(?=\n*[ \t]))*", front)
        if found:
            front = front[: found.start()] + _field(name, value) + front[found.end() :]
    return front + end + wording


def _steps(clause_id: str, number: str) -> tuple[str, ...]:
    return (
        "'fe-contracts catalog lint' finds mistakes, with file and line.",
        f"Look at it in a contract: pin it in a spec (clauses: {{pins: {{{clause_id}: {number}}}}}) and assemble.",
        "Have it reviewed, then 'fe-contracts catalog publish', and 'fe-contracts catalog approve' once roles decided.",
    )


def _write(version: str, files: dict[Path, str], steps: tuple[str, ...]) -> Draft:
    for file, text in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(file, text.encode(), overwrite=False)
    return Draft(version, tuple(map(str, files)), steps)
