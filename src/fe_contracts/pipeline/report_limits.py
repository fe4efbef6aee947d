"""Find the days within which law wants reports on federal money, by the day of each award."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.effective import Trigger
from fe_contracts.exceptions import NotYetInForceError
from fe_contracts.model.facts import trigger_day
from fe_contracts.model.vocabulary import Frequency, RelationshipKind

if TYPE_CHECKING:
    from fe_contracts.catalog import Catalog
    from fe_contracts.model.spec import Spec
    from fe_contracts.schedule.dating import ReportLimits

__all__ = ["ReportLimitsOfLaw"]

_LIMITS = "UG160"
"""The requirement that holds the days within which law wants a report on federal money."""
_LIMIT_OF = {
    Frequency.QUARTERLY: "quarterly_days",
    Frequency.SEMIANNUAL: "quarterly_days",
    Frequency.ANNUAL: "annual_days",
    Frequency.FINAL: "final_days",
}


class ReportLimitsOfLaw:
    """The days within which law wants reports on federal money, by the day of each award."""

    def __init__(self, catalog: Catalog) -> None:
        placed = catalog.requirements.get(_LIMITS)
        self.dated = (
            {
                name: (parameter.dated, parameter.values)
                for name, parameter in placed.requirement.parameters.items()
                if parameter.values
            }
            if placed
            else {}
        )

    def of(self, spec: Spec) -> ReportLimits:
        """Return the limits that hold for each federal fund of a subrecipient; law sets none for others."""
        if spec.relationship.determination is not RelationshipKind.SUBRECIPIENT:
            return {}
        limits: dict[tuple[str, Frequency], tuple[int, str]] = {}
        for fund in spec.federal_funds:
            day = trigger_day(spec, Trigger.AWARD_DATE, fund)[0]
            for frequency, name in _LIMIT_OF.items():
                if name not in self.dated:
                    continue
                dated, values = self.dated[name]
                try:
                    most = dated.on(day)
                except NotYetInForceError:
                    continue
                if most is not None:
                    cite = next(entry.cite for entry in reversed(values) if entry.from_ <= day)
                    limits[fund.id, frequency] = int(most), cite
        return limits
