"""Rules hold when their conditions do, the more specific wins, and their examples prove them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small import ask, course, job, level, load, rows, rule, statuses
from tna import rules
from tna.checking import check
from tna.frameworks.conditions import read_condition


def holds(condition: dict[str, Any], **facts: Any) -> bool:
    return rules.holds(read_condition(condition), facts)


@pytest.mark.parametrize(
    ("condition", "facts", "true"),
    [
        ({"role": "Nurse"}, {"role": " nurse "}, True),
        ({"role": "Nurse"}, {"role": "Nurses"}, False),
        ({"duties": "a"}, {"duties": frozenset({"a"})}, True),
        ({"duties": "a"}, {"duties": frozenset({"a", "b"})}, False),
        ({"duties": {"includes": "a"}}, {"duties": frozenset({"a", "b"})}, True),
        ({"duties": {"includes": ["x", "b"]}}, {"duties": frozenset({"a", "b"})}, True),
        ({"role": {"in": ["a", "b"]}}, {"role": "B"}, True),
        ({"role": {"in": []}}, {"role": "B"}, False),
        ({"x": {"at_least": 9}}, {"x": "10"}, True),
        ({"x": {"at_most": 9}}, {"x": "10"}, False),
        ({"x": {"at_least": 9}}, {"x": "many"}, False),
        ({"d": {"before": "2016-01-01"}}, {"d": "2015-12-31"}, True),
        ({"d": {"before": "2016-01-01"}}, {"d": "2016-01-01"}, False),
        ({"d": {"after": "2016-01-01"}}, {"d": "2016-01-01"}, False),
        ({"d": {"at_least": "2016-01-01"}}, {"d": "2016-01-01"}, True),
        ({"d": {"after": "2015-01-01", "before": "2016-01-01"}}, {"d": "2015-06-01"}, True),
        ({"x": {"exists": True}}, {"x": ""}, False),
        ({"x": {"exists": False}}, {"x": ""}, True),
        ({"x": {"exists": False}}, {"x": frozenset()}, True),
        ({"x": {"exists": True}}, {"x": "0"}, True),
        ({"any": [{"a": "1"}, {"b": "1"}]}, {"b": "1"}, True),
        ({"any": [{"a": "1"}, {"b": "1"}]}, {}, False),
        ({"all": [{"a": "1"}, {"b": "1"}]}, {"b": "1"}, False),
        ({"not": {"a": "1", "b": "1"}}, {"a": "1"}, True),
        ({"not": [{"a": "1"}, {"b": "1"}]}, {"a": "1"}, False),
        ({"not": {"not": {"a": "1"}}}, {"a": "1"}, True),
        ({"a": True}, {"a": "TRUE"}, True),
        ({"agency": {"in": ["York NHS Foundation Trust"]}}, {"agency": "York N.H.S. FT (Paediatrics)"}, True),
        ({"agency": "Smith & Sons"}, {"agency": "smith and sons."}, True),
        ({"agency": "York Hospital"}, {"agency": "York District Hospital"}, False),
        ({}, {}, True),
    ],
)
def test_a_condition_means_what_it_says(condition: dict[str, Any], facts: dict[str, Any], true: bool) -> None:
    assert holds(condition, **facts) is true


@given(
    st.sampled_from(["is", "in", "includes", "at_least", "at_most", "before", "after"]), st.text(max_size=4)
)
def test_a_fact_that_is_not_stated_satisfies_no_comparison(operator: str, value: str) -> None:
    condition = {"x": value} if operator == "is" else {"x": {operator: value}}
    assert not holds(condition)
    assert not holds(condition, x="")
    assert not holds(condition, x=None)


@given(st.integers(-1000, 1000), st.integers(-1000, 1000))
def test_numbers_are_compared_as_numbers(limit: int, value: int) -> None:
    assert holds({"x": {"at_least": limit}}, x=str(value)) == (value >= limit)
    assert holds({"x": {"at_most": limit}}, x=str(value)) == (value <= limit)
    assert holds({"x": {"before": limit}}, x=str(value)) == (value < limit)


def placed_on(tmp_path: Path, day: date, **dates: str) -> str:
    board = load(
        tmp_path,
        levels=[level(1)],
        rules=[rule("place.x", {"contact": "regular"}, {"place": "level-1"}, **dates)],
    )
    found = ask(board, tmp_path, [job(level="", contact="regular")], as_of=day)
    [(placed,)] = rows(found, "placements", "level")
    return str(placed)


@pytest.mark.parametrize(
    ("day", "placed"),
    [
        (date(2015, 10, 31), ""),
        (date(2015, 11, 1), "level-1"),
        (date(2016, 3, 1), "level-1"),
        (date(2016, 3, 2), ""),
    ],
)
def test_a_rule_is_in_force_from_its_first_day_to_its_last(tmp_path: Path, day: date, placed: str) -> None:
    assert placed_on(tmp_path, day, since="2015-11-01", until="2016-03-01") == placed


@pytest.mark.parametrize(("since", "status"), [("2016-02-01", {"k": "missing"}), ("2016-01-31", {})])
def test_a_credit_rule_too_counts_only_from_its_first_day(
    tmp_path: Path, since: str, status: dict[str, str]
) -> None:
    counts = rule("credit.x", {"course": "c"}, {"credit": {"competencies": ["k"]}}, since=since)
    board = load(
        tmp_path, levels=[level(1, ["k"])], competencies=["k"], courses=[course("c")], rules=[counts]
    )
    found = ask(board, tmp_path, [job()], [{"person_id": "p", "course": "c", "completed": "2015-01-01"}])
    assert statuses(found) == status


@pytest.mark.parametrize(("since", "gaps"), [("2016-02-01", {}), ("2016-01-31", {"k": "missing"})])
def test_so_does_a_need_rule(tmp_path: Path, since: str, gaps: dict[str, str]) -> None:
    needs = rule("need.x", {"contact": "regular"}, {"need": {"competencies": ["k"]}}, since=since)
    board = load(tmp_path, levels=[level(1)], competencies=["k"], rules=[needs])
    assert statuses(ask(board, tmp_path, [job(contact="regular")])) == gaps


def test_preferences_out_of_force_reach_no_plugin(tmp_path: Path) -> None:
    from tna.analysis import preferences

    expired = rule("prefer.x", {}, {"prefer": {"modes": ["online"]}}, until="2015-12-31")
    agency = rule("prefer.z", {}, {"prefer": {"courses": ["c"]}}, scope="agency")
    board = load(tmp_path, levels=[level(1)], courses=[course("c")], rules=[expired, agency])
    assert list(preferences(board, date(2016, 1, 31))) == [{"courses": ["c"]}]
    assert [list(one) for one in preferences(board, date(2015, 12, 31))] == [
        ["courses"],
        ["modes"],
    ]  # the agency's first


def test_of_rules_that_hold_the_most_specific_scope_answers() -> None:
    from tna.model import Condition, Effect, Origin, Rule, Source

    said = Origin(Source("leaflet", "p. 1"), "stated")
    made = {
        scope: Rule(scope, said, Condition(), Effect("place", {"level": scope}), (), scope)
        for scope in rules.SCOPES
    }
    assert [one.id for one in rules.applying(made.values(), "place", {})] == ["agency", "board", "common"]
    assert [one.id for one in rules.most_specific(made.values())] == ["agency"]
    assert [one.id for one in rules.most_specific([made["common"], made["board"]])] == ["board"]
    assert rules.most_specific([]) == ()


@pytest.mark.parametrize(
    ("example", "fails"),
    [
        ({"given": {"contact": "regular"}, "expect": {"place": "level-1"}}, False),
        ({"given": {"contact": "regular"}, "expect": {"place": "level-2"}}, True),
        ({"given": {"contact": "regular"}, "expect": "nothing"}, True),
        ({"given": {}, "expect": {"place": "level-1"}}, True),
        ({"given": {"contact": "regular"}, "expect": {"need": {"level": "level-1"}}}, True),
    ],
)
def test_an_example_is_tried_for_the_effect_it_names(
    tmp_path: Path, example: dict[str, Any], fails: bool
) -> None:
    from tests.small import write_pack

    made = rule("place.x", {"contact": "regular"}, {"place": "level-1"}, examples=[example])
    folder = write_pack(tmp_path, levels=[level(1), level(2)], rules=[made])
    codes = [problem.code for problem in check(folder)]
    assert ("rules.example-fails" in codes) is fails


def test_an_example_may_name_a_job_by_its_title(tmp_path: Path) -> None:
    from tests.small import write_pack

    examples = [
        {"given": {"role": "HV"}, "expect": {"place": "level-1"}},
        {"given": {"role": "Plumber"}, "expect": "nothing"},
    ]
    made = rule("place.x", {"roles": {"includes": "health-visitor"}}, {"place": "level-1"}, examples=examples)
    assert "rules.example-fails" not in [
        one.code for one in check(write_pack(tmp_path, levels=[level(1)], rules=[made]))
    ]
