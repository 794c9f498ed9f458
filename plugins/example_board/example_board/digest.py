"""Writes an analysis as one page of Markdown: the finding, each level's count, and what is to be done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tna.model import Analysis


def write(analysis: Analysis, path: Path) -> None:
    """The page, at the path that tna gives: `report` and our suffix, beside its own report."""
    path.write_text("\n".join(_lines(analysis)) + "\n", encoding="utf-8")


def _lines(analysis: Analysis) -> Iterator[str]:
    framework = analysis.board.pack.framework
    yield f"# {framework.board}: {framework.title}"
    yield f"\nAs of {analysis.as_of.isoformat()}. {analysis.about['headline']}\n"
    yield f"| {framework.level_word} | in date | required |\n|---|---:|---:|"
    yield from _levels(analysis)
    yield "\nPeople are counted once in a line, as in date when they have all that it requires of them.\n"
    yield "## To do\n"
    yield from _to_do(analysis)


def _levels(analysis: Analysis) -> Iterator[str]:
    """How many of how many, in the board's own order; no percentage, so nothing to round."""
    framework = analysis.board.pack.framework
    names = {level.id: level.label for level in framework.levels}
    names |= {f"cohort:{cohort.id}": cohort.label for cohort in framework.cohorts}
    asked = (
        "select level, held, required from coverage where agency = '*' and competency = '*' and required > 0"
    )
    found = {level: counts for level, *counts in analysis.connection.execute(asked).fetchall()}
    for level, name in names.items():
        if level in found:
            held, required = found[level]
            yield f"| {_plain(name)} | {held:,} | {required:,} |"


def _to_do(analysis: Analysis) -> Iterator[str]:
    """Flags that ask for something to be done, with who says so."""
    asked = "select subject, message, plugin from flags where severity = 'act'"  # already in order
    found = analysis.connection.execute(asked).fetchall()
    for subject, message, plugin in found:
        yield f"* **{_plain(subject)}**: {_plain(message)} ({plugin})"
    if not found:
        yield "Nothing is flagged to act on."


def _plain(text: str) -> str:
    """Text from registers and packs with what Markdown and HTML would read as marks taken for what it is."""
    for mark in "\\`*_[]<>|#":
        text = text.replace(mark, f"\\{mark}" if mark not in "<>" else {"<": "&lt;", ">": "&gt;"}[mark])
    return " ".join(text.split())
