"""Make mutants of Python: one small change each, of the kind a person makes by mistake."""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NEAR: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),  # codespell:ignore
    ast.NotIn: (ast.In,),  # codespell:ignore
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
"""The boundary and the opposite of each comparison."""

SUMS: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div}
NOTHING = ast.Tuple(elts=[], ctx=ast.Load())


@dataclass(frozen=True)
class Mutant:
    """A module with one change."""

    name: str
    """Function and change, such as `over_the_cap: spec.total > cap -> spec.total >= cap`."""
    function: str
    """The function at the top of the module in which the change is; empty outside of any."""
    line: int
    tree: ast.Module


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every mutant of a module; words, annotations, decorators and imports for types are left alone."""
    tree = ast.parse(source)
    places = [
        (path, node, function) for function, top in _tops(tree) for path, node in _nodes(top, (tree.body.index(top),))
    ]
    seen: dict[str, int] = {}
    for path, node, function in places:
        for new in _changes(node):
            name = f"{function or 'module'}: {_said(node)} -> {_said(new)}"
            seen[name] = seen.get(name, 0) + 1
            again = f" ({seen[name]})" if seen[name] > 1 else ""
            yield Mutant(name + again, function, getattr(node, "lineno", 0), _with(tree, path, new))


Path_ = tuple[int | tuple[str, int | None], ...]


def _tops(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    for node in tree.body:
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Assign) and any(
            isinstance(name, ast.Name) and name.id == "__all__" for name in node.targets
        ):
            continue
        yield node.name if isinstance(node, ast.FunctionDef | ast.ClassDef) else "", node


def _nodes(node: ast.AST, path: Path_) -> Iterator[tuple[Path_, ast.AST]]:
    """Yield the node and all below it that may be changed, each with the way to it."""
    yield path, node
    for field, value in ast.iter_fields(node):
        if field in {"decorator_list", "annotation", "returns", "format_spec", "type_params"}:
            continue
        children = value if isinstance(value, list) else [value]
        for place, child in enumerate(children):
            if isinstance(child, ast.AST):
                yield from _nodes(child, (*path, (field, place if isinstance(value, list) else None)))


def _with(tree: ast.Module, path: Path_, new: ast.AST) -> ast.Module:
    """Return the module with another node at the end of the way."""
    changed = copy.deepcopy(tree)
    first, *rest = path
    holder: ast.AST = changed
    field, place = "body", first
    for step in rest:
        value = getattr(holder, field)
        holder = value[place] if isinstance(place, int) else value
        field, place = step  # type: ignore[misc, assignment]
    if isinstance(place, int):
        getattr(holder, field)[place] = new
    else:
        setattr(holder, field, new)
    return ast.fix_missing_locations(changed)


def _said(node: ast.AST) -> str:
    """Return a node as source, on one line and not too long."""
    return " ".join(ast.unparse(node).split())[:90]


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare():
            yield from _comparisons(node)
        case ast.expr():
            yield from _values(node)
        case ast.If(test=ast.Name() | ast.Attribute() | ast.Call() as test):
            yield ast.If(ast.UnaryOp(ast.Not(), test), node.body, node.orelse)
        case ast.comprehension(ifs=tests):
            for place in range(len(tests)):
                left = [*tests[:place], *tests[place + 1 :]]
                yield ast.comprehension(node.target, node.iter, left, node.is_async)
        case ast.Return(value=value) if value is not None and not _is_truth(value):
            yield ast.Return(ast.Constant(None))
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            yield ast.Expr(ast.YieldFrom(NOTHING))
        case ast.Continue():
            yield ast.Break()


def _comparisons(node: ast.Compare) -> Iterator[ast.AST]:
    for place, operator in enumerate(node.ops):
        for other in NEAR[type(operator)]:
            yield ast.Compare(node.left, [*node.ops[:place], other(), *node.ops[place + 1 :]], node.comparators)


def _values(node: ast.expr) -> Iterator[ast.AST]:
    match node:
        case ast.BoolOp(op=operator, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.BinOp(left=left, op=operation, right=right) if type(operation) in SUMS:
            yield ast.BinOp(left, SUMS[type(operation)](), right)
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)


def _is_truth(node: ast.AST) -> bool:
    """Return whether it is written as None, True or False: those have changes of their own."""
    return isinstance(node, ast.Constant) and node.value in {None, True, False}
