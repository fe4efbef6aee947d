"""The page as a person meets it: in a real headless Chromium."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.exchange.browser import Browser, started
from tests.exchange.differences import empty, every_kind, hostile, many, renewal
from tests.tools import require_tool

from fe_contracts.exchange.difference_html import difference_html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.exchange.browser import Page

SAMPLES = {"renewal": renewal, "every_kind": every_kind, "many": many, "hostile": hostile, "empty": empty}
FOCUS = "document.activeElement.id"
SHOWN = "[...document.querySelectorAll('.change')].filter(item => item.checkVisibility()).map(item => item.id)"
STATUS = "document.getElementById('status').textContent"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with started(require_tool("chromium"), tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    for name, sample in SAMPLES.items():
        (folder / f"{name}.html").write_text(difference_html(sample()), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in SAMPLES}


@pytest.fixture
def renewed(browser: Browser, pages: dict[str, Path]) -> Iterator[Page]:
    page = browser.open(pages["renewal"])
    yield page
    assert page.complaints() == []
    page.close()


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (375, "light"), (320, "dark")])
def test_a_page_loads_nothing_complains_of_nothing_and_never_scrolls_sideways(
    browser: Browser, pages: dict[str, Path], name: str, width: int, scheme: str
) -> None:
    page = browser.open(pages[name], width=width, prefers_color_scheme=scheme)
    assert page.complaints() == []
    assert [url for url in page.requests() if url != "data:,"] == [pages[name].as_uri()]
    assert page.run("document.documentElement.scrollWidth") <= width
    assert page.run("document.title").startswith("What changed from ")
    page.close()


def test_the_watch_over_complaints_and_requests_sees_what_it_should(browser: Browser, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    page = difference_html(renewal())
    bad.write_text(
        page.replace("</main>", "<img src='http://127.0.0.1:9/x.png'><script>alert(1)</script></main>"), "utf-8"
    )
    opened = browser.open(bad)
    told = " ".join(opened.complaints())
    assert "127.0.0.1:9/x.png" in told  # refused by the policy
    assert "Content Security Policy" in told
    assert "http://127.0.0.1:9/x.png" in opened.requests()  # asked for, and blocked before it left
    assert "csp" in [event["params"].get("blockedReason") for event in browser.events]
    opened.close()


def test_the_light_and_the_dark_page_differ_in_brightness(browser: Browser, pages: dict[str, Path]) -> None:
    found = {}
    for scheme in ("light", "dark"):
        page = browser.open(pages["renewal"], prefers_color_scheme=scheme)
        found[scheme] = page.run("getComputedStyle(document.body).backgroundColor")
        page.close()
    assert found == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 24, 29)"}


# ---- going from change to change


def test_j_and_k_go_through_the_changes_and_keep_the_address(renewed: Page) -> None:
    seen = []
    for key in "jjkj":
        renewed.press(key)
        seen.append(renewed.run(FOCUS))
    assert seen == ["c1", "c2", "c1", "c2"]
    assert renewed.run("location.hash") == "#c2"
    assert renewed.run("document.querySelector('.jumps [aria-current]').hash") == "#c2"
    assert renewed.run("document.activeElement.getBoundingClientRect().top") >= renewed.run(
        "document.getElementById('bar').getBoundingClientRect().bottom"
    )


def test_j_goes_through_every_change_of_a_long_list_and_stops_at_the_end(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page = browser.open(pages["many"])
    seen = []
    for _ in range(200):
        page.press("j")
        seen.append(page.run(FOCUS))
    assert seen == page.run(SHOWN)
    assert len(set(seen)) == 200
    page.press("j")
    assert page.run(FOCUS) == seen[-1]
    assert page.run(STATUS) == "This is the last change shown"
    page.close()


def test_the_keys_can_be_switched_off_and_leave_a_choice_alone(renewed: Page) -> None:
    renewed.run("document.querySelector('[name=who]').focus()")
    renewed.press("j")
    assert renewed.run(SHOWN)[0] == "c1"
    assert renewed.run("document.activeElement.name") == "who"
    renewed.click("[name=keys]")
    renewed.press("j")
    assert renewed.run("document.activeElement.name") == "keys"
    assert renewed.run("location.hash") == "#keys=off"


def test_the_focus_can_be_seen(renewed: Page) -> None:
    renewed.press("j")
    style = renewed.run("getComputedStyle(document.activeElement).outline")
    assert "3px" in style
    assert "solid" in style
    renewed.press("Tab")
    assert "3px" in renewed.run("getComputedStyle(document.activeElement).outline")


def test_the_arrows_go_along_the_list_and_enter_jumps(renewed: Page) -> None:
    renewed.run("document.querySelector('.jumps a').focus()")
    where = "document.activeElement.hash"
    seen = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "End", "Home"):
        renewed.press(key)
        seen.append(renewed.run(where))
    assert seen == ["#c2", "#c3", "#c2", "#c9", "#c1"]
    renewed.press("End")
    renewed.press("Enter")
    assert renewed.run(FOCUS) == "c9"


def test_the_buttons_and_the_links_of_the_list_jump_with_the_mouse(renewed: Page) -> None:
    renewed.click("[data-step='1']")
    assert renewed.run(FOCUS) == "c1"
    renewed.click(".jumps [href='#c5']")
    assert renewed.run(FOCUS) == "c5"
    renewed.click("[data-step='-1']")
    assert renewed.run(FOCUS) == "c4"


def test_the_first_tab_is_the_way_past_the_head(renewed: Page) -> None:
    renewed.press("Tab")
    assert renewed.run("document.activeElement.className") == "skip"
    assert renewed.run("document.activeElement.getBoundingClientRect().top") >= 0
    renewed.press("Enter")
    assert renewed.run(FOCUS) == "changes"


# ---- filtering


def test_the_filter_takes_away_levels_without_a_mouse(renewed: Page) -> None:
    renewed.run("document.querySelector('[name=level][value=clause]').focus()")
    renewed.press(" ")
    assert renewed.run(SHOWN) == ["c4", "c5", "c6", "c7", "c8", "c9"]
    assert renewed.run(STATUS) == "Showing 6 of 9 changes"
    assert renewed.run("document.getElementById('level-clause').checkVisibility()") is False
    assert renewed.run("document.querySelector('.jumps [href=\"#c1\"]').checkVisibility()") is False
    renewed.press("j")
    assert renewed.run(FOCUS) == "c4"


def test_the_filter_keeps_what_is_material_and_who_is_affected(renewed: Page) -> None:
    renewed.click("[name=material]")
    assert renewed.run(SHOWN) == ["c1", "c3", "c4", "c5", "c6", "c7", "c8"]
    renewed.run("document.querySelector('[name=who]').focus()")
    renewed.press("C")
    assert renewed.run(SHOWN) == ["c1", "c3", "c5"]
    assert renewed.run("location.hash") == "#who=clients&material=yes"


def test_a_filter_that_leaves_nothing_says_so_and_is_undone(renewed: Page) -> None:
    for level in ("clause", "version", "parameter", "obligation", "wording"):
        renewed.click(f"[name=level][value={level}]")
    assert renewed.run(SHOWN) == []
    renewed.click("#all")
    assert len(renewed.run(SHOWN)) == 9
    assert renewed.run("location.hash") == ""


def test_an_address_brings_back_what_was_shown(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.open(pages["renewal"].as_uri() + "#c7&view=side&level=obligation,wording&who=agency&material=yes")
    assert page.run(SHOWN) == ["c6", "c7", "c8"]
    assert page.run(FOCUS) == "c7"
    assert page.run("document.querySelector('[name=view]:checked').value") == "side"
    page.close()


def test_an_address_to_a_change_that_the_filter_hides_shows_it(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.open(pages["renewal"].as_uri() + "#c1&level=wording")
    assert page.run(FOCUS) == "c1"
    assert "c1" in page.run(SHOWN)
    page.close()


@pytest.mark.parametrize("hash_", ["#%", "#&&&", "#c999", "#view=&level=&who=nobody", "#=<script>", "#constructor"])
def test_an_address_typed_by_hand_breaks_nothing(browser: Browser, pages: dict[str, Path], hash_: str) -> None:
    page = browser.open(pages["renewal"].as_uri() + hash_)
    assert page.complaints() == []
    assert page.run("document.querySelectorAll('.change').length") == 9
    page.close()


def test_going_back_brings_back_the_change_before(renewed: Page) -> None:
    renewed.press("j")
    renewed.press("j")
    renewed.run("new Promise(done => { addEventListener('hashchange', () => setTimeout(done)); history.back(); })")
    assert renewed.run(FOCUS) == "c1"


# ---- wording


def test_wording_stands_side_by_side_when_asked_and_the_address_remembers(renewed: Page) -> None:
    renewed.click("[name=view][value=side]")
    assert renewed.run("location.hash") == "#view=side"
    halves = renewed.run("[...document.querySelectorAll('#c8 .pair dd')].map(item => item.textContent)")
    agreed = "The City may terminate this Agreement for "
    cure = "and after the Agency has had fifteen (15) days to cure, "
    paid = "and pays for the services given until that day."
    assert halves == [
        f"{agreed}convenience on thirty (30) days’ written notice to the Agency, {paid}",
        f"{agreed}cause on sixty (60) days’ written notice to the Agency, {cure}{paid}",
    ]
    boxes = renewed.run("[...document.querySelectorAll('#c8 .pair > div')].map(item => item.getBoundingClientRect().y)")
    assert boxes[0] == boxes[1]
    assert renewed.run("document.querySelector('#c8 .words').checkVisibility()") is False
    renewed.press("j")
    assert renewed.run("location.hash").endswith("&view=side")
    renewed.click("[name=view][value=inline]")
    assert renewed.run("document.querySelector('#c8 .words').checkVisibility()") is True
    assert renewed.run("document.querySelector('#c8 .pair').checkVisibility()") is False


def test_those_who_listen_are_told_what_went_and_what_came(renewed: Page) -> None:
    nodes = renewed.ask("Accessibility.getFullAXTree")["nodes"]
    told = [node["name"]["value"] for node in nodes if node.get("role", {}).get("value") == "StaticText"]
    text = " ".join(told)
    assert text.index("[removed]") < text.index("[end of removed]")
    assert "[added]" in text
    roles = {node.get("role", {}).get("value") for node in nodes}
    assert {"banner", "main", "navigation", "contentinfo", "form", "status", "insertion", "deletion"} <= roles


def test_hebrew_runs_from_right_to_left_and_an_override_turns_nothing_around(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page = browser.open(pages["hostile"])
    hebrew = "[...document.querySelectorAll('.words')].find(item => /[א-ת]/.test(item.textContent))"
    assert page.run(f"getComputedStyle({hebrew}).direction") == "rtl"
    assert page.run("document.body.textContent.includes('\\u202e')") is False
    assert page.run("window.owned === undefined && document.title !== 'owned'") is True
    page.close()


# ---- without script, on paper


def test_the_page_reads_without_script(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.open("about:blank")
    page.without_script()
    page.load(pages["renewal"].as_uri())
    assert page.run(SHOWN) == [f"c{number}" for number in range(1, 10)]
    for form in ("filter", "bar"):
        assert page.run(f"document.getElementById('{form}').checkVisibility()") is False
    assert "thirty (30)" in page.run("document.body.innerText")
    page.close()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_print_holds_everything_whatever_the_filter_hides(
    browser: Browser, pages: dict[str, Path], tmp_path: Path, *, script: bool
) -> None:
    pdftotext = require_tool("poppler")
    page = browser.open("about:blank")
    if not script:
        page.without_script()
    page.load(pages["renewal"].as_uri() + "#level=version")
    (tmp_path / "print.pdf").write_bytes(page.printed())
    run = subprocess.run([pdftotext, "-layout", tmp_path / "print.pdf", "-"], capture_output=True, check=True)
    text = " ".join(run.stdout.decode().split())
    found = renewal()
    for wanted in (*(one.what for one in found.changes), *found.summary, "Credit building", "no legal advice"):
        assert wanted in text
    for wanted in ("thirty (30)", "sixty (60)", "up to $500.00 a Client", "The document was edited by hand"):
        assert wanted in text
    assert "Previous" not in text
    assert "[removed]" not in text
    assert page.run("document.querySelectorAll('details[open]').length") == 0
    page.close()


def test_a_print_is_black_on_white_even_of_a_dark_page(
    browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    require_tool("poppler")
    page = browser.open(pages["renewal"], prefers_color_scheme="dark")
    (tmp_path / "print.pdf").write_bytes(page.printed())
    program = shutil.which("pdftoppm")
    assert program
    subprocess.run([program, "-r", "50", "-f", "1", "-l", "3", "print.pdf", "print"], cwd=tmp_path, check=True)
    pictures = sorted(tmp_path.glob("print*.ppm"))
    assert len(pictures) == 3
    for picture in pictures:
        dots = picture.read_bytes().split(b"255\n", 1)[1]
        assert dots[:3] == b"\xff\xff\xff"
        assert dots[0::3] == dots[1::3] == dots[2::3]  # no colour at all
        assert min(dots) < 64
    page.close()


# ---- an independent judge


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (375, "light")])
def test_axe_finds_no_barrier(browser: Browser, pages: dict[str, Path], name: str, width: int, scheme: str) -> None:
    axe = Path(require_tool("axe-core")).read_text(encoding="utf-8")
    page = browser.open(pages[name].as_uri() + "#view=side", width=width, prefers_color_scheme=scheme)
    page.run(axe + "; 0")
    tags = json.dumps(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    found = page.run(
        f"axe.run(document, {{runOnly: {tags}}}).then(all => [all.passes.length,"
        "...all.violations.map(one => [one.id, one.nodes.slice(0, 3).map(node => node.html)])])"
    )
    assert found[0] > 20
    assert found[1:] == []
    page.close()
