"""Turns the rows of a workbook into what the files of a pack hold, one function a sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tna.authoring.layout import sheets
from tna.authoring.names import Names, slug
from tna.authoring.packing import Data, Packing, Spot, Statement
from tna.authoring.rows import Book
from tna.authoring.values import values
from tna.problems import Place

LINE = ("kind", "says", "printed", "course", "target", "floor", "unit", "comparison", "period_from", "period_to", "lead",
        "update", "updated")  # fmt: skip


def pack(book: Book, names: Names) -> tuple[dict[str, Data], dict[Spot, Place]]:
    """What framework.yaml, catalogue.yaml and plan.yaml hold, and the cell that each block came from."""
    made = Packing(names)
    made.documents = [names.id_of(row) for row in book.of("documents")]
    every = {
        sheet.key: [Statement(row, values(row, names), names.id_of(row)) for row in book.of(sheet.key)]
        for sheet in sheets()
    }
    blocks = {key: _blocks(made, file, key, every[key], build) for key, (file, build) in BUILDERS.items()}
    _require(made, every["requires"], blocks["levels"], blocks["cohorts"])
    _name_people(made, every["examples"], blocks["levels"])
    blocks["policies"] += made.policies.values()
    framework = {
        key: blocks[key] for key, (file, _) in BUILDERS.items() if file == "framework" and blocks[key]
    }
    head = _board(made, every["board"][0]) if every["board"] else {}
    packed = {
        "framework": {**head, **framework},
        "catalogue": {"courses": blocks["courses"]},
        "plan": {"lines": blocks["plan"]},
    }
    return packed, made.spots


def _blocks(
    made: Packing, file: str, key: str, rows: Sequence[Statement], build: Callable[[Packing, Statement], Data]
) -> list[Data]:
    found = []
    for at, one in enumerate(rows):
        made.spots[file, "lines" if key == "plan" else key, at] = one.row.place
        found.append({"id": one.id, **build(made, one)})
    return found


def _board(made: Packing, one: Statement) -> Data:
    made.spots["framework",] = one.row.place
    found = one.picked("board", "title", "edition", "effective_from", "level_word", "note")
    if "review_by" in one.said:
        words = one.renamed(review_by="by", review_printed="printed")
        return {**found, "review": {**words, "source": made.source(one, "review_at"), "basis": "stated"}}
    for key in one.picked("review_printed", "review_at"):
        made.wrong(one, key, "says-nothing", other="Review by")
    return found


def _document(_: Packing, one: Statement) -> Data:
    return one.picked("title", "by", "dated", "note")


def _level(made: Packing, one: Statement) -> Data:
    includes = [one.renamed(includes="levels")] if "includes" in one.said else []
    return {
        **one.picked("label", "number", "also", "printed", "provision", "descriptor"),
        **({"includes": includes} if includes else {}),
        **made.remarked(one),
    }


def _competency(made: Packing, one: Statement) -> Data:
    return {**one.picked("label", "needs"), **made.remarked(one)}


def _cohort(made: Packing, one: Statement) -> Data:
    return {**one.picked("label", "also", "printed", "roles"), **made.remarked(one)}


def _require(
    made: Packing, rows: Sequence[Statement], levels: Sequence[Data], cohorts: Sequence[Data]
) -> None:
    """Put what each row requires under its levels and cohorts."""
    of = {("level", one["id"]): ("levels", at, one) for at, one in enumerate(levels)}
    of |= {("cohort", one["id"]): ("cohorts", at, one) for at, one in enumerate(cohorts)}
    for one in rows:
        name = slug(f"{one.row.cells.get('scopes')} {one.row.cells.get('competencies')}")
        grant = {**one.picked("competencies", "months", "modes", "because"), **made.origin(one, name)}
        for scope in one.said.get("scopes", ()):
            _put(made, of[scope], "requires", one, grant)


def _name_people(made: Packing, rows: Sequence[Statement], levels: Sequence[Data]) -> None:
    """Put each named example under its level."""
    of = {one["id"]: ("levels", at, one) for at, one in enumerate(levels)}
    for one in rows:
        roles = one.said.get("roles") or ([] if "roles" in one.row.cells else made.names.jobs(one.row))
        example = {
            **one.picked("printed"),
            **({"roles": roles} if roles else {}),
            **one.picked("except"),
            **made.remarked(one, slug(f"{one.said.get('level')} {one.said.get('printed')}")),
        }
        if one.said.get("level") in of:
            _put(made, of[one.said["level"]], "examples", one, example)


def _put(made: Packing, under: tuple[str, int, Data], key: str, one: Statement, said: Data) -> None:
    kind, at, block = under
    held = block.setdefault(key, [])
    made.spots["framework", kind, at, key, len(held)] = one.row.place
    held.append(said)


def _course(made: Packing, one: Statement) -> Data:
    if "months" in one.said and not one.picked("gives", "renews"):
        made.wrong(one, "months", "says-nothing", other="Gives")
    length = one.renamed(duration_printed="printed", minutes="minutes")
    often = one.renamed(frequency_printed="printed", sessions_number="sessions", per="per")
    given = one.picked("gives", "renews")
    return {
        **one.picked("title", "also", "kind", "audience", "mode"),
        **({"duration": length} if length else {}),
        **({"frequency": often} if often else {}),
        **one.picked("provider", "multi_agency", "roles"),
        **{key: [_link(said)] for key, said in one.picked("open_to", "required_of").items()},
        **{key: [{"competencies": said, **one.picked("months")}] for key, said in given.items()},
        **one.picked("after", "sessions", "capacity"),
        **made.remarked(one),
    }


def _link(scopes: Sequence[tuple[str, str]]) -> Data:
    """Levels and cohorts tied by one statement."""
    kinds = {"levels": "level", "cohorts": "cohort"}
    link = {name: [one for kind, one in scopes if kind == of] for name, of in kinds.items()}
    return {name: ids for name, ids in link.items() if ids}


def _line(made: Packing, one: Statement) -> Data:
    return {**one.picked(*LINE), **made.remarked(one)}


def _policy(made: Packing, one: Statement) -> Data:
    value = one.said.get("value", "on")
    number = value.isascii() and value.isdigit()
    return {
        **one.picked("kind", "options"),
        "value": int(value) if number else value,
        **one.picked("says"),
        "source": made.source(one),
        "basis": one.said.get("basis", "stated"),
    }


def _question(made: Packing, one: Statement) -> Data:
    return {**one.picked("asks", "treatment"), "source": made.source(one)}


BUILDERS: Mapping[str, tuple[str, Callable[[Packing, Statement], Any]]] = {
    "documents": ("framework", _document),
    "levels": ("framework", _level),
    "competencies": ("framework", _competency),
    "cohorts": ("framework", _cohort),
    "policies": ("framework", _policy),
    "questions": ("framework", _question),
    "courses": ("catalogue", _course),
    "plan": ("plan", _line),
}
