"""The words that generated contracts are made of."""

from __future__ import annotations

__all__ = ["HEADINGS", "HEBREW", "NOUNS", "OBJECTS", "TAILS", "VERBS"]

NOUNS = [
    "the Agency",
    "the City",
    "the Program",
    "each participant",
    "the Counselor",
    "the Director",
    "the Contractor",
    "a household",
    "the budget",
    "this Agreement",
    "the quarterly report",
    "an invoice",
    "the shelter",
    "the case file",
    "a credit report",
    "the service plan",
]
VERBS = [
    "shall provide",
    "shall submit",
    "may review",
    "must keep",
    "shall pay",
    "may terminate",
    "will deliver",
    "shall notify",
    "must protect",
    "agrees to maintain",
    "shall not disclose",
    "will reimburse",
]
OBJECTS = [
    "financial counseling",
    "monthly statements",
    "written notice",
    "records of attendance",
    "benefits screening",
    "proof of insurance",
    "confidential data",
    "allowable costs",
    "rental assistance",
    "outcome measures",
    "credit building support",
    "debt management plans",
]
TAILS = [
    "within 30 days",
    "on or before March 15 2027",
    "in the amount of $12500",
    "up to $4800.50",
    "no later than 45 days after request",
    "at no charge",
    "in each quarter of the term",
    "as stated in Exhibit A",
    "subject to Section 4.2",
    "unless waived in writing",
    "by June 30 2027",
    "at the rate of $61.75 per hour",
    "for at least 120 households",
    "during the term",
]
HEADINGS = [
    "Services",
    "Term",
    "Payment",
    "Reports",
    "Records",
    "Insurance",
    "Privacy",
    "Termination",
    "Notices",
    "Budget",
    "Staff",
    "Outcomes",
]
HEBREW = ["הסכם", "שירותים", "עיר", "מחסה", "תקציב", "דיווח", "שנתי", "פרטיות", "ביטוח"]
