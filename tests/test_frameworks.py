"""A pack's files become nouns; what they name exists, and every reading has a policy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.small import SAID, course, job, level, rule, write_pack
from tna.frameworks import load_pack
from tna.frameworks.conditions import facts_of, faults, read_condition
from tna.model import Pack, Test
from tna.problems import Problems

READING = {"source": SAID["source"], "basis": "interpreted"}


def pack(folder: Path, **parts: Any) -> Pack:
    problems = Problems()
    found = load_pack(write_pack(folder, **parts), problems, "pack")
    assert found is not None, "\n".join(map(str, problems))
    return found


def codes(folder: Path, **parts: Any) -> list[str]:
    problems = Problems()
    assert load_pack(write_pack(folder, **parts), problems, "pack") is None
    return [problem.code for problem in problems]


def test_a_statement_takes_source_and_basis_from_what_encloses_it(tmp_path: Path) -> None:
    requires = [
        {"competencies": ["k"]},
        {"competencies": ["x"], "source": {"document": "leaflet", "at": "p. 9"}},
    ]
    found = pack(tmp_path, levels=[{**level(1), "requires": requires}], competencies=["k", "x"])
    first, second = found.framework.levels[0].requires
    assert (str(first.origin.source), str(second.origin.source)) == ("leaflet, p. 1", "leaflet, p. 9")
    assert second.origin.basis == "stated"


def test_levels_are_ranked_in_the_order_they_are_written(tmp_path: Path) -> None:
    found = pack(tmp_path, levels=[level(3), level(1)])
    assert [(one.id, one.rank) for one in found.framework.levels] == [("level-3", 1), ("level-1", 2)]


def test_only_the_framework_must_be_there(tmp_path: Path) -> None:
    write_pack(tmp_path, levels=[level(1)])
    (tmp_path / "catalogue.yaml").unlink()
    (tmp_path / "rules.yaml").unlink()
    found = load_pack(tmp_path, Problems())
    assert found is not None
    assert (found.courses, found.plan, found.rules) == ((), (), ())
    assert set(found.files) == set(found.checksums) == {"framework.yaml"}


def test_a_level_a_competency_and_a_course_may_not_share_an_id(tmp_path: Path) -> None:
    assert codes(tmp_path, levels=[level(1)], competencies=["level-1"]) == ["framework.duplicate-id"]
    assert codes(tmp_path, levels=[level(1)], competencies=["k"], courses=[course("k")]) == [
        "framework.duplicate-id"
    ]


def test_a_cohort_may_have_the_id_of_a_competency(tmp_path: Path) -> None:
    drivers = {"id": "drivers", "label": "Drivers", **SAID}
    assert (
        pack(tmp_path, levels=[level(1)], competencies=["drivers"], cohorts=[drivers]).framework.cohorts[0].id
        == "drivers"
    )


@pytest.mark.parametrize("name", ["Level-1", "level_1", "-1", "", "a b", "a\n", "ä", "*", "cohort:x", "a'b"])
def test_an_id_is_small_letters_digits_hyphens_and_dots(tmp_path: Path, name: str) -> None:
    assert codes(tmp_path, levels=[{**level(1), "id": name}]) == ["schema.not-allowed"]


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    wrong = [{**level(1), "requires": [{"competencies": ["a", "b"]}], "includes": [{"levels": ["level-9"]}]}]
    assert sorted(codes(tmp_path, levels=wrong, courses=[course("c", after=["d"])])) == [
        "framework.unknown-competency", "framework.unknown-competency", "framework.unknown-course", "framework.unknown-level",
    ]  # fmt: skip


def test_every_reading_belongs_to_a_policy(tmp_path: Path) -> None:
    reading = {**level(1), **READING}
    assert codes(tmp_path, levels=[reading]) == ["framework.no-policy"]
    policy = {"id": "ours", "value": "on", "says": "So.", **READING}
    assert (
        pack(tmp_path, levels=[{**reading, "policy": "ours"}], policies=[policy])
        .framework.levels[0]
        .origin.policy
        == "ours"
    )


def test_a_reading_inside_a_statement_with_a_policy_is_switched_with_it(tmp_path: Path) -> None:
    policy = {"id": "ours", "value": "on", "says": "So.", **READING}
    inner = {
        **level(1),
        **READING,
        "policy": "ours",
        "requires": [{"competencies": ["k"], "basis": "assumed"}],
    }
    found = pack(tmp_path, levels=[inner], competencies=["k"], policies=[policy])
    assert found.framework.levels[0].requires[0].origin.policy == "ours"


def test_a_document_may_be_issued_by_somebody_whose_name_begins_with_a_year(tmp_path: Path) -> None:
    documents = [{"id": "leaflet", "title": "A leaflet", "by": "2015 working group"}]
    assert pack(tmp_path, documents=documents).framework.documents[0].by == "2015 working group"


@pytest.mark.parametrize("day", ["2015-02-29", "2015-13-01", "0000-01-01"])
def test_a_day_that_is_not_in_the_calendar_is_refused(tmp_path: Path, day: str) -> None:
    assert codes(tmp_path, levels=[level(1)], effective_from=day) == ["framework.no-such-date"]
    dated = [rule("place.x", {"role": "a"}, {"place": "level-1"}, since=day)]
    assert codes(tmp_path, levels=[level(1)], rules=dated) == ["framework.no-such-date"]


@pytest.mark.parametrize("months", [0, -1, 1201, 999_999, 1.5])
def test_an_interval_is_between_a_month_and_a_century(tmp_path: Path, months: float) -> None:
    wrong = course("c")
    wrong["gives"] = [{"competencies": ["k"], "months": months}]
    assert codes(tmp_path, levels=[level(1)], competencies=["k"], courses=[wrong])[0].startswith("schema.")


@pytest.mark.parametrize("expect", ["level-1", {}, {"place": "level-1", "need": {}}, "none"])
def test_an_example_expects_one_effect_or_the_word_nothing(tmp_path: Path, expect: Any) -> None:
    wrong = rule(
        "place.x", {"role": "a"}, {"place": "level-1"}, examples=[{"given": {"role": "a"}, "expect": expect}]
    )
    assert codes(tmp_path, levels=[level(1)], rules=[wrong]) == ["schema.not-allowed"]


@pytest.mark.parametrize("effect", [{}, {"place": "level-1", "need": {"competencies": ["k"]}}, {"guess": 1}])
def test_a_rule_has_one_effect(tmp_path: Path, effect: Any) -> None:
    wrong = rule("place.x", {"role": "a"}, effect)
    assert set(codes(tmp_path, levels=[level(1)], competencies=["k"], rules=[wrong])) <= {
        "schema.not-allowed",
        "schema.unknown-key",
    }


def test_conditions_nest_as_deep_as_they_are_written() -> None:
    found = read_condition(
        {"role": "a", "not": {"any": [{"duties": {"includes": "b"}}, {"all": [{"x": {"at_least": 3}}]}]}}
    )
    assert found.tests == (Test("role", "is", "a"),)
    assert facts_of(found) == {"role", "duties", "x"}


@pytest.mark.parametrize(
    ("condition", "code"),
    [({"exists": "x"}, ""), ({"role": {"exists": True}}, ""), ({"role": {"exists": "no"}}, "schema.wrong-type"),
     ({"role": ["a"]}, "rules.bare-list"), ({"any": {"role": "a"}}, "rules.not-a-list"), ("role", "rules.not-a-block"),
     ({"not": [{"role": {"like": "a"}}]}, "rules.unknown-operator")],
)  # fmt: skip
def test_a_condition_that_would_be_misread_is_refused(condition: Any, code: str) -> None:
    assert [found for _, found, _ in faults(condition)] == ([code] if code else [])


def test_small_packs_of_these_tests_can_be_read(tmp_path: Path) -> None:
    found = pack(tmp_path, levels=[level(1, ["k"])], competencies=["k"], courses=[course("c", ["k"], 12)])
    assert found.courses[0].gives[0].months == 12
    assert job()["level"] == "1"


def test_what_a_second_use_of_an_id_leaves_undefined_is_not_told_beside_it(tmp_path: Path) -> None:
    levels = [level(1), {**level(2), "id": "level-1"}, level(3, includes=[{"levels": ["level-2"], **SAID}])]
    assert codes(tmp_path, levels=levels) == ["framework.duplicate-id"]


def test_what_is_undefined_of_another_kind_is_told_beside_it(tmp_path: Path) -> None:
    levels = [level(1, ["k"]), {**level(2), "id": "level-1"}]
    assert codes(tmp_path, levels=levels) == ["framework.unknown-competency", "framework.duplicate-id"]
