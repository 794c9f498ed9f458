"""Shows a return's whole way on made-up rows: a form sent, filled in, checked, marked, put right, analysed, tabled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tna.wording import have, people_share

if TYPE_CHECKING:
    from tna.model import Board

AGENCY = "Quarry Voluntary Action (sample)"


def cycle(board: Board, folder: Path, as_of: date) -> Iterator[str]:
    """Every step into a folder of its own, and in a few lines what came of it."""
    from tna.cli.running import run
    from tna.forms import template
    from tna.samples import filled

    form, returned = folder / "form.xlsx", folder / "returned.xlsx"
    template.write(board, AGENCY, "people", as_of, form)
    filled.with_mistakes(board, form, returned)
    must, please = _check(board, returned, folder / "checked", as_of)
    marked = next((folder / "checked").glob("*.xlsx"))
    corrected, analysis = folder / "corrected.xlsx", folder / "analysis"
    filled.put_right(board, marked, corrected)
    left, _ = _check(board, corrected, folder / "checked-again", as_of)
    run(board.id, [corrected], [corrected], [], as_of, analysis, True, {}, quiet=True)
    yield f"A return's way: {folder} (form.xlsx, returned.xlsx, checked/{marked.name}, corrected.xlsx)"
    yield f"  {must} to put right and {please} to look at when it came back; {left} to put right once corrected."
    held, required = _in_date(analysis)
    yield f"  Analysed: {people_share(held, required)} {have(held, required)} all that is required of them."
    yield f"  Papers: {folder / 'papers'} ({', '.join(_papers(analysis, folder / 'papers'))})"


def _in_date(analysis: Path) -> tuple[int, int]:
    """How many people have everything required of them, of those of whom something is."""
    from tna.reports.reopened import reopen

    connection = reopen(analysis).connection
    ((held, required),) = connection.execute(
        "select held, required from coverage where agency = '*' and level = '*' and competency = '*'"
    ).fetchall()
    connection.close()
    return held, required


def _papers(analysis: Path, out: Path) -> Iterator[str]:
    """The names of the papers made of the return: the board's, and the agency's own."""
    from tna.reports.writing import Wanted, write_papers

    for audience in ("board", "agency"):
        for path in write_papers(Wanted(analysis, ("docx",), audience, overwrite=True), out):
            yield path.name


def _check(board: Board, path: Path, out: Path, as_of: date) -> tuple[int, int]:
    """What must be put right in a file and what is to be looked at, with the marked copy written."""
    from tna import plugins
    from tna.cli.returns import write
    from tna.forms import asked
    from tna.forms.reading import read

    reading = read([path], board.id, "people", as_of, plugins.find(), (), lambda stage: None)
    titles = asked.find(reading)
    found = asked.everything(titles, reading)
    list(write(found, titles, reading, out, True))
    must = sum(one.must for one in found)
    return must, len(found) - must
