"""Describe the money: where it comes from, what it may be spent on, and how it is paid."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, model_validator

from fe_contracts.model.base import Count, Days, Key, Line, Model, Money, Percent, Prose
from fe_contracts.model.federal import FederalAward, IndirectCosts, MatchSource
from fe_contracts.model.vocabulary import CostKind, Disbursement, FundSource, PaymentModel

if TYPE_CHECKING:
    from decimal import Decimal

__all__ = ["BudgetLine", "Funding", "Payment", "PaymentRate"]


class Funding(Model):
    """One source of the contract's money."""

    id: Key
    """A short name that budget lines and deliverables refer to."""
    source: FundSource
    """What kind of money it is."""
    name: Line
    """What the fund is called, such as General Fund."""
    funder: Line | None = None
    """Who gives the money to the city, if not the city itself."""
    amount: Money
    """How much of it this contract uses, US dollars."""
    start_date: dt.date | None = None
    """The first day on which it may be spent; the term's first day if left out."""
    end_date: dt.date | None = None
    """The last day on which it may be spent; the term's last day if left out."""
    federal_award: FederalAward | None = None
    """The award it comes from, if it is federal."""
    indirect: IndirectCosts | None = None
    """How it pays the agency's indirect costs."""
    match: tuple[MatchSource, ...] = ()
    """What is contributed beside it, where the program requires a match."""

    @model_validator(mode="after")
    def _federal_money_names_its_award(self) -> Funding:
        if self.source.is_federal and self.federal_award is None:
            msg = f"{self.source} money needs its federal_award: the award's date, number and the other elements"
            raise ValueError(msg)
        if not self.source.is_federal and self.federal_award is not None:
            msg = f"{self.source} money is not federal; delete federal_award or correct source"
            raise ValueError(msg)
        if self.start_date and self.end_date and self.end_date < self.start_date:
            msg = f"end_date {self.end_date} lies before start_date {self.start_date}"
            raise ValueError(msg)
        return self


class BudgetLine(Model):
    """One line of the budget."""

    id: Key
    """A short name for the line."""
    description: Line
    """What is paid for."""
    fund: Key
    """The id of the fund that pays."""
    activity: Line
    """The budget category, such as Personnel."""
    amount: Money
    """US dollars for the whole term."""
    cost: CostKind | None = None
    """What kind of cost it is, as the matrix of eligible costs names it; needed for federal money."""


class PaymentRate(Model):
    """What is paid for one unit or one milestone, where the contract pays that way."""

    id: Key
    """A short name; for milestone pay, the id of the milestone."""
    description: Line
    """What is paid for."""
    unit: Line = "milestone"
    """The unit counted, such as session."""
    amount: Money
    """US dollars for one unit or for the milestone."""
    quantity: Count = 1
    """The most units that will be paid."""
    evidence: Line
    """What the agency sends to show it was done."""

    @property
    def maximum(self) -> Decimal:
        """Return the most that can be paid on this rate, US dollars."""
        return self.amount * self.quantity


class Payment(Model):
    """How and when the city pays."""

    model: PaymentModel
    """The payment model."""
    funds: tuple[Key, ...] = ()
    """The ids of the funds paid by this model, where it is not REIMBURSE; all funds if left out."""
    frequency: Disbursement = Disbursement.MONTHLY
    """How often the agency may invoice."""
    invoice_day: Annotated[int, Field(ge=1, le=31)] = 15
    """The day of the following month by which an invoice is due."""
    pay_days: Days = 30
    """Calendar days in which the city pays a correct invoice."""
    final_invoice_days: Days = 45
    """Calendar days after the term's end by which the last invoice is due."""
    advance_percent: Percent | None = None
    """The advance, per cent of the maximum amount, where the model is ADVANCE."""
    rates: tuple[PaymentRate, ...] = ()
    """What is paid per unit or milestone, where the model pays that way."""
    holdback_percent: Percent | None = None
    """The part held back until performance is shown, where the model is HOLDBACK."""
    backup: tuple[Line, ...] = ()
    """What must come with an invoice."""
    separate_bank_account: bool = False
    """Whether the city asks for a bank account of its own for the money; federal money may not have that condition."""
    notes: Prose | None = None
    """A note for the reader of the spec; never printed in the contract."""
