"""No small number, and nobody's id, is in any paper but the team's; nor can one be worked out from all papers together."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from tests import analysed, papers
from tests.attack import Reader
from tests.papers import AS_OF, FORMATS, SILENT, board, flagging, made, whole
from tests.small import job
from tna.model import Flag
from tna.problems import Unusable
from tna.reports.papers.material import Material, gather
from tna.reports.papers.telling import Teller
from tna.reports.reopened import reopen
from tna.reports.sections import Paper, Table
from tna.shown.hiding import hide
from tna.suppression import EVERY

SEEDS = range(12)
PEOPLE = r"(?:people|person|jobs?|attendances?|forms?|records?|rows?)"
SMALL = (1, 2, 3, 4)


@pytest.fixture(scope="module", params=SEEDS)
def analysis(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = {"coverage.target": "80", "coverage.floor": "60"} if request.param % 2 else {}
    return made(tmp_path_factory.mktemp(f"seed-{request.param}"), request.param, settings=settings)


@pytest.fixture(scope="module")
def published(analysis: Path) -> list[Paper]:
    """Every paper that leaves the team."""
    return [
        whole(analysis, "board"),
        whole(analysis, "sub-group"),
        *(whole(analysis, "agency", one) for one in "ABCDE"),
    ]


def tables(published: list[Paper]) -> Iterator[tuple[str, Table]]:
    """Every table with the agency that it is about: as its section says, or its paper."""
    for one in published:
        for section in one.sections:
            about = (
                section.title
                if section.apart
                else one.board.split(" (")[0]
                if "one agency" in one.kind
                else EVERY
            )
            yield from ((about, table) for table in section.tables)


def read(published: list[Paper]) -> Reader:
    """What somebody knows who has all papers, and how people, levels and courses hang together."""
    reader = Reader()
    for about, table in tables(published):
        for row in table.rows:
            for column, cell in zip(table.columns[1:], row[1:], strict=True):
                one = EVERY if row[0].text == "All agencies" else row[0].text
                if table.caption.startswith("People in date, of people required, by"):
                    at = (one, column.label) if "Agency" in table.columns[0].label else (about, row[0].text)
                    number = str(at[1]).removeprefix("Level ").replace("All levels", EVERY)
                    shares(reader, at[0], number, cell.text)
                elif table.caption == "People to train, by course" and column.label == "People to train":
                    reader.reads(f"rest {about} {row[0].quiet[1:]}", figure(cell.text))
                elif table.caption.startswith("Competencies") and " of " in cell.text:
                    shares(reader, EVERY, row[0].quiet[1:], cell.text)
    sums(reader)
    return reader


def shares(reader: Reader, agency: str, level: str, text: str) -> None:
    """A cell of people in date; one that is nobody is known to be nobody."""
    if text == "hidden":
        return
    held, need = map(int, text.split(" of ")) if text else (0, 0)
    if not text and agency == SILENT:
        return
    for name, count in (("held", held), ("need", need), ("rest", need - held)):
        reader.reads(f"{name} {agency} {level}", count)


def figure(text: str) -> int | None:
    return None if text == "hidden" else int(text.replace(",", ""))


def sums(reader: Reader) -> None:
    """Everybody has one job at one level; who is to train at a level is advised the one course that closes its gap."""
    for agency in (*"ABCDE", EVERY):
        for level in (*"123", EVERY):
            reader.knows(f"need {agency} {level}", [f"held {agency} {level}", f"rest {agency} {level}"])
    for name in ("held", "need", "rest"):
        for level in (*"123", EVERY):
            reader.knows(f"{name} {EVERY} {level}", [f"{name} {agency} {level}" for agency in "ABCDE"])
        for agency in (*"ABCDE", EVERY):
            reader.knows(f"{name} {agency} {EVERY}", [f"{name} {agency} {level}" for level in "123"])


def test_no_small_number_can_be_worked_out_from_all_papers_together(published: list[Paper]) -> None:
    known = read(published).works_out()
    assert not {name: count for name, count in known.items() if count in SMALL}


def test_the_reader_would_find_what_is_not_hidden(analysis: Path) -> None:
    known = read([whole(analysis, "internal")]).works_out()
    assert any(count in SMALL for count in known.values())


def test_no_cell_holds_a_small_number_of_people(published: list[Paper]) -> None:
    for _, table in tables(published):
        for row in table.rows:
            for column, cell in zip(table.columns, row, strict=True):
                if column.number and cell.text not in ("", "hidden", "not stated") and "%" not in cell.text:
                    part, _, rest = cell.text.replace(",", "").partition(" of ")
                    assert int(part) not in SMALL
                    assert not rest or {int(rest), int(rest) - int(part)}.isdisjoint(SMALL)


def test_no_sentence_names_a_small_number_of_people(published: list[Paper]) -> None:
    for one in published:
        lines = [one.finding, *(line for section in one.sections for line in section.says)]
        cells = [cell.text for _, table in tables([one]) for row in table.rows for cell in row]
        for text in [*lines, *cells]:
            assert not re.findall(rf"(?<![\w,.-])(?:[1-4]|one|two|three|four) {PEOPLE}\b", text, re.I), text


def test_nobody_is_named_by_id_in_any_file_but_the_teams(analysis: Path, tmp_path: Path) -> None:
    for audience in ("board", "sub-group", "agency"):
        for path in papers.papers(analysis, tmp_path / audience, audience):
            assert b"PERSON-" not in unpacked(path), path.name
    team = papers.papers(analysis, tmp_path / "internal", "internal")
    assert all(b"PERSON-" in unpacked(path) for path in team)


def unpacked(path: Path) -> bytes:
    """Every byte of a file, those that are packed unpacked: also hidden sheets, comments and facts about the file."""
    if path.suffix not in (".docx", ".xlsx"):
        return path.read_bytes()
    with zipfile.ZipFile(path) as parts:
        return b"\n".join(parts.read(name) for name in parts.namelist())


def test_what_is_hidden_is_hidden_in_every_format_alike(analysis: Path, tmp_path: Path) -> None:
    counts = {}
    for form, path in zip(FORMATS, papers.papers(analysis, tmp_path, "board"), strict=True):
        text = unpacked(path).decode("utf-8", "replace")
        counts[form] = sum(text.count(one) for one in (">hidden<", ",hidden,", '"text": "hidden"'))
    wanted = papers.expected(whole(analysis, "board"), "docx").tables
    hidden = sum(cell == "hidden" for _, rows in wanted for row in rows for cell in row)
    assert hidden == counts["docx"] == counts["csv"] == counts["json"]


def test_the_team_sees_every_number_and_is_told_so(analysis: Path) -> None:
    team = whole(analysis, "internal")
    assert team.banner[0] == "Internal: small numbers shown."
    assert not [
        cell for _, table in tables([team]) for row in table.rows for cell in row if cell.text == "hidden"
    ]


def test_a_course_does_not_tell_what_its_level_hides() -> None:
    people = {("A", EVERY): (2, 12), ("B", EVERY): (20, 20), ("C", EVERY): (20, 30), (EVERY, EVERY): (42, 62)}
    courses = {("A", "c"): 12, ("B", "c"): 20, ("C", "c"): 30, (EVERY, "c"): 62}
    gone, unsaid = hide(people, courses, 5)
    assert ("A", EVERY) in gone
    assert {agency for agency, _ in gone} == {agency for agency, _ in unsaid}


def test_a_course_that_all_but_a_few_need_is_hidden() -> None:
    gone, unsaid = hide({("A", EVERY): (20, 15)}, {("A", "c"): 13, ("A", "d"): 9}, 5)
    assert not gone
    assert ("A", "c") in unsaid
    assert hide({("A", EVERY): (20, 15)}, {("A", "c"): 13}, 1) == (frozenset(), frozenset())


MESSAGES = {
    "5 people at A are new.": "Some people at A are new.",
    "1 person at A is new.": "",
    "Two people at A are new.": "",
    "A single person at A is new.": "",
    "3 of 30 records have no date.": "",
    "12 of 30 records (40%) have no date. Send them.": "Some records have no date.",
    "Only 40% of them are in date.": "",
    "2 are late.": "",
    "PERSON-0001 is late.": "",
    "Level 3 needs 2 courses in 4 agencies by 3 May 2016.": "Level 3 needs 2 courses in 4 agencies by 3 May 2016.",
    "A, B and 1 more: 9 jobs called 'Worker 2'.": "A, B and 1 more: some jobs called 'Worker 2'.",
    "No date for 20 attendances: X (3), Y (17).": "No date for some attendances: X, Y.",
    "Below a target of 90% at k1-1 (board-2015, p. 2). 7 people.": "Below a target of 90% at k1-1 (board-2015, p. 2).",
    "St. Mary's 2nd Unit 4 sent nothing. Ask.": "St. Mary's 2nd Unit 4 sent nothing.",
}  # fmt: skip


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    folder = tmp_path_factory.mktemp("told")
    people = [job(f"PERSON-{number:04d}", agency="St. Mary's 2nd Unit 4") for number in range(9)]
    return gather(reopen(analysed.run(folder / "analysis", board(folder), people, as_of=AS_OF)), "board")


@pytest.mark.parametrize(("message", "words"), MESSAGES.items())
def test_a_flag_is_told_without_numbers_of_people_or_not_at_all(
    material: Material, message: str, words: str
) -> None:
    assert Teller(material).tell(message) == words
    assert Teller(replace(material, internal=True)).tell(message) == message


def test_flags_about_a_few_are_in_no_paper_but_the_teams(tmp_path: Path) -> None:
    flags = [
        Flag("one.few", "act", "A", "3 people at A are late. Ask."),
        Flag("one.many", "act", "A", "30 people at A are late. Ask."),
        Flag("one.about", "check", "2 people", "They are late."),
        Flag("one.id", "check", "A", "See PERSON-0002 about it."),
    ]
    folder = made(tmp_path, 1, flags=flags)
    for audience in ("board", "sub-group"):
        text = json.dumps(
            [
                list(map(str, chain.from_iterable(table.rows)))
                for _, table in tables([whole(folder, audience)])
            ]
        )
        says = " ".join(line for section in whole(folder, audience).sections for line in section.says)
        assert "Some people at A are late." in text + says
        assert not re.findall(r"\b3 people|\b2 people|\b30 people|PERSON-", text + says)


def test_how_many_rows_a_small_agency_sent_is_not_told(tmp_path: Path) -> None:
    people = [job(f"PERSON-{number}") for number in range(3)]
    folder = analysed.run(tmp_path / "analysis", board(tmp_path), people, as_of=AS_OF, **flagging())
    says = next(one.says for one in whole(folder, "board").sections if one.id == "methods")
    assert "people.csv" in " ".join(says)
    assert "rows" not in " ".join(says)
    assert "3 rows" not in " ".join(says)


def review(folder: Path, shown: str, name: str = "small", because: str = "12 people came") -> Path:
    """A review as tna review leaves it, as far as papers read it."""
    folder.mkdir()
    (folder / "review.json").write_text(json.dumps({"shown": shown, "board": {"id": name}}), "utf-8")
    heads = "line,kind,target,floor,actual,unit,denominator,rating,evidence,source,because"
    (folder / "plan.csv").write_text(f"{heads}\neight,sessions,8,,2,sessions,,red,,,{because}\n", "utf-8")
    return folder


def test_a_review_with_small_numbers_in_it_is_for_the_team_only(tmp_path: Path) -> None:
    folder = made(tmp_path)
    whole_review = review(tmp_path / "whole", "Internal: small numbers shown")
    for audience in ("board", "sub-group", "agency"):
        with pytest.raises(Unusable, match=r"report\.internal-review"):
            papers.papers(folder, tmp_path / "out", audience, review=whole_review)
    assert papers.papers(folder, tmp_path / "out", "internal", review=whole_review)


def test_a_review_of_another_board_is_refused(tmp_path: Path) -> None:
    other = review(tmp_path / "other", "Small numbers hidden", "another")
    with pytest.raises(Unusable, match=r"report\.other-review"):
        papers.papers(made(tmp_path), tmp_path / "out", "board", review=other)


@pytest.mark.parametrize("because", ["judged late: 2 people came", "one person came"])
def test_a_line_of_the_plan_tells_nothing_of_a_few(tmp_path: Path, because: str) -> None:
    folder = made(tmp_path)
    told = review(tmp_path / "review", "Small numbers hidden", because=because)
    for audience in ("board", "sub-group"):
        for path in papers.papers(folder, tmp_path / audience, audience, ("json",), review=told):
            assert because not in path.read_text("utf-8")


def test_what_changed_counts_no_few_people(tmp_path: Path) -> None:
    for seed in range(4):
        (tmp_path / str(seed)).mkdir()
        folder = made(tmp_path / str(seed), seed)
        people, records = papers.workforce(seed, "ABCDE")
        now = analysed.run(
            tmp_path / str(seed) / "now", board(tmp_path / str(seed)), people[: -2 - seed], records[seed + 2 :],
            as_of=AS_OF.replace(month=6, day=30), **flagging(),
        )  # fmt: skip
        (path,) = papers.papers(now, tmp_path / f"out-{seed}", "board", ("json",), last=folder)
        (found,) = [one for one in papers.read_json(path)["sections"] if one["id"] == "changed"]
        counts = [cell["text"] for table in found["tables"] for row in table["rows"] for cell in row[2:]]
        assert counts
        assert not {"1", "2", "3", "4"} & set(counts)


def test_a_plugins_format_is_given_everything_so_it_is_for_the_team_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from types import ModuleType

    import tna
    from tna.model import Analysis, ReportFormat
    from tna.reports import writing

    def write(analysis: Analysis, path: Path) -> None:
        path.write_text(str(analysis.about["headline"]), "utf-8")

    brings = ModuleType("brings")
    vars(brings)["tna_reports"] = tna.hookimpl(lambda: [ReportFormat(".md", write)])
    monkeypatch.setattr(writing.plugins, "find", lambda: papers.only({"brings": brings}))
    folder = made(tmp_path)
    for audience in ("board", "sub-group", "agency"):
        with pytest.raises(Unusable, match=r"report\.whole-analysis"):
            papers.papers(folder, tmp_path / "out", audience, ("md",))
    (path,) = papers.papers(folder, tmp_path / "out", "internal", ("md",))
    assert path.name == "gaps.md"
    assert path.read_text("utf-8")
