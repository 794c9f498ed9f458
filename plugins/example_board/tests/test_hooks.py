"""What the plugin advises, flags, reads and writes keeps to tna's contracts, and does what it is for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest

import example_board
import tna
from tna.model import Analysis
from tna.problems import Unusable
from tna.testing import FlaggerContract, RecommenderContract

AS_OF = date(2025, 10, 31)


class TestOurRecommender(RecommenderContract):
    """Advice is about cases that were asked and courses that exist, in order, with reasons."""

    plugin: ClassVar[Any] = example_board


class TestOurFlagger(FlaggerContract):
    """Flags have a code, a severity, a subject and a sentence, and name nobody; here on tna's sample registers."""

    plugin: ClassVar[Any] = example_board
    board = "made-up-borough"


class TestOurFlaggerWithMuchToSay(TestOurFlagger):
    """The samples give our flagger nothing to say, so the same is asked again of registers that do."""

    def analysis(self, folder: Path) -> Analysis:
        """Two agencies whose lists lost every date."""
        people = [assistant(f"SCHOOL-{one}", agency=f"School {one % 2}") for one in range(8)]
        return analysed(folder, people, [had(person["person_id"], "mb-1", None) for person in people])

    def test_there_is_something_to_say(self, tmp_path: Path) -> None:
        """A contract kept by silence would show nothing."""
        assert [flag.subject for flag in self.flags(self.analysis(tmp_path))] == ["School 0", "School 1"]


def analysed(
    folder: Path, people: Sequence[Mapping[str, Any]], records: Sequence[Mapping[str, Any]]
) -> Analysis:
    """An analysis of two registers, written as JSON lines so that our reader reads them."""
    sent, trained = folder / "people.jsonl", folder / "records.jsonl"
    for path, rows in ((sent, people), (trained, records)):
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return tna.analyse("made-up-borough", sent, [trained] if records else [], as_of=AS_OF)


def assistant(person: str, **more: Any) -> dict[str, Any]:
    """A teaching assistant: Group B, which needs a1, a2, b1, b2 and b3."""
    return {"agency": "A school", "role": "Teaching assistant", "person_id": person} | more


def had(person: str, course: str, completed: str | None = "2025-06-12") -> dict[str, Any]:
    """A record of training."""
    return {"person_id": person, "course": course, "completed": completed}


def told(analysis: Analysis, person: str) -> list[tuple[str, str]]:
    """What our recommender says to a person: courses, and what each closes."""
    asked = "select course, closes from recommendations where person_id = ? and plugin = 'example-board' order by position"
    return analysis.connection.execute(asked, [person]).fetchall()


def test_somebody_who_lacks_one_thing_is_sent_to_a_colleague(tmp_path: Path) -> None:
    """One day, not a course; somebody who lacks more is left to other plugins."""
    neighbour = {**had("1", "mb-2"), "mode": "online"}  # taken online, it does not count
    trainer = {**assistant("3"), "duties": ["trainer"]}
    records = [neighbour, had("3", "mb-1"), had("3", "mb-2"), had("3", "mb-3"), had("3", "mb-9")]
    found = analysed(tmp_path, [assistant("1"), assistant("2"), trainer], records)
    assert told(found, "3") == [("mb-11", "t1")]
    assert told(found, "1") == told(found, "2") == []


def test_an_agency_whose_records_lost_their_dates_is_flagged(tmp_path: Path) -> None:
    """More than half of its people is flagged; exactly half is not."""
    asked = "select subject, severity from flags where plugin = 'example-board'"
    people = [assistant("1"), assistant("2")]
    both = analysed(tmp_path, people, [had("1", "mb-1", None), had("2", "mb-1", None)])
    assert both.connection.execute(asked).fetchall() == [("A school", "check")]
    half = analysed(tmp_path, people, [had("1", "mb-1", None), had("2", "mb-1")])
    assert half.connection.execute(asked).fetchall() == []


def test_a_planner_may_set_the_share_from_which_agencies_are_flagged(tmp_path: Path) -> None:
    """The policy that our shelf brings is a policy like any other."""
    board = tna.load("made-up-borough", {"example.undated-percent": 49})
    files = tmp_path / "people.jsonl", tmp_path / "records.jsonl"
    analysed(tmp_path, [assistant("1"), assistant("2")], [had("1", "mb-1", None)])
    found = tna.analyse(board, files[0], files[1], as_of=AS_OF)
    assert "example.undated" in [code for (code,) in found.flags.project("code").fetchall()]


def test_a_list_in_a_json_register_is_several_words_in_a_cell(tmp_path: Path) -> None:
    """Lists, nulls, numbers and keys that only some lines have are all read."""
    people = [assistant("1", duties=["section-47", "adviser"]), assistant("2", person_id=2, level=None)]
    found = analysed(tmp_path, people, [])
    placed = found.connection.execute("select person_id, level from placements order by person_id").fetchall()
    assert placed == [("1", "group-d"), ("2", "group-b")]


@pytest.mark.parametrize(
    ("line", "said"),
    [("{", "line 2 is not JSON"), ("[1]", "line 2 is not an object"), ('{"agency": {}}', "line 2 has an")],
)
def test_a_line_that_cannot_be_read_is_named(line: str, said: str, tmp_path: Path) -> None:
    """A reader that raises stops the run with a sentence and the name of its file."""
    path = tmp_path / "people.jsonl"
    path.write_text(f"{json.dumps(assistant('1'))}\n{line}\n", encoding="utf-8")
    with pytest.raises(Unusable, match=said):
        tna.analyse("made-up-borough", path, as_of=AS_OF)


def test_the_digest_says_how_many_of_how_many(tmp_path: Path) -> None:
    """Names as the board prints them, counts without percentages, and text that cannot become a heading or a tag."""
    found = analysed(tmp_path, [assistant("1"), assistant("2")], [had("1", "mb-1")])
    (form,) = example_board.tna_reports()
    form.write(found, tmp_path / "report.md")
    page = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert page.startswith("# Made-up Borough Safeguarding Partnership: Who Needs to Know What\n")
    assert "| Group B | 0 | 2 |" in page
    assert "%" not in page.split("## To do")[0].split("| group")[1]
