"""Find in a text what points to one person: numbers of law, cards and accounts, addresses, days of birth, names.

Whatever is found is told by its kind alone. The text itself never leaves this module but masked.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Personal",
    "Trace",
    "begins_with_a_name",
    "harmless",
    "is_grave",
    "looks_like_a_name",
    "masked",
    "personal_in",
]

_DASHES: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
_GAP: Final = r"(?: {0,2}[-./_] {0,2}| {1,2})?"
_ALONE: Final = r"(?<!\d)(?<!\d[.,])(?<!\$)"
"""What may not stand before a number: more digits, or a sign that makes it an amount."""
_NINE = re.compile(rf"{_ALONE}(\d{{3}})({_GAP})(\d{{2}})({_GAP})(\d{{4}})(?!\d|[.,]\d)")
_SOCIAL = re.compile(r"\b(?:ssns?|social security|soc\.? ?sec|itins?|taxpayer id)\b", re.IGNORECASE)
_LONG = re.compile(rf"{_ALONE}\d(?:(?:-| {{1,2}})?\d){{12,18}}(?!\d)")
_SAID: Final = r"(?:numbers?|nos?\b\.?|nbr|#|id)"
_ACCOUNT = re.compile(
    rf"\b(?:(?:account|acct|a/c|routing|aba|checking|savings)\b\.?[ ]?{_SAID}?"
    rf"|(?:card|loan|policy|member|case|medicaid|medicare|hmis|client)\b\.?[ ]?{_SAID})"
    r"[ ]?(?:is|was|:|#)?[ ]*#?[ ]?(\d(?:[- ]?\d){5,18})(?![\d.,]*\d)",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PHONE = re.compile(
    rf"{_ALONE}(?<!\d-)(?:\+?1[-. ]?)?(?:\([2-9]\d{{2}}\)[ ]?|[2-9]\d{{2}}[-. ])"
    r"[2-9]\d{2}[-. ]\d{4}(?!\d|-\d)"
)
_DAY: Final = (
    r"(?:\d{8}(?!\d)|\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}-\d{1,2}-\d{1,2}|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4})"
)
_BORN = re.compile(rf"\b(?:born|d\.?o\.?b\.?|date of birth|birth ?date|birthday)\b[^\n]{{0,20}}?{_DAY}", re.IGNORECASE)
_NAME: Final = r"[A-Z][a-z\u00c0-\u024f'\u2019]+(?:-[A-Z][a-z]+)?"
_CALLED = re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Sr|Sra|Se\u00f1ora?)\b\.? {_NAME}")
_CLIENT = re.compile(
    rf"\b(?i:clients?|participants?|guests?|residents?|tenants?|patients?)"
    rf"(?:,|:| named| called| is| was)? ({_NAME}) (?:[A-Z]\.? )?({_NAME})\b"
)
_DONE_TO: Final = "helped|assisted|served|counseled|housed|enrolled|referred|placed|met with|spoke with|visited"
_DID: Final = (
    "was|were|is|has|had|lost|moved|got|found|opened|saved|paid|came|said|told|received|reports|reported|owes|owed|lives|"
    "lived|works|worked|needs|needed|wants|wanted|left|died|went|started|began|improved|applied"
)
_SOMEBODY = re.compile(
    rf"(?:\b(?:{_DONE_TO}) ({_NAME}) (?:[A-Z]\.? )?({_NAME})\b|\b({_NAME}) (?:[A-Z]\.? )?({_NAME}) (?:{_DID})\b)"
)
"""Two words with capitals to whom something is done, or who do something: a guess, as all that is said of names."""
_TWO_WORDS = re.compile(rf"{_NAME},? (?:[A-Z]\.? )?{_NAME}")
_AFTER_CLIENT: Final = (
    "action plan plans services service council advisory support session sessions counseling agreement data rights "
    "outcome outcomes story stories intake portal handbook survey surveys success center records"
)
_BODIES: Final = (
    "the our their this that these those each every all some many one two three four five six seven eight nine ten new "
    "city county state department office agency bank credit union center house home homes housing shelter services "
    "service program project committee council board foundation fund street avenue road school college university "
    "church hospital clinic community partner partners partnership court police sheriff legal aid action network "
    "coalition association alliance society club team staff counselor counselors manager director coordinator case "
    "front line steering quarterly annual january february march april may june july august september october november "
    "december monday tuesday wednesday thursday friday saturday sunday north south east west american united states "
    "social security medicaid medicare snap wic hud federal financial empowerment warm safe account accounts first "
    "second third fourth last next outcome outcomes milestone deliverable report reports training counseling sessions "
    "session screening referral referrals benefits savings debt money budget people families households we they"
)
_OF_BODIES: Final = frozenset(_BODIES.split())
"""Words that stand in the names of bodies, places and things, and not of people."""
_NOT_NAMES: Final = frozenset(_AFTER_CLIENT.split())
"""Words that stand with a capital after Client and are no name: Client Action Plan."""

_BLANKS: Final = str.maketrans("\u00a0\t\r\n", "    ")
_AREA_NEVER: Final = ("000", "666")
_ITIN: Final = (*range(50, 66), *range(70, 89), *range(90, 93), *range(94, 100))
"""The fourth and fifth digit of an ITIN."""
_DIGIT = re.compile(r"\d")
_RECENT = re.compile(r"20[12]\d-[01]\d-[0-3]\d")
"""A day of a contract, which points to nobody."""
_TO_MASK = re.compile(rf"\b{_RECENT.pattern}\b|\d(?:[-._ ]{{0,2}}\d){{5,}}")
_SHORT: Final = 60
_CARD_BEGINS: Final = "3456"


class Personal(StrEnum):
    """What points to a person."""

    SOCIAL = "a Social Security or taxpayer number"
    CARD = "a card number"
    ACCOUNT = "the number of an account, a card or a case"
    BIRTH = "a date of birth"
    MAIL = "an e-mail address"
    PHONE = "a telephone number"
    NINE_DIGITS = "a number with as many digits as a Social Security number, or more"
    NAME = "a person's name"

    @property
    def is_refused(self) -> bool:
        """Return whether a report with it cannot be accepted, whatever it was meant for."""
        return self in {Personal.SOCIAL, Personal.CARD, Personal.ACCOUNT, Personal.BIRTH}


@dataclass(frozen=True, slots=True)
class Trace:
    """One thing that was found: what kind, and how it may be shown."""

    kind: Personal
    shown: str
    """What it looks like with every letter and digit hidden but the last two of a number."""


def _plain(text: str) -> str:
    """Return the text with odd digits, dashes and widths made plain, and without marks that nobody sees."""
    folded = unicodedata.normalize("NFKC", text).translate(_DASHES)
    kept = "".join(mark for mark in folded if unicodedata.category(mark) != "Cf")
    return "".join(str(unicodedata.digit(mark, mark)) for mark in kept).translate(_BLANKS)


def masked(text: str) -> str:
    """Return a text that may be shown: every run of six or more digits hidden, and every e-mail address."""
    plain = _MAIL.sub("***@***", text)
    return _TO_MASK.sub(lambda found: found[0] if _RECENT.fullmatch(found[0]) else _hidden(found[0]), plain)


def _hidden(number: str) -> str:
    """Return a number with all but its last two digits hidden: ***-**-**89."""
    count = len(_DIGIT.findall(number)) - 2
    shown = []
    for mark in number:
        if mark.isdigit():
            shown.append("*" if count > 0 else mark)
            count -= 1
        else:
            shown.append(mark)
    return "".join(shown)


def personal_in(text: str) -> Iterator[Trace]:
    """Yield what in a text points to a person, each kind once, the gravest first."""
    plain = _plain(text)[:40_000]
    seen: set[Personal] = set()
    for trace in _traces(plain):
        if trace.kind not in seen:
            seen.add(trace.kind)
            yield trace


def _traces(text: str) -> Iterator[Trace]:
    rest = text
    for found in list(_LONG.finditer(text)):
        if _is_card(found[0]):
            yield Trace(Personal.CARD, _hidden(found[0]))
            rest = rest.replace(found[0], " ")
    for found in _NINE.finditer(rest):
        kind = _nine(found, rest)
        if kind is not None:
            yield Trace(kind, _hidden(found[0]))
    for found in _ACCOUNT.finditer(rest):
        yield Trace(Personal.ACCOUNT, _hidden(found[1]))
    if _BORN.search(rest):
        yield Trace(Personal.BIRTH, "**/**/****")
    if _MAIL.search(rest):
        yield Trace(Personal.MAIL, "***@***")
    for found in _PHONE.finditer(rest):
        yield Trace(Personal.PHONE, _hidden(found[0]))
    if _names_someone(rest):
        yield Trace(Personal.NAME, "****")


def _nine(found: re.Match[str], text: str) -> Personal | None:
    """Return what nine digits are: certain with two dashes, or with the words before them; else a doubt, or nothing."""
    area, first, group, second, serial = found.groups()
    around = text[max(0, found.start() - 40) : found.start()], text[found.end() : found.end() + 20]
    said = any(_SOCIAL.search(part) for part in around)
    if not _may_be_social(area, group, serial):
        return Personal.SOCIAL if said else None
    if said or (first and second):
        return Personal.SOCIAL
    return Personal.NINE_DIGITS if not first and not second else None


def _may_be_social(area: str, group: str, serial: str) -> bool:
    """Return whether numbers with these parts are given out, as a Social Security number or an ITIN."""
    if group == "00" or serial == "0000" or area in _AREA_NEVER:
        return False
    return not area.startswith("9") or int(group) in _ITIN


def _is_card(text: str) -> bool:
    """Return whether digits make a card number: a known beginning, and the check digit is right (Luhn)."""
    digits = [int(mark) for mark in text if mark.isdigit()]
    if str(digits[0]) not in _CARD_BEGINS or len(set(digits)) == 1:
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = digit * 2 if place % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _names_someone(text: str) -> bool:
    """Return whether a text seems to name a person: Ms. Doe, or client Jane Doe; a doubt, never a certainty."""
    if _CALLED.search(text):
        return True
    if any(not {found[1].casefold(), found[2].casefold()} & _NOT_NAMES for found in _CLIENT.finditer(text)):
        return True
    words = ([word.casefold() for word in found.groups() if word] for found in _SOMEBODY.finditer(text))
    return any(not {*pair} & (_NOT_NAMES | _OF_BODIES) for pair in words)


def is_grave(text: str) -> bool:
    """Return whether a text holds what no form's own text does: a contact's address and telephone it may."""
    return any(trace.kind.is_refused or trace.kind is Personal.NAME for trace in personal_in(text))


def harmless(text: str) -> str:
    """Return a text that a file brought, masked if it points to a person."""
    return masked(text) if is_grave(text) else text


def begins_with_a_name(text: str) -> bool:
    """Return whether a short text outside the form may be a name, alone or with a day or a number behind it."""
    plain = _plain(text).strip()
    if len(plain) > _SHORT:
        return False
    words = re.match(rf"({_NAME}),? (?:[A-Z]\.? )?({_NAME})(?=[ ,;:-]*(?:$|[\d(#]))", plain)
    return words is not None and not {words[1].casefold(), words[2].casefold()} & (_NOT_NAMES | _OF_BODIES)


def looks_like_a_name(text: str) -> bool:
    """Return whether the whole of a short text may be a person's name: for cells that should hold a count."""
    return _TWO_WORDS.fullmatch(_plain(text).strip()) is not None
