"""Starts a board: a pack that passes its check as created, every file commented by example, or a whole distribution."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

from tna.documents import schema
from tna.names import tidy
from tna.problems import Place, refuse
from tna.shelves import packs

PACK = ("framework.yaml", "catalogue.yaml", "plan.yaml", "rules.yaml", "needs.yaml", "README.md")
SCHEMAS = ("framework", "catalogue", "plan", "rules", "needs")
MOST_LEVELS = 12
JOBS = (  # by level, lowest first: a role that any document may name, and its id in roles.yaml
    ("Administrators", "administrator"), ("Teachers", "teacher"), ("School nurses", "school-nurse"), ("Social workers", "social-worker"),
    ("Midwives", "midwife"), ("Health visitors", "health-visitor"), ("Youth workers", "youth-worker"), ("Librarians", "librarian"),
    ("Foster carers", "foster-carer"), ("Paediatricians", "paediatrician"), ("Probation officers", "probation-officer"),
    ("Police officers", "police-officer"),
)  # fmt: skip


def new_board(name: str, folder: Path, levels: int = 3, *, plugin: bool = False) -> tuple[Path, ...]:
    """Writes a new board into a folder that is not there yet; the files written, in order.

    `name` is the board's full name; its id is the folder's name. With `plugin` the pack is part of a distribution with
    an entry point, tests and CI. Raises `Unusable` for a folder that is there, or whose name can be no id.
    """
    board = folder.name
    facts = {
        "id": board,
        "board": tidy(name),
        "package": board.replace("-", "_"),
        "numbers": list(range(1, levels + 1)),
        "jobs": JOBS,
        "schemas": "schemas",
    }
    around = (
        *_distribution(facts),
        ("tests/scenarios/level-1.yaml", _filled("distribution", "scenario.yaml", facts)),
    )
    written = [*(around if plugin else ()), *_pack(facts, plugin)]
    return write_new(folder, dict(written))


def distribution_of(board: str, name: str, pack: Mapping[str, str]) -> dict[str, str]:
    """The files of a distribution around those of a pack, by path; `board` is its id, `name` its full name."""
    facts = {"id": board, "board": tidy(name), "package": board.replace("-", "_")}
    scenario = _filled("distribution", "asked.yaml", facts)
    shelf = f"{facts['package']}/shelf/{board}"
    return {
        **dict(_distribution(facts)),
        "tests/scenarios/asked.yaml": scenario,
        **{f"{shelf}/{path}": text for path, text in pack.items()},
    }


def check_new(folder: Path) -> None:
    """Raises `Unusable` for a folder that is there already, or whose name can be no id."""
    if not re.fullmatch(r"[a-z][a-z0-9-]*", folder.name):
        refuse("starting.no-id", Place(str(folder)), id=folder.name, near=_as_id(folder.name))
    if folder.name in packs():
        refuse("starting.board-there", Place(str(folder)), id=folder.name)
    if folder.exists():
        refuse("starting.there-already", Place(str(folder)))


def write_new(folder: Path, written: Mapping[str, str]) -> tuple[Path, ...]:
    """Writes the files of a new board, given by their paths in its folder; the files written, in order.

    Raises `Unusable` for a folder that is there, whose name can be no id, or that cannot be written.
    """
    check_new(folder)
    for path, text in written.items():
        target = folder / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        except OSError as fault:
            refuse("paths.cannot-write", Place(str(target)), why=fault.strerror or "it cannot be written")
    return tuple(folder / path for path in written)


def _as_id(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-") or "my-board"


Written = Iterator[tuple[str, str]]


def _pack(facts: Mapping[str, object], plugin: bool) -> Written:
    """The files of the pack, with the schemas that editors read beside them."""
    at = f"{facts['package']}/shelf/{facts['id']}/" if plugin else ""
    for name in PACK:
        if not (plugin and name == "README.md"):
            yield f"{at}{name}", _filled("pack", name, facts)
    yield from ((f"{at}{name}", text) for name, text in beside().items())


def beside() -> dict[str, str]:
    """The schemas that stand beside a pack, so that editors name its keys."""
    return {
        f"schemas/{kind}.json": json.dumps(schema(kind), indent=1, ensure_ascii=False) + "\n"
        for kind in SCHEMAS
    }


def readme(board: str, name: str) -> str:
    """The page beside a pack that says how to go on; `board` is its id, `name` its full name."""
    return _filled("pack", "README.md", {"id": board, "board": tidy(name)})


def _distribution(facts: Mapping[str, object]) -> Written:
    yield "pyproject.toml", _filled("distribution", "pyproject.toml.txt", facts)
    yield "README.md", _filled("pack", "README.md", facts)
    yield f"{facts['package']}/__init__.py", _filled("distribution", "__init__.py.txt", facts)
    yield "tests/test_pack.py", _filled("distribution", "test_pack.py.txt", facts)
    yield ".github/workflows/test.yml", _filled("distribution", "ci.yml", facts)


def _filled(kind: str, name: str, facts: Mapping[str, object]) -> str:
    """A file of ours with the facts put in; a name it lacks is an error."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True)  # noqa: S701  # YAML, not HTML
    text = files("tna.starting").joinpath(kind, name).read_text("utf-8")
    return environment.from_string(text).render(facts)
