"""Say why the program cannot go on: one base class, leaves that also inherit the built-in.

A failed *check* is a `Finding`, never an exception. An exception here means that no right answer can be
given; its message says what is wrong, where, and what to do about it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from fe_contracts.findings import Finding

__all__ = [
    "AssemblyError",
    "CatalogError",
    "ClauseNotInForceError",
    "FEContractsError",
    "GovernanceError",
    "HouseStyleError",
    "LawUnknownError",
    "MissingToolError",
    "NotAReportError",
    "NotYetInForceError",
    "OutputError",
    "RefusedError",
    "RuleSetError",
    "SeveralReportsError",
    "SourceError",
    "SpecError",
    "UnknownClauseError",
    "UnknownPeriodError",
    "UnknownReportError",
    "UnknownVersionError",
    "UnsafeFileError",
]


class FEContractsError(Exception):
    """The base of every error that this library raises on purpose.

    It remembers the call that made it, so that the error survives pickling between the processes of a batch.
    """

    __str__ = Exception.__str__  # a KeyError leaf would show the repr of its message

    def __new__(cls, *args: Any, **kwargs: Any) -> Self:
        """Remember the arguments: `__reduce__` makes the same call again in the other process."""
        self = super().__new__(cls, *args)
        self._made_with = args, kwargs
        return self

    _made_with: tuple[tuple[Any, ...], dict[str, Any]]

    def __reduce__(self) -> tuple[Any, ...]:
        """Return the call that makes this error anew."""
        args, kwargs = self._made_with
        return partial(type(self), **kwargs), args


def _listing(heading: str, problems: Sequence[Finding]) -> str:
    """Return the heading and one line per problem, the form in which every collected error is shown."""
    return "\n".join([heading, *(f"  {problem}" for problem in problems)])


class _ProblemsError(FEContractsError, ValueError):
    """All problems of one input at once, each with its place."""

    heading = "{count} {problems} in {name}:"

    def __init__(self, name: str, problems: Sequence[Finding]) -> None:
        self.name, self.problems = name, tuple(problems)
        count = len(self.problems)
        heading = self.heading.format(count=count, problems="problem" if count == 1 else "problems", name=name)
        super().__init__(_listing(heading, self.problems))


class SourceError(_ProblemsError):
    """A file cannot be read as what it should be: missing, too large, not YAML, wrong encoding."""


class SpecError(_ProblemsError):
    """A spec does not describe one sub-contract: every problem found, with file, line and field."""


class CatalogError(_ProblemsError):
    """The clause library cannot be loaded: every problem found, with file and line."""


class GovernanceError(_ProblemsError):
    """A clause cannot be begun, published or approved as asked: every reason; nothing was written."""

    heading = "Nothing was written: {count} {problems} in {name}:"


class AssemblyError(_ProblemsError):
    """A contract cannot be assembled without losing or inventing text: every reason, with its place."""


class RefusedError(_ProblemsError):
    """The contract has findings of severity *error* that no override in the spec records."""


class RuleSetError(_ProblemsError):
    """Requirements and rules do not pair off: a demand that nobody looks for, or a rule that rests on nothing."""


class HouseStyleError(_ProblemsError):
    """A house style cannot be used: no Word file, no marker, a broken or forbidden tag, revisions."""


class UnsafeFileError(_ProblemsError):
    """A file from outside is refused before it is read: too large, encrypted, macros, a crafted package."""


class NotAReportError(_ProblemsError):
    """A file is no report that was made from a contract: it says of none, and has none of its fields."""


class UnknownClauseError(FEContractsError, KeyError):
    """A clause was asked for that the catalog does not hold."""

    __str__ = Exception.__str__

    def __init__(self, clause_id: str, *, near: tuple[str, ...] = ()) -> None:
        self.clause_id, self.near = clause_id, near
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        super().__init__(
            f"The catalog holds no clause {clause_id!r}.{hint} 'fe-contracts catalog list' shows them all."
        )


class UnknownVersionError(FEContractsError, KeyError):
    """A version of a clause was asked for that the catalog does not hold."""

    __str__ = Exception.__str__

    def __init__(self, clause_id: str, version: str, *, known: tuple[str, ...] = ()) -> None:
        self.clause_id, self.version, self.known = clause_id, version, known
        super().__init__(f"Clause {clause_id} has no version {version!r}; it has {', '.join(known) or 'none'}.")


class UnknownReportError(FEContractsError, ValueError):
    """A report was asked for that the contract does not require."""

    def __init__(self, wanted: str, contract: str, *, known: tuple[str, ...]) -> None:
        self.wanted, self.contract, self.known = wanted, contract, known
        super().__init__(f"Contract {contract} asks for no report {wanted!r}; it asks for {', '.join(known)}.")


class UnknownPeriodError(FEContractsError, ValueError):
    """A period was asked for that a report does not have."""

    def __init__(self, wanted: str, report: str, *, known: tuple[str, ...]) -> None:
        self.wanted, self.report, self.known = wanted, report, known
        super().__init__(
            f"Report {report} has no period {wanted!r}; it has {', '.join(known)}. "
            "Give one of these, its number in the term, or a day in it such as 2027-02-15."
        )


class SeveralReportsError(FEContractsError, ValueError):
    """A period was named that has several reports, where one is wanted."""

    def __init__(self, period: str, reports: tuple[str, ...]) -> None:
        self.period, self.reports = period, reports
        super().__init__(f"There are several reports for {period}: {', '.join(reports)}. Say which one is meant.")


class ClauseNotInForceError(FEContractsError, LookupError):
    """No version of a clause is in force on the day its trigger names."""

    def __init__(self, clause_id: str, day: str, why: str) -> None:
        self.clause_id, self.day, self.why = clause_id, day, why
        super().__init__(f"No version of {clause_id} is in force on {day}: {why}")


class NotYetInForceError(FEContractsError, LookupError):
    """A dated value was asked for on a day before its first entry."""

    def __init__(self, day: str, first: str) -> None:
        self.day, self.first = day, first
        super().__init__(f"Nothing is in force on {day}: the first entry starts {first}.")


class LawUnknownError(NotYetInForceError):
    """What law demanded on a day is not known to the library: the day lies before the history it holds."""

    def __init__(self, day: str, first: str, what: str) -> None:
        super().__init__(day, first)
        self.what = what


class OutputError(FEContractsError, OSError):
    """An output cannot be written; nothing was left half written."""

    def __init__(self, path: str | Path, why: str, remedy: str) -> None:
        self.path, self.why, self.remedy = str(path), why, remedy
        super().__init__(f"{path}: {why} {remedy}")

    def __str__(self) -> str:
        """Return the whole sentence; an OSError would show its arguments."""
        return f"{self.path}: {self.why} {self.remedy}"


class MissingToolError(FEContractsError, RuntimeError):
    """A program that this step needs is not installed, or did not do its work."""

    def __init__(self, tool: str, why: str, remedy: str) -> None:
        self.tool, self.why, self.remedy = tool, why, remedy
        super().__init__(f"{tool}: {why} {remedy}")
