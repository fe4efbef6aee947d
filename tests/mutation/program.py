"""Mutate the modules of rules: each mutant is run in this process against the cases of the rules that it can touch."""

from __future__ import annotations

import ast
import contextlib
import signal
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from tests.compliance import casebook
from tests.mutation import demands

import fe_contracts.compliance.law as law_package
from fe_contracts.compliance import rules, rules_of_law

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType, FrameType

    from tests.mutation.operators import Mutant

    from fe_contracts.model.spec import Spec

SECONDS = 5.0
"""How long a mutant may run; one that does not end is noticed."""


class _NeverEndsError(Exception):
    """A mutant ran too long."""


@dataclass(frozen=True)
class Module:
    """One module of rules."""

    name: str
    source: str

    @property
    def file(self) -> str:
        """Return its file."""
        return str(sys.modules[self.name].__file__)


@cache
def modules() -> dict[str, Module]:
    """Return the modules whose rules have cases: the law's and those of sense."""
    rules_of_law()
    folder = f"{law_package.__name__}."
    names = [name for name in sys.modules if name.startswith(folder)] + ["fe_contracts.compliance.coherence"]
    return {name: Module(name, Path(str(sys.modules[name].__file__)).read_text(encoding="utf-8")) for name in names}


@cache
def _imports(name: str) -> frozenset[str]:
    """Return which of these modules a module imports from."""
    found = set()
    for node in ast.walk(ast.parse(modules()[name].source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{item.name}" for item in node.names}
        elif isinstance(node, ast.Import):
            found |= {item.name for item in node.names}
    return frozenset(found & modules().keys())


@cache
def touched(name: str) -> tuple[str, ...]:
    """Return the module and all that import from it, in an order in which they can be run anew."""
    order = [name]
    while True:
        more = [other for other in modules() if other not in order and _imports(other) & set(order)]
        if not more:
            return tuple(order)
        order += [other for other in more if not _imports(other) & (set(more) - {other})] or more[:1]


@cache
def _compiled(name: str) -> CodeType:
    return compile(modules()[name].source, modules()[name].file, "exec")


@contextlib.contextmanager
def running(name: str, code: CodeType) -> Iterator[None]:
    """Let the program have this code for the module, and the modules that import from it run anew."""
    kept = {other: sys.modules[other] for other in touched(name)}
    law, sense = rules._LAW, rules._RULES
    homes = set(touched(name))
    rules._LAW = {code: rule for code, rule in law.items() if rule.check.__module__ not in homes}
    rules._RULES = {code: rule for code, rule in sense.items() if rule.check.__module__ not in homes}
    try:
        for other in touched(name):
            fresh = ModuleType(other)
            fresh.__file__ = modules()[other].file
            sys.modules[other] = fresh
            exec(code if other == name else _compiled(other), fresh.__dict__)  # noqa: S102 - that is the point
        yield
    finally:
        sys.modules.update(kept)
        rules._LAW, rules._RULES = law, sense


@contextlib.contextmanager
def in_time() -> Iterator[None]:
    """Stop what does not end; where the system has no such signal, it is waited for."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_: int, __: FrameType | None) -> None:
        raise _NeverEndsError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@cache
def _specs(code: str) -> tuple[tuple[casebook.Case, Spec], ...]:
    return tuple((case, case.spec) for case in casebook.cases_of(code))


def agrees(code: str) -> bool:
    """Return whether the rule of the code, as it is now, finds what its cases say."""
    if code in casebook.SENSE:
        rule = rules._RULES[code]
        return all(casebook.agrees(case, [*rule.findings(spec)]) for case, spec in _specs(code))
    requirement = casebook.requirements()[code].requirement
    return not demands.notices(code, rules._LAW[code], requirement)


@cache
def codes_of(name: str) -> dict[str, str]:
    """Return the codes of the rules in a module and in those that import from it, with their functions' names."""
    homes = touched(name)
    every: dict[str, rules.LawRule | rules.Rule] = {**rules._LAW, **rules._RULES}
    asked = casebook.requirements().keys() | casebook.SENSE.keys()
    return {
        code: rule.check.__name__ if rule.check.__module__ == name else ""
        for code, rule in every.items()
        if rule.check.__module__ in homes and code in asked and (casebook.CASES / f"{code}.yaml").is_file()
    }


@cache
def sound(code: str) -> bool:
    """Return whether the code's cases agree with the program as it is: only then can they judge a mutant."""
    rules_of_law()
    try:
        return agrees(code)
    except Exception:  # noqa: BLE001 - whatever is wrong, the tests of the cases will say
        return False


def noticed(name: str, mutant: Mutant) -> bool:
    """Return whether some case notices a mutant: its own rule's, or all that its helper can touch."""
    own = [code for code, function in codes_of(name).items() if function == mutant.function]
    judges = [code for code in own or codes_of(name) if sound(code)]
    try:
        with in_time(), running(name, compile(mutant.tree, modules()[name].file, "exec")):
            return not all(agrees(code) for code in judges)
    except Exception:  # noqa: BLE001 - it does not even run
        return True
