"""Writes the papers that were asked for into a folder, each whole or not at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from tna import plugins
from tna.model import Analysis, ReportFormat
from tna.problems import Place, Unusable, nearest, refuse
from tna.reports import as_docx, as_html, as_text, as_xlsx, templated
from tna.reports.papers import paper, people
from tna.reports.papers.changed import changes
from tna.reports.papers.lapses import lapses
from tna.reports.papers.material import Material, gather
from tna.reports.reopened import reopen
from tna.reports.sections import Paper, fit
from tna.suppression import EVERY

Given = TypeVar("Given")
NAMES = {"board": "board-paper", "sub-group": "sub-group", "agency": "agency", "internal": "gaps"}
LONGEST = 80  # letters of an agency's name in the name of a file


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: of which analysis, in which formats, for whom, about which agencies (all when empty)."""

    folder: Path
    formats: Sequence[str]
    audience: str = "board"
    agencies: Sequence[str] = ()
    review: Path | None = None
    template: Path | None = None
    last: Path | None = None
    overwrite: bool = False


def _html(made: Paper, path: Path) -> None:
    path.write_text(as_html.render("paper.html", made), encoding="utf-8", newline="\n")


WRITERS: Mapping[str, Callable[[Paper, Path], None]] = {
    "html": _html,
    "xlsx": as_xlsx.write,
    "docx": as_docx.write,
    "csv": as_text.write_csv,
    "json": as_text.write_json,
}


def write_papers(wanted: Wanted, out: Path) -> Iterator[Path]:
    """Each paper's file as it is written.

    Raises `Unusable` for a format, agency, analysis, review or template that cannot be used, and for a file that is
    there already and may not be replaced.
    """
    brought = {
        form.suffix.removeprefix("."): (name, form)
        for name, forms in plugins.find().ask("tna_reports")
        for form in forms
    }
    _check(wanted, out, brought)
    analysis = reopen(wanted.folder)
    out.mkdir(parents=True, exist_ok=True)
    material = _material(wanted, analysis)
    stems = _stems(wanted.audience, material)
    for agency in _agencies(wanted, material):
        made = paper(replace(material, agency=agency))
        for name in dict.fromkeys(wanted.formats):
            target = out / f"{stems[agency]}.{name}"
            if name in WRITERS:
                _whole(target, _writer(name, wanted.template), fit(made, name), wanted.overwrite)
            else:
                _whole(target, partial(_write_signed, *brought[name]), analysis, wanted.overwrite)
            yield target


def _material(wanted: Wanted, analysis: Analysis) -> Material:
    """What a paper is made of; what lapses is worked out only for the page that shows it."""
    material = gather(analysis, wanted.audience, wanted.review)
    if wanted.last:
        material = replace(material, changed=changes(wanted.last, wanted.folder, material.internal))
    if "html" not in wanted.formats or wanted.audience not in ("board", "internal"):
        return material
    return replace(material, lapses=lapses(wanted.folder, material.internal))


def _check(wanted: Wanted, out: Path, brought: Mapping[str, tuple[str, ReportFormat]]) -> None:
    known = sorted({*WRITERS, *brought})
    for name in wanted.formats:
        if name not in known:
            refuse(
                "report.unknown-format",
                Place("--format"),
                format=name,
                near=nearest(name, known),
                known=", ".join(known),
            )
        if name not in WRITERS and wanted.audience != "internal":
            refuse("report.whole-analysis", Place("--format"), format=name)
    if wanted.audience != "agency" and wanted.agencies:
        refuse("report.agency-alone", Place("--agency"))
    if out.exists() and not out.is_dir():
        refuse("paths.cannot-write", Place(str(out)), why="it is a file")


def _agencies(wanted: Wanted, material: Material) -> Sequence[str]:
    """The agencies to write of; one paper about none of them for all other audiences."""
    if wanted.audience != "agency":
        return [""]
    known = _known(material)
    for agency in wanted.agencies:
        if agency not in known:
            refuse("report.unknown-agency", Place("--agency"), agency=agency, near=nearest(agency, known))
    return list(dict.fromkeys(wanted.agencies)) or known


def _known(material: Material) -> list[str]:
    return sorted({agency for agency, _ in material.ratings if agency != EVERY})


def _stems(audience: str, material: Material) -> dict[str, str]:
    """What each agency's paper is called, and under "" one about none: by name, in letters that any system takes.

    Where that would not tell two agencies apart, or nothing is left of a name, a hash of the name follows.
    """
    known = _known(material)
    plain = {agency: re.sub(r"[^a-z0-9]+", "-", agency.casefold()).strip("-")[:LONGEST] for agency in known}
    often = Counter(plain.values())
    stems = {"": NAMES[audience]}
    for agency, name in plain.items():
        apart = "" if name and often[name] == 1 else f"-{people.anchor(agency).removeprefix('agency-')}"
        stems[agency] = f"{NAMES[audience]}{f'-{name}' if name else ''}{apart}"
    return stems


def _writer(name: str, template: Path | None) -> Callable[[Paper, Path], None]:
    if name == "docx" and template:
        return lambda made, path: templated.write(made, path, template)
    return WRITERS[name]


def _write_signed(plugin: str, form: ReportFormat, analysis: Analysis, path: Path) -> None:
    """A plugin's format; one that fails, or writes nothing, is named with its plugin."""
    try:
        form.write(analysis, path)
        why = "" if path.is_file() else "it wrote nothing"
    except Unusable:
        raise
    except Exception as error:
        why = f"{type(error).__name__}: {error}".splitlines()[0].rstrip(".")
    if why:
        place = Place(f"plugin {plugin}")
        refuse("report.format-failed", place, format=form.suffix[1:], plugin=plugin, why=why)


def _whole(target: Path, write: Callable[[Given, Path], None], given: Given, overwrite: bool) -> None:
    """Writes beside the target and moves it there whole."""
    if target.exists() and not overwrite:
        refuse("report.there-already", Place(str(target)))
    with TemporaryDirectory(prefix=".tna-", dir=target.parent) as aside:
        write(given, Path(aside) / target.name)
        (Path(aside) / target.name).replace(target)
