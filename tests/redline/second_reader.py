"""Ask LibreOffice what a redline says: it resolves the changes itself, and saves what is left.

Everything goes through one start of the program and one macro: the redline with all changes accepted, the same with all
rejected, and the old and new files as they are. What it saves of one is compared with what
it saves of the other: its own habits cancel out.
Its reject leaves inserted cells and changed sections; where a paragraph mark goes, it keeps the first paragraph's
properties. So it judges text and runs, no more; and of runs what is plainly seen: bold, italic, underline, colour.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from lxml import etree
from tests.redline.judging import difference
from tests.redline.opening import W
from tests.redline.reading import StillMarkedError, read

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Opinion", "second_readings"]

_PLAIN: Final = re.compile(r"^(b|i|u\(val=\w+\)|color\(val=\w+\)|strike|caps)$")
_LEFT: Final = frozenset(W + name for name in ("cellIns", "cellDel", "cellMerge", "sectPrChange", "tcPrChange"))
"""What it cannot resolve, and writes again."""
_CODE: Final = re.compile("\ue010[^\ue012]*\ue012|\ue011")
_MACRO: Final = """\
Sub Resolve
  Dim line As String, parts, document, helper, number As Integer
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim saving(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  saving(0).Name = "FilterName" : saving(0).Value = "MS Word 2007 XML"
  helper = createUnoService("com.sun.star.frame.DispatchHelper")
  number = FreeFile
  Open "{list}" For Input As #number
  Do While Not EOF(number)
    Line Input #number, line
    parts = Split(line, "|")
    If UBound(parts) = 2 Then
      document = StarDesktop.loadComponentFromURL(parts(1), "_blank", 0, hidden())
      If parts(0) <> "" Then
        helper.executeDispatch(document.CurrentController.Frame, parts(0), "", 0, Array())
      End If
      document.storeToURL(parts(2), saving())
      document.close(True)
    End If
  Loop
  Close #number
  StarDesktop.terminate()
End Sub
"""
_COMMANDS: Final = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges", "": ""}


@dataclass(frozen=True, slots=True)
class Opinion:
    """What LibreOffice says of one redline: the first difference of each way and depth, or nothing."""

    said: dict[tuple[str, str], str | None]

    @property
    def faults(self) -> list[str]:
        """The differences, in words."""
        return [f"{way}, {depth} (LibreOffice): {said}" for (way, depth), said in self.said.items() if said]


def second_readings(
    triples: Sequence[tuple[bytes, bytes, bytes]], soffice: str, *, timeout: float = 300
) -> list[Opinion]:
    """Return what LibreOffice says of each old file, new file and redline."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        orders = []
        for number, (old, new, redline) in enumerate(triples):
            for name, data in (("old", old), ("new", new), ("redline", redline)):
                (folder / f"{number}-{name}.docx").write_bytes(data)
            orders += [
                (way, f"{number}-{name}", f"{number}-{out}")
                for way, name, out in (
                    ("", "old", "old-read"),
                    ("", "new", "new-read"),
                    ("reject", "redline", "old-got"),
                    ("accept", "redline", "new-got"),
                )
            ]
        _run(folder, orders, soffice, timeout)
        return [_opinion(folder, number) for number in range(len(triples))]


def _opinion(folder: Path, number: int) -> Opinion:
    said: dict[tuple[str, str], str | None] = {}
    for way, side in (("reject", "old"), ("accept", "new")):
        sides = [folder / f"{number}-{side}-{name}.docx" for name in ("read", "got")]
        if not all(path.is_file() for path in sides):
            said |= dict.fromkeys(((way, "text"), (way, "runs")), "could not be opened, resolved and saved")
            continue
        try:
            wanted, got = (read(path.read_bytes(), leaving=_LEFT) for path in sides)
        except StillMarkedError as error:
            said |= dict.fromkeys(((way, "text"), (way, "runs")), str(error))
            continue
        except etree.XMLSyntaxError as error:  # it saves some controls and boxes so that nobody can read them again
            said |= dict.fromkeys(((way, "text"), (way, "runs")), f"saved what is no XML: {error}")
            continue
        texts = [{name: _still(name, story.text) for name, story in it.stories.items()} for it in (wanted, got)]
        said[way, "text"] = difference(*texts)
        looks = [
            {name: _plain(story.runs) for name, story in it.stories.items() if " section " not in name}
            for it in (wanted, got)
        ]
        said[way, "runs"] = difference(*looks)
    return Opinion(said)


def _still(name: str, lines: Sequence[str]) -> list[str]:
    """Return lines without the page numbers in margins, which it counts anew."""
    return [re.sub(r"\d+", "#", line) for line in lines] if " section " in name else list(lines)


def _plain(lines: Sequence[Sequence[tuple[str, str, str]]]) -> list[object]:
    """Return lines with the plain looks only, character by character where looks change."""
    found: list[object] = []
    for line in lines:
        merged: list[tuple[str, str]] = []
        for told, look, _ in line:
            text = _CODE.sub("", told)
            if not text.strip():
                continue  # the look of blanks is not seen, and LibreOffice gives it to either side
            plain = " ".join(item for item in look.split(" ") if _PLAIN.match(item))
            if merged and merged[-1][1] == plain:
                merged[-1] = (merged[-1][0] + text, plain)
            else:
                merged.append((text, plain))
        found.append(tuple(("".join(text.split()), plain) for text, plain in merged))
    return found


def _run(folder: Path, orders: Sequence[tuple[str, str, str]], soffice: str, timeout: float) -> None:
    """Let LibreOffice carry out the orders, in a profile of its own; end all of it when the time is up."""
    profile = folder / "profile"
    _start(soffice, profile, ["--terminate_after_init"], 60)
    lines = (
        "|".join((_COMMANDS[way], (folder / f"{name}.docx").as_uri(), (folder / f"{out}.docx").as_uri()))
        for way, name, out in orders
    )
    (folder / "orders.txt").write_text("\n".join(lines), encoding="utf-8")
    basic = profile / "user" / "basic" / "Standard"
    basic.mkdir(parents=True, exist_ok=True)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    library = "http://openoffice.org/2000/library"
    script = "http://openoffice.org/2000/script"
    (basic / "script.xlb").write_text(
        f'{head}<library:library xmlns:library="{library}" library:name="Standard" library:readonly="false" '
        'library:passwordprotected="false"><library:element library:name="Judge"/></library:library>',
        encoding="utf-8",
    )
    macro = escape(_MACRO.replace("{list}", str(folder / "orders.txt")))
    (basic / "Judge.xba").write_text(
        f'{head}<script:module xmlns:script="{script}" script:name="Judge" script:language="StarBasic">'
        f"{macro}</script:module>",
        encoding="utf-8",
    )
    _start(soffice, profile, ["macro:///Standard.Judge.Resolve"], timeout)


def _start(soffice: str, profile: Path, arguments: Sequence[str], timeout: float) -> None:
    command = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
