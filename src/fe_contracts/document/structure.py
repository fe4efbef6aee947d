"""Declare every string the program itself may print in a contract: the third and last origin of text.

The list is closed. A test counts the characters of assembled contracts that come from neither wording, nor a
parameter, nor this list, and the count is zero.
"""

from __future__ import annotations

from functools import cache

from fe_contracts.document.tree import Origin, OriginKind, Text

__all__ = ["STRUCTURE", "structure"]

STRUCTURE: dict[str, str] = {
    "section": "Section ",
    "comma": ", ",
    "and_two": " and ",
    "and_last": ", and ",
    "or_two": " or ",
    "or_last": ", or ",
    "space": " ",
    "colon": ": ",
    "confirm_open": "[CONFIRM: ",
    "confirm_close": "]",
    "reserved": "Reserved",
    "total": "Total",
    "empty_cell": "\N{EN DASH}",
    "yes": "Yes",
    "no": "No",
    "contents": "Contents",
    "confirm_heading": "To confirm before signing",
    "confirm_intro": (
        "The values below stand in brackets in the text. Each rests on a source that the clause library could not "
        "verify. Confirm each one, or change it, before anyone signs; then record who confirmed it in the spec."
    ),
    "confirm_intro_amendment": (
        "The values below stand in brackets in the text, or in the Agreement where this document leaves it as it is. "
        "Each rests on a source that the clause library could not verify. Confirm each one, or change it, before "
        "anyone signs; then record who confirmed it in the spec."
    ),
    "confirm_of_agreement": "Agreement, Section ",
    "confirm_column_where": "Where",
    "confirm_column_what": "What to confirm",
    "confirm_column_value": "Value",
    "confirm_column_who": "Who confirms",
    "confirm_column_source": "Source",
    "draft": "DRAFT",
    "fictional": "Every name and figure in this document is fictional.",
    "cover_number": "Contract number",
    "cover_host": "Host Contract",
    "cover_attachment": "Attached as",
    "cover_city": "City",
    "cover_agency": "Agency",
    "cover_initiative": "Initiative",
    "cover_term": "Term",
    "cover_amount": "Maximum amount",
    "cover_effective": "Effective date",
}
"""Every declared string by its name."""


@cache
def structure(name: str, *, bold: bool = False) -> Text:
    """Return the declared string as a run of text.

    Raises:
        KeyError: if the string is not declared above.
    """
    return Text(STRUCTURE[name], Origin(OriginKind.STRUCTURE, name), bold=bold)
