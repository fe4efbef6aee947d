"""Give every parameter of every clause its value, and remember where the value came from."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from fe_contracts.assembly.computed import COMPUTED, COMPUTED_OF_FUND, DEFERRED
from fe_contracts.assembly.parameters import ValueProblemError, typed
from fe_contracts.assembly.rendering import shown
from fe_contracts.catalog.inline import typeset
from fe_contracts.exceptions import ClauseNotInForceError, UnknownVersionError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.clause import ParameterType

if TYPE_CHECKING:
    from fe_contracts.assembly.selection import Decision
    from fe_contracts.catalog import Catalog, ClauseVersion, Edition
    from fe_contracts.model.clause import ParameterDefinition
    from fe_contracts.model.condition import Fact
    from fe_contracts.model.library import Framework
    from fe_contracts.model.spec import Spec

__all__ = ["Binder", "Bound", "as_fact"]

_MISSING = object()


@dataclass(frozen=True, slots=True)
class Bound:
    """A parameter with its value: typed, or `None` where an optional one stays empty."""

    definition: ParameterDefinition
    value: Any
    source: str
    """Where the value came from: a field, `spec`, `default` or `none`."""
    pending: bool = False
    """Whether someone must still confirm it."""
    confirmed_as: str = ""
    """The value that somebody confirmed, if anybody did; another one is pending again."""


def as_fact(value: Any) -> Fact:
    """Return a parameter's value as conditions read it: lists are sets, tables are given or not."""
    match value:
        case None | str() | bool() | int() | Decimal():
            return value
        case tuple():
            if not value:
                return None
            return frozenset(str(item) for item in value if not isinstance(item, Mapping)) or frozenset({"rows"})
        case _:
            return value  # type: ignore[no-any-return]  # a date


class Binder:
    """Bind the parameters of one contract's clauses, collecting every problem."""

    def __init__(self, spec: Spec, catalog: Catalog) -> None:
        self.spec, self.catalog = spec, catalog
        self.findings: list[Finding] = []
        self.framework: dict[str, Edition[Framework]] = {}
        self._confirmed = {item.fact: item.value for item in spec.confirmations}
        self._computed: dict[str, Any] = {}
        self._choose_framework()

    def _choose_framework(self) -> None:
        """Choose the versions of vision, values, assumptions and glossary: pinned, or in force."""
        pins = self.spec.clauses.framework
        for name, series in self.catalog.framework.items():
            try:
                if name in pins:
                    self.framework[name] = series.version(pins[name])
                else:
                    self.framework[name] = series.in_force_on(self.spec.contract.effective_date)
            except (UnknownVersionError, ClauseNotInForceError) as error:
                self._report("PARAM090", str(error), f"clauses.framework.{name}", "Correct the pin or the date.")
        for name in pins:
            if name not in self.catalog.framework:
                self._report(
                    "PARAM090",
                    f"The framework has no part {name!r}.",
                    f"clauses.framework.{name}",
                    f"Its parts are {', '.join(self.catalog.framework)}.",
                )

    def _report(self, code: str, message: str, field: str, remedy: str, file: str = "") -> None:
        self.findings.append(Finding(code, Severity.ERROR, message, Where(file=file, field=field), remedy))

    def bind(self, decision: Decision) -> dict[str, Bound]:
        """Return every parameter of the chosen version with its value; problems go to `findings`."""
        version = decision.version
        if version is None:
            return {}
        given = self.spec.clauses.parameters.get(decision.clause_id, {})
        definitions = version.front.parameters
        for name in given:
            if name not in definitions:
                near = get_close_matches(name, definitions, n=1)
                hint = f" Did you mean {near[0]!r}?" if near else ""
                self._report(
                    "PARAM080",
                    f"{version.key} has no parameter {name!r}.{hint}",
                    f"clauses.parameters.{decision.clause_id}.{name}",
                    f"'fe-contracts catalog show {decision.clause_id}' lists them.",
                )
        bound = {}
        for name, definition in definitions.items():
            found = self._bind_one(decision, version, name, definition, given)
            if found is not None:
                bound[name] = found
        return bound

    def _bind_one(
        self,
        decision: Decision,
        version: ClauseVersion,
        name: str,
        definition: ParameterDefinition,
        given: Mapping[str, Any],
    ) -> Bound | None:
        field = f"clauses.parameters.{decision.clause_id}.{name}"
        value, source = self._value(decision, definition, field)
        if name in given:
            if source == "deferred" or (value is not _MISSING and self._differs(definition, value, given[name])):
                self._report(
                    "PARAM030",
                    f"{decision.clause_id}.{name} takes its value from {definition.from_}, and the spec gives another.",
                    field,
                    f"Delete this entry, or change {definition.from_}.",
                )
                return None
            value, source = given[name], "spec"
        if source == "deferred":
            return Bound(definition, (), "deferred")
        if value is _MISSING:
            if definition.required:
                asked = f"at {definition.from_}" if definition.from_ else f"under {field}"
                self._report(
                    "PARAM010",
                    f"{decision.clause_id}.{name} has no value: {definition.help}",
                    definition.from_ or field,
                    f"Give it {asked}.",
                )
                return None
            if definition.default is None:
                return Bound(definition, None, "none")
            value, source = definition.default, "default"
        return self._checked(decision, version, name, definition, value, source)

    def _checked(
        self,
        decision: Decision,
        version: ClauseVersion,
        name: str,
        definition: ParameterDefinition,
        value: Any,
        source: str,
    ) -> Bound | None:
        """Return the value in its type, or record why it does not fit."""
        field = f"clauses.parameters.{decision.clause_id}.{name}" if source in {"spec", "default"} else source
        if decision.fund is not None and source.startswith(_OF_FUND):
            field = f"funding[{self.spec.funding.index(decision.fund)}].{source.removeprefix(_OF_FUND)}"
        try:
            found = typed(definition, value, given=source == "spec")
            if definition.locked and found != typed(definition, definition.default, given=False):
                law = f" ({definition.bound_by})" if definition.bound_by else ""
                msg = f"{decision.clause_id}.{name} is locked{law}."
                raise ValueProblemError("PARAM060", msg, "Delete the entry.")  # noqa: TRY301 - one way to report
        except ValueProblemError as problem:
            self._report(
                problem.code,
                f"{decision.clause_id}.{name}: {problem.message}",
                f"{field}{problem.path}",
                problem.remedy,
                file=version.file if source == "default" else "",
            )
            return None
        if source == "default" or source.startswith(_LIBRARY):
            found = _typographic(found)
        if definition.confirm is None:
            return Bound(definition, found, source)
        word = self._confirmed.get(f"{decision.clause_id}.{name}")
        pending = word is None or not _same_value(definition, found, word)
        return Bound(definition, found, source, pending, "" if word is None else str(word))

    def _differs(self, definition: ParameterDefinition, one: Any, other: Any) -> bool:
        """Return whether two values for one parameter are not the same value."""
        try:
            return bool(typed(definition, one, given=False) != typed(definition, other, given=False))
        except ValueProblemError:
            return True

    def _value(self, decision: Decision, definition: ParameterDefinition, field: str) -> tuple[Any, str]:
        """Return the value of the field that the definition names, or `_MISSING`."""
        path = definition.from_
        if path is None:
            return _MISSING, field
        if path == f"computed.{DEFERRED}":
            return _MISSING, "deferred"
        root, _, rest = path.partition(".")
        match root:
            case "computed":
                value = self._computed_value(decision, rest, field)
            case "framework" | "glossary":
                value = self._framework_value(root, rest, field)
            case "fund":
                value = _walk(decision.fund, rest)
            case _:
                value = _walk(self.spec, path)
        if value is _UNKNOWN:
            self._report("PARAM090", f"No spec has a field {path!r}.", field, "Correct `from` in the clause version.")
            return _MISSING, path
        if value is None or value in ((), []):
            empty_table = definition.type in {ParameterType.TABLE, ParameterType.LIST} and not definition.optional
            return (value or (), path) if empty_table and value is not None else (_MISSING, path)
        return value, path

    def _computed_value(self, decision: Decision, name: str, field: str) -> Any:
        """Return what is worked out from the spec: once, or anew for each fund or award."""
        if decision.fund is not None and name in COMPUTED_OF_FUND:
            return COMPUTED_OF_FUND[name](self.spec, decision.fund)
        if name not in COMPUTED:
            known = ", ".join([*COMPUTED, *COMPUTED_OF_FUND])
            self._report("PARAM090", f"There is no computed.{name}.", field, f"There are {known}.")
            return None
        if name not in self._computed:
            self._computed[name] = COMPUTED[name](self.spec)
        return self._computed[name]

    def _framework_value(self, root: str, rest: str, field: str) -> Any:
        name, _, attribute = ("glossary", "", rest) if root == "glossary" else rest.partition(".")
        edition = self.framework.get(name)
        if edition is None:
            if name not in self.catalog.framework:
                self._report("PARAM090", f"The catalog has no framework part {name!r}.", field, "Add it.")
            return None
        if attribute == "version":
            return edition.number
        return _walk(edition.content, attribute)


def _same_value(definition: ParameterDefinition, found: Any, word: str | int | Decimal) -> bool:
    """Return whether a person confirmed this very value, written as the contract prints it or as the spec gives it."""
    if isinstance(found, tuple):
        return str(word) == ", ".join(
            shown(definition.items or ParameterType.STR, item, definition.choices) for item in found
        )
    if str(word) == shown(definition.type, found, definition.choices):
        return True
    try:
        return bool(typed(definition, word, given=True) == found)
    except ValueProblemError:
        return False


_UNKNOWN = object()
_LIBRARY = ("framework.", "glossary.")
_OF_FUND = "fund."


def _typographic(value: Any) -> Any:
    """Return the library's own text with typographic quotation marks; a person's text is never altered."""
    match value:
        case str():
            return typeset(value)
        case tuple():
            return tuple(_typographic(item) for item in value)
        case dict():
            return {name: _typographic(item) for name, item in value.items()}
        case _:
            return value


def _walk(value: Any, path: str) -> Any:
    """Return what a dotted path names, as plain data; `_UNKNOWN` if no such field exists."""
    for name in path.split("."):
        if value is None:
            return None
        if not isinstance(value, BaseModel) or (name not in type(value).model_fields and not hasattr(value, name)):
            return _UNKNOWN
        value = getattr(value, name)
    return _plain(value)


def _plain(value: Any) -> Any:
    """Return models as dicts, so that tables read them by column."""
    if isinstance(value, BaseModel):
        return value.model_dump()
    if isinstance(value, tuple):
        return tuple(_plain(item) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    return value
