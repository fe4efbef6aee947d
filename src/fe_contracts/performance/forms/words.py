"""Make the parts of a report that are words: what the requirement asks to be told, and the signed certification."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fe_contracts.model.vocabulary import ReportKind
from fe_contracts.performance.forms.form import FieldKind, FieldRole, FormField, FormRow, FormSection, SectionKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from fe_contracts.performance.forms.fields import Asked
    from fe_contracts.performance.forms.form import Certification

__all__ = ["certification_section", "narrative_section"]

_ANSWERED = {
    SectionKind.DELIVERABLES: re.compile(r"\bdeliverables?\b", re.IGNORECASE),
    SectionKind.OUTCOMES: re.compile(r"\boutcomes?\b", re.IGNORECASE),
    SectionKind.MILESTONES: re.compile(r"\bmilestones?\b(?! pay)", re.IGNORECASE),
    SectionKind.TRAINING: re.compile(r"\bstaff training\b|\bstaff trained\b", re.IGNORECASE),
    SectionKind.BUDGET: re.compile(r"\bbudget lines?\b", re.IGNORECASE),
}
"""What a line of the contents is about, if a part of the report answers it with figures."""

_IF_ANY = re.compile(r"(?:where|if|when)\b", re.IGNORECASE)
_PROGRAM = {ReportKind.PROGRAM, ReportKind.COMBINED, ReportKind.CLOSEOUT}
_ROOM = "Write as much as you need; you can make a row taller. No names of Clients, and nothing that points to one."


def narrative_section(asked: Asked, parts: Collection[SectionKind], titles: dict[SectionKind, str]) -> FormSection:
    """Return the part in which each line of the report's contents is answered in words."""
    rows = []
    for place, line in enumerate(asked.requirement.contents, start=1):
        answered = [titles[kind] for kind in parts if kind in _ANSWERED and _ANSWERED[kind].search(line)]
        if answered:
            help_ = f"The figures stand under {' and '.join(answered)}. Add here only what they do not say."
        else:
            help_ = "If it applies." if _IF_ANY.match(line) else ""
        required = not answered and not _IF_ANY.match(line)
        rows.append(_told(f"narrative.{place}", line[:1].upper() + line[1:], help_, required=required))
    rows += _asked_by_the_contract(asked)
    return FormSection(SectionKind.NARRATIVE, "In your words", (_ROOM,), tuple(rows))


def _told(key: str, question: str, help_: str, *, required: bool) -> FormRow:
    item = FormField(
        key, question, FieldKind.TEXT, SectionKind.NARRATIVE, "Your answer", key.partition(".")[2],
        required=required, help=help_,
    )  # fmt: skip
    return FormRow(item.row, question, (item,))


def _asked_by_the_contract(asked: Asked) -> Iterator[FormRow]:
    """Yield what the contract asks of every report on the program, besides the lines of its contents."""
    where = asked.section("PERF-04")
    if asked.requirement.kind not in _PROGRAM or not where:
        return
    told = " ".join(asked.requirement.contents).casefold()
    if "city should" not in told:
        question = "What worked, and what the City or its partners should change"
        yield _told("narrative.change", question, f"Asked by {where} of the contract.", required=True)
    if any(fund.source.is_federal for fund in asked.spec.funding):
        question = "How the money spent relates to what was done with it"
        yield _told("narrative.money", question, f"Asked by {where} of the contract for federal money.", required=True)


def certification_section(asked: Asked, words: tuple[Certification, ...]) -> FormSection:
    """Return the part that a person who may bind the agency signs, with the exact words."""
    end = asked.period.end
    fields = (
        _signed(
            "agreed",
            "Do you certify this for the agency?",
            FieldKind.YES_NO,
            choices=("Yes", "No"),
            help="Choose Yes after you have read the words above.",
        ),
        _signed("name", "Your name", FieldKind.TEXT, help="The name of the person who certifies."),
        _signed("title", "Your title", FieldKind.TEXT, help="Such as Executive Director."),
        _signed("signed_on", "Date", FieldKind.DATE, first=end, help="The day on which you sign, such as 2027-04-20."),
    )
    intro = (
        "A person who may bind the agency reads these words and signs.",
        *(f"{item.text}\n({item.source})" for item in words),
    )
    rows = tuple(FormRow(item.row, item.label, (item,)) for item in fields)
    return FormSection(SectionKind.CERTIFICATION, "Certification", intro, rows)


def _signed(name: str, label: str, kind: FieldKind, **more: object) -> FormField:
    return FormField(
        f"certification.{name}",
        label,
        kind,
        SectionKind.CERTIFICATION,
        "Your answer",
        name,
        FieldRole.INPUT,
        required=True,
        **more,  # type: ignore[arg-type]  # each caller names fields of FormField
    )
