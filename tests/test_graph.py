"""The graph knows by which path a need arises, and never runs in a circle."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small import SAID, course, level, load
from tna import graph
from tna.model import Origin, Source
from tna.problems import Problems, Unusable

STATED = Origin(Source("leaflet", "p. 1"), "stated")


def needing(name: str, *others: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "label": name, "needs": list(others), **SAID, **more}


def test_a_course_that_is_required_requires_all_it_gives_and_what_that_builds_on(tmp_path: Path) -> None:
    must = course("c", ["k"], open_to=[], required_of=[{"levels": ["level-1"]}])
    board = load(
        tmp_path, levels=[level(1)], competencies=[needing("k", "basis"), "basis", "other"], courses=[must]
    )
    assert graph.required(board.graph, "level-1") == {
        "k": ("level-1", "c", "k"),
        "basis": ("level-1", "c", "k", "basis"),
    }


def test_a_course_that_is_only_open_requires_nothing(tmp_path: Path) -> None:
    board = load(tmp_path, levels=[level(1)], competencies=["k"], courses=[course("c", ["k"])])
    assert graph.required(board.graph, "level-1") == {}


def test_what_a_course_only_renews_is_not_required_by_requiring_the_course(tmp_path: Path) -> None:
    must = course("c", renews=[{"competencies": ["k"]}], required_of=[{"levels": ["level-1"]}])
    board = load(tmp_path, levels=[level(1)], competencies=["k"], courses=[must])
    assert graph.required(board.graph, "level-1") == {}


def test_nothing_is_inherited_unless_it_is_written(tmp_path: Path) -> None:
    board = load(tmp_path, levels=[level(1, ["a"]), level(2, ["b"]), level(3, ["c"], includes=[{"levels": ["level-1"]}])],
                 competencies=["a", "b", "c"])  # fmt: skip
    assert set(graph.required(board.graph, "level-2")) == {"b"}
    assert set(graph.required(board.graph, "level-3")) == {"a", "c"}


def test_what_an_included_level_includes_comes_too(tmp_path: Path) -> None:
    board = load(tmp_path, levels=[level(1, ["a"]), level(2, includes=[{"levels": ["level-1"]}]),
                                   level(3, includes=[{"levels": ["level-2"]}])], competencies=["a"])  # fmt: skip
    assert graph.required(board.graph, "level-3")["a"] == ("level-3", "level-2", "level-1", "a")
    assert graph.included(board.graph, "level-3") == ("level-3", "level-2", "level-1")
    assert graph.included(board.graph, "nowhere") == ()


def test_a_path_rests_on_its_first_reading(tmp_path: Path) -> None:
    reading = {"basis": "interpreted", "policy": "ours"}
    policy = {"id": "ours", "value": "on", "says": "So.", **SAID}
    board = load(tmp_path, levels=[level(1, ["a"]), level(2, includes=[{"levels": ["level-1"], **reading}])],
                 competencies=["a"], policies=[policy])  # fmt: skip
    path = graph.required(board.graph, "level-2")["a"]
    assert graph.deciding(board.graph, path).policy == "ours"
    assert graph.deciding(board.graph, path[1:]).basis == "stated"


def test_a_cohort_requires_beside_the_levels(tmp_path: Path) -> None:
    drivers = {"id": "drivers", "label": "Drivers", "requires": [{"competencies": ["k"]}], **SAID}
    board = load(tmp_path, levels=[level(1)], competencies=["k"], cohorts=[drivers])
    assert set(graph.required(board.graph, graph.cohort_node("drivers"))) == {"k"}


@pytest.mark.parametrize(
    ("parts", "circle"),
    [
        ({"competencies": [needing("a", "b"), needing("b", "c"), needing("c", "a")]}, "a → b → c → a"),
        ({"competencies": [needing("a", "a")]}, "a → a"),
        (
            {"courses": [course("x", after=["y"]), course("y", after=["x"])], "levels": [level(1)]},
            "x → y → x",
        ),
        (
            {"levels": [level(n, includes=[{"levels": [f"level-{n % 2 + 1}"]}]) for n in (1, 2)]},
            "level-1 → level-2 → level-1",
        ),
    ],
)
def test_a_circle_is_printed(tmp_path: Path, parts: Any, circle: str) -> None:
    with pytest.raises(Unusable) as told:
        load(tmp_path, **parts)
    assert [(one.code, circle in one.sentence) for one in told.value.problems] == [("graph.cycle", True)]


def test_thirty_levels_that_all_include_each_other_are_one_problem_and_not_a_wait(tmp_path: Path) -> None:
    every = [f"level-{n}" for n in range(30)]
    levels = [
        level(n, includes=[{"levels": [one for one in every if one != f"level-{n}"]}]) for n in range(30)
    ]
    with pytest.raises(Unusable) as told:
        load(tmp_path, levels=levels)
    assert len(told.value.problems) == 1


@settings(max_examples=80, deadline=None)
@given(edges=st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=14))
def test_a_circle_is_told_exactly_when_there_is_one(edges: set[tuple[int, int]]) -> None:
    made: nx.DiGraph[str] = nx.DiGraph()
    for start, end in edges:
        made.add_edge(f"n{start}", f"n{end}", relation="needs", origin=STATED)
    problems = Problems()
    graph.check_circles(made, problems)
    assert (len(problems) == 0) == nx.is_directed_acyclic_graph(made)
    for problem in problems:
        steps = problem.sentence.split(": ")[1].rstrip(".").split(" → ")
        assert steps[0] == steps[-1]
        assert all(made.has_edge(*pair) for pair in pairwise(steps))
