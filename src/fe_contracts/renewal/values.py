"""Carry targets and amounts into a new term: those that were decided are written, the others named."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from fe_contracts.exceptions import RefusedError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.vocabulary import Frequency
from fe_contracts.renewal.result import FieldChange, Undecided
from fe_contracts.renewal.wishes import Wish, spread, wished
from fe_contracts.schedule import periods_of
from fe_contracts.sources import field_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fe_contracts.renewal.planning import Plan
    from fe_contracts.renewal.wishes import Wishes
    from fe_contracts.sources import Path_

__all__ = ["Values"]

_GIVEN = "given for the new term"


class Values:
    """The targets and amounts of one renewal."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.spec, self.file = plan, plan.spec, plan.file
        self.decided: set[Path_] = set()

    def carry_out(self, wishes: Wishes) -> None:
        """Write what was decided, and name what was not.

        Raises:
            RefusedError: if a wish names nothing, or gives what the field cannot hold.
        """
        targets, amounts = wished(self.spec, wishes)
        for wish in targets:
            self.target(wish)
        for wish in amounts:
            self.amount(wish)
        self.total()
        self.kept("deliverables", ("deliverables",), "target", "annual_target")
        self.kept("outcomes", ("outcomes",), "target", "target_percent")
        self.kept("funding", ("funding",), "amount", "amount")
        self.kept("budget", ("budget",), "amount", "amount")
        self.kept("payment.rates", ("payment", "rates"), "amount", "amount")

    def target(self, wish: Wish) -> None:
        """Write the target of a deliverable, for each quarter of the new term, or of an outcome."""
        self.decided.add(wish.path)
        section, place = str(wish.path[0]), int(wish.path[1])
        if section == "outcomes":
            outcome = self.spec.outcomes[place]
            if len(wish.values) != 1:
                raise self.refused(wish, f"{outcome.id} has one target, in per cent, and no quarters.")
            if wish.values[0] > 100:
                raise self.refused(wish, f"The target of {outcome.id} is in per cent: at most 100.")
            path = (*wish.path, "target_percent")
            self.plan.put(path, outcome.target_percent, f"{wish.values[0].normalize():f}", _GIVEN, number=True)
            return
        item = self.spec.deliverables[place]
        if any(value != value.to_integral_value() for value in wish.values):
            raise self.refused(wish, f"The target of {item.id} is a whole number of {item.unit}.")
        numbers = [int(value) for value in wish.values]
        how = _GIVEN
        shares = self.shares(item.quarterly_targets)
        if len(numbers) == 1 and len(shares) > 1:
            numbers = spread(numbers[0], shares)
            how = "the new target, in the proportions of the old quarters"
            if len(shares) < len(item.quarterly_targets):
                how = f"the new target, in the proportions of the first {len(shares)} old quarters"
            elif len(shares) > len(item.quarterly_targets):
                how = f"the new target, in the proportions of the old quarters, again from the first for {len(shares)}"
        old = ", ".join(str(value) for value in item.quarterly_targets)
        new = ", ".join(str(value) for value in numbers)
        path = (*wish.path, "quarterly_targets")
        if old != new:
            self.plan.changes.append(FieldChange(field_name(path), old, new, how, self.file.line(path)))
            self.file.put_list(path, [str(value) for value in numbers])
        total = (*wish.path, "annual_target")
        self.plan.put(total, item.annual_target, str(sum(numbers)), "what the quarters add up to", number=True)

    def shares(self, old: Sequence[int]) -> list[int]:
        """Return a share for each quarter of the new term, in the order of the old ones; the old ones begin again."""
        term = self.plan.term
        quarters = len(periods_of(term.start, term.end, Frequency.QUARTERLY))
        return [old[place % len(old)] for place in range(quarters)]

    def amount(self, wish: Wish) -> None:
        """Write the amount of a fund, a budget line or a rate, in dollars and cents."""
        self.decided.add(wish.path)
        (value,) = wish.values
        cents = value.quantize(Decimal("0.01"))
        if cents != value:
            raise self.refused(wish, f"{value} is no amount in dollars and whole cents.")
        self.plan.put((*wish.path, "amount"), self.item(wish.path).amount, f"{cents:f}", _GIVEN, number=True)

    def total(self) -> None:
        """Write what the funds add up to, where one of them changed."""
        new = {int(path[1]) for path in self.decided if path[0] == "funding"}
        if not new:
            return
        amounts = [
            Decimal(str(self.file.data["funding"][place]["amount"])) if place in new else fund.amount
            for place, fund in enumerate(self.spec.funding)
        ]
        total = f"{sum(amounts, Decimal(0)):.2f}"
        if Decimal(total) != self.spec.total_amount:
            self.plan.put(("total_amount",), self.spec.total_amount, total, "what the funds add up to", number=True)

    def kept(self, name: str, steps: tuple[str, ...], kind: str, field: str) -> None:
        """Name the entries whose target or amount is still that of the old term."""
        items: Any = self.spec
        for step in steps:
            items = getattr(items, step)
        left = [(place, item) for place, item in enumerate(items) if (*steps, place) not in self.decided]
        if not left:
            return
        for place, item in left:
            told = str(getattr(item, field))
            self.plan.undecided.append(Undecided(f"{name}[{place}].{field}", f"{kind} of {item.id}", told))
        ids = ", ".join(item.id for _, item in left)
        said = f"The {kind}s are still those of the old term: {ids}."
        remedy = f"Decide on each: renew with --{kind} {left[0][1].id}=NUMBER, or change them in the new file."
        self.plan.find("RENEW020", Severity.CONFIRM, said, name, remedy)
        self.file.note(steps, f"to decide for the term from {self.plan.term.start}: the {kind}s of {ids}.")

    def item(self, path: Path_) -> Any:
        """Return the entry of the spec at a path."""
        place: Any = self.spec
        for step in path:
            place = place[step] if isinstance(step, int) else getattr(place, step)
        return place

    def refused(self, wish: Wish, said: str) -> RefusedError:
        """Return why a wish cannot be written."""
        where = Where(field=field_name(wish.path))
        remedy = "Correct the number."
        return RefusedError(self.spec.contract.id, [Finding("RENEW016", Severity.ERROR, said, where, remedy)])
