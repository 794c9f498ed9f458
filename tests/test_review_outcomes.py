"""Outcome counts stand beside the training, by period as written, added to nothing and caused by nothing."""

from __future__ import annotations

from typing import Any

from tests.year_tables import Rows, told, year_tables
from tna.review.outcomes import NO_CAUSE, write_outcomes


def outcomes(rows: Rows) -> list[tuple[Any, ...]]:
    connection = year_tables(outcomes=rows)
    write_outcomes(connection)
    return told(connection, "outcomes_by_period")


def count(period: str, number: int | None = 1, **row: Any) -> dict[str, Any]:
    return {"line": "k-1", "measure": "Referrals", "period": period, "count": number, **row}


def test_periods_stand_in_the_order_in_which_they_are_first_written() -> None:
    rows = [count("Spring 2015"), count("Autumn 2015"), count("Spring 2015", measure="Forms"), count("2014")]
    assert [one[1:3] for one in outcomes(rows)] == [
        ("Forms", "Spring 2015"), ("Referrals", "Spring 2015"), ("Referrals", "Autumn 2015"), ("Referrals", "2014"),
    ]  # fmt: skip
    assert outcomes([{**one, "row": number} for number, one in enumerate(rows)][::-1]) == outcomes(rows)


def test_two_sources_are_two_rows_and_never_a_sum() -> None:
    rows = [
        count("2015", 3, source="police"),
        count("2015", 4, source="council"),
        count("2015", 3, source="police"),
    ]
    assert outcomes(rows) == [
        ("k-1", "Referrals", "2015", 4, "council"),
        ("k-1", "Referrals", "2015", 3, "police"),
    ]


def test_a_count_that_is_not_stated_is_shown_as_that() -> None:
    assert outcomes([count("2015", None)]) == [("k-1", "Referrals", "2015", None, "")]


def test_the_words_beside_the_counts_claim_no_cause() -> None:
    assert "do not show that training caused them" in NO_CAUSE
