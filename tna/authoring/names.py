"""Gives every thing of a workbook its id, and finds the thing that a cell names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from tna.authoring.layout import sheets
from tna.authoring.rows import Book, Row
from tna.model.roles import Role, Roles
from tna.names import plain
from tna.problems import Problems, nearest
from tna.titles import Vocabulary, read, vocabulary

ID = re.compile(r"[a-z0-9][a-z0-9.-]*\Z")
NODES = ("level", "competency", "course")  # they meet in one graph, so their ids may not meet
LONGEST = 40  # letters of an id made from words
BETWEEN = re.compile(r"[;|\n]")
KINDS = {"scope": ("level", "cohort")}  # what a column may name, where that is more than one kind
Found = tuple[str, str]  # the kind of a thing and its id


def slug(words: str) -> str:
    """Words as an id: small letters, digits and hyphens, cut between words."""
    bare = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()
    parts = re.findall(r"[a-z0-9]+", bare.replace("'", ""))
    while len(parts) > 1 and len("-".join(parts)) > LONGEST:
        parts.pop()
    return "-".join(parts)[:LONGEST].strip("-")


@dataclass(slots=True)
class Names:
    """Every name in the workbook with the things it may mean, the id of each row, and tna's list of jobs."""

    roles: Roles
    problems: Problems
    ids: dict[tuple[str, int], str] = field(default_factory=dict)
    known: dict[str, dict[str, dict[str, None]]] = field(default_factory=dict)
    words: Vocabulary = field(init=False)

    def __post_init__(self) -> None:
        self.words = vocabulary(self.roles)
        self.known["role"] = {}
        for role in self.roles.nodes.values():
            for name in names_of(role):
                self.known["role"].setdefault(plain(name), {})[role.id] = None

    def id_of(self, row: Row) -> str:
        """The id of the thing that a row defines; "" when it defines none."""
        return self.ids.get((row.sheet.key, row.number), "")

    def find(self, row: Row, key: str) -> list[Found]:
        """The things that a cell names, in order; each that nothing or several have is noted."""
        column = row.sheet.column(key)
        text = row.cells.get(key, "")
        assert column is not None
        whole = self._meanings(text, column.of)
        parts = [text] if whole or column.kind == "name" else [one.strip() for one in BETWEEN.split(text)]
        found = [one for part in parts if part for one in self._one(row, key, part, column.of)]
        return list(dict.fromkeys(found))

    def _meanings(self, name: str, of: str) -> list[Found]:
        return [
            (kind, one)
            for kind in KINDS.get(of, (of,))
            for one in self.known.get(kind, {}).get(plain(name), ())
        ]

    def _one(self, row: Row, key: str, name: str, of: str) -> list[Found]:
        meanings = self._meanings(name, of)
        if len(meanings) > 1:
            ids = " or ".join(one for _, one in meanings)
            self.problems.add("authoring.two-meanings", row.at(key), name=name, ids=ids)
        elif not meanings:
            every = (one for kind in KINDS.get(of, (of,)) for one in self.known.get(kind, {}))
            self.problems.add(
                "authoring.unknown-name", row.at(key), name=name, what=WHAT[of], near=nearest(plain(name), every),
                where=WHERE[of],
            )  # fmt: skip
        return meanings[:1]

    def jobs(self, row: Row) -> list[str]:
        """The roles that the printed words of an example name; none, and a note, when they name no single job."""
        reading = read(row.cells.get("printed", ""), self.words, suggest=False)
        if reading.certain and not reading.posts:
            return list(reading.roles)
        self.problems.add("authoring.no-job", row.at("printed"), printed=row.cells.get("printed", ""))
        return []


WHAT = {"level": "level", "competency": "competency", "scope": "level or cohort", "cohort": "cohort", "course": "course",
        "document": "document", "role": "job of tna's list", "policy": "decision"}  # fmt: skip
WHERE = {"level": "Add it on the sheet Levels", "competency": "Add it on the sheet Competencies",
         "scope": "Add it on the sheet Levels or Cohorts", "cohort": "Add it on the sheet Cohorts",
         "course": "Add it on the sheet Courses", "document": "Add it on the sheet Documents",
         "role": "Choose from the list of jobs", "policy": "Add it on the sheet Decisions"}  # fmt: skip


def names_of(role: Role) -> Iterator[str]:
    """Every name of a role."""
    yield from (role.id, role.label, *role.also, *role.abbreviations)


def give_ids(book: Book, names: Names) -> None:
    """An id for every row that defines a thing: its short name, else one made from its words that nothing else has."""
    made: list[tuple[Row, str]] = []
    for sheet in (one for one in sheets() if one.of):
        for row in book.of(sheet.key):
            given = row.cells.get("id", "")
            if given and not ID.match(given):
                names.problems.add("authoring.not-an-id", row.at("id"), found=given, near=slug(given) or "c1")
            if not ID.match(given) or not _settle(names, row, given):
                made.append((row, row.cells.get(sheet.named, "")))
    for row, words in made:
        _settle(names, row, _free(names, row, slug(words) or row.sheet.of))
    for sheet in (one for one in sheets() if one.of):
        for row in book.of(sheet.key):
            _know(names, row)


def _taken(names: Names, kind: str) -> dict[str, dict[str, None]]:
    return names.known.setdefault("node" if kind in NODES else f"id of {kind}", {})


def _settle(names: Names, row: Row, found: str) -> bool:
    """Give a row its id, unless something else has it, which is noted."""
    taken = _taken(names, row.sheet.of)
    if found in taken:
        names.problems.add("authoring.twice", row.at("id"), id=found, first=next(iter(taken[found])))
        return False
    taken[found] = {f"sheet {row.sheet.title}, row {row.number}": None}
    names.ids[row.sheet.key, row.number] = found
    return True


def _free(names: Names, row: Row, stem: str) -> str:
    taken, found, number = _taken(names, row.sheet.of), stem, 2
    while found in taken:
        found, number = f"{stem}-{number}", number + 1
    return found


def _know(names: Names, row: Row) -> None:
    """Every way a cell may name the thing of a row: by its id, its words, its number, its other names."""
    known = names.known.setdefault(row.sheet.of, {})
    mine, given = names.id_of(row), row.cells.get("id", "")
    also = [*BETWEEN.split(row.cells.get("also", "")), "" if ID.match(given) else given]
    for name in (mine, row.cells.get(row.sheet.named, ""), row.cells.get("number", ""), *also):
        if plain(name):
            known.setdefault(plain(name), {})[mine] = None
