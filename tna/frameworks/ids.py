"""Checks a pack's ids: each defined once, each reference known, each reading under a declared policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from tna.documents import Document
from tna.frameworks.conditions import faults
from tna.model.rules import OPERATORS
from tna.problems import Problems, nearest

Path = tuple[str | int, ...]

DEFINED = {  # (file, key) -> what its items are
    ("framework", "levels"): "level",
    ("framework", "competencies"): "competency",
    ("framework", "cohorts"): "cohort",
    ("framework", "policies"): "policy",
    ("framework", "documents"): "document",
    ("framework", "questions"): "question",
    ("catalogue", "courses"): "course",
    ("plan", "lines"): "line",
    ("rules", "rules"): "rule",
    ("needs", "needs"): "need",
}
NAMED = {  # a text under one of these keys is the id of such a thing
    "levels": "level",
    "competencies": "competency",
    "cohorts": "cohort",
    "courses": "course",
    "course": "course",
    "after": "course",
    "needs": "competency",
    "policy": "policy",
    "document": "document",
    "place": "level",
}
NODES = ("level", "competency", "course", "need")  # they meet in one graph, so their ids may not meet
FREE = ("when", "given", "printed", "also", "expect")  # texts under these keys are facts, not ids
DATED = (
    "effective_from",
    "by",
    "sessions",
    "dates",
    "period_from",
    "period_to",
    "updated",
    "since",
    "until",
    "on",
)
READINGS = ("interpreted", "assumed")


def check_ids(documents: Mapping[str, Document], problems: Problems) -> None:
    """Note every id defined twice or not at all, every reading without a policy, every faulty condition or date."""
    known, doubtful = _defined(documents, problems)
    for kind in doubtful:
        del known[kind]  # the second is likely what the references that find nothing mean
    for document in documents.values():
        for path, value in _walk(document.data):
            _check_value(document, path, value, known, problems)


def _defined(
    documents: Mapping[str, Document], problems: Problems
) -> tuple[dict[str, dict[str, str]], set[str]]:
    """Each kind's ids with their places, and the kinds of which one has an id that is taken."""
    doubtful: set[str] = set()
    known: dict[str, dict[str, str]] = {kind: {} for kind in DEFINED.values()}
    nodes: dict[str, str] = {}
    for document, key, kind in _defining(documents):
        for index, item in enumerate(document.data.get(key, ())):
            place = document.place(key, index, "id")
            seen = nodes if kind in NODES else known[kind]
            if item["id"] in seen:
                problems.add("framework.duplicate-id", place, id=item["id"], first=seen[item["id"]])
                doubtful.add(kind)
            seen[item["id"]] = known[kind][item["id"]] = str(place)
    return known, doubtful


def _defining(documents: Mapping[str, Document]) -> Iterator[tuple[Document, str, str]]:
    """Each document with a key under which it defines things, and what these are; files beside a pack come last."""
    for (file, key), kind in DEFINED.items():
        for name, document in documents.items():
            if name.partition(":")[0] == file:
                yield document, key, kind


def _walk(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    yield path, data
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "when":
                yield (*path, key), value
            elif key not in FREE:
                yield from _walk(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _walk(value, (*path, index))


def _check_value(
    document: Document, path: Path, value: Any, known: Mapping[str, Mapping[str, str]], problems: Problems
) -> None:
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    if key == "when":
        _check_condition(document, path, value, problems)
    elif isinstance(value, str) and key in NAMED and not (key == "document" and path[0] == "needs"):
        _check_named(document, path, value, NAMED[key], known, problems)
    elif isinstance(value, str) and key == "as":
        _check_scope(document, path, value, known, problems)
    elif isinstance(value, str) and key in DATED and path[0] != "documents" and not _is_date(value):
        problems.add("framework.no-such-date", document.place(*path), found=value)
    elif isinstance(value, dict) and value.get("basis") in READINGS and not _has_policy(document, path):
        problems.add("framework.no-policy", document.place(*path), basis=value["basis"])


def _check_condition(document: Document, path: Path, value: Any, problems: Problems) -> None:
    for within, code, word in faults(value):
        problems.add(
            code,
            document.place(*path, *within),
            word=word,
            near=nearest(word, OPERATORS),
            known=", ".join(OPERATORS[1:]),
            where="exists",
            found=f"'{word}'",
            wanted="true or false",
        )


def _check_named(
    document: Document,
    path: Path,
    value: str,
    kind: str,
    known: Mapping[str, Mapping[str, str]],
    problems: Problems,
) -> None:
    if kind in known and value not in known[kind]:
        near = nearest(value, known[kind])
        problems.add(f"framework.unknown-{kind}", document.place(*path), id=value, near=near)


def _check_scope(
    document: Document, path: Path, value: str, known: Mapping[str, Mapping[str, str]], problems: Problems
) -> None:
    if "level" not in known or "cohort" not in known:
        return
    if value not in known["level"] and value not in known["cohort"]:
        near = nearest(value, [*known["level"], *known["cohort"]])
        problems.add("framework.unknown-level", document.place(*path), id=value, near=near)


def _has_policy(document: Document, path: Path) -> bool:
    """Whether the block, or one around it, names the policy that its reading belongs to."""
    if path[:1] in (("policies",), ("questions",)):
        return True
    data, found = document.data, False
    for step in path:
        data = data[step]
        found = found or (isinstance(data, dict) and "policy" in data)
    return found


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
