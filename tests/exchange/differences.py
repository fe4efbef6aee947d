"""Differences to show, made by hand: what a page has to cope with, not what the engine finds."""

from __future__ import annotations

from itertools import cycle, islice, product
from typing import TYPE_CHECKING, Any

from fe_contracts.compare.burden_counts import BurdenChange
from fe_contracts.compare.contract_changes import (
    Affected,
    ContractChange,
    ContractDifference,
    Kind,
    Level,
    Renumbered,
    Segment,
    SegmentKind,
    Side,
    Weight,
)
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.burden import Burden

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["HOSTILE", "change", "difference", "empty", "every_kind", "hostile", "many", "renewal"]

HOSTILE = (
    "<script>document.title='owned'</script>",
    "</script><img src=x onerror=alert(1)>",
    "</style><style>body{display:none}</style>",
    '" onmouseover="alert(1)" x=\'',
    "{{ 7 * 7 }}{% raw %}&amp;&lt;",
    "\u202e000,01$ pay\u202c now",
    "-->]]>\x00\x0b\x7f\ud800",
    "W" * 400,
    "👩🏽‍🦽 é e\u0301 𝔘",
    "דוח רבעוני תוך 30 ימים",
    "https://example.invalid/pixel.png",
    "javascript:alert(1)",
)
"""What nobody writes into a contract, or somebody does."""


def side(label: str, **known: str) -> Side:
    told = {"contract_id": "", "title": "", "term": "", "total": "", "library": "", "made_from": "spec"} | known
    return Side(label=label, pins={}, **told)


_OLD = side(
    "pilot.yaml",
    contract_id="2025-FE-014",
    title="Financial Empowerment Services",
    term="July 1, 2025 to June 30, 2026",
    total="$239,454.00",
    library="fe-contracts 1.0.0",
    city="City of Bellweather",
    agency="Harbor House, Inc.",
)
_NEW = side(
    "pilot-2026.yaml",
    contract_id="2026-FE-031",
    title="Financial Empowerment Services",
    term="July 1, 2026 to June 30, 2027",
    total="$301,454.00",
    library="fe-contracts 1.1.0",
    city="City of Bellweather",
    agency="Harbor House, Inc.",
)


def change(
    number: int = 1, level: Level = Level.PARAMETER, kind: Kind = Kind.CHANGED, **given: object
) -> ContractChange:
    told: dict[str, object] = {
        "id": f"c{number}",
        "level": level,
        "kind": kind,
        "instance": "FE-04",
        "clause_id": "FE-04",
        "title": "Counseling",
        "old_number": "4.2",
        "new_number": "4.3",
        "place": "parameters.session_minutes",
        "what": f"Change {number}",
        "old": "45 minutes",
        "new": "60 minutes",
        "affected": (Affected.AGENCY,),
        "weights": (Weight.OBLIGATION,),
    }
    return ContractChange(**(told | given))  # type: ignore[arg-type]


def difference(*changes: ContractChange, **given: object) -> ContractDifference:
    told: dict[str, object] = {
        "old": _OLD,
        "new": _NEW,
        "changes": changes,
        "burden": None,
        "renumbered": (),
        "notes": (),
        "summary": (),
    }
    return ContractDifference(**(told | given))  # type: ignore[arg-type]


def empty() -> ContractDifference:
    return difference()


def words(*parts: str) -> tuple[Segment, ...]:
    """Return segments: a text that starts with `-` went, with `+` came, any other stayed."""
    marks = {"-": SegmentKind.REMOVED, "+": SegmentKind.ADDED}
    return tuple(
        Segment(marks[part[0]], part[1:]) if part[:1] in marks else Segment(SegmentKind.SAME, part) for part in parts
    )


def renewal() -> ContractDifference:
    """A second year as it may really come."""
    counts = {"invoices_in_term": 12, "deliverables": 6, "outcomes": 4, "milestones": 2, "certificates": 3}
    found = (
        change(
            1,
            Level.CLAUSE,
            Kind.ADDED,
            instance="FE-09",
            title="Savings matches",
            old_number="",
            new_number="4.6",
            place="",
            what="New section 4.6: the City matches what Clients save",
            old="",
            new="The City matches each dollar that a Client saves, up to $500.00 a Client.\n\n"
            "The Agency tells each Client so in writing within 10 days of enrollment.",
            affected=(Affected.BOTH, Affected.CLIENTS),
            weights=(Weight.MONEY, Weight.RIGHT, Weight.OBLIGATION),
            reason="Added to the pilot after the first year’s review.",
        ),
        change(
            2,
            Level.CLAUSE,
            Kind.MOVED,
            instance="DATA-02",
            title="Client consent",
            old_number="6.2",
            new_number="5.1",
            place="",
            what="Client consent now stands in section 5.1",
            old="",
            new="",
            weights=(Weight.EDITORIAL,),
        ),
        change(
            3,
            Level.CLAUSE,
            Kind.REMOVED,
            instance="FE-12",
            title="Workshops",
            old_number="4.8",
            new_number="",
            place="",
            what="Section 4.8, Workshops, is gone",
            old="The Agency holds two workshops in each quarter.",
            new="",
            affected=(Affected.AGENCY, Affected.CLIENTS),
        ),
        change(
            4,
            Level.VERSION,
            instance="PERF-03",
            title="Quarterly report",
            place="",
            what="Quarterly report: version 1.0.0 → 1.1.0",
            old="1.0.0",
            new="1.1.0",
            reason="Cities asked for the report before the quarter’s payment is due.",
            notes=("The deadline of the quarterly report was shortened.", "One parameter was added: report_format."),
            weights=(Weight.DEADLINE,),
        ),
        change(
            5,
            what="Session length: 45 → 60 minutes",
            stands=("4.3", "A.1", "C.2"),
            affected=(Affected.AGENCY, Affected.CLIENTS),
        ),
        change(
            6,
            Level.OBLIGATION,
            instance="",
            title="Amounts",
            old_number="",
            new_number="",
            place="money.total",
            what="The most the City pays: $239,454.00 → $301,454.00",
            old="$239,454.00",
            new="$301,454.00",
            affected=(Affected.BOTH,),
            weights=(Weight.MONEY,),
        ),
        change(
            7,
            Level.OBLIGATION,
            title="Quarterly report",
            place="reports.R1.due_days",
            what="Quarterly report: due 30 → 15 days after the period",
            old="30 days",
            new="15 days",
            weights=(Weight.DEADLINE,),
        ),
        change(
            8,
            Level.WORDING,
            title="Termination",
            place="paragraph 2",
            what="Termination: paragraph 2 is worded otherwise",
            old="",
            new="",
            segments=words(
                "The City may terminate this Agreement for ",
                "-convenience ",
                "+cause ",
                "on ",
                "-thirty (30) ",
                "+sixty (60) ",
                "days’ written notice to the Agency, ",
                "+and after the Agency has had fifteen (15) days to cure, ",
                "and pays for the services given until that day.",
            ),
            affected=(Affected.BOTH,),
            weights=(Weight.RIGHT, Weight.REMEDY, Weight.DEADLINE),
            drift=True,
            notes=("Changed by hand after the contract was assembled.",),
        ),
        change(
            9,
            Level.WORDING,
            title="Purpose",
            place="paragraph 1",
            what="Purpose: paragraph 1 is worded otherwise",
            old="",
            new="",
            segments=words("This Agreement ", "-sets out ", "+says ", "what each side does."),
            weights=(Weight.EDITORIAL,),
            affected=(Affected.BOTH,),
        ),
    )
    return difference(
        *found,
        burden=BurdenChange(
            Burden(4, 5, report_items=22, per_report={"Quarterly report": 4, "Final report": 1}, **counts),
            Burden(
                4,
                9,
                report_items=20,
                per_report={"Quarterly report": 4, "Final report": 1, "Savings report": 4},
                **counts,
            ),
            "The agency owes 9 reports in the term where it owed 5.",
        ),
        renumbered=(
            Renumbered("FE-05", "4.3", "4.4", "Credit building"),
            Renumbered("FE-06", "4.4", "4.5", "Debt"),
        ),
        notes=(
            Finding(
                "DIFF020",
                Severity.WARNING,
                "The document was edited by hand after it was assembled.",
                Where(file="signed.docx", line=3),
                remedy="Read the changes marked so.",
            ),
        ),
        summary=(
            "You may be paid up to $301,454.00, which is $62,000.00 more than before.",
            "Your quarterly report is due 15 days after the quarter; it was 30.",
            "You owe 9 reports in the term; it was 5.",
        ),
    )


def every_kind() -> ContractDifference:
    """Each level with each kind, and every weight and every affected party in turn."""
    weights, affected = cycle(Weight), cycle(Affected)
    return difference(
        *(
            change(number, level, kind, weights=(next(weights),), affected=(next(affected),))
            for number, (level, kind) in enumerate(product(Level, Kind), start=1)
        )
    )


def many(count: int = 200) -> ContractDifference:
    """As many changes as a bad year brings, each level in turn, every seventh editorial."""
    text = "The Agency gives each Client a written plan, reviews it every quarter, and keeps it for five years. "
    return difference(
        *(
            change(
                number,
                level,
                what=f"Change {number} of a long list: what was so is now otherwise",
                weights=(Weight.EDITORIAL,) if number % 7 == 0 else (Weight.MONEY, Weight.DEADLINE),
                segments=words(text * 2, "-Once. ", f"+Time {number}. ", text) if level is Level.WORDING else (),
            )
            for number, level in enumerate(islice(cycle(Level), count), start=1)
        )
    )


def hostile() -> ContractDifference:
    """Every field of a difference, filled in turn with what wants to break the page."""
    bad = cycle(HOSTILE)
    fields = ("instance", "clause_id", "title", "old_number", "new_number", "place", "what", "old", "new", "reason")
    changes = [
        change(number, level, Kind.CHANGED, **_filled(fields, bad), notes=(next(bad), next(bad)), stands=(next(bad),))
        for number, level in enumerate(islice(cycle(Level), 25), start=1)
    ]
    changes += [
        change(number, Level.WORDING, what=text, segments=tuple(Segment(kind, text) for kind in SegmentKind))
        for number, text in enumerate(HOSTILE, start=len(changes) + 1)
    ]
    names = ("contract_id", "title", "term", "total", "library", "city", "agency")
    burden = Burden(1, 2, 3, 4, 5, 6, 7, 8, per_report=dict.fromkeys(HOSTILE, 1))
    return difference(
        *changes,
        old=side(next(bad), **_filled(names, bad)),
        new=side(next(bad), **_filled(names, bad)),
        burden=BurdenChange(burden, burden, next(bad)),
        renumbered=tuple(Renumbered(text, text, text, text) for text in HOSTILE),
        notes=tuple(Finding("DIFF000", Severity.INFO, text, Where(text), remedy=text) for text in HOSTILE),
        summary=HOSTILE,
    )


def _filled(names: tuple[str, ...], values: Iterator[str]) -> dict[str, Any]:
    """Return the next value for each name."""
    return dict(zip(names, values, strict=False))
