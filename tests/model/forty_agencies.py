"""Make the table of forty agencies anew: the same rows each time, money and targets that add up.

`examples/forty-agencies/table.csv` is what this makes; `test_examples.py` compares the two. To change the table,
change this file and run `python tests/model/forty_agencies.py`.
"""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

TABLE = Path(__file__).resolve().parents[2] / "examples" / "forty-agencies" / "table.csv"

_PLACES = [
    "Alder Street", "Beacon Hill", "Birchwood", "Bridgeway", "Cedar Bend", "Clearwater", "Copper Creek",
    "Cornerstone", "Crossroads", "Eastgate", "Elm Park", "Fairview", "Ferry Landing", "Fourth Street",
    "Garden District", "Granite Ridge", "Greenway", "Harvest Lane", "Hawthorne", "Hilltop", "Juniper Flats",
    "Kestrel Point", "Lantern House", "Larch Avenue", "Maple Grove", "Meadowbrook", "Mill Race", "North Bank",
    "Old Depot", "Orchard Row", "Pine Street", "Quarry Road", "Redwood", "Riverside", "Saint Brendan's",
    "Summit View", "Tamarack", "Union Square", "Willow Court", "Wren & Hollow",
]  # fmt: skip
_KINDS = ["Shelter Association", "Community Services", "Family Center", "Housing Partners", "Neighborhood House"]
_FIRST = ["Ada", "Bruno", "Chidi", "Dolores", "Émile", "Farah", "Graça", "Hiro"]
_LAST = ["Achterberg", "Boateng", "Castellanos", "Dvořák", "Eng"]
_POSITIONS = ["Executive Director", "President", "Chief Executive Officer"]

COLUMNS = [
    "contract.id", "agency.legal_name", "agency.short_name", "agency.ein", "agency.contact.name",
    "agency.contact.title", "agency.contact.email", "agency.contact.phone", "agency.contact.address",
    "agency.signers[0].name", "agency.signers[0].title", "agency.serves_families", "services.sites[0]",
    "total_amount", "funding[0].amount", "budget[0].amount", "budget[1].amount", "budget[2].amount",
    *(f"deliverables[{row}].quarterly_targets[{quarter}]" for row in range(3) for quarter in range(4)),
    *(f"deliverables[{row}].annual_target" for row in range(3)),
    "clauses.parameters.FE-04.session_minutes",
]  # fmt: skip


def _row(number: int) -> list[str]:
    """Return the cells of one agency, the first being 0."""
    place, kind = _PLACES[number], _KINDS[number * 3 % len(_KINDS)]
    person = f"{_FIRST[number % len(_FIRST)]} {_LAST[number % len(_LAST)]}"
    slug = "".join(letter for letter in place.lower() if letter.isascii() and letter.isalpha())
    quarter_posts = 2 + number % 7  # from half a counselor to two
    salaries = Decimal(quarter_posts) * 14_000 + Decimal(number) * 25
    fringe = (salaries * Decimal("0.25")).quantize(Decimal("0.01"))
    training = Decimal(2_000 + 500 * (number % 4)) + Decimal(number % 3) * Decimal("12.50")
    total = salaries + fringe + training
    targets = [[weight * quarter_posts * size for weight in (2, 4, 4, 3)] for size in (6, 3, 9)]
    minutes = "" if number % 4 else str(30 + 15 * (number // 4 % 3))  # empty: the base, here the library's default
    return [
        f"EFE-2027-{number + 1:03}", f"{place} {kind}", place, f"00-{number + 1:07}", person,
        _POSITIONS[number % 3], f"contracts@{slug}.example", f"(555) 010-0{number + 1:03}",
        f"{100 + 7 * number} {place} Way, Marlow Falls, OR 00000", person, _POSITIONS[number % 3],
        "true" if number % 3 == 0 else "", f"{place} day room",
        *(f"{amount:.2f}" for amount in (total, total, salaries, fringe, training)),
        *(str(target) for row in targets for target in row),
        *(str(sum(row)) for row in targets),
        minutes,
    ]  # fmt: skip


def table() -> str:
    """Return the whole table as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(number) for number in range(40))
    return text.getvalue()


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
