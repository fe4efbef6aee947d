"""Plan a renewal: go through the spec, change what belongs to the term, and list what people must decide.

Nothing is decided here that a person has to decide: a target, an amount, a confirmation or a certification of the old
term is never taken for one of the new term without being named.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.vocabulary import MilestoneStatus
from fe_contracts.renewal.days import MOVED, ONCE, days_in, pattern_of, texts_in
from fe_contracts.renewal.result import FieldChange, Kept, Undecided
from fe_contracts.renewal.terms import first_effective
from fe_contracts.renewal.values import Values
from fe_contracts.sources import field_name

if TYPE_CHECKING:
    import datetime as dt

    from fe_contracts.model.spec import Spec
    from fe_contracts.renewal.splicing import SpecText
    from fe_contracts.renewal.terms import NextTerm
    from fe_contracts.renewal.wishes import Wishes
    from fe_contracts.sources import Path_

__all__ = ["Plan"]

_SILENT = ("contract.id", "evidence", "confirmations", "overrides")
"""What is not searched for days and years in its text: it is treated in its own way."""


class Plan:
    """Carry one spec into its next term: every step changes the file's text and says why."""

    def __init__(self, spec: Spec, file: SpecText, term: NextTerm) -> None:
        self.spec, self.file, self.term = spec, file, term
        self.changes: list[FieldChange] = []
        self.kept: list[Kept] = []
        self.undecided: list[Undecided] = []
        self.findings: list[Finding] = list(term.notes)

    def carry_out(self, wishes: Wishes, *, number: str | None = None, keep_pins: bool = False) -> None:
        """Make every change of the renewal.

        Raises:
            RefusedError: if a wish names nothing, or a value cannot be changed in its file.
        """
        self.identity(number)
        self.days_of_the_term()
        self.days()
        self.milestones()
        Values(self).carry_out(wishes)
        self.confirmations()
        self.pins(keep=keep_pins)
        self.federal_awards()
        self.texts()
        self.evidence()

    # ---------------------------------------------------------------- what every step uses

    def find(self, code: str, severity: Severity, said: str, field: str, remedy: str) -> None:
        """Keep a finding of the renewal itself."""
        self.findings.append(Finding(code, severity, said, Where(field=field), remedy))

    def put(self, path: Path_, old: object, new: str, why: str, *, number: bool = False) -> None:
        """Change one value; nothing is done and said where it stays the same."""
        if str(old) == new:
            return
        self.changes.append(FieldChange(field_name(path), str(old), new, why, self.file.line(path)))
        self.file.put(path, new, number=number)

    def set_aside(self, path: Path_, old: str, why: str, remark: str) -> None:
        """Make one field a comment."""
        self.changes.append(FieldChange(field_name(path), old, "", why, self.file.line(path)))
        self.file.set_aside(remark, path)

    # ---------------------------------------------------------------- identity and term

    def identity(self, number: str | None) -> None:
        """Set the number, if a new one is given, and record what is renewed."""
        contract, term = self.spec.contract, self.term
        if number is not None:
            self.put(("contract", "id"), contract.id, number, "given for the new term")
            if contract.amendments:
                said = f"The amendments recorded are those of {contract.id}."
                remedy = "Delete them, if the new contract begins without any."
                self.find("RENEW026", Severity.INFO, said, "contract.amendments", remedy)
        else:
            said = f"The new spec keeps the number {contract.id}."
            remedy = "A renewal by amendment keeps it; for a contract of its own, give --number."
            self.find("RENEW026", Severity.INFO, said, "contract.id", remedy)
        record: dict[str, str | int] = {
            "id": contract.id,
            "effective_date": first_effective(self.spec).isoformat(),
            "end_date": self.spec.term.end_date.isoformat(),
            "renewal": term.number,
        }
        if contract.renews is not None:
            for name, value in record.items():
                old = getattr(contract.renews, name)
                why = "what this contract renews"
                self.put(("contract", "renews", name), old, str(value), why, number=isinstance(value, int))
            return
        self.file.add(("contract", "renews"), record)
        told = f"{contract.id}, effective {record['effective_date']}, to {record['end_date']}; renewal {term.number}"
        self.changes.append(FieldChange("contract.renews", "", told, "what this contract renews, and how often it was"))

    def days_of_the_term(self) -> None:
        """Set first and last day, and take one renewal from those that are left."""
        old, new = self.spec.term, self.term
        self.put(("term", "start_date"), old.start_date, new.start.isoformat(), "the day after the old term's last")
        self.put(("term", "end_date"), old.end_date, new.end.isoformat(), "the last day of this renewal")
        used = f"renewal {new.number} uses one"
        if new.left < old.renewals - 1:
            used = f"{used}, and the last day that the contract can reach leaves no room for another"
        self.put(("term", "renewals"), old.renewals, str(new.left), used, number=True)
        if new.reach is None:  # else it stays: it is what the parties agreed on, however short this renewal is
            remark = "no renewal is left, so there is no later day to reach than the term's own last one."
            path: Path_ = ("term", "max_extent_date")
            self.set_aside(path, str(old.max_extent_date), "no renewal is left after this one", remark)
        if self.spec.services.start_date is not None:
            path = ("services", "start_date")
            why = "services go on from the new term's first day; only a first term has a time to get ready"
            self.put(path, self.spec.services.start_date, new.start.isoformat(), why)
            said = f"Services are taken to go on without a pause from {new.start}."
            self.find("RENEW021", Severity.CONFIRM, said, "services.start_date", "Correct the day if they do not.")

    # ---------------------------------------------------------------- days

    def days(self) -> None:
        """Move the days that belong to the term, and list those that name what happened once."""
        for path, day in list(days_in(self.file.data)):
            field = field_name(path)
            pattern = pattern_of(field)
            if path[0] == "term" or field.startswith(("contract.renews", "confirmations", "overrides")):
                continue
            if pattern in MOVED:
                self.put(path, day, self.moved(day).isoformat(), MOVED[pattern])
            elif pattern.startswith("clauses.parameters."):
                self.parameter_day(path, day)
            elif pattern in ONCE:
                why, again = ONCE[pattern]
                self.kept.append(Kept(field, day.isoformat(), why, again))
                if again:
                    said = f"{day}: {why}."
                    remedy = "Do it again for the new term, or find that it still holds, and write the day."
                    self.find("RENEW024", Severity.CONFIRM, said, field, remedy)
            elif field != "services.start_date":  # a text that is nothing but a day
                self.kept.append(Kept(field, day.isoformat(), "a text, and texts are not changed", again=False))

    def moved(self, day: dt.date) -> dt.date:
        """Return a day of the old term in the new one; first and last day of the one are those of the other."""
        ends = {self.spec.term.start_date: self.term.start, self.spec.term.end_date: self.term.end}
        return ends.get(day) or self.term.step.moved(day)

    def parameter_day(self, path: Path_, day: dt.date) -> None:
        """Move a day that a clause takes, where it lies in the old term; a person must say whether that is right."""
        field = field_name(path)
        term = self.spec.term
        if term.start_date <= day <= term.end_date:
            self.put(path, day, self.moved(day).isoformat(), "as far into the new term as it lay in the old one")
            said = f"{day} lay in the old term, and was moved to {self.moved(day)}."
            self.find("RENEW021", Severity.CONFIRM, said, field, "Keep it, or put the day that is meant.")
        else:
            self.kept.append(Kept(field, day.isoformat(), "outside the term that ends", again=False))

    def milestones(self) -> None:
        """Ask whether the milestones are to be reached again, and count none as reached."""
        for place, item in enumerate(self.spec.milestones):
            path = ("milestones", place, "status")
            if item.status is not MilestoneStatus.SCHEDULED:
                why = "it stands before the new term, in which nothing is reached yet"
                self.put(path, item.status.value, MilestoneStatus.SCHEDULED.value, why)
            self.undecided.append(Undecided(f"milestones[{place}]", f"milestone {item.id}", item.title))
        if self.spec.milestones:
            ids = ", ".join(item.id for item in self.spec.milestones)
            said = f"The milestones are those of the old term, their days moved by {self.term.step}: {ids}."
            remedy = "Delete what was reached for good, and write what is to be reached in the new term."
            self.find("RENEW021", Severity.CONFIRM, said, "milestones", remedy)
            self.file.note(("milestones",), f"are these to be reached again in the term from {self.term.start}? {ids}")
        late = [item for item in self.spec.milestones if self.moved(item.due_date) > self.term.end]
        if late:
            ids = ", ".join(item.id for item in late)
            said = f"The new term is shorter than the old one: {ids} would be due after its last day, {self.term.end}."
            self.find("RENEW021", Severity.CONFIRM, said, "milestones", "Write days inside the new term.")

    # ---------------------------------------------------------------- what people must say anew

    def confirmations(self) -> None:
        """Set confirmations and overrides aside: each was given for the term that ends."""
        for name, items, what in (
            ("confirmations", [(item.fact, f"{item.value}") for item in self.spec.confirmations], "confirmed"),
            ("overrides", [(item.code, item.reason) for item in self.spec.overrides], "decided"),
        ):
            if not items:
                continue
            told = ", ".join(key for key, _ in items)
            why = f"{what} for the term that ends; whoever {what} it must do so for the new term"
            remark = (
                f"{what} for the term that ends {self.spec.term.end_date}. Ask again; then take the '# ' away and "
                "write the new day."
            )
            self.set_aside((name,), told, why, remark)
            self.undecided += [Undecided(f"{name}[{place}]", key, value) for place, (key, value) in enumerate(items)]
            said = f"{what.capitalize()} for the term that ends, and set aside as a comment: {told}."
            remedy = f"Ask again, and record each under {name} with its new day."
            self.find("RENEW022", Severity.CONFIRM, said, name, remedy)

    def pins(self, *, keep: bool) -> None:
        """Let the versions be chosen by their triggers, unless the old ones are to be kept."""
        choices = self.spec.clauses
        aside: list[Path_] = []
        for name, given in (
            ("pins", choices.pins),
            ("framework", choices.framework),
            ("contract_type", choices.contract_type),
        ):
            if not given:
                continue
            path = ("clauses", name)
            told = given if isinstance(given, str) else ", ".join(f"{key} {value}" for key, value in given.items())
            field = field_name(path)
            if keep:
                said = f"The versions pinned for the old term are kept: {told}."
                remedy = "'fe-contracts outdated' says what has been superseded, and why."
                self.find("RENEW027", Severity.WARNING, said, field, remedy)
                continue
            why = "a new term takes the versions in force for its own days"
            self.changes.append(FieldChange(field, told, "", why, self.file.line(path)))
            aside.append(path)
            said = f"The versions pinned for the old term were set aside: {told}."
            self.find("RENEW027", Severity.INFO, said, field, "To keep them, renew with --keep-pins.")
        self.file.set_aside("pinned for the term before; the new one takes the versions in force.", *aside)

    def federal_awards(self) -> None:
        """List what must be known anew of each federal award that pays in the new term."""
        for place, fund in enumerate(self.spec.funding):
            award = fund.federal_award
            if award is None:
                continue
            given = [name for name in type(award).model_fields if getattr(award, name) not in (None, ())]
            field = f"funding[{place}].federal_award"
            said = (
                f"{fund.name} ({fund.id}): everything said of the award is that of the old term: "
                f"{', '.join(name for name in given if 'period' not in name)}. Its periods were moved by "
                f"{self.term.step}."
            )
            remedy = (
                "Ask whether the new term is paid from the same award, from more money under it, or from a new one; "
                "write its date, numbers, amounts and periods as the award says them."
            )
            self.find("RENEW023", Severity.CONFIRM, said, field, remedy)
            for name in given:
                self.undecided.append(Undecided(f"{field}.{name}", f"award of {fund.id}", str(getattr(award, name))))

    def texts(self) -> None:
        """List texts that name a day or a year of the old term; no text is rewritten."""
        first, last = self.spec.term.start_date.year, self.spec.term.end_date.year
        years = re.compile(rf"\b(?:{'|'.join(str(year) for year in range(first, last + 1))})\b")
        changed = {change.field for change in self.changes}
        for path, text in texts_in(self.file.data):
            field = field_name(path)
            if field.startswith(_SILENT) or field in changed or re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
                continue
            if years.search(text) and not field.startswith("contract.renews"):
                said = f"The text names a year of the old term: {text if len(text) < 120 else text[:117] + '...'}"
                self.find("RENEW025", Severity.INFO, said, field, "See whether it still holds for the new term.")

    def evidence(self) -> None:
        """Say which changed values are put down as standing on the public record."""
        for place, item in enumerate(self.spec.evidence):
            moved = [
                change.field
                for change in self.changes
                if any(re.match(rf"{re.escape(field)}(?:[.\[]|$)", change.field) for field in item.fields)
            ]
            if moved:
                said = f"Said to be {item.basis.value} ({item.source}), and changed: {', '.join(moved)}."
                remedy = "Say what the new values rest on."
                self.find("RENEW028", Severity.INFO, said, f"evidence[{place}]", remedy)
