"""Parse one paragraph of wording: text, emphasis, definitions, placeholders and references."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from fe_contracts.catalog.wording import Filter, Piece, Placeholder, ReferenceNode
from fe_contracts.document.tree import Origin, Text

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FILTERS", "InlineParser", "typeset"]

FILTERS = ("money_words", "words", "count", "ordinal", "any", "lower")
"""The filters a placeholder may name."""

_TOKEN = re.compile(
    r"\\(?P<escaped>[\\*\[\]{}#>|-])|(?P<placeholder>\{\{.*?\}\})|(?P<reference>\[\[.*?\]\])"
    r"|(?P<stray>[{}\\]|\[\[|\]\])|(?P<bold>\*\*)|(?P<italic>\*)|(?P<text>[^\\*\[\]{}]+|.)",
    re.DOTALL,
)
_REFERENCE = re.compile(
    r"#[a-z][a-z0-9_-]*|[A-Z]{2,6}-\d{2,3}(?:[#@][a-z][a-z0-9_-]*)?|(?:exhibit|article):[a-z][a-z0-9_-]*"
)
_PLAIN_PLACEHOLDER = re.compile(
    r"\{\{ *(?P<path>[a-z]\w*(?:\.[a-z]\w*)*) *(?:\| *(?P<filter>[a-z]\w*)"
    r"(?:\((?P<one>'[^'\\]*')(?:, *(?P<two>'[^'\\]*'))?\))? *)?\}\}",
    re.ASCII,
)
"""What nearly every placeholder looks like: it is read here; Jinja reads the others and says what is wrong."""
_JINJA_WORDS = frozenset({"and", "else", "false", "if", "in", "is", "none", "not", "or", "recursive", "true"})
"""Names that mean something else in Jinja, and are left to it."""
_OPENS_AFTER = frozenset(" \N{NO-BREAK SPACE}\n\t([{“‘—–/")
_LINE_END = re.compile(r"\s*\n\s*")
_STRAIGHT = re.compile("[\"']")
_CURLED = {'"': "“”", "'": "‘’"}
"""The opening and the closing mark for each straight one."""
_ARGUMENTS = {"count": (1, 2)}
"""How many arguments a filter takes, the fewest and the most; the others take none."""


@cache
def _environment() -> Any:
    """Return Jinja's sandboxed environment; it parses placeholders and never runs one."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)


def typeset(text: str, before: str = " ") -> str:
    """Return text with typographic quotation marks and dashes; `before` is the character before it."""
    if '"' not in text and "'" not in text and "--" not in text:
        return text
    text = text.replace("---", "—").replace("--", "–")
    found = []
    last = 0
    for mark in _STRAIGHT.finditer(text):
        start = mark.start()
        if start > last:
            found.append(text[last:start])
            before = text[start - 1]
        before = _CURLED[mark[0]][before not in _OPENS_AFTER]
        found.append(before)
        last = start + 1
    return "".join([*found, text[last:]])


def _placeholder(source: str) -> tuple[tuple[str, ...], tuple[Filter, ...]]:
    """Return the path and filters of a placeholder.

    Raises:
        ValueError: if it is anything but names, attributes and filters with text arguments.
    """
    plain = _PLAIN_PLACEHOLDER.fullmatch(source)
    if plain is not None and _JINJA_WORDS.isdisjoint(names := tuple(plain["path"].split("."))):
        arguments = tuple(word[1:-1] for word in plain.group("one", "two") if word)
        found = Filter(plain["filter"], arguments) if plain["filter"] else None
        return names, (found,) if found else ()
    from jinja2 import TemplateSyntaxError, nodes

    try:
        body = _environment().parse(source).body
    except TemplateSyntaxError as error:
        raise ValueError(str(error.message).rstrip(".")) from None
    except RecursionError:
        msg = "it is nested too deeply"
        raise ValueError(msg) from None
    if len(body) != 1 or not isinstance(body[0], nodes.Output) or len(body[0].nodes) != 1:
        msg = "a placeholder holds one name"
        raise ValueError(msg)
    node: nodes.Expr | None = body[0].nodes[0]
    filters: list[Filter] = []
    while isinstance(node, nodes.Filter):
        arguments = tuple(argument.value for argument in node.args if isinstance(argument, nodes.Const))
        texts = tuple(argument for argument in arguments if isinstance(argument, str))
        if node.kwargs or node.dyn_args or node.dyn_kwargs or len(texts) < len(node.args):
            msg = "filters take text in quotation marks only"
            raise ValueError(msg)
        filters.append(Filter(node.name, texts))
        node = node.node
    path: list[str] = []
    while isinstance(node, nodes.Getattr):
        path.append(node.attr)
        node = node.node
    if not isinstance(node, nodes.Name):
        msg = "only a name, its attributes and filters are allowed"
        raise ValueError(msg)  # noqa: TRY004 - the wording is wrong, not a type in Python
    path.append(node.name)
    return tuple(reversed(path)), tuple(reversed(filters))


@dataclass
class InlineParser:
    """Turn the source of one paragraph into pieces, reporting problems by line."""

    origin: Origin
    report: Callable[[int, str, str, str], None]
    """Called with line, code, message and remedy."""
    _pieces: list[Piece] = field(default_factory=list)
    _buffer: list[str] = field(default_factory=list)
    _bold: bool = False
    _italic: bool = False
    _before: str = " "
    _opened: dict[str, int] = field(default_factory=dict)
    """Where each open mark of emphasis ended."""

    def parse(self, source: str, line: int) -> tuple[Piece, ...]:
        """Return the pieces of a paragraph that begins on `line`."""
        self._pieces, self._buffer = [], []
        self._bold = self._italic = False
        self._before = " "
        for token in _TOKEN.finditer(source):
            here = line + source.count("\n", 0, token.start())
            self._take(token, here)
        self._flush()
        if self._bold or self._italic:
            mark = "**" if self._bold else "*"
            self.report(line, "WORDING060", f"{mark} is opened and not closed.", f"Close it, or write \\{mark}.")
        return tuple(self._pieces)

    def _take(self, token: re.Match[str], line: int) -> None:
        match token.lastgroup:
            case "escaped":
                self._say(token["escaped"])
            case "placeholder":
                self._flush()
                self._placeholder(token["placeholder"], line)
            case "reference":
                self._flush()
                self._reference(token["reference"], line)
            case "bold":
                self._flush()
                self._check_emphasis(token, line, closes=self._bold)
                self._bold = not self._bold
            case "italic":
                self._flush()
                self._check_emphasis(token, line, closes=self._italic)
                self._italic = not self._italic
            case "stray":
                self._refuse_stray(token["stray"], line)
                self._say(token["stray"])
            case _:
                text = token["text"]
                self._say(typeset(_LINE_END.sub(" ", text) if "\n" in text else text, self._before))

    def _check_emphasis(self, token: re.Match[str], line: int, *, closes: bool) -> None:
        """Refuse a mark beside a space, which is no emphasis, and a pair with nothing in it: both would vanish."""
        source, mark = token.string, token[0]
        written = mark.replace("*", r"\*")
        if closes:
            lone = source[token.start() - 1].isspace() or self._opened.get(mark) == token.start()
        else:
            lone = source[token.end() : token.end() + 1].strip() == ""
            self._opened[mark] = token.end()
        if lone:
            self.report(
                line,
                "WORDING060",
                f"{mark} neither begins nor ends a word.",
                f"Put it beside the words it is about, or write {written}.",
            )

    def _refuse_stray(self, mark: str, line: int) -> None:
        """Refuse a brace, double bracket or backslash that belongs to nothing: it would be printed."""
        self.report(
            line,
            "WORDING060",
            f"{mark} stands alone.",
            "A placeholder is {{ name }}, a reference [[FE-04]], a label #. {#name}, all in small letters; "
            "for the character itself write a backslash before it.",
        )

    def _say(self, text: str) -> None:
        self._buffer.append(text)
        self._before = text[-1:]

    def _flush(self) -> None:
        text = "".join(self._buffer)
        self._buffer = []
        if not text:
            return
        quoted = self._bold and text[0] == "“" and text[-1] == "”" and "“" not in text[1:]
        term = text[1:-1] if quoted else ""
        self._pieces.append(Text(text, self.origin, self._bold, self._italic, term))

    def _placeholder(self, source: str, line: int) -> None:
        self._before = "x"
        try:
            path, filters = _placeholder(source)
        except ValueError as error:
            self.report(line, "WORDING020", f"{source} is no placeholder: {error}.", "See the wording grammar.")
            return
        for item in filters:
            if item.name not in FILTERS:
                self.report(
                    line,
                    "WORDING030",
                    f"{source}: there is no filter {item.name!r}.",
                    f"Use {', '.join(FILTERS)}.",
                )
                return
            fewest, most = _ARGUMENTS.get(item.name, (0, 0))
            if not fewest <= len(item.arguments) <= most:
                wanted = f"{fewest} or {most} words in quotation marks" if most else "nothing in parentheses"
                self.report(line, "WORDING030", f"{source}: {item.name} takes {wanted}.", "See the wording grammar.")
                return
        self._pieces.append(Placeholder(path, filters, self._bold, self._italic, line))

    def _reference(self, source: str, line: int) -> None:
        self._before = "x"
        target, bar, fallback = source[2:-2].partition("|")
        if not _REFERENCE.fullmatch(target.strip()):
            self.report(
                line,
                "WORDING070",
                f"{source} is no reference.",
                "Write [[FE-04]], [[FE-04#label]], [[#label]], [[exhibit:scope]], [[FE-04@scope]] or [[article:id]].",
            )
            return
        words: tuple[Text, ...] = ()
        if bar:
            inner = InlineParser(self.origin, self.report).parse(fallback.strip(), line)
            words = tuple(piece for piece in inner if isinstance(piece, Text))
            if not words or len(words) != len(inner):
                self.report(
                    line,
                    "WORDING070",
                    f"{source}: the words after | must be plain text.",
                    "Write plain words.",
                )
        self._pieces.append(ReferenceNode(target.strip(), words, line))
