"""Say in plain words why a text is no YAML: what stands there, and what to write instead."""

from __future__ import annotations

import re
from typing import Any

from fe_contracts.findings import Finding, Severity, Where

__all__ = ["forbidden_characters", "in_plain_words"]

# What no YAML file may hold, and the invisible line breaks that YAML 1.1 knows and no editor shows.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_INVISIBLE_BREAKS = {"\u0085", "\u2028", "\u2029"}
_SHOWN_AT_ONCE = 20

_LINE_UP = (
    "This line does not line up with the lines above it.",
    "Give all fields of one group the same number of spaces at the start of the line.",
)
_COLON_INSIDE = (
    "A colon and a space stand where no field can begin.",
    "Put a value that holds ': ' in quotation marks, or line this field up with its neighbors.",
)
_BRACKET = (
    "A list in [ ] or a group in { } is not closed, or a comma is missing.",
    "Close it, or put the whole value in quotation marks if the bracket belongs to the text.",
)
_QUOTE = (
    "A quotation mark opens a value here and nothing closes it.",
    "Close it on this line, or delete it; a quotation mark inside single quotes is written twice.",
)
_NO_COLON = (
    "A field name without a colon stands here.",
    "Write 'name: value', with a space after the colon, or '- ' before an entry of a list.",
)
_ESCAPE = (
    "A backslash in double quotes begins a special character that does not exist.",
    "Use single quotes, or write two backslashes.",
)
_STAR = (
    "A value that begins with '*' or '&' has a special meaning here.",
    "Put the value in quotation marks.",
)
_PLAIN_WORDS: tuple[tuple[str, tuple[str, str]], ...] = (
    ("mapping values are not allowed", _COLON_INSIDE),
    ("did not find expected key", _LINE_UP),
    ("did not find expected '-' indicator", _LINE_UP),
    ("expected <block end>", _LINE_UP),
    ("block sequence entries are not allowed", _LINE_UP),
    ("did not find expected ',' or", _BRACKET),
    ("expected ',' or", _BRACKET),
    ("did not find expected node content", _BRACKET),
    ("expected the node content", _BRACKET),
    ("found unexpected end of stream", _QUOTE),
    ("found unexpected document indicator", _QUOTE),
    ("could not find expected ':'", _NO_COLON),
    ("unknown escape character", _ESCAPE),
    ("escape sequence", _ESCAPE),
    ("did not find expected hexdecimal number", _ESCAPE),
    ("expected alphabetic or numeric character", _STAR),
)


def forbidden_characters(text: str, name: str, first_line: int) -> list[Finding]:
    """Return a problem for each character that may not stand in the file, with its place."""
    problems: list[Finding] = []
    for match in _FORBIDDEN.finditer(text):
        if len(problems) == _SHOWN_AT_ONCE:
            break
        before = text[: match.start()]
        line = first_line + before.count("\n")
        column = match.start() - (before.rfind("\n") + 1) + 1
        number = f"U+{ord(match[0]):04X}"
        if match[0] in _INVISIBLE_BREAKS:
            message, remedy = f"{number} is an invisible line break.", "Delete it and press Enter instead."
        else:
            message, remedy = f"{number} is a control character that no text may hold.", "Delete it."
        problems.append(Finding("SOURCE022", Severity.ERROR, message, Where(name, line, column), remedy))
    return problems


def in_plain_words(error: Any, text: str, name: str, first_line: int) -> Finding:
    """Return what the YAML parser stumbled over, as a finding that a reader of plain English understands."""
    problem = str(getattr(error, "problem", None) or error)
    mark = getattr(error, "problem_mark", None)
    opened = getattr(error, "context_mark", None)
    code, message, remedy = "SOURCE020", "", ""
    for known, words in _PLAIN_WORDS:
        if known in problem:
            message, remedy = words
            if words in {_QUOTE, _BRACKET, _NO_COLON} and opened is not None:
                mark = opened  # where it was opened says more than where the file ended
            break
    if ("cannot start any token" in problem or "tab character" in problem) and mark is not None:
        code, message, remedy = _odd_start(text, mark)
    if not message:
        message = f"This is not YAML as it should be: {problem}."
        remedy = "Compare the line with an example, or put the value in quotation marks."
    if mark is None:
        return Finding(code, Severity.ERROR, message, Where(name), remedy)
    return Finding(code, Severity.ERROR, message, Where(name, mark.line + first_line, mark.column + 1), remedy)


def _odd_start(text: str, mark: Any) -> tuple[str, str, str]:
    """Return code, message and remedy for a character that can begin no value."""
    lines = text.split("\n")
    line = lines[mark.line] if mark.line < len(lines) else ""
    if "\t" in line[: mark.column + 1]:
        return "SOURCE021", "A tab stands at the start of this line.", "Indent with spaces, never with tabs."
    character = line[mark.column : mark.column + 1]
    return "SOURCE020", f"A value cannot begin with {character!r}.", "Put the value in quotation marks."
