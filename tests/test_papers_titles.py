"""A job title that so few people have that it could point to one is in no paper but the team's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import analysed, papers
from tests.papers import AS_OF, board
from tests.small import job

RARE, COMMON = "Keeper of the lighthouse", "Astronaut"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An agency with one person of a title to ask about, five of another, and as many at a level that differs."""
    made = tmp_path_factory.mktemp("titles")
    people = [job("PERSON-0", role=RARE, level="")]
    people += [job(f"PERSON-{number}", role=COMMON, level="") for number in range(1, 6)]
    people += [job(f"PERSON-{number}", role="Worker", level="2") for number in range(6, 12)]
    return analysed.run(made / "analysis", board(made), people, as_of=AS_OF)


@pytest.mark.parametrize("audience", ["board", "agency", "sub-group", "internal"])
def test_a_rare_title_is_named_to_the_team_alone(folder: Path, tmp_path: Path, audience: str) -> None:
    (path,) = papers.papers(folder, tmp_path, audience, ("html",))
    text = path.read_text("utf-8")
    assert (RARE in text) == (audience == "internal")
    assert (COMMON in text) == (audience != "sub-group")
    assert ("could point to one are not listed here" in text) == (audience in ("board", "agency"))


def test_a_title_of_enough_people_is_asked_about_in_every_format(folder: Path, tmp_path: Path) -> None:
    for path in papers.papers(folder, tmp_path, "agency", ("json", "csv", "docx", "xlsx")):
        assert path.stat().st_size
    (path,) = tmp_path.glob("*.json")
    found = json.loads(path.read_text("utf-8"))
    titles = [row[0]["text"] for one in found["sections"] for table in one["tables"] for row in table["rows"]]
    assert COMMON in titles and RARE not in titles
