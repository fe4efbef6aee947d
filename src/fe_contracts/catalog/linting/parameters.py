"""Look at the values clauses take: each comes from a field that exists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import BaseModel

from fe_contracts.findings import Finding, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.catalog.catalog import Catalog

__all__ = ["unbound", "unbound_parameters"]

_INDEX = re.compile(r"\[\d+\]")


def unbound_parameters(catalog: Catalog) -> Iterator[Finding]:
    """Every parameter that takes its value from a field names a field that a spec, a fund or the framework has.

    Computed values are known above this layer; the check of examples looks at those.
    """
    for clause in catalog:
        for version in clause.versions:
            for name, definition in version.front.parameters.items():
                path = definition.from_
                if path is not None and not path.startswith("computed.") and not _exists(catalog, path):
                    yield unbound(version.key, name, path, version.file)


def unbound(key: str, name: str, path: str, file: str) -> Finding:
    """Return the finding for a parameter whose `from` names nothing."""
    return Finding(
        "LINT130",
        Severity.WARNING,
        f"The parameter {name!r} of {key} takes its value from {path!r}, a field that no contract has.",
        Where(file, field=f"parameters.{name}.from"),
        "Correct the name; the page on clause fields lists them.",
    )


def _exists(catalog: Catalog, path: str) -> bool:
    """Return whether a path names a field of the spec, of a fund, or of the framework."""
    from fe_contracts.model.money import Funding
    from fe_contracts.model.spec import Spec

    root, _, rest = path.partition(".")
    if root == "fund":
        return _has(Funding, rest)
    if root in {"framework", "glossary"}:
        part, _, attribute = ("glossary", "", rest) if root == "glossary" else rest.partition(".")
        series = catalog.framework.get(part)
        return series is not None and (
            attribute == "version" or any(_has(type(item.content), attribute) for item in series.editions)
        )
    return _has(Spec, path)


def _has(model: type[BaseModel], path: str) -> bool:
    """Return whether a model has the field of a dotted path, computed properties included."""
    name, _, rest = _INDEX.sub("", path).partition(".")
    if not name:
        return False
    field = model.model_fields.get(name)
    if field is None:
        return not rest and isinstance(getattr(model, name, None), property)
    return not rest or any(_has(inner, rest) for inner in _models(field.annotation))


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the models that an annotation holds: itself, or inside a union or a tuple."""
    if get_origin(annotation) is not None:
        for inner in get_args(annotation):
            yield from _models(inner)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
