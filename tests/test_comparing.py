"""Two analyses side by side: what is alike is compared, what is not is shown with what differs, and small numbers are hidden."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests import analysed
from tests.sides import AFTER, BEFORE, DEMANDING, PARTS, Side, both, took
from tests.small import SAID, course, job, level, load, rule
from tna.cli import main
from tna.comparing import Comparison, compare
from tna.model import Flag
from tna.plugins import hooks
from tna.wording import points


def test_coverage_is_set_side_by_side_in_people_and_in_points(tmp_path: Path) -> None:
    people = tuple(job(name) for name in "pqrs")
    taken = took(completed="2015-01-31")
    a = Side(people, (taken,))
    b = Side(people, tuple({**taken, "person_id": name} for name in "pqr"))
    row = compare(*both(tmp_path, a, b), internal=True).rows("coverage_compared")[0]
    assert (row["agency"], row["level"], row["held_a"], row["required_a"]) == ("*", "*", 1, 4)
    assert (row["held_b"], row["required_b"], row["more_held"], row["more_required"], row["points"]) == (
        3,
        4,
        2,
        0,
        50.0,
    )


def differing(folder: Path, a: Side, b: Side) -> dict[str, str]:
    found = compare(*both(folder, a, b), internal=True)
    for row in found.rows("coverage_compared"):
        assert (row["points"] is None) or not row["differs"]
        assert row["rate_a"] is not None
        assert row["rate_b"] is not None
    return {row["level"]: row["differs"] for row in found.rows("coverage_compared") if row["agency"] == "A"}


STAFF = (job(), job("q", level="2"))


def test_a_rate_of_other_requirements_is_not_compared_and_the_others_are(tmp_path: Path) -> None:
    found = differing(tmp_path, Side(STAFF), Side(STAFF, parts=DEMANDING))
    assert found == {
        "*": "the terms of Level 1",
        "level-1": "what is required (m in the second only)",
        "level-2": "",
    }


def test_a_rate_of_another_interval_is_not_compared_and_says_which(tmp_path: Path) -> None:
    terms = {"terms": [{"levels": ["level-2"], "months": 24, **SAID}]}
    courses = {"courses": [course("c", ["k"]), course("d", ["m"])]}
    found = differing(tmp_path, Side(STAFF, parts=courses), Side(STAFF, parts={**courses, **terms}))
    assert found == {"*": "the terms of Level 2", "level-1": "",
                     "level-2": "how long training holds (no interval in the first, 24 months in the second)"}  # fmt: skip


def test_a_rate_of_other_modes_or_other_words_for_the_same_is_not_compared(tmp_path: Path) -> None:
    only = {"terms": [{"competencies": ["m"], "modes": ["online"], **SAID}]}
    found = differing(tmp_path, Side(STAFF), Side(STAFF, parts=only))
    assert (found["level-1"], found["level-2"]) == ("", "what counts (m by d in the first only)")
    same = {"same": [{"competencies": ["k", "m"], "because": "one thing", **SAID}]}
    found = differing(tmp_path / "same", Side(STAFF), Side(STAFF, parts=same))
    assert found["level-2"] == "what counts (k by d in the second only and m by c in the second only)"


def test_a_new_course_is_no_change_of_terms(tmp_path: Path) -> None:
    more = {"courses": [*PARTS["courses"], course("e", ["k"])]}
    assert set(differing(tmp_path, Side(STAFF), Side(STAFF, parts=more)).values()) == {""}


def test_a_title_read_otherwise_bars_both_levels(tmp_path: Path) -> None:
    people = (job(level="", role="Nurse", agency="A"), job("q"), job("r", level="2"))
    examples = [{"printed": "Nurses", "roles": ["nurse"], **SAID}]
    first = {"levels": [level(1, ["k"], examples=examples), level(2, ["k", "m"])]}
    second = {"levels": [level(1, ["k"]), level(2, ["k", "m"], examples=examples)]}
    found = differing(tmp_path, Side(people, parts=first), Side(people, parts=second))
    assert (
        found["level-1"]
        == found["level-2"]
        == "who is placed there (jobs described alike are placed otherwise)"
    )


def test_another_target_is_said_and_bars_only_ratings(tmp_path: Path) -> None:
    found = compare(*both(tmp_path, Side(), Side(settings={"coverage.target": "90"})), internal=True)
    assert found.about["differences"] == [
        {"what": "policy coverage.target", "a": "not stated", "b": "90", "bears_on": "ratings"}
    ]
    assert {row["differs"] for row in found.rows("coverage_compared")} == {""}


def test_editions_and_changed_files_are_said(tmp_path: Path) -> None:
    found = compare(*both(tmp_path, Side(), Side(parts={"edition": "2"})), internal=True)
    assert [(one["what"], one["a"], one["b"]) for one in found.about["differences"]] == [
        ("edition", "1", "2"), ("files of the pack", "", "framework.yaml changed"),
    ]  # fmt: skip


class Flagger:
    def __init__(self, *subjects: str) -> None:
        self.subjects = subjects

    @hooks.hookimpl
    def tna_flag(self) -> list[Flag]:
        return [Flag("x.odd", "check", subject, f"{subject} is odd.") for subject in self.subjects]


def flagged(folder: Path, *, without: bool = False) -> Comparison:
    board = load(folder, **PARTS)
    a = analysed.run(folder / "a", board, [job()], as_of=BEFORE, odd=Flagger("one", "two", "two"))
    later = {} if without else {"odd": Flagger("two", "three")}
    return compare(a, analysed.run(folder / "b", board, [job()], as_of=AFTER, **later), internal=True)


def test_flags_are_new_gone_or_still_there(tmp_path: Path) -> None:
    found = [
        (row["subject"], row["change"], row["flags"]) for row in flagged(tmp_path).rows("flags_compared")
    ]
    assert found == [("one", "gone", 1), ("three", "new", 1), ("two", "gone", 1), ("two", "still there", 1)]


def test_flags_of_a_plugin_that_was_left_out_are_not_gone(tmp_path: Path) -> None:
    found = flagged(tmp_path, without=True)
    assert {row["change"] for row in found.rows("flags_compared")} == {"not compared"}
    assert [one["what"] for one in found.about["differences"]] == ["plugins"]


HEADING = "line,kind,target,floor,actual,unit,denominator,rating,evidence,source,because\n"


def plans(folder: Path, first: str, second: str, *, internal: bool = True) -> dict[str, dict[str, Any]]:
    a, b = both(folder, Side(), Side())
    for place, text in ((a, first), (b, second)):
        (place / "plan.csv").write_text(HEADING + text, "utf-8")
    return {row["line"]: row for row in compare(a, b, internal=internal).rows("plan_compared")}


def test_lines_of_the_plan_are_compared_as_counts_and_as_rates(tmp_path: Path) -> None:
    found = plans(
        tmp_path,
        "s,sessions,4,,3,sessions,,red,,,\nf,follow-up,25,,10,people,40,green,,,\nold,activity,,,,,,not-known,,,\n",
        "s,sessions,4,,5,sessions,,green,,,\nf,follow-up,25,,10,people,20,green,,,\nnew,activity,,,,,,not-known,,,\n",
    )
    assert (found["s"]["more"], found["s"]["points"]) == (2, None)
    assert (found["f"]["more"], found["f"]["points"]) == (None, 25.0)
    assert (found["old"]["change"], found["new"]["change"], found["s"]["change"]) == ("gone", "new", "")


def test_a_line_with_another_target_is_not_compared(tmp_path: Path) -> None:
    found = plans(tmp_path, "s,sessions,4,,3,sessions,,red,,,\n", "s,sessions,6,,5,sessions,,red,,,\n")
    assert (found["s"]["more"], found["s"]["differs"]) == (None, "target")


def test_small_numbers_of_people_in_the_plan_are_hidden_and_sessions_are_not(tmp_path: Path) -> None:
    text = "s,sessions,4,,3,sessions,,red,,,\nf,follow-up,25,,38,people,40,green,,,\n"
    found = plans(tmp_path, text, text, internal=False)
    assert (found["s"]["actual_a"], found["f"]["actual_a"], found["f"]["denominator_a"]) == (3, None, None)


def test_the_more_cautious_threshold_is_taken(tmp_path: Path) -> None:
    a, b = both(tmp_path, Side(settings={"small-numbers.threshold": "10"}), Side())
    assert compare(a, b).about["threshold"] == 10


def said(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, list(words))
    assert not done.exception or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def test_it_is_printed_in_words_a_board_reads(tmp_path: Path) -> None:
    people = tuple(job(name) for name in "pqrs")
    a, b = both(
        tmp_path, Side(people, (took(),)), Side(people, (took(), took(completed="2015-06-01", person_id="q")))
    )
    code, text = said("compare", str(a), str(b), "--internal")
    assert code == 0
    assert (
        text
        == """Internal: small numbers shown
A small board: 31 January 2015, then 31 January 2016

Coverage: people who hold all that is required of them, of those of whom anything is
  All: 1 of 4 (25%), then 1 of 4 (25%); as many people, no change
  Level 1: 1 of 4 (25%), then 1 of 4 (25%); as many people, no change
  A: 1 of 4 (25%), then 1 of 4 (25%); as many people, no change

People in the registers
  4, then 4: 4 in both, 0 joined, 0 left
  Jobs: 4, then 4; level still to be asked: 0, then 0

Who moved and why: a gap is a person and a competency that is required and not held
  3 gaps, then 3; 2 still open
  closed: 1 gap of 1 person: trained: a record that was not there, or not dated, before
  opened: 1 gap of 1 person: lapsed: held before, and only time has passed
"""
    )


def test_rates_of_different_definition_are_printed_without_a_difference(tmp_path: Path) -> None:
    a, b = both(tmp_path, Side(STAFF), Side(STAFF, parts=DEMANDING))
    _, text = said("compare", str(a), str(b), "--internal")
    assert ("Level 1: 0 of 1 (0%), then 0 of 1 (0%); not compared, for the terms differ: "
            "what is required (m in the second only)") in text  # fmt: skip
    assert "Level 2: 0 of 1 (0%), then 0 of 1 (0%); as many people, no change" in text


COLUMNS = {
    "coverage": "agency,level,held_a,required_a,rate_a,rating_a,held_b,required_b,rate_b,rating_b,more_held,more_required,points,differs,hidden",
    "moved": "agency,change,reason,people,gaps,hidden",
    "flags": "plugin,code,severity,subject,change,flags,message",
    "plan": "line,kind,unit,actual_a,denominator_a,rating_a,actual_b,denominator_b,rating_b,more,points,change,differs",
}


def test_what_is_written_has_the_promised_columns_and_hides_small_numbers(tmp_path: Path) -> None:
    a, b = both(tmp_path, Side(), Side(records=(took(completed="2015-06-01"),)))
    out = tmp_path / "out"
    assert said("compare", str(a), str(b), "--out", str(out))[0] == 0
    for name, heading in COLUMNS.items():
        assert (out / f"{name}.csv").read_text("utf-8").splitlines()[0] == heading
    with (out / "moved.csv").open(encoding="utf-8") as file:
        assert [(row["reason"], row["people"], row["hidden"]) for row in csv.DictReader(file)] == [
            ("trained", "", "true")
        ] * 2
    about = json.loads((out / "compare.json").read_text("utf-8"))
    assert (about["shown"], about["a"]["as_of"]) == ("Small numbers hidden", "2015-01-31")
    assert about["totals"] == [{"agency": "*", "gaps_a": None, "gaps_b": None, "still_open": None}]
    assert said("compare", str(a), str(b), "--out", str(out))[0] == 2
    assert said("compare", str(a), str(b), "--out", str(out), "--overwrite", "--internal")[0] == 0


def test_a_rule_that_adds_a_need_is_seen_where_jobs_are_described_alike(tmp_path: Path) -> None:
    more = rule("more", {"duties": {"includes": "adviser"}}, {"need": {"competencies": ["m"]}})
    people = (job(duties="adviser"), job("q", level="2"))
    found = differing(tmp_path, Side(people), Side(people, parts={"rules": [more]}))
    assert found["level-1"] == "what is required (m in the second only)"
    assert found["level-2"] == ""


@pytest.mark.parametrize(
    ("difference", "words"),
    [
        (0, "no change"),
        (4.29, "+4.2 points"),
        (-4.29, "−4.2 points"),
        (0.1, "+0.1 points"),
        (0.04, "+0.1 points or less"),
    ],
)
def test_points_never_say_more_than_is_true(difference: float, words: str) -> None:
    assert points(difference) == words
