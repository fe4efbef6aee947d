from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.exchange.readiness_samples import HOSTILE, SAMPLES, hostile, in_balance, process_ahead, too_early
from tests.governance.initiatives import judged, orderly

from fe_contracts.exchange.pages import content_policy, page_part, visible
from fe_contracts.exchange.readiness_html import _dated, readiness_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from fe_contracts.governance.readiness import Readiness

VOID = {"meta", "link", "br"}
STYLE = "readiness.css"


class Reader(HTMLParser):
    """Reads a page strictly: every element is closed where it should be."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute stands twice in <{tag}>"
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))

    @property
    def said(self) -> str:
        """Everything that a person reads on the page."""
        return "".join(text for place, text in self.texts if place != "style")


every = pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)


@every
def test_every_page_is_well_formed_without_a_script_and_with_its_own_style_only(
    sample: Callable[[], Readiness],
) -> None:
    page = Reader(readiness_html(sample()))
    assert [text for place, text in page.texts if place == "style"] == [page_part(STYLE)]
    policy = next(item["content"] for tag, item in page.elements if item.get("http-equiv"))
    assert policy == content_policy(page_part(STYLE))
    assert "script-src" not in policy
    for tag, attributes in page.elements:
        assert tag not in {"script", "img", "image", "iframe", "object", "embed", "base", "use", "foreignobject"}
        assert not [name for name in attributes if name.startswith("on") or name in {"style", "src", "action"}]
        assert attributes.get("href", "#")[0] == "#" or attributes["href"] == "data:,"


@every
def test_ids_are_unique_and_everything_that_points_at_one_finds_it(sample: Callable[[], Readiness]) -> None:
    page = Reader(readiness_html(sample()))
    ids = [item["id"] for _, item in page.elements if "id" in item]
    assert len(ids) == len(set(ids))
    for _, item in page.elements:
        href = item.get("href", "")
        named = {*item.get("aria-labelledby", "").split(), *([href[1:]] if href.startswith("#") else [])}
        assert named <= set(ids)


@every
def test_headings_go_down_one_step_at_a_time(sample: Callable[[], Readiness]) -> None:
    page = Reader(readiness_html(sample()))
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@every
def test_every_milestone_stands_in_the_picture_and_in_the_table_behind_it(sample: Callable[[], Readiness]) -> None:
    found = sample()
    page = readiness_html(found)
    assert page.count('<g class="mark ') == len(found.steps)
    said = Reader(page).said
    for step in found.steps:
        assert visible(step.title) in said
    for finding in found.findings:
        assert finding.code in said


def test_a_page_tells_verdict_measure_and_what_to_do_first() -> None:
    found = process_ahead()
    page = Reader(readiness_html(found))
    said = page.said
    order = [said.index(text) for text in (found.headline + "\n", "What to do next\n", "over time", "Findings")]
    assert order == sorted(order)
    assert "0% reached, 0 of 5; the plan has 80% by now" in said
    for step in found.next_steps:
        assert _dated(step.what) in said
    assert next(item["class"] for tag, item in page.elements if tag == "section") == "verdict process-ahead"


def test_days_are_written_out_in_sentences() -> None:
    assert (
        _dated("on 2027-03-01, not FE-2027-03-01 nor 2027-02-30")
        == "on March 1, 2027, not FE-2027-03-01 nor 2027-02-30"
    )


def test_the_picture_has_a_title_a_description_and_its_key() -> None:
    page = Reader(readiness_html(too_early()))
    picture = next(item for tag, item in page.elements if tag == "svg" and item.get("role") == "img")
    assert picture["aria-labelledby"] == "line-title line-text"
    assert "1 of 5 milestones of the process and 3 of 4 of the implementation are reached; 3 are overdue" in page.said


def test_state_is_told_by_form_and_word_and_not_by_colour_alone() -> None:
    page = readiness_html(process_ahead())
    assert len(re.findall(r'class="mark overdue implementation">.*?<rect', page)) == 4
    assert page.count('<strong class="bad">Overdue</strong>') == 4


def test_hostile_values_reach_the_reader_as_text() -> None:
    said = Reader(readiness_html(hostile())).said
    for text in HOSTILE:
        assert text in said


@settings(max_examples=25)
@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs", "Cn", "Co")), min_size=1, max_size=40))
def test_any_name_is_shown_as_it_is_and_never_becomes_markup(name: str) -> None:
    plain, filled = orderly(), orderly()
    filled["stakeholders"][1]["organization"] = filled["process"][0]["title"] = f"a{name}a"
    first, second = Reader(readiness_html(judged(plain))), Reader(readiness_html(judged(filled)))
    assert [tag for tag, _ in first.elements] == [tag for tag, _ in second.elements]


def test_the_same_readiness_gives_the_same_page() -> None:
    assert readiness_html(in_balance()) == readiness_html(in_balance())


def test_a_page_in_balance_says_that_nothing_was_found() -> None:
    said = Reader(readiness_html(in_balance())).said
    assert "Nothing was found." in said
    assert "made-up example" in said


def test_the_style_is_small_and_names_no_address() -> None:
    css = page_part(STYLE)
    assert len(css.encode()) < 12_000
    assert not re.search(r"https?:|@import|url\(|</", css)


# ---- colours


def _schemes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r":root \{([^}]*)\}", page_part(STYLE))
    full = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]+)", block)) for block in blocks]
    return dict(zip(("light", "dark", "print"), [item for item in full if "bg" in item], strict=True))


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    shares = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
@pytest.mark.parametrize(
    ("colour", "ground", "least"),
    [
        *((colour, ground, 4.5) for colour in ("text", "muted", "bad") for ground in ("bg", "soft")),
        ("link", "bg", 4.5),
        ("good", "good-bg", 4.5),
        ("warn", "warn-bg", 4.5),
        ("on", "process", 4.5),
        ("on", "implementation", 4.5),
        ("process", "bg", 4.5),
        ("implementation", "bg", 4.5),
        ("process", "soft", 3.0),
        ("implementation", "soft", 3.0),
        ("edge", "bg", 3.0),
    ],
)
def test_every_pair_of_colours_reaches_aa(scheme: str, colour: str, ground: str, least: float) -> None:
    colours = _schemes()[scheme]
    light, dark = sorted((_luminance(colours[colour]), _luminance(colours[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= least


def test_sign_offs_of_the_day_are_listed_with_their_record() -> None:
    said = Reader(readiness_html(process_ahead())).said
    assert "Framework 1.0.0, by Office of Human Services on March 17, 2026 (Minutes of March 17)" in said
    assert "Nothing was signed off by this day." in Reader(readiness_html(too_early())).said
