"""Assemble and write the pilot contract, against two template engines and against writing the finished parts alone."""

from __future__ import annotations

import json
import zipfile
from contextlib import ExitStack
from io import BytesIO
from typing import TYPE_CHECKING

from docxtpl import DocxTemplate
from lxml import etree

from benchmarks.docxtemplater import Unavailable, WarmNode, installed
from benchmarks.measuring import Comparison, Outcome, interleaved, timed
from benchmarks.peers import DOCXTEMPLATER, DOCXTPL, template_of, words_of
from benchmarks.settings import PILOT, workplace
from fe_contracts import assemble, load_catalog, load_house_style, load_spec
from fe_contracts.catalog.wording import Branch, walk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.measuring import Options
    from benchmarks.peers import Template
    from fe_contracts import AssembledContract

__all__ = ["measure"]


def _conditions(made: AssembledContract) -> int:
    """Return how many conditions stand inside the wordings of the chosen clauses."""
    wordings = (item.version.wording for item in made.selection.included if item.version)
    return sum(isinstance(node, Branch) for wording in wordings for node in walk(wording.nodes))


def _floor(docx: bytes) -> Callable[[], object]:
    """Return the work that nobody can leave out: serialise the finished parts and zip them."""
    with zipfile.ZipFile(BytesIO(docx)) as package:
        trees = {name: etree.fromstring(package.read(name)) for name in package.namelist()}

    def work() -> None:
        with zipfile.ZipFile(BytesIO(), "w", zipfile.ZIP_DEFLATED) as package:
            for name, tree in trees.items():
                content = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
                package.writestr(name, content)

    return work


def _with_docxtpl(path: Path, template: Template) -> Callable[[], bytes]:
    """Return the whole way of docxtpl, as its documentation shows it, with escaping on."""

    def work() -> bytes:
        document, file = DocxTemplate(path), BytesIO()
        document.render(template.values, autoescape=True)
        document.save(file)
        return file.getvalue()

    return work


def _same_words(ours: bytes, theirs: bytes, name: str) -> None:
    """Make sure that two files say the same.

    Raises:
        RuntimeError: if they do not: then comparing their times means nothing.
    """
    here, there = words_of(ours), words_of(theirs)
    for mine, other in zip(here, there, strict=False):
        if mine != other:
            message = f"{name} does not print the same words: {other!r} in place of {mine!r}."
            raise RuntimeError(message)
    if len(here) != len(there):
        message = f"{name} prints {len(there)} paragraphs in place of {len(here)}."
        raise RuntimeError(message)


def measure(options: Options) -> Outcome:
    """Return how long one contract takes us, and how long it takes the others."""
    rounds, warmup = (2, 1) if options.quick else (41, 10)
    with workplace() as folder, ExitStack() as stack:
        catalog, style = load_catalog(options.catalog), load_house_style("plain")
        spec = load_spec(PILOT)
        made = assemble(spec, catalog)
        ours = made.to_bytes(style)
        inner = _conditions(made)
        remarks = []
        sides = {
            "ours": timed(lambda: assemble(spec, catalog).to_bytes(style)),
            "with spec": timed(lambda: assemble(load_spec(PILOT), catalog).to_bytes(style)),
            "floor": timed(_floor(ours)),
        }
        template = template_of(ours, DOCXTPL, inner_conditions=inner)
        path = folder / "docxtpl.docx"
        path.write_bytes(template.content)
        work = _with_docxtpl(path, template)
        _same_words(ours, work(), "docxtpl")
        sides["docxtpl"] = timed(work)
        try:
            node = stack.enter_context(_node(ours, inner, folder, fetch=not options.quick))
        except Unavailable as error:
            remarks.append(f"docxtemplater was left out: {error}.")
        else:
            sides["docxtemplater"] = node.render
        times = interleaved(sides, rounds=rounds, warmup=warmup)
    what = "assemble and write the pilot contract"
    lines = [Comparison.of(what, "docxtpl, a template of the same text", times["ours"], times["docxtpl"], target=0.2)]
    if "docxtemplater" in times:
        there = times["docxtemplater"]
        lines.append(Comparison.of(what, "docxtemplater in a warm node", times["ours"], there, target=1.0))
    lines += [
        Comparison.of(what, "serialise and zip the same finished parts", times["ours"], times["floor"], target=4.0),
        Comparison.of("the same, the spec read from its file", "docxtpl", times["with spec"], times["docxtpl"]),
    ]
    words = words_of(ours)
    size = (
        f"{len(words)} paragraphs with {sum(len(text.split()) for text in words):,} words; the templates print "
        f"{template.tags} values and have {template.loops} loops and {template.conditions} conditions. Every side "
        "prints the same words."
    )
    return Outcome("assembly", tuple(lines), (size, *remarks))


def _node(ours: bytes, inner: int, folder: Path, *, fetch: bool) -> WarmNode:
    """Return a node process that renders the same contract, not started yet, its words checked.

    Raises:
        Unavailable: if node or its packages are not at hand.
    """
    modules = installed(fetch=fetch)
    template = template_of(ours, DOCXTEMPLATER, inner_conditions=inner)
    path, values, output = (folder / f"docxtemplater.{suffix}" for suffix in ("docx", "json", "out.docx"))
    path.write_bytes(template.content)
    values.write_text(json.dumps(template.values), encoding="utf-8")
    node = WarmNode(modules, path, values)
    with node:
        node.save(output)
    _same_words(ours, output.read_bytes(), "docxtemplater")
    return node
