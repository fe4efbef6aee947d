"""Weigh a change: money, deadline, right, duty, remedy, data, or editorial; and who is affected by it.

What the library records as data decides: who owes a duty, what kind of value a parameter is. Where there are only
words, a cautious rule on words: nothing is editorial that `judge_text` does not find harmless.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fe_contracts.compare.changes import Bump
from fe_contracts.compare.contract_changes import Affected, Weight
from fe_contracts.compare.words import judge_text
from fe_contracts.model.clause import Actor, ParameterType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fe_contracts.compare.words import Language
    from fe_contracts.model.clause import Obligation, ParameterDefinition

__all__ = [
    "EDITORIAL",
    "STRAIGHT",
    "TIMES",
    "affected_by_duties",
    "affected_by_words",
    "in_order",
    "weights_of_parameter",
    "weights_of_words",
]

EDITORIAL = (Weight.EDITORIAL,)
_ORDER = list(Weight)
TIMES = frozenset({"calendar days", "business days", "days", "hours", "months", "years", "weeks"})
"""Units that a deadline or a time to keep something is given in."""

STRAIGHT = str.maketrans("’‘“”", "''\"\"")
"""The library's own text has typographic quotation marks; what a person types may not."""

_SIGNS: dict[Weight, re.Pattern[str]] = {
    Weight.MONEY: re.compile(
        r"[$€£]|\b(?:dollars?|cents?|amounts?|pay|pays|paid|payments?|invoices?|budgets?|costs?|rates?|fees?|funds?|"
        r"advances?|reimburse\w*|percent|prices?|match)\b|\d%",
        re.IGNORECASE,
    ),
    Weight.DEADLINE: re.compile(
        r"\b(?:days?|dates?|weeks?|months?|quarters?|years?|hours?|deadlines?|due|within|before|after|until|by the|"
        r"promptly|immediately|at once|monthly|quarterly|annual(?:ly)?|weekly|daily|expires?|term|"
        r"January|February|March|April|June|July|August|September|October|November|December)\b",
        re.IGNORECASE,
    ),
    Weight.RIGHT: re.compile(
        r"\b(?:may|can|cannot|rights?|entitled|entitles?|permit\w*|allow\w*|consents?|waive\w*|appeals?|objects?|"
        r"objection|choose|chooses|refuse\w*|voluntary)\b",
        re.IGNORECASE,
    ),
    Weight.OBLIGATION: re.compile(
        r"\b(?:must|shall|will|required?|requires|duty|duties|obligat\w*|responsible|agrees?|not|never|no|only|unless|"
        r"except)\b",
        re.IGNORECASE,
    ),
    Weight.REMEDY: re.compile(
        r"\b(?:terminat\w*|withhold\w*|withheld|repay\w*|repaid|recover\w*|cure[sd]?|suspen\w*|breach\w*|default\w*|"
        r"damages|indemnif\w*|indemnity|disallow\w*|penalt\w*|remed(?:y|ies)|liab(?:le|ility)|corrective)\b",
        re.IGNORECASE,
    ),
    Weight.DATA: re.compile(
        r"\b(?:data|records?|confidential\w*|privacy|private|personal|HMIS|database|encrypt\w*|disclos\w*|"
        r"information|incidents?|passwords?)\b",
        re.IGNORECASE,
    ),
}
_PARTIES: dict[Affected, re.Pattern[str]] = {
    Affected.AGENCY: re.compile(r"\b(?:Agency|Subrecipient|Contractor|Counselors?|Front-Line Staff)\b"),
    Affected.CITY: re.compile(r"\b(?:City|Contract Manager)\b"),
    Affected.CLIENTS: re.compile(r"\bClients?(?:[’']s?)?\b"),
}
_ACTORS = {
    Actor.AGENCY: (Affected.AGENCY,),
    Actor.CITY: (Affected.CITY,),
    Actor.BOTH: (Affected.AGENCY, Affected.CITY),
    Actor.CLIENT: (Affected.CLIENTS,),
    Actor.FUNDER: (),
}
_PARAMETERS = {
    ParameterType.MONEY: Weight.MONEY,
    ParameterType.DAYS: Weight.DEADLINE,
    ParameterType.DATE: Weight.DEADLINE,
}


def in_order(found: Iterable[Weight]) -> tuple[Weight, ...]:
    """Return each weight once, gravest first; editorial only where nothing else stands."""
    wanted = set(found)
    grave = tuple(weight for weight in _ORDER if weight in wanted and weight is not Weight.EDITORIAL)
    return grave or EDITORIAL


def weights_of_words(old: str, new: str, language: Language, changed: str = "") -> tuple[Weight, ...]:
    """Return why a change of words is material; `changed` are the words that went and came, if they are known.

    Words that show no sign of anything are counted as a duty: they may mean something else.
    """
    if judge_text(old.translate(STRAIGHT), new.translate(STRAIGHT), language).bump in {Bump.NONE, Bump.PATCH}:
        return EDITORIAL
    told = changed or f"{old} {new}"
    return (
        in_order(weight for weight, sign in _SIGNS.items() if sign.search(told))
        if _signed(told)
        else (Weight.OBLIGATION,)
    )


def _signed(text: str) -> bool:
    return any(sign.search(text) for sign in _SIGNS.values())


def weights_of_parameter(
    definition: ParameterDefinition, clause_id: str, old: str, new: str, language: Language
) -> tuple[Weight, ...]:
    """Return why another value is material, by its kind, its unit and the family of the clause that takes it."""
    kind, unit = definition.type, (definition.unit or "").casefold()
    if kind in {ParameterType.STR, ParameterType.TEXT} and old and new:
        found = set(weights_of_words(old, new, language))
    else:
        found = {_PARAMETERS.get(kind, Weight.DEADLINE if unit in TIMES else Weight.OBLIGATION)}
    if clause_id.startswith("DATA-") and found != {Weight.EDITORIAL}:
        found.add(Weight.DATA)
    return in_order(found)


def _merged(found: Iterable[Affected]) -> tuple[Affected, ...]:
    """Return who is affected, each once; both parties as one word."""
    named = set(found)
    both = {Affected.AGENCY, Affected.CITY}
    if Affected.BOTH in named or both <= named:
        named = (named - both) | {Affected.BOTH}
    return tuple(item for item in Affected if item in named) or (Affected.BOTH,)


def affected_by_duties(duties: Iterable[Obligation]) -> tuple[Affected, ...]:
    """Return who is affected by a change of these duties: who owes them, and clients to whom they are owed."""
    found: set[Affected] = set()
    for duty in duties:
        found.update(_ACTORS[duty.who])
        if duty.to is Actor.CLIENT:
            found.add(Affected.CLIENTS)
    return _merged(found)


def affected_by_words(*texts: str) -> tuple[Affected, ...]:
    """Return the parties and people whom the words name; both parties if they name nobody."""
    return _merged(party for party, sign in _PARTIES.items() if any(sign.search(text) for text in texts))
