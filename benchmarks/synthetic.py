"""Make a clause library of any size: clauses of ordinary length, each in several dated versions, all published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.settings import cache_at
from fe_contracts import publish

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["VERSIONS_EACH", "make_library"]

VERSIONS_EACH = 5
"""How many versions each clause has."""

_FAMILIES = ("AA", "BB", "CC", "DD", "EE")
_PER_FAMILY = 900

_LIBRARY = """\
name: Synthetic library
version: 1.0.0
notice: Made to be measured. Not for use.
roles:
  - {id: legal, title: City Attorney}
families:
"""

_TYPE = """\
id: subcontract
title: Synthetic contract
document_name: Agreement
effective: 2020-01-01
reason: First version.
articles:
  - {id: only, title: Everything, clauses: [{clause: AA-100}]}
exhibits:
  - {id: scope, title: Scope of services}
"""

_IDENTITY = """\
id: {clause}
family: {family}
scope: contract
trigger: subaward_date
protection: guarded
omission: absent
sources:
  24 CFR 578.53(a)(1):
    confidence: V
    as_of: 2025-01-27
    note: Supportive services must be necessary to help participants obtain and maintain housing.
  24 CFR 576.105(b)(2):
    confidence: V
    as_of: 2025-01-27
    note: Housing stability case management, 30 days while seeking housing and 24 months while housed.
notes: >-
  Nothing in this file is meant to be used. It is as long as such files are.
"""

_FRONT = """\
---
title: Sessions of the kind {clause}, version {place}
effective: {year}-01-01
reason: Version {place} of a clause that is made to be measured.
summary: >-
  Each Client who wants it gets private sessions with a trained counselor and a written plan of the Client's own. The
  clause says what counts as a session, how many clients one counselor may have, and where and when sessions take place.
applies:
  level: mandatory
  when: {{svc: {{contains: COUNSEL}}}}
legal_basis:
  - 24 CFR 578.53(a)(1)
  - 24 CFR 576.105(b)(2)
policy_basis: "Program policy: professional one-on-one counseling."
parameters:
  session_minutes:
    type: int
    help: The least length of a meeting that counts as a Session.
    unit: minutes
    default: {minutes}
    minimum: 15
    maximum: 120
  modes:
    type: list
    items: enum
    help: How Sessions may take place.
    minimum: 1
    default: [in_person, video, phone]
    choices:
      in_person: in person
      video: by video
      phone: by telephone
  caseload_cap:
    type: int
    help: >-
      The most Clients with an open Action Plan whom one full-time counselor may have at a time. No law sets it; the
      default is a judgment. Set it with the agency's staffing in view.
    unit: Clients
    default: 60
    minimum: 1
    maximum: 250
  sites:
    type: list
    items: str
    help: Where Sessions take place.
    from: services.sites
  note_days:
    type: days
    help: How long after a Session the counselor may take to write the note.
    unit: calendar days
    default: 5
    minimum: 1
    maximum: 30
obligations:
  - id: counsel
    who: agency
    to: client
    action: perform
    what: Private, one-on-one Sessions of at least the agreed length, given by a Counselor.
    when: Throughout the Term, at the sites and hours in the scope of services.
    due: {{of: continuous}}
    evidence: A dated note of each Session.
    consequence: A meeting without a note, or shorter than agreed, does not count toward a Deliverable.
  - id: note
    who: agency
    to: city
    action: maintain
    what: A dated note of each Session with its topics, its length, and the next step.
    when: Within the agreed days after each Session.
    due: {{of: event, days: note_days}}
    evidence: The note, with the date on which it was written.
    consequence: The Session does not count toward a Deliverable until the note is written.
  - id: sites
    who: agency
    to: city
    action: notify
    what: Get the Contract Manager's written agreement before it changes a site or reduces the hours.
    when: Before the change; in an emergency, on the day of the change.
    due: {{of: event}}
    evidence: The request and the written answer.
    consequence: The Contract Manager may require the Agency to restore the site or the hours.
relations:
  requires:
    - {{clause: {other}, reason: Counselors must be qualified.}}
---
"""

_WORDING = """
The Agency must offer each Client private, one-on-one Financial Counseling or Financial Coaching with a Counselor.
**"Session {clause}"** means a meeting that counts under this Section in its version {place}.

#. {{#session}} A meeting counts as a Session only if it lasts at least {{{{ session_minutes | count('minute') }}}}. The
   Counselor must write a dated note of its topics, its length, and the next step. The note must be written within
   {{{{ note_days | count('calendar day') }}}} after the meeting.
#. {{#modes}} Sessions may take place {{{{ modes | any }}}}. The Agency must offer every one of these ways, and the
   Client chooses among them.
#. {{#private}} The Agency must hold each Session where others cannot listen or see papers and screens. If the Client is
   not in the room, the Counselor must first ask whether the Client is alone and free to talk.
::: when {{fund.sources: {{contains: COC}}}}
#. Continuum of Care money may pay only for services that are necessary to help people obtain and maintain housing
   (24 CFR 578.53(a)(1)). The Action Plan of a Client served with that money must say how it helps the Client to do so.
::: end
::: when {{fund.sources: {{contains: ESG}}}}
#. Emergency Solutions Grants money may pay for one Client's services for no more than 24 months in any 3-year period.
   The Agency must count the months of all such services that it knows the Client has received.
::: end
#. {{#caseload}} The Agency must not assign one full-time Counselor more than {{{{ caseload_cap | count('Client') }}}}
   with open Action Plans. For a part-time Counselor, the number is reduced in proportion. If a Counselor has more, the
   Agency must promptly give the Contract Manager a written plan to hire, share the work, or start a waiting list.
#. {{#sites}} Sessions must take place at the sites and hours in [[{clause}@scope]]. The Agency must get the Contract
   Manager's written agreement before it changes a site or reduces the hours. In an emergency, the Agency may move
   Sessions at once and must tell the Contract Manager the same day. See also [[{other}#session]].
#. {{#count}} A meeting that does not meet paragraph [[#session]] may still help a Client, but it does not count toward
   a Deliverable. A late note lets the Session count from the day on which it is written.

::: exhibit scope | Sites and hours of one-on-one Sessions
Sessions take place at:

::: each site in sites
- {{{{ site }}}}
::: end
::: end
"""


def _name(number: int) -> tuple[str, str]:
    """Return the family and the id of a clause."""
    family = _FAMILIES[number // _PER_FAMILY]
    return family, f"{family}-{100 + number % _PER_FAMILY}"


def make_library(folder: Path, versions: int) -> int:
    """Write a published library of about so many clause versions, and return how many there are."""
    clauses = max(1, versions // VERSIONS_EACH)
    families = "".join(f"  - {{id: {family}, title: Family {family}, approved_by: [legal]}}\n" for family in _FAMILIES)
    folder.mkdir(parents=True)
    (folder / "library.yaml").write_text(_LIBRARY + families, encoding="utf-8")
    kind = folder / "contract_types" / "subcontract"
    kind.mkdir(parents=True)
    (kind / "1.0.0.yaml").write_text(_TYPE, encoding="utf-8")
    for number in range(clauses):
        family, clause = _name(number)
        _, other = _name((number + 1) % clauses)
        home = folder / "clauses" / family / clause
        home.mkdir(parents=True)
        (home / "clause.yaml").write_text(_IDENTITY.format(clause=clause, family=family), encoding="utf-8")
        for place in range(VERSIONS_EACH):
            words = {"clause": clause, "other": other, "place": place + 1, "year": 2020 + place, "minutes": 30 + place}
            text = _FRONT.format(**words) + _WORDING.format(**words)
            (home / f"{place + 1}.0.0.md").write_text(text, encoding="utf-8")
    with cache_at("off"):
        publish(folder)
    return clauses * VERSIONS_EACH
