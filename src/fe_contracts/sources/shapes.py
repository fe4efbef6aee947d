"""Answer what a model expects at a path, from its JSON Schema: fields, choices, meaning, examples."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel

    from fe_contracts.sources.loaded import Path_

__all__ = ["Shape", "shape_of"]


class Shape:
    """What a model's JSON Schema says of each place; built only when a message needs it."""

    def __init__(self, model: type[BaseModel]) -> None:
        self.schema: dict[str, Any] = model.model_json_schema(by_alias=True)

    def fields(self, path: Path_) -> tuple[str, ...]:
        """Return the names of the fields that the group at the path may have."""
        return tuple(name for part in self._parts(path) for name in part.get("properties", {}))

    def choices(self, path: Path_) -> tuple[str, ...]:
        """Return the words of the closed vocabulary at the path, if there is one."""
        found: list[str] = []
        for part in self._parts(path):
            found += [str(choice) for choice in part.get("enum", [])]
            found += [str(part["const"])] if "const" in part else []
        return tuple(dict.fromkeys(found))

    def examples(self, path: Path_) -> tuple[str, ...]:
        """Return examples of a value at the path."""
        return tuple(str(item) for part in self._parts(path) for item in part.get("examples", []))

    def name_examples(self, path: Path_) -> tuple[str, ...]:
        """Return examples of a name that can stand in the group at the path."""
        parts = self._parts(path)
        return tuple(str(item) for part in parts for item in part.get("propertyNames", {}).get("examples", []))

    def required(self, path: Path_) -> bool:
        """Return whether the field at the path must be there."""
        return any(path[-1:] and path[-1] in part.get("required", []) for part in self._parts(path[:-1]))

    def meaning(self, path: Path_) -> str:
        """Return what the field means, one sentence: what is written beside its name, else what its kind means."""
        if not path:
            return ""
        beside = [part.get("properties", {}).get(path[-1], {}) for part in self._parts(path[:-1])]
        for part in [*beside, *self._parts(path)]:
            if part.get("description"):
                return " ".join(str(part["description"]).split())
        return ""

    def _parts(self, path: Path_) -> list[dict[str, Any]]:
        """Return the alternatives at the path, references followed."""
        parts = self._resolved(self.schema)
        for step in path:
            parts = [inner for part in parts for inner in self._below(part, step)]
        return parts

    def _below(self, part: dict[str, Any], step: str | int) -> list[dict[str, Any]]:
        if isinstance(step, int):
            below = part.get("items")
        else:
            below = part.get("properties", {}).get(step)
            if below is None:
                patterns = part.get("patternProperties", {})
                below = next(iter(patterns.values()), part.get("additionalProperties"))
        return self._resolved(below) if isinstance(below, dict) else []

    def _resolved(self, part: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the part with its reference followed and its alternatives taken apart."""
        if "$ref" in part:
            target: Any = self.schema
            for step in str(part["$ref"]).removeprefix("#/").split("/"):
                target = target[step]
            beside = {key: value for key, value in part.items() if key != "$ref"}
            return [{**resolved, **beside} for resolved in self._resolved(target)]
        alternatives = [inner for key in ("anyOf", "oneOf", "allOf") for inner in part.get(key, [])]
        if not alternatives:
            return [part]
        return [resolved for inner in alternatives for resolved in self._resolved(inner)]


@cache
def shape_of(model: type[BaseModel]) -> Shape:
    """Return the model's shape, made once: a library with a thousand mistakes asks for it a thousand times."""
    return Shape(model)
