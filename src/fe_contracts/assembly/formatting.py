"""Write values as a contract writes them: dollars, days, dates, lists, amounts in words."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

__all__ = [
    "cardinal",
    "date",
    "letters",
    "money",
    "money_words",
    "number",
    "ordinal",
    "percent",
    "plural",
    "roman",
]

_LOCALE = "en_US"
_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = (
    (1_000_000_000_000, "trillion"),
    (1_000_000_000, "billion"),
    (1_000_000, "million"),
    (1_000, "thousand"),
    (100, "hundred"),
)


@lru_cache(maxsize=4096)
def money(amount: Decimal) -> str:
    """Return US dollars with cents: `$1,250.00`."""
    return format_currency(amount, "USD", locale=_LOCALE)


@lru_cache(maxsize=4096)
def date(day: dt.date) -> str:
    """Return a date in full: `January 1, 2027`."""
    return format_date(day, "long", locale=_LOCALE)


@lru_cache(maxsize=4096)
def number(value: int | Decimal) -> str:
    """Return a number with thousands set off: `12,500`."""
    return format_decimal(value, locale=_LOCALE, decimal_quantization=False)


@lru_cache(maxsize=1024)
def percent(value: Decimal) -> str:
    """Return a share given in per cent: `10%`, `2.5%`."""
    return format_percent(value / 100, "#,##0.##%", locale=_LOCALE, decimal_quantization=False)


def cardinal(value: int) -> str:
    """Return a whole number in words, as American contracts write it: `one hundred forty-five`.

    Raises:
        ValueError: if the number is negative or a quadrillion or more.
    """
    if not 0 <= value < 10**15:
        msg = f"{value} cannot be written in words here"
        raise ValueError(msg)
    if value < len(_SMALL):
        return _SMALL[value]
    if value < 100:
        tens, ones = divmod(value, 10)
        return _TENS[tens - 2] + (f"-{_SMALL[ones]}" if ones else "")
    scale, name = next((scale, name) for scale, name in _SCALES if value >= scale)
    head, rest = divmod(value, scale)
    return f"{cardinal(head)} {name}" + (f" {cardinal(rest)}" if rest else "")


@lru_cache(maxsize=1024)
def money_words(amount: Decimal) -> str:
    """Return dollars in words and figures: `one hundred dollars and fifty cents ($100.50)`."""
    dollars, cents = divmod(int(amount * 100), 100)
    words = f"{cardinal(dollars)} {plural(dollars, 'dollar')}"
    if cents:
        words += f" and {cardinal(cents)} {plural(cents, 'cent')}"
    return f"{words} ({money(amount)})"


def plural(count: int, one: str, many: str = "") -> str:
    """Return the word for this many: the plural given, or the usual one in s."""
    return one if count == 1 else many or f"{one}s"


def ordinal(value: int) -> str:
    """Return the place in a row: `1st`, `2nd`, `15th`."""
    tail = "th" if 10 <= value % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{tail}"


def letters(value: int) -> str:
    """Return a place in a row as Word letters it: a to z, then aa, bb and so on."""
    repeat, place = divmod(value - 1, 26)
    return chr(ord("a") + place) * (repeat + 1)


def roman(value: int) -> str:
    """Return a place in a row in lower-case Roman numerals."""
    marks = (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
        (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    )  # fmt: skip
    text = ""
    for size, mark in marks:
        count, value = divmod(value, size)
        text += mark * count
    return text
