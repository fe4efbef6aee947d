from __future__ import annotations

from typing import Any

from tests.governance.initiatives import DAY, day, found, initiative, judged, of_code, orderly, read

from fe_contracts.governance.readiness.hearing import Heeded, heeded


def stakeholder(changes: dict[str, Any], **more: Any) -> Heeded:
    data = orderly() | more
    data["stakeholders"][1] = data["stakeholders"][1] | changes
    return heeded(initiative(data), DAY)[1]


def test_the_last_time_heard_is_the_latest_of_every_kind() -> None:
    assert (stakeholder({}).last_heard, stakeholder({}).how) == (day("2027-05-20"), "visit")
    engaged = stakeholder({}, engagements=[{"on": "2027-06-01", "kind": "listening_session", "took_part": ["people"]}])
    assert (engaged.last_heard, engaged.how, engaged.silent_days) == (day("2027-06-01"), "listening session", 14)
    other = stakeholder({}, engagements=[{"on": "2027-06-01", "kind": "survey", "took_part": ["agency"]}])
    assert other.last_heard == day("2027-05-20")
    position = stakeholder({"heard": [], "positions": [{"on": "2027-04-01", "position": "neutral"}]})
    assert (position.last_heard, position.how) == (day("2027-04-01"), "position taken")


def test_what_is_dated_later_was_not_heard_yet() -> None:
    item = stakeholder({"heard": [{"on": "2027-06-16", "how": "call"}]})
    assert (item.last_heard, item.silent_days, item.fading, item.why_fading) == (None, None, True, "never heard")


def test_silence_is_too_long_from_the_day_after_the_last_allowed() -> None:
    at_most, over = day("2027-02-15"), day("2027-02-14")
    assert (DAY - at_most).days == 120
    assert not stakeholder({"heard": [{"on": at_most.isoformat(), "how": "call"}]}).too_long
    assert stakeholder({"heard": [{"on": over.isoformat(), "how": "call"}]}).too_long


def test_a_position_is_worse_than_the_best_one_before_it() -> None:
    positions = [
        {"on": "2027-05-01", "position": "concerned"},
        {"on": "2026-01-01", "position": "neutral"},
        {"on": "2026-05-01", "position": "supports"},
    ]
    item = stakeholder({"positions": positions})
    assert item.was is not None
    assert item.why_fading == "supports on 2026-05-01, concerned on 2027-05-01"
    better = [{"on": "2026-01-01", "position": "opposed"}, {"on": "2026-05-01", "position": "neutral"}]
    assert stakeholder({"positions": better}).was is None


def test_each_of_the_three_is_a_finding_with_its_line() -> None:
    text = """\
name: Small Steps
city: City of Smallton
roles_needed: []
stakeholders:
  - id: silent
    organization: Silent House
    roles: [other]
    standing: [advises]
    heard: [{on: 2026-01-01, how: call}]
  - id: unheard
    organization: Unheard House
    roles: [other]
    standing: [advises]
  - id: worse
    organization: Worse House
    roles: [other]
    standing: [advises]
    positions:
      - {on: 2027-05-01, position: supports}
      - {on: 2027-06-01, position: opposed, note: Nobody asked us.}
process: [{id: P, kind: framework_adopted, title: Framework, planned: 2026-12-01, reached: 2026-12-01}]
implementation: [{id: I, kind: other, title: Done, planned: 2026-12-30, reached: 2026-12-30}]
"""
    ready = read(text)
    told = {one.code: (one.where.line, one.message) for one in ready.findings if "READY011" < one.code < "READY015"}
    assert told["READY012"][0] == 5
    assert "Silent House has not been heard for 530 days, since 2026-01-01 (call)" in told["READY012"][1]
    assert told["READY014"] == (10, "Unheard House has never been heard.")
    assert told["READY013"][0] == 18
    assert 'opposed on 2027-06-01 ("Nobody asked us.")' in told["READY013"][1]
    assert all(one.citation and one.remedy for one in ready.findings if one.code in told)


def test_nobody_is_found_where_everybody_was_heard() -> None:
    assert found() == []


def test_a_role_that_nobody_speaks_for_is_named_with_its_source() -> None:
    data = orderly()
    data["stakeholders"][1]["roles"] = ["bank_partner", "funder"]
    (one,) = of_code(judged(data), "READY015")
    assert "people with lived experience of homelessness" in one.message
    assert str(one.citation) == "24 CFR 578.75(g)(1) and 24 CFR 576.405(a) [I]"


def test_the_roles_needed_can_be_set() -> None:
    data = orderly() | {"roles_needed": ["counsel", "funder"]}
    assert [one.message for one in of_code(judged(data), "READY015")] == [
        "Nobody among the stakeholders speaks for counsel."
    ]
    assert found(orderly() | {"roles_needed": []}) == []
