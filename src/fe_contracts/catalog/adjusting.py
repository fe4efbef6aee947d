"""Apply what overlays fix of a clause's parameters, without touching its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from fe_contracts.model.clause import ParameterDefinition, VersionFrontMatter
    from fe_contracts.model.overlay import Adjustment, ParameterAdjustment

__all__ = ["PlacedAdjustment", "adjusted_definition", "adjusted_front"]


@dataclass(frozen=True, slots=True)
class PlacedAdjustment:
    """One adjustment, the layer it belongs to, and whether that layer's lock holds it."""

    adjustment: Adjustment
    layer: str
    """The name of the overlay that says so."""
    published: bool
    file: str
    place: int
    """Its place in the file's list, from 0."""

    @property
    def effective(self) -> dt.date:
        """Return the first day of the contracts that it is for."""
        return self.adjustment.effective

    def fits(self, number: str) -> bool:
        """Return whether it is for the version of that number."""
        return not self.adjustment.versions or number in self.adjustment.versions


def adjusted_definition(
    definition: ParameterDefinition, change: ParameterAdjustment, layer: str
) -> ParameterDefinition:
    """Return a parameter's definition as an overlay has it."""
    new: dict[str, Any] = {}
    if change.default is not None:
        new["default"] = change.default
    if change.minimum is not None:
        new["minimum"] = change.minimum
    if change.maximum is not None:
        new["maximum"] = change.maximum
    if {"minimum", "maximum"} & new.keys() or change.bound_by:
        new["bound_by"] = change.bound_by or layer  # who is refused asks whose bound it is
    if change.choices:
        new["choices"] = {key: label for key, label in definition.choices.items() if key in change.choices}
    if change.locked:
        new["locked"] = True
    if change.confirm is not None and definition.confirm is None:
        new["confirm"] = change.confirm
    return definition.model_copy(update=new)


def adjusted_front(front: VersionFrontMatter, adjustments: Iterable[PlacedAdjustment]) -> VersionFrontMatter:
    """Return the front matter as the adjustments leave it: layer by layer, and of one layer the last by day.

    A parameter that the version does not have is passed over: an adjustment may be for other versions.
    """
    parameters = dict(front.parameters)
    last: dict[tuple[str, str], tuple[str, ParameterAdjustment]] = {}
    for placed in adjustments:
        for name, change in placed.adjustment.parameters.items():
            last[placed.file, name] = placed.layer, change
    for (_, name), (layer, change) in last.items():
        if name in parameters:
            parameters[name] = adjusted_definition(parameters[name], change, layer)
    return front.model_copy(update={"parameters": parameters})
