"""Every exception keeps its message and its data on the way to another process and back."""

from __future__ import annotations

import copy
import inspect
import pickle

import pytest

from fe_contracts import exceptions
from fe_contracts.exceptions import FEContractsError
from fe_contracts.findings import Citation, Confidence, Finding, Severity, Where

PROBLEM = Finding(
    "FIELD010",
    Severity.ERROR,
    "'titel' is not a field.",
    Where("spec.yaml", 3, 1, "titel"),
    "Did you mean 'title'?",
    Citation("2 CFR 200.1", Confidence.VERIFIED),
)

MADE: dict[str, FEContractsError] = {
    "AssemblyError": exceptions.AssemblyError("spec.yaml", [PROBLEM]),
    "CatalogError": exceptions.CatalogError("clause_library", [PROBLEM, PROBLEM]),
    "ClauseNotInForceError": exceptions.ClauseNotInForceError("FE-04", "2020-01-01", "the first starts later."),
    "FEContractsError": FEContractsError("Something is wrong."),
    "LawUnknownError": exceptions.LawUnknownError("2012-01-01", "2014-12-26", "audit_threshold"),
    "RuleSetError": exceptions.RuleSetError("requirements", [PROBLEM]),
    "GovernanceError": exceptions.GovernanceError("clause_library", [PROBLEM]),
    "HouseStyleError": exceptions.HouseStyleError("style.docx", [PROBLEM]),
    "MissingToolError": exceptions.MissingToolError("soffice", "It is not installed.", "Install LibreOffice."),
    "NotYetInForceError": exceptions.NotYetInForceError("2020-01-01", "2023-08-01"),
    "OutputError": exceptions.OutputError("out.docx", "It exists.", "Give another name."),
    "RefusedError": exceptions.RefusedError("spec.yaml", [PROBLEM]),
    "SourceError": exceptions.SourceError("spec.yaml", [PROBLEM]),
    "SpecError": exceptions.SpecError("spec.yaml", [PROBLEM]),
    "UnknownClauseError": exceptions.UnknownClauseError("FE-4", near=("FE-04", "FE-05")),
    "UnknownVersionError": exceptions.UnknownVersionError("FE-04", "9.0.0", known=("1.0.0",)),
    "NotAReportError": exceptions.NotAReportError("list.xlsx", [PROBLEM]),
    "SeveralReportsError": exceptions.SeveralReportsError("2027-Q1", ("R1 (Program)", "R2 (Money)")),
    "UnknownPeriodError": exceptions.UnknownPeriodError("2029", "R1", known=("2027-Q1",)),
    "UnknownReportError": exceptions.UnknownReportError("R9", "C-1", known=("R1",)),
    "UnsafeFileError": exceptions.UnsafeFileError("evil.docx", [PROBLEM]),
}

BUILT_IN = {
    "ClauseNotInForceError": LookupError,
    "LawUnknownError": LookupError,
    "MissingToolError": RuntimeError,
    "NotYetInForceError": LookupError,
    "OutputError": OSError,
    "SourceError": ValueError,
    "SpecError": ValueError,
    "UnknownClauseError": KeyError,
    "UnknownVersionError": KeyError,
}


def test_every_exception_is_tried_here() -> None:
    classes = {
        name
        for name, item in inspect.getmembers(exceptions, inspect.isclass)
        if issubclass(item, FEContractsError) and not name.startswith("_")
    }
    assert classes == set(MADE) == set(exceptions.__all__)


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_an_exception_survives_pickling(name: str, protocol: int) -> None:
    error = MADE[name]
    back = pickle.loads(pickle.dumps(error, protocol))  # noqa: S301  # it was written a moment before
    assert type(back) is type(error)
    assert str(back) == str(error)
    assert back.args == error.args
    own = {key: value for key, value in vars(error).items() if key != "_made_with"}
    assert {key: vars(back)[key] for key in own} == own


@pytest.mark.parametrize("name", MADE)
def test_an_exception_can_be_copied(name: str) -> None:
    assert str(copy.copy(MADE[name])) == str(MADE[name])


@pytest.mark.parametrize(("name", "built_in"), BUILT_IN.items())
def test_a_leaf_is_the_built_in_too(name: str, built_in: type[Exception]) -> None:
    assert isinstance(MADE[name], built_in)


def test_messages_read_as_sentences() -> None:
    assert str(MADE["UnknownClauseError"]) == (
        "The catalog holds no clause 'FE-4'. Did you mean FE-04 or FE-05? 'fe-contracts catalog list' shows them all."
    )
    assert str(MADE["UnknownVersionError"]) == "Clause FE-04 has no version '9.0.0'; it has 1.0.0."
    assert str(MADE["OutputError"]) == "out.docx: It exists. Give another name."
    assert str(MADE["SpecError"]) == (
        "1 problem in spec.yaml:\n"
        "  spec.yaml:3:1: titel: error FIELD010: 'titel' is not a field. Did you mean 'title'? (2 CFR 200.1 [V])"
    )
    assert str(MADE["CatalogError"]).startswith("2 problems in clause_library:\n")
