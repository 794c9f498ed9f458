"""Sets two analyses side by side: what changed, who moved and why, and what cannot be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tna.wording import change, counted, day, people_words, percent, points, share

if TYPE_CHECKING:
    from tna.comparing import Comparison

FOLDER = click.Path(path_type=Path)
MOST_AGENCIES = 12  # so many are printed; more are left to coverage.csv
Row = Mapping[str, Any]


@click.command("compare")
@click.argument("first", metavar="DIR_A", type=FOLDER)
@click.argument("second", metavar="DIR_B", type=FOLDER)
@click.option(
    "--plans",
    nargs=2,
    type=FOLDER,
    metavar="DIR DIR",
    help="The folders of two reviews, whose plans are compared.",
)
@click.option(
    "--out", type=FOLDER, help="A folder to write coverage, moved, flags, plan and compare.json to."
)
@click.option("--overwrite", is_flag=True, help="Replace an earlier comparison in that folder.")
@click.option("--internal", is_flag=True, help="Show small numbers, and say so.")
def command(
    first: Path,
    second: Path,
    plans: tuple[Path, Path] | None,
    out: Path | None,
    overwrite: bool,
    internal: bool,
) -> None:
    """Say what changed between two analyses of a board, who moved and why.

    DIR_A and DIR_B are folders that 'tna analyse' wrote, the earlier one first. Rates that were counted on different
    terms are shown without a difference, with what differs. Exit code 0: done; 2: could not.

    \b
    Example:  tna compare tna-knowsley-2015-01-31 tna-knowsley-2016-01-31 --out changes
    """
    from tna.cli.compared import write, writing
    from tna.comparing import COLUMNS, compare

    with writing(out, (first, second, *(plans or ())), overwrite=overwrite) as aside:
        found = compare(first, second, internal=internal, plans=plans)
        if aside:
            write(found.connection, COLUMNS, "compare", found.about, aside)
    for line in lines(found):
        click.echo(line)


def lines(found: Comparison) -> Iterator[str]:
    """A comparison as lines of plain text."""
    about = found.about
    yield about["shown"]
    days = [day(date.fromisoformat(about[run]["as_of"])) for run in "ab"]
    yield f"{about['board']}: {days[0]}, then {days[1]}"
    yield from _differences(about)
    yield from _coverage(found)
    yield from _people(about)
    yield from _moved(about)
    yield from _flags(about)
    yield from _plan(about)


def _differences(about: Mapping[str, Any]) -> Iterator[str]:
    if about["differences"]:
        yield "\nWhat differs in how the two were made"
    for one in about["differences"]:
        sides = f"{one['a']}, then {one['b']}" if one["a"] else one["b"]
        yield f"  {one['what']}: {sides} (bears on {one['bears_on']})"


def _coverage(found: Comparison) -> Iterator[str]:
    yield "\nCoverage: people who hold all that is required of them, of those of whom anything is"
    rows = {(row["agency"], row["level"]): row for row in found.rows("coverage_compared")}
    threshold = found.about["threshold"]
    yield f"  All: {_rates(rows['*', '*'], threshold)}" if ("*", "*") in rows else "  Nobody"
    for level, label in found.about["levels"].items():
        row = rows.get(("*", level))
        if row and (row["required_a"] != 0 or row["required_b"] != 0):
            yield f"  {label}: {_rates(row, threshold)}"
    agencies = [row for (agency, level), row in rows.items() if agency != "*" and level == "*"]
    if len(agencies) > MOST_AGENCIES:
        yield f"  {len(agencies):,} agencies: see coverage.csv, written with --out"
        return
    for row in agencies:
        yield f"  {row['agency']}: {_rates(row, threshold)}"


def _rates(row: Row, threshold: int) -> str:
    """Both rates with their parts, and the difference, or why there is none."""
    sides = ", then ".join(_rate(row, name, threshold) for name in "ab")
    if row["differs"]:
        return f"{sides}; not compared, for the terms differ: {row['differs']}"
    if row["points"] is None:
        return sides
    return f"{sides}; {_people_more(row['more_held'])}, {points(row['points'])}"


def _rate(row: Row, name: str, threshold: int) -> str:
    from tna.suppression import words_for_hidden

    held, required = row[f"held_{name}"], row[f"required_{name}"]
    if name in row["hidden"]:
        return f"not shown ({words_for_hidden(threshold)})"
    if row[f"rating_{name}"] == "no-return":
        return "no return"
    return f"{share(held, required)} ({percent(held, required)})" if required else "nobody"


def _people_more(count: int) -> str:
    return f"{change(count)} {'person' if abs(count) == 1 else 'people'}" if count else "as many people"


def _people(about: Mapping[str, Any]) -> Iterator[str]:
    yield "\nPeople in the registers"
    for row in about["people_compared"]:
        if row["agency"] == "*":
            before, after, both, joined, left = (
                _shown(row[name], about)
                for name in ("people_a", "people_b", "in_both", "joined", "left_since")
            )
            yield f"  {before}, then {after}: {both} in both, {joined} joined, {left} left"
            jobs = [_shown(row[name], about) for name in ("jobs_a", "jobs_b", "asked_a", "asked_b")]
            yield f"  Jobs: {jobs[0]}, then {jobs[1]}; level still to be asked: {jobs[2]}, then {jobs[3]}"


def _shown(count: int | None, about: Mapping[str, Any]) -> str:
    """A count, or that it is hidden."""
    from tna.suppression import words_for_hidden

    return f"{count:,}" if count is not None else f"({words_for_hidden(about['threshold'])})"


def _moved(about: Mapping[str, Any]) -> Iterator[str]:
    """Gaps before and after, and for what reasons they were closed and opened, over all agencies."""
    from tna.comparing.moved import CLOSED, OPENED

    yield "\nWho moved and why: a gap is a person and a competency that is required and not held"
    for row in about["totals"]:
        if row["agency"] == "*":
            before, after, still = (_shown(row[name], about) for name in ("gaps_a", "gaps_b", "still_open"))
            yield f"  {before} gaps, then {after}; {still} still open"
    rows = {(row["change"], row["reason"]): row for row in about["moved"] if row["agency"] == "*"}
    for which, reasons in (("closed", CLOSED), ("opened", OPENED)):
        for reason, words in reasons.items():
            if (which, reason) in rows:
                yield f"  {which}: {_of_people(rows[which, reason], about)}: {words}"


def _of_people(row: Row, about: Mapping[str, Any]) -> str:
    if row["hidden"]:
        return _shown(None, about)
    return f"{counted(row['gaps'], 'gap')} of {people_words(row['people'])}"


def _flags(about: Mapping[str, Any]) -> Iterator[str]:
    """How many flags of each code are new, gone or still there."""
    by_code: dict[str, Counter[str]] = {}
    for row in about["flag_counts"]:
        by_code.setdefault(row["code"], Counter())[row["change"]] += row["flags"]
    if by_code:
        yield "\nFlags"
    for code, counts in by_code.items():
        yield f"  {code}: {', '.join(f'{count:,} {how}' for how, count in sorted(counts.items()))}"


def _plan(about: Mapping[str, Any]) -> Iterator[str]:
    if about["plan_compared"]:
        yield "\nLines of the plan"
    for row in about["plan_compared"]:
        sides = [_judged(row, name) for name in "ab" if row[f"rating_{name}"]]
        yield f"  {row['line']}: {', then '.join(sides)}{_plan_change(row)}"


def _judged(row: Row, name: str) -> str:
    from tna.wording import PLAN_MARKS

    rating = row[f"rating_{name}"]
    word = PLAN_MARKS[rating].word.lower() if rating in PLAN_MARKS else rating
    actual, whole = row[f"actual_{name}"], row[f"denominator_{name}"]
    if actual is None:
        return word
    number = f"{share(actual, whole)} {row['unit']}" if whole else f"{actual:,} {row['unit']}"
    return f"{word}, {number.strip()}"


def _plan_change(row: Row) -> str:
    if row["change"]:
        return f" ({row['change']})"
    if row["differs"]:
        return f"; not compared, for it is measured otherwise ({row['differs']})"
    if row["points"] is not None:
        return f"; {points(row['points'])}"
    return f"; {change(row['more'])}" if row["more"] is not None else ""
