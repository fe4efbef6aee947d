"""Give every model the same habits: strict, frozen, no unknown fields, values as the field counts them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

__all__ = [
    "UNWRITABLE",
    "ClauseId",
    "ClauseInstance",
    "Count",
    "Days",
    "Digest",
    "Key",
    "Line",
    "Model",
    "Money",
    "Percent",
    "Prose",
    "VersionNumber",
]


class Model(BaseModel):
    """The base of all models: a value, checked once, never changed.

    The text below a field says what it means. It is read from the source only when a JSON Schema is made: reading
    it for every class at every start, as pydantic offers to, takes longer than reading a spec.
    """

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the model's JSON Schema, with what each field means."""
        schema = handler(core_schema)
        properties = handler.resolve_ref_schema(schema).get("properties", {})
        for name, meaning in _meanings(cls).items():
            field = cls.model_fields.get(name)
            known = properties.get((field.alias or name) if field else name)
            if known is not None:
                known.setdefault("description", meaning)
        return schema


@cache
def _meanings(model: type[BaseModel]) -> dict[str, str]:
    """Return the text that stands below each field in the model's source."""
    import ast
    import inspect
    import textwrap

    body = cast("ast.ClassDef", ast.parse(textwrap.dedent(inspect.getsource(model))).body[0]).body
    return {
        field.target.id: inspect.cleandoc(text.value.value)
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }


UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""A character that a Word file cannot hold: controls but tab and line end, halves of pairs, non-characters."""


def _printable(text: str) -> str:
    """Return the text in Unicode form C, or refuse what a Word file cannot hold."""
    if found := UNWRITABLE.search(text):
        msg = (
            f"character {found.start() + 1} is U+{ord(found[0]):04X}, a control character that a Word file "
            "cannot hold; delete it"
        )
        raise ValueError(msg)
    return unicodedata.normalize("NFC", text)


def _one_line(text: str) -> str:
    """Return the text if it stands on one line."""
    if "\n" in text or "\t" in text:
        msg = "must stand on one line, without line breaks or tabs"
        raise ValueError(msg)
    return text


Prose = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000), AfterValidator(_printable)
]
"""Text of one or more paragraphs; a blank line begins a new one."""

Line = Annotated[Prose, AfterValidator(_one_line)]
"""Text on one line."""

Key = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"),
    Field(examples=["general-fund", "D1"]),
]
"""A name that other fields refer to: letters, digits, dot, hyphen, underscore."""

ClauseId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,6}-[0-9]{2,3}$"), Field(examples=["FE-04"])]
"""The identity of a clause, such as `FE-04`."""

ClauseInstance = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{2,6}-[0-9]{2,3}(:[A-Za-z0-9][A-Za-z0-9._-]{0,63})?$"),
    Field(examples=["FE-04", "FED-01:coc"]),
]
"""A clause in one contract: its identity and, where it stands once per award or fund, the fund's id after a colon."""

VersionNumber = Annotated[
    str,
    StringConstraints(pattern=r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$"),
    Field(examples=["1.0.0"]),
]
"""A semantic version, such as `1.0.0`."""

Digest = Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]
"""A digest of normalized content."""

Money = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]
"""US dollars, zero or more, in whole cents."""

Percent = Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)]
"""Per cent, from 0 to 100."""

Days = Annotated[int, Field(ge=0, le=36_500)]
"""Calendar days unless the field says otherwise."""

Count = Annotated[int, Field(ge=0, le=10_000_000)]
"""How many."""
