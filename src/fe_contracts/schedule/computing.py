"""Compute every duty of one contract: those with a day, by day, and those without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.schedule import ending, paying, reporting, running

if TYPE_CHECKING:
    from fe_contracts.schedule.dating import Dating
    from fe_contracts.schedule.duties import DatedDuty, UndatedDuty

__all__ = ["duties_of"]

_MAKERS = {**running.MAKERS, **reporting.MAKERS, **paying.MAKERS, **ending.MAKERS}


def duties_of(dating: Dating) -> tuple[tuple[DatedDuty, ...], tuple[UndatedDuty, ...]]:
    """Return the duties of a contract that fall on a day, in order, and those that do not, in the contract's order.

    An obligation can be both: data are owed after the term, on a day that is known, and after each grant year.
    """
    dated: list[DatedDuty] = []
    undated: list[UndatedDuty] = []
    for clause in dating.clauses:
        for obligation in clause.obligations:
            maker = _MAKERS.get((clause.clause_id, obligation.id))
            found = maker(dating, clause, obligation) if maker else dating.by_its_data(clause, obligation)
            for item in found:
                if isinstance(item, str):
                    undated.append(dating.undated(clause, obligation, item))
                else:
                    dated.append(item)
    return tuple(sorted(dated, key=lambda item: item.due)), tuple(undated)
