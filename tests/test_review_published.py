"""No small number is printed in a review, and none that is hidden can be worked out from everything that is printed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from fractions import Fraction

import pytest

from tests.attack import Reader
from tests.printed_review import (
    BOUNDS,
    COUNTS,
    PEOPLE,
    Printed,
    came,
    filled_in,
    in_date,
    made,
    met_again,
    truth_of_followed,
    truth_of_forms,
    truth_of_people,
    truth_of_sessions,
)  # fmt: skip

SEEDS = range(14)


@pytest.fixture(scope="module", params=SEEDS)
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    return made(request.param, tmp_path_factory.mktemp(f"seed-{request.param}"))


def test_no_count_of_people_from_one_to_four_is_printed(printed: Printed) -> None:
    for name, columns in COUNTS.items():
        for row in printed.rows(name):
            found = [column for column in columns if row[column] in ("1", "2", "3", "4")]
            assert not found, (name, row)
    for row in printed.rows("plan"):
        if row["unit"].startswith(("people", "forms", "percent")):
            assert not {row["actual"], row["denominator"]} & {"1", "2", "3", "4"}, row


def test_no_sentence_names_a_small_number_of_people(printed: Printed) -> None:
    pages = [
        (printed.shown / name).read_text("utf-8")
        for name in ("plan.csv", "flags.csv", "review.json", "ledger.csv")
    ]
    pages.append(
        re.sub(
            r"<style.*?</style>|<[^>]+>", " ", (printed.shown / "report.html").read_text("utf-8"), flags=re.S
        )
    )
    for text in pages:
        assert not re.findall(rf"(?<![\d,.])[1-4]\s+{PEOPLE}\b", re.sub("fewer than 5", "", text))
        assert not re.findall(r"(?<![\d,.-])[1-4] of \d+ people", text)


def test_nobody_is_named_by_id_outside_the_team(printed: Printed) -> None:
    for path in printed.shown.iterdir():
        assert "PERSON-" not in path.read_text("utf-8"), path.name
    assert not (printed.shown / "follow-up-sample.csv").exists()
    assert (printed.internal / "follow-up-sample.csv").exists()


def test_what_is_for_the_team_shows_every_number_and_says_so(printed: Printed) -> None:
    about = json.loads((printed.internal / "review.json").read_text("utf-8"))
    page = (printed.internal / "report.html").read_text("utf-8")
    assert about["shown"] == "Internal: small numbers shown"
    assert "Internal: small numbers shown." in page
    assert ">hidden<" not in page
    assert json.loads((printed.shown / "review.json").read_text("utf-8"))["shown"] == "Small numbers hidden"


def test_what_is_shown_is_what_there_is(printed: Printed) -> None:
    for name, columns in COUNTS.items():
        for shown, every in printed.both(name):
            assert all(shown[column] in ("", every[column]) for column in columns), (name, shown, every)


def test_no_hidden_number_of_people_in_date_can_be_worked_out(printed: Printed) -> None:
    check(in_date(printed), truth_of_people(printed))


def test_no_hidden_number_of_a_session_course_or_agency_can_be_worked_out(printed: Printed) -> None:
    check(came(printed), truth_of_sessions(printed))


def test_no_hidden_number_of_forms_can_be_worked_out(printed: Printed) -> None:
    check(filled_in(printed), truth_of_forms(printed))


def test_no_hidden_number_of_people_met_again_can_be_worked_out(printed: Printed) -> None:
    check(met_again(printed), truth_of_followed(printed))


def test_no_hidden_outcome_is_left_over_of_its_total(printed: Printed) -> None:
    reader, truth = Reader(), {}
    for shown, every in printed.both("outcomes"):
        reader.reads(shown["period"], shown["count"])
        truth[every["period"]] = every["count"]
    if "All three" in truth:
        reader.knows("All three", [one for one in truth if one != "All three"])
    check(reader, truth)


def check(reader: Reader, truth: Mapping[str, str]) -> None:
    """What the reader works out is true, and none of it is a small number."""
    for name, value in reader.works_out().items():
        if truth.get(name):
            assert value == Fraction(truth[name]), name
        assert value not in (1, 2, 3, 4) or name.startswith(BOUNDS), (name, value)


def test_the_reader_works_out_what_is_left_over_and_no_more() -> None:
    reader = Reader()
    for name, value in (("all", 12), ("b", 9), ("d", 0)):
        reader.reads(name, value)
    reader.knows("all", ["a", "b"])
    reader.knows("d", ["e", "f"])
    reader.knows("g", ["h", "i"])
    reader.knows("j", ["h", "b"], less=["k"])
    assert dict(reader.works_out()) == {"all": 12, "b": 9, "a": 3, "d": 0, "e": 0, "f": 0}


def test_a_review_without_any_hiding_is_read_at_once(printed: Printed) -> None:
    with pytest.raises(AssertionError):
        check(in_date(Printed(printed.internal, printed.internal, printed.year)), truth_of_people(printed))
