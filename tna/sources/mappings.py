"""Reads a mapping: which columns of another system's export are which of ours, and what its words and dates mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fnmatch import fnmatch
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from tna import documents
from tna.names import plain, tidy
from tna.problems import Place, Problems, nearest
from tna.sources.headers import heading_key, wanted
from tna.sources.words import Said, read_duties, read_status, read_word, vocabulary

PARTS = {"YYYY": "%Y", "YY": "%y", "MM": "%m", "DD": "%d", "hh": "%H", "mm": "%M", "ss": "%S"}
TOKEN = re.compile("|".join(PARTS))
ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?")
UNIX = re.compile(r"\d{9,10}")
WORDED: Mapping[str, Callable[[str], Said]] = {
    "status": read_status,
    "duties": read_duties,
    **{name: partial(read_word, name) for name in ("mode", "contact", "manages")},
}
DATED = ("completed", "start_date", "date", "followed_up", "as_at")


@dataclass(frozen=True, slots=True)
class RegisterMap:
    """How one kind of register is read: our columns by their headings, constants, dates and words."""

    kind: str
    system: str
    columns: Mapping[str, tuple[str, ...]]
    files: tuple[str, ...] = ()
    delimiter: str = ""
    encoding: str = ""
    constants: Mapping[str, str] = field(default_factory=dict)
    dates: str = ""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    undated: str = ""  # the status of a row whose date of completion is blank
    ignore: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()

    @property
    def headings(self) -> frozenset[str]:
        """The keys of every heading it names for a column."""
        return frozenset(heading_key(one) for some in self.columns.values() for one in some)

    def covers(self, file: str) -> bool:
        """Whether it is for a file of this name."""
        name = Path(file).name.casefold()
        return not self.files or any(fnmatch(name, one.casefold()) for one in self.files)

    def read(self, column: str, cell: str) -> str:
        """A cell in our words: translated, or its date as YYYY-MM-DD; one that does not keep to the format says so."""
        words = self.values.get(column, {})
        seen = tidy(cell)
        if plain(seen) in words:
            return words[plain(seen)]
        if not self.dates or column not in DATED or not seen:
            return cell
        return dated(seen, self.dates)


def dated(text: str, form: str) -> str:
    """A date of one form as YYYY-MM-DD; a whole date of the calendar's own order is taken too."""
    if ISO.fullmatch(text):
        return text[:10]
    try:
        if form == "unix":
            seconds = int(text) if UNIX.fullmatch(text) else -1
            return (
                datetime.fromtimestamp(seconds, UTC).date().isoformat()
                if seconds >= 0
                else f"{text} (not unix)"
            )
        return datetime.strptime(text, pattern(form)).date().isoformat()  # a day has no zone
    except ValueError:
        return f"{text} (not {form})"


def pattern(form: str) -> str:
    """A form such as DD/MM/YYYY as Python's own."""
    return TOKEN.sub(lambda part: PARTS[part[0]], form.replace("%", "%%"))


def load(path: Path, problems: Problems) -> tuple[RegisterMap, ...]:
    """The maps of a mapping file. Raises `Unusable` with every problem when it cannot be used."""
    name = path.name if path.is_absolute() else path.as_posix()
    document = documents.read(path, "mapping", problems, name)
    found = tuple(_maps(document, problems)) if document else ()
    problems.stop_on_errors()
    return found


def shipped() -> tuple[RegisterMap, ...]:
    """The maps that tna brings, tried on files whose headings are not ours."""
    found: list[RegisterMap] = []
    for file in sorted(files("tna.sources").joinpath("shipped").iterdir(), key=lambda one: one.name):
        problems = Problems()
        document = documents.parse_text(file.read_text("utf-8"), file.name, problems)
        assert document and not len(problems)
        found += _maps(document, problems)
    return tuple(found)


def _maps(document: documents.Document, problems: Problems) -> Iterator[RegisterMap]:
    for kind, said in document.data["registers"].items():
        _check(document, kind, said, problems)
        columns = {
            name: (one,) if isinstance(one, str) else tuple(one) for name, one in said["columns"].items()
        }
        yield RegisterMap(
            kind=kind,
            system=document.data.get("system", document.name),
            columns=columns,
            files=tuple(said.get("files", ())),
            delimiter=said.get("delimiter", ""),
            encoding=said.get("encoding", ""),
            constants=_texts(said.get("constants", {})) | ({"status": "attended"} if "undated" in said else {}),
            undated=said.get("undated", ""),
            dates=said.get("dates", ""),
            values={name: {plain(str(one)): str(word) for one, word in words.items()} for name, words in said.get("values", {}).items()},
            ignore=frozenset(map(heading_key, said.get("ignore", ()))),
            keep=frozenset(map(heading_key, said.get("keep", ()))),
        )  # fmt: skip


def _texts(said: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(one) for name, one in said.items()}


def _check(document: documents.Document, kind: str, said: Mapping[str, Any], problems: Problems) -> None:
    """Note columns that the register does not have, and a form of dates that says too little."""
    known = wanted(kind)
    for part in ("columns", "constants", "values"):
        for name in said.get(part, {}):
            if name not in known:
                place: Place = document.place("registers", kind, part, name)
                problems.add("mapping.unknown-field", place, kind=kind, column=name, near=nearest(name, known), known=", ".join(known))  # fmt: skip
    form = said.get("dates", "unix")
    if (form != "unix" and not {"MM", "DD"} <= set(TOKEN.findall(form))) or (
        "YY" not in form and form != "unix"
    ):
        problems.add("mapping.date-format", document.place("registers", kind, "dates"), format=form)
    if "undated" in said and (kind != "records" or "status" in said["columns"]):
        place = document.place("registers", kind, "undated")
        problems.add("mapping.read-and-constant", place, column="status")
    _check_constants(document, kind, said, problems)
    _check_headings(document, kind, said["columns"], problems)


def _check_constants(
    document: documents.Document, kind: str, said: Mapping[str, Any], problems: Problems
) -> None:
    """Note constants of columns that are read too, and those that say no word their column may hold."""
    for name, one in said.get("constants", {}).items():
        place = document.place("registers", kind, "constants", name)
        if name in said["columns"]:
            problems.add("mapping.read-and-constant", place, column=name)
        elif name in WORDED and WORDED[name](str(one)).why:
            known = sorted({word for word in vocabulary(name).values() if word})
            problems.add("mapping.unknown-word", place, word=str(one), column=name, known=", ".join(known))


def _check_headings(
    document: documents.Document, kind: str, columns: Mapping[str, Any], problems: Problems
) -> None:
    """Note headings that two columns would be read from."""
    seen: dict[str, str] = {}
    for name, some in columns.items():
        for one in [some] if isinstance(some, str) else some:
            other = seen.setdefault(heading_key(one), name)
            if other != name:
                place = document.place("registers", kind, "columns", name)
                problems.add("mapping.heading-twice", place, heading=one, column=name, other=other)
