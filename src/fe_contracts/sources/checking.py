"""Check loaded data against a model, and say every problem in plain words with its place.

The models stand in a layer above and are only handed in: all this module knows of them is
what pydantic tells: their JSON Schema and the errors they raise.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

if TYPE_CHECKING:
    from fe_contracts.exceptions import CatalogError, SourceError, SpecError
    from fe_contracts.findings import Finding
    from fe_contracts.sources.loaded import Loaded, Path_

__all__ = ["checked", "problems_of", "try_checked"]

M = TypeVar("M", bound=BaseModel)


def checked(
    loaded: Loaded, model: type[M], *, error: type[SourceError | SpecError | CatalogError], at: Path_ = ()
) -> M:
    """Return the data, or the part of it at the path, as the model.

    Raises:
        SourceError, SpecError or CatalogError: whichever `error` is, with every problem found.
    """
    made, problems = try_checked(loaded, model, at=at)
    if made is None:
        raise error(loaded.name, problems)
    return made


def problems_of(loaded: Loaded, model: type[M], *, at: Path_ = ()) -> tuple[Finding, ...]:
    """Return every reason why the data is not what the model describes."""
    return try_checked(loaded, model, at=at)[1]


def try_checked(loaded: Loaded, model: type[M], *, at: Path_ = ()) -> tuple[M | None, tuple[Finding, ...]]:
    """Return the model and no problems, or no model and every problem, to be collected over many files."""
    data = loaded.data
    for step in at:
        data = data[step]
    try:
        if _holds_decimals(data):
            # A first look with bare numbers, so that `title: 12.50` is refused where text is wanted; the
            # exact decimals of the second look are written as text, which any text field would take.
            model.model_validate_json(json.dumps(data, default=_bare))
        return model.model_validate_json(json.dumps(data, default=str)), ()
    except ValidationError as error:
        from fe_contracts.sources.complaints import complaints  # a sound file needs none of it

        return None, complaints(error.errors(include_url=False), data, model, loaded, at)


def _bare(value: Any) -> Any:
    """Return a number for a decimal, and for a script's dates and enumerations what YAML would hold."""
    return float(value) if isinstance(value, Decimal) else str(value)


def _holds_decimals(data: Any) -> bool:
    """Return whether any number in the data has a decimal point."""
    if isinstance(data, dict):
        return any(_holds_decimals(value) for value in data.values())
    if isinstance(data, list | tuple):
        return any(_holds_decimals(value) for value in data)
    return isinstance(data, Decimal)
