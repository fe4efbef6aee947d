"""Build contracts by hand for the tests of `word`: one small with everything in it, and one as long as a real one."""

from __future__ import annotations

from dataclasses import replace

from fe_contracts.document.structure import structure
from fe_contracts.document.tree import (
    Article,
    Clause,
    Column,
    Confirmation,
    Contract,
    Exhibit,
    ExhibitPart,
    Inline,
    Origin,
    OriginKind,
    Paragraph,
    Reference,
    Role,
    Row,
    Signatory,
    Table,
    Text,
    Value,
)

__all__ = ["ODD", "long_contract", "small_contract", "text", "value"]

ODD = (
    "A & B <c> D \"quoted\" 'single' \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 "
    "\U0001f3e0 \N{SECTION SIGN} end"
)
"""Text that breaks careless writers: markup, quotation marks, right-to-left words, an emoji."""


def text(words: str, *, bold: bool = False, italic: bool = False, defines: str = "") -> Text:
    """Return wording."""
    return Text(words, Origin(OriginKind.WORDING, "FE-01@1.0.0"), bold=bold, italic=italic, defines=defines)


def value(parameter: str, words: str, *, pending: bool = False) -> Value:
    """Return a parameter's value; one that must be confirmed stands in brackets."""
    origin = Origin(OriginKind.PARAMETER, parameter)
    pieces: tuple[Text, ...] = (Text(words, origin),)
    if pending:
        pieces = (structure("confirm_open"), *pieces, structure("confirm_close"))
    return Value(parameter, pieces, pending=pending)


def _to(target: str, number: str) -> Reference:
    named = number.startswith(("Article", "Exhibit"))
    return Reference(target, () if named else (structure("section"),), number)


def _item(words: str | tuple[Inline, ...], level: int, section: str, marks: str, anchor: str = "") -> Paragraph:
    inlines = (text(words),) if isinstance(words, str) else words
    own = "(" + marks.rpartition("(")[2]
    return Paragraph(inlines, Role.ITEM, level, own, section + marks, anchor)


def _clause(number: str, clause_id: str, title: str, *blocks: Paragraph | Table, version: str = "1.0.0") -> Clause:
    return Clause(clause_id, clause_id, version, number, (text(title),), clause_id.replace("-", "_"), blocks)


def _budget() -> Table:
    rows = (
        ("Financial counselor, 1.0 position", "$62,000.00", "City funds"),
        (ODD, "$18,400.50", "Foundation grant"),
        ("Credit reports, 240 at $12.50 each", "$3,000.00", "City funds"),
    )
    return Table(
        "FIN-01/budget",
        'Budget by line, with "amount" & source',
        (
            Column((text("Budget line"),), 50),
            Column((text("Amount"),), 20, numeric=True),
            Column((text("Source"),), 30),
        ),
        (
            *(
                Row(((text(line),), (value("FIN-01/budget", amount),), (text(source),)))
                for line, amount, source in rows
            ),
            Row(
                ((structure("total"),), (value("FIN-01/total", "$83,400.50"),), (structure("empty_cell"),)), total=True
            ),
        ),
    )


def small_contract() -> Contract:
    """Return a contract with two articles, items of three levels, bullets, a quotation, tables and every reference."""
    services = _clause(
        "1.1",
        "FE-01",
        "Services & scope",
        Paragraph(
            (
                text("The "),
                text(
                    "\N{LEFT DOUBLE QUOTATION MARK}Agency\N{RIGHT DOUBLE QUOTATION MARK}", bold=True, defines="Agency"
                ),
                text(" means "),
                value("FE-01/agency_name", ODD),
                text(". It gives each Client "),
                value("FE-01/session_minutes", "45 minutes"),
                text(" under "),
                _to("FE_02", "1.2"),
                text(", "),
                _to("FE_01__adults", "1.1(b)(i)(A)"),
                text(", "),
                _to("Article_money", "Article 2"),
                text(", "),
                _to("Exhibit_scope", "Exhibit A"),
                text(" and "),
                _to("Part_scope_FE_01", "A.1"),
                text(" of this Agreement."),
            )
        ),
        _item("Screen every adult who enters.", 0, "1.1", "(a)", "FE_01__screen"),
        _item("Offer counseling to:", 0, "1.1", "(b)", "FE_01__offer"),
        _item("each household, that is", 1, "1.1", "(b)(i)"),
        _item("every adult in it, and", 2, "1.1", "(b)(i)(A)", "FE_01__adults"),
        _item("every young person over 16;", 2, "1.1", "(b)(i)(B)"),
        _item((text("and each person named in "), _to("FE_01__screen", "1.1(a)"), text(".")), 1, "1.1", "(b)(ii)"),
        Paragraph((text("A paragraph between items does not break the count."),)),
        _item("Follow up within 30 days.", 0, "1.1", "(c)"),
        Paragraph((text("The services include:"),)),
        Paragraph((text("budgeting, and"),), Role.BULLET, 0),
        Paragraph((text("credit reports,"),), Role.BULLET, 1),
        Paragraph((text("three of them."),), Role.BULLET, 2),
        Paragraph(
            (
                text("No recipient may "),
                text("require", italic=True),
                text(" a fee."),
            ),
            Role.QUOTATION,
        ),
    )
    success = _clause(
        "1.2",
        "FE-02",
        "What counts as success",
        Paragraph((text("A score that rises by "), value("FE-02/points", "35 points", pending=True), text(" counts."))),
        version="2.1.0",
    )
    reserved = Clause("FE-03", "FE-03", "", "1.3", (structure("reserved"),), "FE_03", (), reserved=True)
    money = _clause(
        "2.1",
        "FIN-01",
        "Budget",
        _budget(),
        Paragraph(
            (
                text("The total stands in "),
                _to("FE_01__offer", "1.1(b)"),
                text(".\nA second line."),
            )
        ),
        _budget(),
        _budget(),
    )
    part = ExhibitPart(
        "FE-01",
        "FE-01",
        "1.0.0",
        "A.1",
        (text("Work plan"),),
        "Part_scope_FE_01",
        (
            _item("First step.", 0, "A.1", "(a)"),
            _item((text("Second step, see "), _to("Part_a", "A.1(b)(i)"), text(".")), 0, "A.1", "(b)"),
            _item("A step within.", 1, "A.1", "(b)(i)", "Part_a"),
        ),
    )
    other = ExhibitPart("FIN-01", "FIN-01", "1.0.0", "B.1", (text("Rates"),), "Part_rates_FIN_01", (_budget(),))
    return Contract(
        contract_id="SAMPLE-2027-014",
        contract_type="subcontract",
        title="Riverton Financial Empowerment Pilot",
        subtitle="Financial Empowerment Services Agreement",
        language="en-US",
        cover=(
            ("Contract number", "SAMPLE-2027-014"),
            ("Agency", f"Hope House {ODD}"),
            ("Term", "January 1, 2027 to December 31, 2027"),
            ("Not to exceed", "$83,400.50"),
        ),
        articles=(
            Article("services", "1", (text("Services"),), "Article_services", (services, success, reserved)),
            Article("money", "2", (text("Money"),), "Article_money", (money,)),
        ),
        exhibits=(
            Exhibit("scope", "A", (text("Scope of services"),), "Exhibit_scope", (part,)),
            Exhibit("rates", "B", (text("Rates"),), "Exhibit_rates", (other,)),
        ),
        signatories=(
            Signatory("city", "City of Riverton", "Dana Whitfield", "Director of Housing", "Ordinance 2026-118"),
            Signatory("city", "City of Riverton", "Marcus Oyelaran", "City Controller"),
            Signatory(
                "agency", "Hope House & Partners", "R\u00e9gine Alvarez", "Executive Director", "Board resolution"
            ),
        ),
        form_approval="City Attorney",
        confirmations=(
            Confirmation(
                "FE-02.points",
                "Whether 35 points is the rise that the city's funder counts.",
                "35 points",
                "Contract Manager",
                "Practice of the field; not verified",
                "FE_02",
                "1.2",
            ),
        ),
        drafts=(),
        notices=(
            "The names in this contract are fictional.",
            "Nobody has approved this library; it is no legal advice.",
        ),
        manifest={
            "manifest_version": 1,
            "engine": "fe_contracts 0.1.0",
            "dated": "2027-01-01",
            "values": {"FE-01/session_minutes": "45 minutes"},
        },
    )


_SENTENCE = (
    "The Agency must offer each Client an appointment within the time stated here, keep a record of each meeting, "
    "and tell the City in writing when a Client asks for help that it cannot give. "
)


def _long_clause(article: int, place: int) -> Clause:
    number = f"{article}.{place}"
    clause_id = f"FE-{article:02}{place:02}"
    name = clause_id.replace("-", "_")
    before = f"{article}.{place - 1}" if place > 1 else number
    target = f"FE_{article:02}{place - 1:02}" if place > 1 else name
    lead = Paragraph(
        (
            text(
                "\N{LEFT DOUBLE QUOTATION MARK}Counselor\N{RIGHT DOUBLE QUOTATION MARK}", bold=True, defines="Counselor"
            ),
            text(" has the meaning given in "),
            _to(target, before),
            text(f". {_SENTENCE}{_SENTENCE}"),
        )
    )
    items = tuple(
        _item(
            (
                text(_SENTENCE),
                text("At least "),
                value(f"{clause_id}/days_{mark}", f"{10 + place} calendar days"),
                text(" before that day, the Agency must send "),
                value(f"{clause_id}/copies_{mark}", "two copies"),
                text(" to the person named in "),
                _to(target, before),
                text("."),
            ),
            0,
            number,
            f"({mark})",
            f"{name}__{mark}",
        )
        for mark in "abcde"
    )
    return Clause(clause_id, clause_id, "1.0.0", number, (text(f"Duties of kind {number}"),), name, (lead, *items))


def _long_table(name: str, rows: int) -> Table:
    columns = (
        Column((text("Deliverable"),), 40),
        Column((text("Target"),), 15, numeric=True),
        Column((text("Due"),), 20),
        Column((text("Evidence"),), 25),
    )
    drawn = tuple(
        Row(
            (
                (value(name, f"Deliverable {row}: clients counseled in the quarter"),),
                (value(name, str(row * 10)),),
                (value(name, "March 31, 2027"),),
                (value(name, "Quarterly report"),),
            )
        )
        for row in range(rows)
    )
    return Table(name, "Deliverables", columns, drawn)


def long_contract() -> Contract:
    """Return a contract of about thirty pages: 41 clauses, six exhibits with tables."""
    small = small_contract()
    articles = tuple(
        Article(
            f"a{number}",
            str(number),
            (text(f"Title of article {number}"),),
            f"Article_a{number}",
            tuple(_long_clause(number, place) for place in range(1, 6 if number < 9 else 2)),
        )
        for number in range(1, 10)
    )
    exhibits = tuple(
        Exhibit(
            f"e{letter}",
            letter,
            (text(f"Title of exhibit {letter}"),),
            f"Exhibit_e{letter}",
            (
                ExhibitPart(
                    "FE-0101",
                    "FE-0101",
                    "1.0.0",
                    f"{letter}.1",
                    (text("Table"),),
                    f"Part_{letter}",
                    (Paragraph((text(_SENTENCE),)), _long_table("FE-0101/deliverables", 12)),
                ),
            ),
        )
        for letter in "ABCDEF"
    )
    return replace(small, articles=articles, exhibits=exhibits, confirmations=())
