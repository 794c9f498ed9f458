"""Small boards and registers that a test writes itself: everything has a source, and nothing is more than asked for."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tna import boards, plugins, policies, roles, shelves
from tna.analysis import analyse
from tna.frameworks import load_pack
from tna.model import Analysis, Board
from tna.model.roles import Roles
from tna.problems import Problems

AS_OF = date(2016, 1, 31)
SAID: dict[str, Any] = {"source": {"document": "leaflet", "at": "p. 1"}, "basis": "stated"}
Rows = Sequence[Mapping[str, Any]]


def level(number: int, requires: Sequence[str] = (), **more: Any) -> dict[str, Any]:
    """A level `level-N` that requires these competencies."""
    needs = [{"competencies": list(requires)}] if requires else []
    return {
        "id": f"level-{number}",
        "label": f"Level {number}",
        "number": str(number),
        "requires": needs,
        **SAID,
        **more,
    }


def course(name: str, gives: Sequence[str] = (), months: int | None = None, **more: Any) -> dict[str, Any]:
    """A face-to-face course open to level-1 and level-2."""
    grant = {"competencies": list(gives)} | ({"months": months} if months else {})
    return {
        "id": name, "title": f"Course {name}", "kind": "course", "audience": "workforce", "mode": "face-to-face",
        "open_to": [{"levels": ["level-1"]}], "gives": [grant] if gives else [], **SAID, **more,
    }  # fmt: skip


def rule(name: str, when: Mapping[str, Any], then: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A rule with one example that says nothing."""
    silent = {"given": {"contact": "no such contact"}, "expect": "nothing"}
    return {"id": name, "when": dict(when), "then": dict(then), "examples": [silent], **SAID, **more}


def write_pack(
    folder: Path,
    levels: Rows = (),
    competencies: Sequence[str | Mapping[str, Any]] = (),
    courses: Rows = (),
    rules: Rows = (),
    **framework: Any,
) -> Path:
    """A pack in a folder; competencies are ids, or whole entries."""
    folder.mkdir(parents=True, exist_ok=True)
    named = [
        {"id": one, "label": f"Knows {one}", **SAID} if isinstance(one, str) else one for one in competencies
    ]
    data = {
        "id": "small", "board": "A small board", "title": "Small", "edition": "1", "level_word": "level",
        "documents": [{"id": "leaflet", "title": "A leaflet"}], "levels": list(levels), "competencies": named, **framework,
    }  # fmt: skip
    files = {"framework": data, "catalogue": {"courses": list(courses)}, "rules": {"rules": list(rules)}}
    for name, content in files.items():
        (folder / f"{name}.yaml").write_text(
            json.dumps(content, ensure_ascii=False), "utf-8"
        )  # JSON is YAML too
    return folder


@cache
def few_roles() -> Roles:
    """A corner of the role graph: enough for these tests, and read in no time."""
    whole = roles.load(shelves.rule_files("roles.yaml"), Problems())
    named = ("nurse", "health-visitor", "midwife", "health-clinical-staff", "taxi-driver", "teacher")
    kept = {role for one in named for role in whole.ancestors(one)}
    return replace(whole, nodes={name: whole.nodes[name] for name in sorted(kept)}, functions=())


def load(folder: Path, settings: Mapping[str, str] | None = None, **parts: Any) -> Board:
    """The board of a pack with these parts, as `boards.load` makes it but with few roles."""
    problems = Problems()
    pack = load_pack(write_pack(folder / "pack", **parts), problems)
    common = policies.common(shelves.rule_files("policies.yaml"), problems)
    if pack:
        boards.check_roles(pack, few_roles(), problems)
    problems.stop_on_errors()
    assert pack is not None
    return boards.assemble(
        pack, few_roles(), policies.in_force(pack, common, settings or {}, problems), problems
    )


def register(path: Path, rows: Rows) -> list[Path]:
    """A CSV register whose columns are whatever the rows name; no rows, no register."""
    if not rows:
        return []
    columns = list(dict.fromkeys(key for row in rows for key in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return [path]


def ask(
    board: Board,
    folder: Path,
    people: Rows,
    records: Rows = (),
    agencies: Rows = (),
    as_of: date = AS_OF,
    members: Mapping[str, Any] | None = None,
    database: Path | None = None,
) -> Analysis:
    """An analysis of these rows with no plugins but `members`."""
    files = {"people": people, "records": records, "agencies": agencies}
    sent = {name: register(folder / f"{name}.csv", rows) for name, rows in files.items()}
    return analyse(
        board,
        sent["people"],
        sent["records"],
        as_of=as_of,
        agencies=sent["agencies"],
        plugins=plugins.only(members or {}),
        database=database,
    )


def job(person: str = "p", **facts: Any) -> dict[str, Any]:
    """A row of a people register, at level 1 of one agency unless the facts say otherwise."""
    return {"person_id": person, "agency": "A", "role": "Worker", "level": "1", **facts}


def rows(found: Analysis, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """These columns of a table of the analysis, in its order."""
    return found.connection.execute(f"select {', '.join(columns)} from {table}").fetchall()


def statuses(found: Analysis) -> dict[str, str]:
    """The status of each gap, by competency; for one person in one agency."""
    return dict(rows(found, "gaps", "competency", "status"))
