"""Reads what a board has decided of job titles that nothing in its pack places: title, level, by whom, when and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tna.documents import Document, read
from tna.model import Decision, Level
from tna.names import level_names, plain
from tna.problems import Place, Problems, nearest
from tna.titles import normalise

FILE = "decisions.yaml"
SIGNED = ("by", "on", "because")


def load(
    files: Iterable[tuple[Path, str]], levels: Sequence[Level], problems: Problems
) -> tuple[Decision, ...]:
    """The decisions of files, each with what to call it; those without a level are still to be made.

    What is wrong is noted in `problems`: a level the board does not have, a decision nobody signed, a title
    decided in two ways.
    """
    documents = [document for path, name in files if (document := read(path, "decisions", problems, name))]
    found = [one for document in documents for one in _decisions(document, level_names(levels), problems)]
    first: dict[tuple[str, ...], Decision] = {}
    for one in found:
        before = first.setdefault(normalise(one.title), one)
        if before.level != one.level:
            problems.add(
                "decisions.twice",
                one.place,
                title=one.title,
                level=one.level,
                before=before.level,
                at=str(before.place),
            )
    return tuple(first.values())


def files_of(folder: Path, name: str, given: Sequence[Path] = ()) -> tuple[tuple[Path, str], ...]:
    """The decisions beside a pack, if there are any, and those given besides, each with what to call it."""
    beside = folder / FILE
    own = ((beside, f"{name}/{FILE}"),) if beside.exists() else ()
    return (*own, *((path, str(path)) for path in given))


def _decisions(document: Document, names: dict[str, str], problems: Problems) -> Iterator[Decision]:
    for index, one in enumerate(document.data["decisions"]):
        if one.get("level") in (None, ""):
            continue
        level = names.get(plain(str(one["level"])))
        if level is None:
            where = document.place("decisions", index, "level")
            problems.add(
                "decisions.unknown-level", where, level=one["level"], near=nearest(str(one["level"]), names)
            )
        elif _signed(one, document.place("decisions", index), problems):
            try:
                yield _decision(one, level, document.place("decisions", index))
            except ValueError:
                problems.add("decisions.no-such-day", document.place("decisions", index, "on"), day=one["on"])


def _signed(one: dict[str, Any], place: Place, problems: Problems) -> bool:
    blank = [key for key in SIGNED if not one.get(key)]
    if blank:
        problems.add("decisions.not-signed", place, title=one["title"], blank=" and ".join(blank))
    return not blank


def _decision(one: dict[str, Any], level: str, place: Place) -> Decision:
    return Decision(one["title"], level, one["by"], date.fromisoformat(one["on"]), one["because"], place)
