"""Load specs: from a file, from data, from a row of a table laid over a base."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fe_contracts.exceptions import SpecError
from fe_contracts.findings import Where
from fe_contracts.model.spec import Spec
from fe_contracts.sources import Loaded, checked, digest_of, read_data

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fe_contracts.findings import Finding
    from fe_contracts.sources import Path_

__all__ = ["load_spec", "located", "spec_of"]

_STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d+)\]")


def spec_of(loaded: Loaded) -> Spec:
    """Return the spec that loaded data describes; findings on it will name the data's lines.

    Raises:
        SpecError: with every problem, each with file, line and field.
    """
    spec = checked(loaded, Spec, error=SpecError)
    spec._origin = loaded  # noqa: SLF001 - the one place that sets it
    return spec


def load_spec(source: Path | str | Mapping[str, Any]) -> Spec:
    """Return the spec in a YAML or JSON file, or in a mapping with the same fields.

    Raises:
        SourceError: if the file cannot be read as YAML or JSON.
        SpecError: with every problem of the spec, each with file, line and field.
    """
    if isinstance(source, Mapping):
        return spec_of(Loaded("spec", dict(source), {}, digest_of(repr(source))))
    return spec_of(read_data(Path(source)))


def _path(field: str) -> Path_:
    """Return the path that a written field name describes."""
    return tuple(int(index) if index else name for name, index in (step.groups() for step in _STEP.finditer(field)))


def located(spec: Spec, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings with the spec's file, line and column where they name only a field."""
    origin: Loaded | None = spec._origin  # noqa: SLF001 - set by spec_of
    found = []
    for finding in findings:
        where = finding.where
        if origin is not None and where.field and not where.file:
            place = origin.where(_path(where.field))
            where = Where(place.file, place.line, place.column, where.field)
        found.append(replace(finding, where=where))
    return tuple(found)
