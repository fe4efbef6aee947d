"""Drive a real headless Chromium through its own pipe: the standard library is enough, and no port is opened."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["Browser", "Page", "started"]

_PATIENCE = 60.0
_PLACED = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3]]
for place, end in enumerate(ends, start=3):
    os.dup2(end, place)
os.execvp(sys.argv[3], sys.argv[3:])
"""
"""Puts the pipes where the browser looks for them: it reads commands from 3 and writes answers to 4."""
_KEYS = {
    "ArrowDown": 40,
    "ArrowRight": 39,
    "ArrowUp": 38,
    "End": 35,
    "Enter": 13,
    "Home": 36,
    "Tab": 9,
    " ": 32,
}


class Browser:
    """A running Chromium: sends commands, waits for their answers, keeps every event."""

    def __init__(self, send: Callable[[bytes], None], received: queue.SimpleQueue[dict[str, Any] | None]) -> None:
        self._send = send
        self._received = received
        self._count = 0
        self.events: list[dict[str, Any]] = []

    def ask(self, method: str, *, session: str = "", **params: Any) -> dict[str, Any]:
        """Return the answer to one command; fail with the browser's own words."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": params} | ({"sessionId": session} if session else {})
        self._send(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._count:
                assert "error" not in answer, f"{method}: {answer['error']}"
                found: dict[str, Any] = answer["result"]
                return found
            self.events.append(answer)

    def wait_for(self, method: str, session: str) -> None:
        """Wait until the browser has reported an event since the list of events was last emptied."""
        while not any(item.get("method") == method and item.get("sessionId") == session for item in self.events):
            self.events.append(self._next())

    def open(self, page: Path | str, *, width: int = 1280, height: int = 900, **features: str) -> Page:
        """Return a page that has been loaded, with what it reports watched from the start."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        found = Page(self, session, target)
        for domain in ("Page", "Runtime", "Network", "Log", "Accessibility"):
            found.ask(f"{domain}.enable")
        found.size(width, height)
        found.media(**features)
        found.load(page if isinstance(page, str) else page.as_uri())
        return found

    def _next(self) -> dict[str, Any]:
        """Return the next message of the browser."""
        found = self._received.get(timeout=_PATIENCE)
        assert found is not None, "the browser ended"
        return found


class Page:
    """One tab."""

    def __init__(self, browser: Browser, session: str, target: str) -> None:
        self.browser = browser
        self.session = session
        self.target = target

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Return the answer to one command of this tab."""
        return self.browser.ask(method, session=self.session, **params)

    def load(self, url: str) -> None:
        """Go to an address and wait until it has loaded."""
        self.browser.events = [event for event in self.browser.events if event.get("sessionId") != self.session]
        self.ask("Page.navigate", url=url)
        self.browser.wait_for("Page.loadEventFired", self.session)

    def run(self, script: str) -> Any:
        """Return the value of a JavaScript expression, waiting where it is a promise."""
        found = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def press(self, key: str, *, modifiers: int = 0) -> None:
        """Press a key, as a person at the keyboard would."""
        code = _KEYS.get(key, ord(key[0].upper()))
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        shared = {"key": key, "windowsVirtualKeyCode": code, "modifiers": modifiers}
        self.ask("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **shared)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **shared)

    def click(self, selector: str) -> None:
        """Click the middle of an element with the mouse, scrolled into view."""
        place = self.run(
            f"(() => {{ const item = document.querySelector({json.dumps(selector)});"
            "item.scrollIntoView({block: 'center'}); const box = item.getBoundingClientRect();"
            "return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)

    def size(self, width: int, height: int) -> None:
        """Set the window's size in CSS pixels."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def media(self, kind: str = "", **features: str) -> None:
        """Show the page as another medium would, or as somebody prefers it: `prefers_color_scheme="dark"`."""
        wanted = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.ask("Emulation.setEmulatedMedia", media=kind, features=wanted)

    def without_script(self) -> None:
        """Switch JavaScript off for what is loaded from now on."""
        self.ask("Emulation.setScriptExecutionDisabled", value=True)

    def picture(self, *, whole: bool = False) -> bytes:
        """Return a PNG of what is seen, or of the whole page."""
        found = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        return base64.b64decode(found["data"])

    def printed(self) -> bytes:
        """Return the page as a PDF, on letter paper."""
        return base64.b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True)["data"])

    def complaints(self) -> list[str]:
        """Return every error and warning that the page has caused so far: console, exceptions, refused content."""
        self.run("0")  # what was reported before this answer has arrived with it
        mine = [event for event in self.browser.events if event.get("sessionId") == self.session]
        return [
            json.dumps(event["params"])
            for event in mine
            if event["method"] in {"Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled"}
        ]

    def requests(self) -> list[str]:
        """Return the addresses that were asked for since the page was last loaded, itself included."""
        self.run("0")
        return [
            event["params"]["request"]["url"]
            for event in self.browser.events
            if event.get("sessionId") == self.session and event["method"] == "Network.requestWillBeSent"
        ]

    def close(self) -> None:
        """Close the tab."""
        self.browser.ask("Target.closeTarget", targetId=self.target)


@contextlib.contextmanager
def started(program: str, folder: Path) -> Iterator[Browser]:
    """Start a Chromium with a profile of its own in `folder`; end it afterwards."""
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    command = [
        program,
        "--headless",
        "--no-sandbox",  # continuous integration runs as root
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-extensions",
        "--disable-background-networking",
        "--no-first-run",
        "--hide-scrollbars",
        "--remote-debugging-pipe",
        f"--user-data-dir={folder}",
    ]
    running = subprocess.Popen(
        [sys.executable, "-IS", "-c", _PLACED, str(theirs_in), str(theirs_out), *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(theirs_in, theirs_out),
    )
    os.close(theirs_in)
    os.close(theirs_out)
    received: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
    reader = threading.Thread(target=_read, args=(ours_in, received), daemon=True)
    reader.start()
    browser = Browser(lambda data: _write(ours_out, data), received)
    try:
        yield browser
    finally:
        with contextlib.suppress(AssertionError, OSError, queue.Empty):
            browser.ask("Browser.close")
        os.close(ours_out)
        try:
            running.wait(timeout=20)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
        reader.join(timeout=5)
        time.sleep(0.1)  # its helpers let go of the profile


def _write(to: int, data: bytes) -> None:
    """Write all of it."""
    while data:
        data = data[os.write(to, data) :]


def _read(source: int, received: queue.SimpleQueue[dict[str, Any] | None]) -> None:
    """Hand over message after message, then None when the browser has ended."""
    with open(source, "rb", buffering=0) as stream:
        rest = b""
        while block := stream.read(1 << 20):
            *whole, rest = (rest + block).split(b"\0")
            for message in whole:
                received.put(json.loads(message))
    received.put(None)
