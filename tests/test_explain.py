"""One person's answer is explained from the run's own database: what is required, what counted, what did not, what to do."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.small import SAID, course, job, level, load, register, rule
from tna import boards, plugins
from tna.analysis import analyse
from tna.cli.explain import lines
from tna.explain import Considered, Explanation, Reason, explain
from tna.model import Advice
from tna.plugins import hooks
from tna.problems import Unusable

POLICY = {"id": "ours", "value": "on", "says": "We read it so.", **SAID}
COMPETENCIES = (
    "held",
    "forever",
    "lapsed",
    "undated",
    "missing",
    "renewed",
    "unrenewed",
    "refused",
    "late",
    "late-undated",
)
COURSES = [
    course("c-held", ["held"], 36), course("c-forever", ["forever"]), course("c-lapsed", ["lapsed"], 12),
    course("c-undated", ["undated"]), course("c-missing", ["missing"]), course("c-renewed", ["renewed"], 12),
    course("c-refresh", renews=[{"competencies": ["renewed", "unrenewed", "late-undated"], "months": 12}]),
    course("c-refused", ["refused"]), course("c-late", ["late-undated"], 12), course("c-else", []),
]  # fmt: skip
RECORDS = [
    ("c-held", "2015-01-31", "", ""), ("c-forever", "1999-05-05", "", ""), ("c-lapsed", "2014-01-30", "", ""),
    ("c-undated", "", "", ""), ("c-renewed", "2010-01-01", "", ""), ("c-refresh", "2015-06-30", "", ""),
    ("c-refused", "2015-01-01", "", "online"), ("c-missing", "2015-02-02", "cancelled", ""),
    ("c-missing", "2015-02-03", "booked", ""), ("c-missing", "2016-02-01", "", ""), ("c-missing", "2015-02-04", "dna", ""),
    ("Basket weaving", "2015-03-03", "", ""), ("c-else", "2015-03-04", "", ""), ("c-late", "", "", ""),
]  # fmt: skip


class Adviser:
    @hooks.hookimpl
    def tna_recommend(self, cases: Any) -> list[Advice]:
        return [Advice(case.id, 1, "c-missing", ("missing",), "it gives just that") for case in cases]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("explained")
    reading = {"competencies": list(COMPETENCIES[1:]), "basis": "interpreted", "policy": "ours"}
    levels = [{**level(1, [], examples=[{"printed": "Nurses", "roles": ["nurse"]}]), "requires": [{"competencies": ["held"]}, reading]},
              level(2, includes=[{"levels": ["level-1"]}])]  # fmt: skip
    face = {"competencies": ["refused"], "modes": ["face-to-face"], **SAID}
    board = load(
        place, levels=levels, competencies=COMPETENCIES, courses=COURSES, terms=[face], policies=[POLICY]
    )
    records = [{"person_id": "p", "course": name, "completed": day, "status": status, "mode": mode}
               for name, day, status, mode in RECORDS]  # fmt: skip
    people = register(place / "people.csv", [job(level="2"), job("lone", level="", role="Beekeeper")])
    trained = register(place / "records.csv", records)
    made = plugins.only({"adviser": Adviser()})
    found = analyse(
        board, people, trained, as_of=date(2016, 1, 31), plugins=made, database=place / "analysis.duckdb"
    )
    found.connection.close()
    for path in (
        "pack/framework.yaml",
        "pack/catalogue.yaml",
        "pack/rules.yaml",
        "people.csv",
        "records.csv",
    ):
        (place / path).unlink()
    shutil.rmtree(place / "pack")
    return place


@pytest.fixture(scope="module")
def explained(folder: Path) -> Explanation:
    return explain(folder, "p")


@pytest.fixture(scope="module")
def reasons(explained: Explanation) -> Mapping[str, Reason]:
    return {one.competency: one for one in explained.reasons}


def verdicts(reason: Reason) -> list[tuple[bool, str]]:
    return [(one.counts, one.verdict) for one in reason.records]


def test_it_needs_nothing_but_the_database(folder: Path) -> None:
    assert [path.name for path in folder.iterdir()] == ["analysis.duckdb"]
    assert explain(folder, "p").board == "A small board"


def test_every_required_competency_is_explained_once(explained: Explanation) -> None:
    assert sorted(one.competency for one in explained.reasons) == sorted(COMPETENCIES)


def test_it_says_by_which_path_and_on_which_footing_it_is_required(reasons: Mapping[str, Reason]) -> None:
    read, said = reasons["missing"], reasons["held"]
    assert read.path == "Level 2 → Level 1 → missing"
    assert (
        read.because
        == "Level 2 includes Level 1; Level 1 requires missing (leaflet, p. 1; interpreted, policy ours)"
    )
    assert said.because.endswith("(leaflet, p. 1; stated)")


def test_what_is_held_says_until_when(reasons: Mapping[str, Reason]) -> None:
    held = reasons["held"]
    assert (held.status, held.until) == ("held", date(2018, 1, 31))
    [(counts, verdict)] = verdicts(held)
    assert counts
    assert "until 2018-01-31 (36 months)" in verdict
    assert "Course c-held [c-held] (leaflet, p. 1; stated)" in verdict


def test_where_nobody_states_an_interval_it_says_so(reasons: Mapping[str, Reason]) -> None:
    assert (reasons["forever"].status, reasons["forever"].until) == ("held", None)
    assert "no interval stated" in verdicts(reasons["forever"])[0][1]


def test_a_lapse_is_since_the_day_after_it_last_held(reasons: Mapping[str, Reason]) -> None:
    lapsed = reasons["lapsed"]
    assert (lapsed.status, lapsed.since) == ("lapsed", date(2015, 1, 31))
    assert verdicts(lapsed) == [
        (
            False,
            "lapsed: it held until 2015-01-30 (12 months): Course c-lapsed [c-lapsed] (leaflet, p. 1; stated)",
        )
    ]


def test_an_undated_record_is_looked_at_and_does_not_count(reasons: Mapping[str, Reason]) -> None:
    assert reasons["undated"].status == "undated"
    assert verdicts(reasons["undated"]) == [(False, "not counted: it has no date")]


def test_what_was_never_evidence_says_why_not(reasons: Mapping[str, Reason]) -> None:
    assert reasons["missing"].status == "missing"
    assert [verdict for _, verdict in verdicts(reasons["missing"])] == [
        "not counted: cancelled", "not counted: booked, not attended", "not counted: did not attend",
        "not counted: dated after the as-of date",
    ]  # fmt: skip
    assert not any(counts for counts, _ in verdicts(reasons["missing"]))


def test_a_renewal_counts_where_there_was_something_to_renew(reasons: Mapping[str, Reason]) -> None:
    assert (reasons["renewed"].status, reasons["renewed"].until) == ("held", date(2016, 6, 30))
    assert [counts for counts, _ in verdicts(reasons["renewed"])] == [False, True]
    assert verdicts(reasons["renewed"])[1][1].startswith("renews until 2016-06-30")


@pytest.mark.parametrize(("competency", "status"), [("unrenewed", "missing"), ("late-undated", "undated")])
def test_a_renewal_of_nothing_does_not_count(
    reasons: Mapping[str, Reason], competency: str, status: str
) -> None:
    assert reasons[competency].status == status
    assert not any(counts for counts, _ in verdicts(reasons[competency]))
    assert "nothing to renew" in " ".join(verdict for _, verdict in verdicts(reasons[competency]))


def test_a_mode_that_is_not_accepted_says_which_and_by_what(reasons: Mapping[str, Reason]) -> None:
    [(counts, verdict)] = verdicts(reasons["refused"])
    assert (reasons["refused"].status, counts) == ("missing", False)
    assert (
        verdict
        == "not counted: online training is not accepted for this; only face-to-face: leaflet, p. 1; stated"
    )


def test_a_gap_has_the_nearest_way_to_close_it(reasons: Mapping[str, Reason]) -> None:
    assert reasons["missing"].advice == ("Course c-missing [c-missing]: it gives just that",)
    assert reasons["lapsed"].advice == ()
    assert reasons["held"].advice == ()


def test_records_that_closed_nothing_are_not_lost(explained: Explanation) -> None:
    unused = {one.course: one.verdict for one in explained.unused}
    assert unused == {
        "Basket weaving": "names a course that the board's catalogue does not have",
        "c-else": "gives nothing that is required here",
    }


def test_every_record_is_told_with_its_row(explained: Explanation) -> None:
    told = {one.written_at for reason in explained.reasons for one in reason.records} | {
        one.written_at for one in explained.unused
    }
    assert len(told) == len(RECORDS)
    assert all(", row " in one for one in told)


def test_what_the_explanation_counts_is_what_the_analysis_held(explained: Explanation) -> None:
    for reason in explained.reasons:
        assert (reason.status == "held") is any(one.counts for one in reason.records), reason.competency


def test_a_person_to_ask_about_has_a_job_and_no_reasons(folder: Path) -> None:
    lone = explain(folder, "lone")
    [found] = lone.jobs
    assert (found.level, found.how, lone.reasons) == ("", "ask", ())
    said = "\n".join(lines(lone))
    assert "level to be asked (ask)" in said
    assert "as far as is known: the level of 1 of 1 jobs is still to be asked." in said


def test_one_competency_may_be_asked_for(folder: Path) -> None:
    assert [one.competency for one in explain(folder, "p", "held").reasons] == ["held"]
    assert explain(folder, "p", "held").unused == ()


@pytest.mark.parametrize(
    ("person", "competency", "code"),
    [("", "", "paths.unknown-person"), ("P", "", "paths.unknown-person"), ("p'; drop table about; --", "", "paths.unknown-person"),
     ("p", "nope", "paths.unknown-competency")],
)  # fmt: skip
def test_whoever_is_not_there_is_a_sentence(folder: Path, person: str, competency: str, code: str) -> None:
    with pytest.raises(Unusable, match=code.replace(".", r"\.")):
        explain(folder, person, competency)


def test_it_can_be_read_as_plain_lines(explained: Explanation) -> None:
    said = "\n".join(lines(explained))
    for words in ("GAP: lapsed since 2015-01-31", "HELD until 2018-01-31", "HELD, no interval stated", "GAP: undated", "GAP: missing",
                  "to close it: Course c-missing", "(records.csv, row 4)", "Records that close nothing required"):  # fmt: skip
        assert words in said


def test_credit_that_depends_on_the_provider_is_told_for_the_record_it_is_for(tmp_path: Path) -> None:
    nhs = rule("credit.nhs", {"provider": "NHS"}, {"credit": {"competencies": ["k"], "months": 12}})
    own = rule(
        "credit.own", {"provider": {"exists": False}}, {"credit": {"competencies": ["k"], "months": 24}}
    )
    board = load(
        tmp_path, levels=[level(1, ["k"])], competencies=["k"], courses=[course("c")], rules=[nhs, own]
    )
    people = register(tmp_path / "people.csv", [job()])
    taken = [
        {"person_id": "p", "course": "c", "completed": day, "provider": by}
        for day, by in (("2015-05-01", "NHS"), ("2015-06-01", ""))
    ]
    analyse(board, people, register(tmp_path / "records.csv", taken), as_of=date(2016, 1, 31), plugins=plugins.only({}),
            database=tmp_path / "analysis.duckdb").connection.close()  # fmt: skip
    [reason] = explain(tmp_path, "p").reasons
    assert [one.until for one in reason.records] == [date(2016, 5, 1), date(2017, 6, 1)]
    assert isinstance(reason.records[0], Considered)


def test_a_person_with_two_jobs_has_reasons_for_each(tmp_path: Path) -> None:
    board = load(tmp_path, levels=[level(1, ["k"]), level(2, ["k"])], competencies=["k"], courses=[course("c", ["k"])],
                 terms=[{"levels": ["level-2"], "months": 12, **SAID}])  # fmt: skip
    people = register(tmp_path / "people.csv", [job(), job(agency="B", level="2", role="Nurse")])
    taken = register(tmp_path / "records.csv", [{"person_id": "p", "course": "c", "completed": "2014-01-01"}])
    analyse(
        board,
        people,
        taken,
        as_of=date(2016, 1, 31),
        plugins=plugins.only({}),
        database=tmp_path / "analysis.duckdb",
    ).connection.close()
    found = explain(tmp_path, "p")
    assert [(one.agency, one.level, one.status) for one in found.reasons] == [
        ("A", "Level 1", "held"),
        ("B", "Level 2", "lapsed"),
    ]
    assert [one.agency for one in found.jobs] == ["A", "B"]


def test_a_competency_that_is_not_required_is_said_to_be_so_and_nothing_more(tmp_path: Path) -> None:
    tiny = boards.load(Path(__file__).parent / "accepted" / "tiny")
    people = register(
        tmp_path / "people.csv", [{"person_id": "1", "agency": "A library", "role": "Librarian"}]
    )
    analyse(
        tiny,
        people,
        as_of=date(2024, 1, 1),
        plugins=plugins.only({}),
        database=tmp_path / "analysis.duckdb",
    ).connection.close()
    said = "\n".join(lines(explain(tmp_path, "1", "act")))
    assert said.endswith("act is not required of this person.")
    assert "know" in "\n".join(lines(explain(tmp_path, "1")))
