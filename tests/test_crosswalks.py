"""What crosswalks say is read in one direction, one statement at a time, and never taken for more."""

from __future__ import annotations

import json
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.small import course, level, register, write_pack
from tna import boards, crosswalks, evidence, recognition, shelves, transfer
from tna.analysis import analyse
from tna.cli import main
from tna.model import Analysis, Crosswalk, Match, Origin, Source
from tna.model.crosswalks import RELATIONS, Conditions, Relation, Side
from tna.plugins import only
from tna.problems import Problems, Unusable
from tna.testing import CrosswalkContract

FILES = shelves.crosswalks()
ORIGIN = Origin(Source("leaflet", "p. 1"), "stated")


def walk(*matches: Match) -> Crosswalk:
    return Crosswalk("w", "W", {"a": "1", "b": "1"}, (), (), tuple(matches), (), "w.yaml", "")


def match(here: str, relation: Relation, there: str, **asked: object) -> Match:
    sides = (Side(one[0], "competency", one) for one in (here, there))
    first, second = sides
    return Match(first, relation, second, ORIGIN, "So.", Conditions(**asked))  # type: ignore[arg-type]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@pytest.mark.parametrize("name", [name for name in dir(CrosswalkContract) if name.startswith("test_")])
def test_every_shipped_crosswalk_keeps_to_the_contract(file: Path, name: str) -> None:
    kept = type("Kept", (CrosswalkContract,), {"crosswalk": file})()
    getattr(kept, name)()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_shipped_crosswalk_holds_together(file: Path) -> None:
    problems = Problems()
    found = crosswalks.load(file, problems)
    assert found is not None
    frameworks = {board: boards.load(board).pack.framework for board in found.boards}
    crosswalks.check_sides(found, frameworks, problems)
    assert not list(problems)
    assert all(one.origin.policy and one.origin.basis != "stated" for one in found.matches)


def test_knowsley_and_rotherham_meet_where_both_descend_from_working_together() -> None:
    [found] = crosswalks.between("knowsley", "rotherham")
    levels = {(one.here.id, one.relation, one.there.id) for one in found.matches if one.here.kind == "level"}
    assert {("level-5", "narrower", "group-5"), ("level-5", "narrower", "group-6")} <= levels
    assert {("level-6", "narrower", "group-7"), ("level-6", "narrower", "group-8")} <= levels
    assert {("group-5", "broader", "level-5"), ("group-8", "broader", "level-6")} <= levels
    assert ("level-3", "exact", "group-3") in levels


def test_of_north_yorkshire_nothing_is_said_but_that_topics_are_related() -> None:
    for other in ("knowsley", "rotherham"):
        [found] = crosswalks.between("north-yorkshire", other)
        assert {one.relation for one in found.matches} == {"related"}
        assert {one.here.kind for one in found.matches} == {"competency"}


@pytest.mark.parametrize("relation", RELATIONS)
def test_nothing_follows_in_the_other_direction(relation: Relation) -> None:
    found = [walk(match("a1", relation, "b1"))]
    assert list(crosswalks.matches(found, "a", "b"))
    assert not list(crosswalks.matches(found, "b", "a"))


@pytest.mark.parametrize(("first", "second"), list(product(RELATIONS, RELATIONS)))
def test_two_statements_in_a_row_say_nothing_of_their_ends(first: Relation, second: Relation) -> None:
    found = [walk(match("a1", first, "b1"), match("b1", second, "a2"), match("a2", "exact", "b2"))]
    reached = {one.there.id for one in recognition.covering(found, "a", "b", {}) if one.here.id == "a1"}
    assert reached <= {"b1"}


@given(
    st.lists(st.tuples(st.sampled_from("12"), st.sampled_from(RELATIONS), st.sampled_from("12")), max_size=6)
)
def test_only_the_same_and_the_narrower_are_covered(said: list[tuple[str, Relation, str]]) -> None:
    found = [walk(*(match(f"a{here}", relation, f"b{there}") for here, relation, there in said))]
    covered = recognition.covering(found, "a", "b", {})
    assert [one.relation for one in covered] == [one[1] for one in said if one[1] in ("exact", "narrower")]


def asked(
    folder: Path, settings: dict[str, str] | None = None, recognise: tuple[str, ...] = ("knowsley",)
) -> Analysis:
    board = boards.load("rotherham", settings, recognise=recognise)
    people = register(
        folder / "people.csv", [{"person_id": "p", "agency": "A", "role": "Worker", "level": "Group 2"}]
    )
    records = register(
        folder / "records.csv",
        [{"person_id": "p", "course": "KSCB Multi Agency CSE Training", "completed": "2014-05-01"}],
    )
    return analyse(board, people, records, as_of=date(2014, 9, 30), plugins=only({}))


def gaps(found: Analysis) -> set[str]:
    return {row[0] for row in found.connection.execute("select competency from gaps").fetchall()}


def test_training_elsewhere_counts_as_far_as_a_statement_says(tmp_path: Path) -> None:
    assert gaps(asked(tmp_path)) == {"c2", "c3", "c4", "c5", "c6", "c7"}


def test_what_is_close_counts_when_a_planner_says_so(tmp_path: Path) -> None:
    assert gaps(asked(tmp_path, {"crosswalk.close": "on"})) == {"c2", "c3", "c4", "c6"}


def test_a_reading_that_is_switched_off_recognises_nothing(tmp_path: Path) -> None:
    assert len(gaps(asked(tmp_path, {"objectives-for-competencies": "off"}))) == 7


def test_unless_it_is_asked_for_nothing_is_recognised(tmp_path: Path) -> None:
    found = asked(tmp_path, recognise=())
    assert len(gaps(found)) == 7
    assert found.connection.execute("select reason from records").fetchone() == ("unknown-course",)


def test_no_course_of_another_board_is_open_or_advised_here() -> None:
    board = boards.load("rotherham", recognise=("knowsley",))
    abroad = [course for course in board.pack.courses if course.id.startswith("knowsley:")]
    assert len(abroad) == 10
    assert not any(course.open_to or course.required_of for course in abroad)


def test_what_is_recognised_says_on_which_statement(tmp_path: Path) -> None:
    found = asked(tmp_path)
    said = found.connection.execute(
        "select because from credits where competency = 'c1' and course = 'knowsley:k4-4' limit 1"
    ).fetchone()
    assert said is not None
    assert "knowsley:k4-4-o2 covers rotherham:c1" in said[0]


def test_a_person_takes_along_what_they_hold(tmp_path: Path) -> None:
    people = register(tmp_path / "people.csv", [{"person_id": "p", "agency": "A", "role": "School nurse"}])
    records = register(
        tmp_path / "records.csv", [{"person_id": "p", "course": "k4-3", "completed": "2015-05-01"}]
    )
    run = ["analyse", "knowsley", "--people", str(people[0]), "--records", str(records[0]), "--as-of", "2016-01-31",
           "--out", str(tmp_path / "out")]  # fmt: skip
    assert CliRunner().invoke(main, run).exit_code == 0
    said = (
        CliRunner()
        .invoke(main, ["transfer", "p", "--from", str(tmp_path / "out"), "--to", "rotherham"])
        .output
    )
    assert "goes to Group 3" in said
    assert "1 of 11 required competencies recognised" in said
    assert "by k4-3: knowsley:k4-3-o2 covers rotherham:c1" in said


def made(folder: Path, **conditions: object) -> Path:
    """Two boards on a shelf of their own: A gives a1 by a course that only counts online there; a1 is b1, on conditions."""
    source = {"source": {"document": "leaflet", "at": "p. 1"}, "basis": "stated"}
    give = {
        "open_to": [{"levels": ["level-1"]}],
        "gives": [{"competencies": ["a1"], "modes": ["online", "face-to-face"]}],
    }
    write_pack(folder / "aa", levels=[level(1, ["a1"])], competencies=["a1"], courses=[{**course("ca"), **give}],
               terms=[{"courses": ["ca"], "months": 24, **source}], id="aa")  # fmt: skip
    write_pack(
        folder / "bb", levels=[level(1, ["b1"])], competencies=["b1"], courses=[course("cb", ["b1"])], id="bb"
    )
    said = {
        "id": "aa-bb", "title": "A to B", "boards": [{"board": "aa", "edition": "1"}, {"board": "bb", "edition": "1"}],
        "documents": [{"id": "leaflet", "title": "A leaflet"}],
        "matches": [
            {"from": {"board": "aa", "competency": "a1"}, "relation": "exact", "to": {"board": "bb", "competency": "b1"},
             "because": "So.", **({"conditions": conditions} if conditions else {}), **source},
            {"from": {"board": "aa", "level": "level-1"}, "relation": "exact", "to": {"board": "bb", "level": "level-1"},
             "because": "So.", **source},
        ],
    }  # fmt: skip
    (folder / "crosswalks").mkdir()
    (folder / "crosswalks" / "aa-bb.yaml").write_text(json.dumps(said), "utf-8")
    return folder


ONE_DAY = date(2015, 3, 1)
TAKEN = st.lists(
    st.tuples(
        st.dates(date(2012, 1, 1), ONE_DAY), st.sampled_from(["online", "face-to-face", "blended"]),
        st.sampled_from(["", "countersigned"]),
    ),
    max_size=3,
)  # fmt: skip
CONDITIONS = st.fixed_dictionaries(
    {}, optional={"months": st.sampled_from([6, 12, 36]), "modes": st.sampled_from([["face-to-face"], ["blended", "online"]]),
                  "evidence": st.just(["countersigned"])}
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taken=TAKEN, conditions=CONDITIONS)
def test_transfer_and_recognition_give_one_answer_and_judge_each_record_by_itself(
    tmp_path_factory: pytest.TempPathFactory,
    taken: list[tuple[date, str, str]],
    conditions: dict[str, object],
) -> None:
    at = tmp_path_factory.mktemp("walk")
    shelf = made(at / "shelf", **conditions)
    people = register(at / "people.csv", [{"person_id": "p", "agency": "A", "role": "Worker", "level": "1"}])
    records = register(
        at / "records.csv",
        [{"person_id": "p", "course": "ca", "completed": day.isoformat(), "mode": mode, "evidence": seen}
         for day, mode, seen in taken],
    )  # fmt: skip
    here = boards.load("aa", places=[shelf])
    (at / "out").mkdir()
    found = analyse(
        here, people, records, as_of=ONE_DAY, plugins=only({}), database=at / "out" / "analysis.duckdb"
    )
    found.connection.close()
    there = boards.load("bb", places=[shelf], recognise=("aa",))
    walks = crosswalks.between("aa", "bb", [shelf])
    [moved] = transfer.of_person("p", at / "out", here, there, walks, ONE_DAY)
    asked = analyse(there, people, records, as_of=ONE_DAY, plugins=only({}))
    plainly = any(
        evidence.add_months(day, min(24, int(str(conditions.get("months", 24))))) >= ONE_DAY
        and mode != "blended"
        and mode in conditions.get("modes", (mode,))  # type: ignore[operator]
        and seen in conditions.get("evidence", (seen,))  # type: ignore[operator]
        for day, mode, seen in taken
    )
    assert bool(gaps(asked)) != plainly
    assert [one.recognised for one in moved.outcomes] == [plainly]


def test_a_person_with_two_jobs_has_two_ways(tmp_path: Path) -> None:
    shelf = made(tmp_path / "shelf")
    jobs = [
        {"person_id": "p", "agency": agency, "role": role, "level": "1"}
        for agency, role in (("A", "x"), ("B", "y"))
    ]
    (tmp_path / "out").mkdir()
    here, there = boards.load("aa", places=[shelf]), boards.load("bb", places=[shelf], recognise=("aa",))
    people = register(tmp_path / "people.csv", jobs)
    analyse(
        here, people, as_of=ONE_DAY, plugins=only({}), database=tmp_path / "out" / "analysis.duckdb"
    ).connection.close()
    ways = transfer.of_person(
        "p", tmp_path / "out", here, there, crosswalks.between("aa", "bb", [shelf]), ONE_DAY
    )
    assert len(ways) == 2


def test_a_crosswalk_that_its_boards_do_not_bear_out_is_not_used(tmp_path: Path) -> None:
    shelf = made(tmp_path / "shelf")
    path = shelf / "crosswalks" / "aa-bb.yaml"
    path.write_text(path.read_text("utf-8").replace('"b1"', '"b9"'), "utf-8")
    with pytest.raises(Unusable, match=r"framework\.unknown-competency"):
        boards.load("bb", places=[shelf], recognise=("aa",))


@pytest.mark.parametrize("text", ["{", "{}", '{"board": {"id": "aa"}, "as_of": "soon"}'])
def test_a_damaged_analysis_is_said_to_be_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "analysis.json").write_text(text, "utf-8")
    (tmp_path / "analysis.duckdb").write_text("", "utf-8")
    for words in (
        ["transfer", "p", "--from", str(tmp_path), "--to", "rotherham"],
        ["beside", str(tmp_path), str(tmp_path)],
    ):
        done = CliRunner().invoke(main, words)
        assert (done.exit_code, "paths.no-analysis" in done.stderr) == (2, True)


def test_crosswalks_stand_beside_packs_that_are_given_by_their_folders(tmp_path: Path) -> None:
    shelf = made(tmp_path / "shelf")
    here, there = str(shelf / "aa"), str(shelf / "bb")
    said = CliRunner().invoke(main, ["transfer", "Teacher", "--from", here, "--to", there])
    assert said.exit_code == 0
    found = boards.load(there, recognise=(here,))
    assert "aa:ca" in found.courses
    people = register(tmp_path / "people.csv", [{"person_id": "p", "agency": "A", "role": "x", "level": "1"}])
    asked = [
        "analyse",
        here,
        "--people",
        str(people[0]),
        "--as-of",
        "2015-03-01",
        "--out",
        str(tmp_path / "out"),
    ]
    assert CliRunner().invoke(main, asked).exit_code == 0
    taken = CliRunner().invoke(main, ["transfer", "p", "--from", str(tmp_path / "out"), "--to", there])
    assert "goes to Level 1" in taken.stdout
