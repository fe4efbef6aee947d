"""Make the part of a report on money: costs by budget line and fund, match, and program income."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from fe_contracts.model.vocabulary import PaymentModel, RelationshipKind
from fe_contracts.performance.forms.fields import RowMaker, before_in_words, share_in_words
from fe_contracts.performance.forms.form import (
    BEFORE,
    FieldKind,
    FieldRole,
    FormField,
    FormRow,
    FormSection,
    Formula,
    FormulaKind,
    SectionKind,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.model.federal import MatchSource
    from fe_contracts.model.money import BudgetLine, Funding
    from fe_contracts.performance.forms.fields import Asked

__all__ = ["budget_section", "funds_of"]

_MONEY = FieldKind.MONEY
_SECTION = SectionKind.BUDGET
_BY_RATES = {PaymentModel.UNIT, PaymentModel.MILESTONE}
_OVER = "Over the line: say why"


def funds_of(asked: Asked) -> tuple[Funding, ...]:
    """Return the funds that a report is owed for: those it names, else all."""
    wanted = asked.requirement.funds
    return tuple(fund for fund in asked.spec.funding if not wanted or fund.id in wanted)


def budget_section(asked: Asked) -> FormSection:
    """Return the part on money: every budget line of the report's funds, with totals."""
    funds = funds_of(asked)
    rows: list[FormRow] = []
    lines = [line for fund in funds for line in asked.spec.budget if line.fund == fund.id]
    for fund in funds:
        own = [line for line in lines if line.fund == fund.id]
        rows += [_line(asked, line, fund) for line in own]
        if own and len(funds) > 1:
            rows.append(_total(f"fund.{fund.id}", f"All of {fund.name}", own))
    rows.append(_total("total.budget", "All lines", lines))
    has_match = "FIN-07" in asked.sections
    if has_match:
        rows += [_match(asked, fund, source) for fund in funds for source in fund.match]
    rows += [_income(asked, fund) for fund in _with_income(asked)]
    return FormSection(_SECTION, "Money", tuple(_intro(asked, has_match=has_match)), tuple(rows))


def _with_income(asked: Asked) -> tuple[Funding, ...]:
    """Return the funds whose program income the contract wants in a report: federal money of a subrecipient."""
    if "FIN-08" not in asked.sections or asked.spec.relationship.determination is not RelationshipKind.SUBRECIPIENT:
        return ()
    return tuple(fund for fund in funds_of(asked) if fund.source.is_federal)


def _differ(asked: Asked) -> Decimal | None:
    """Return the share by which costs may differ from a line before the contract wants to be told; None if it does not.

    It is asked for where the contract pays by rates: the budget is then a plan, and no limit.
    """
    share = asked.values.get("FIN-02", {}).get("free_transfer_pct")
    return Decimal(share) if share is not None and asked.spec.payment.model in _BY_RATES else None


def _intro(asked: Asked, *, has_match: bool) -> Iterator[str]:
    where = asked.section("FIN-02")
    yield "Write the costs of this period in US dollars and cents, by budget line, as your books show them."
    ids = {fund.id for fund in funds_of(asked)}
    yield before_in_words(asked, [f"budget.{line.id}.before" for line in asked.spec.budget if line.fund in ids])
    yield "A correction of an earlier period is written with a minus sign." + (
        f" When money may move between lines stands in {where} of the contract." if where else ""
    )
    if has_match and any(fund.match for fund in funds_of(asked)):
        yield f"Below the costs, write the match that was given, by source ({asked.section('FIN-07')} of the contract)."
    if (differ := _differ(asked)) is not None:
        yield f"Under Reasons, say where costs differ from a line by more than {share_in_words(differ)} ({where})."
    if _with_income(asked):
        yield f"Then write program income, by fund; 0 if there was none ({asked.section('FIN-08')} of the contract)."


def _line(asked: Asked, line: BudgetLine, fund: Funding) -> FormRow:
    row = RowMaker(asked, _SECTION, f"budget.{line.id}", line.description)
    return FormRow(
        line.id,
        line.description,
        (
            row.given("fund", "Fund", FieldKind.TEXT, fund.name),
            row.given("budget", "Budget", _MONEY, line.amount),
            row.asks("period", "This period", _MONEY, minimum=None, help="Costs of this period. Write 0 if none."),
            row.before(_MONEY),
            row.computed("to_date", "To date", _MONEY, row.of(FormulaKind.PLUS, "before", "period")),
            row.computed("left", "Left", _MONEY, row.of(FormulaKind.DIFFERENCE, "budget", "to_date")),
            row.computed("share", "Share spent", FieldKind.PERCENT, row.of(FormulaKind.SHARE, "to_date", "budget")),
            row.computed(
                "standing",
                "Where it stands",
                FieldKind.TEXT,
                row.of(FormulaKind.LIMIT, "to_date", "budget", words=("Within the line", _OVER, _OVER)),
            ),
            row.explanation("standing", "Reasons", "If more was spent than the line holds: why, and who agreed."),
        ),
        table="Costs",
    )


def _total(prefix: str, title: str, lines: list[BudgetLine]) -> FormRow:
    """Return the sums of some lines."""

    def summed(name: str, column: str) -> FormField:
        keys = tuple(f"budget.{line.id}.{name}" for line in lines)
        return _computed(prefix, name, title, column, Formula(FormulaKind.SUM, keys))

    shared = Formula(FormulaKind.SHARE, (f"{prefix}.to_date", f"{prefix}.budget"))
    left = Formula(FormulaKind.DIFFERENCE, (f"{prefix}.budget", f"{prefix}.to_date"))
    return FormRow(
        "",
        title,
        (
            summed("budget", "Budget"),
            summed("period", "This period"),
            summed("before", BEFORE),
            summed("to_date", "To date"),
            _computed(prefix, "left", title, "Left", left),
            _computed(prefix, "share", title, "Share spent", shared, FieldKind.PERCENT),
        ),
        is_total=True,
        table="Costs",
    )


def _computed(prefix: str, name: str, title: str, column: str, formula: Formula, kind: FieldKind = _MONEY) -> FormField:
    label = f"{title}: {column.lower()}"
    row = prefix.partition(".")[2]
    return FormField(f"{prefix}.{name}", label, kind, _SECTION, column, row, FieldRole.COMPUTED, formula=formula)


def _match(asked: Asked, fund: Funding, source: MatchSource) -> FormRow:
    """Return the row on one contribution: what was promised, given in the period, and to date."""
    row = RowMaker(asked, _SECTION, f"match.{fund.id}.{source.id}", f"Match from {source.source}")
    return FormRow(
        source.id,
        f"Match from {source.source}: {source.cost}",
        (
            row.given("fund", "Fund", FieldKind.TEXT, fund.name),
            row.given("budget", "Promised", _MONEY, source.value),
            row.asks("period", "This period", _MONEY, minimum=None, help="Match given in this period, at its value."),
            row.before(_MONEY),
            row.computed("to_date", "To date", _MONEY, row.of(FormulaKind.PLUS, "before", "period")),
            row.computed("left", "Left", _MONEY, row.of(FormulaKind.DIFFERENCE, "budget", "to_date")),
            row.computed("share", "Share given", FieldKind.PERCENT, row.of(FormulaKind.SHARE, "to_date", "budget")),
        ),
        table="Match",
    )


def _income(asked: Asked, fund: Funding) -> FormRow:
    """Return the row on the program income of one fund."""
    row = RowMaker(asked, _SECTION, f"income.{fund.id}", f"Program income of {fund.name}")
    return FormRow(
        "",
        f"Program income of {fund.name}",
        (
            row.given("fund", "Fund", FieldKind.TEXT, fund.name),
            row.asks("received", "Received", _MONEY, help="Program income received in this period. Write 0 if none."),
            row.asks("spent", "Spent", _MONEY, help="Program income spent in this period. Write 0 if none."),
        ),
        table="Program income",
    )
