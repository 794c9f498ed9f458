"""The tables of a review without small numbers, nor what would let them be worked out, for all but the team itself."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from tna import shown
from tna.review import published_forms, published_people, published_sessions
from tna.review.blanks import blank, rows_of
from tna.suppression import EVERY

if TYPE_CHECKING:
    import duckdb

    from tna.review.year import Year

COUNTED = ("combined", "held_sessions", "delivery", "agency_mix", "no_shows", "evaluation", "evaluation_change",
           "evaluated", "followup", "followup_sample", "places_needed", "outcomes_by_period")  # fmt: skip


def keep_counted(connection: duckdb.DuckDBPyConnection) -> None:
    """Every table that counts people once more as `counted_...`, with all its numbers: to judge on, not to print."""
    for table in COUNTED:
        connection.execute(f"create or replace temp table counted_{table} as from {table}")


def publish(connection: duckdb.DuckDBPyConnection, year: Year, threshold: int, analysis: str = "") -> None:
    """Takes the small numbers out of every table of the review that counts people, in place.

    What belongs together is hidden together: a number that is printed in two tables is hidden in both. Lists of
    persons are emptied, and the ledger does not repeat what a cell says: it names the file, the row and the column.
    `analysis` is the name of the attached one, "" for none.
    """
    of_analysis = shown.of(connection, threshold, f"{analysis}.") if analysis else None
    published_people.publish(
        connection, threshold, analysis, of_analysis.no_people if of_analysis else frozenset()
    )
    found = published_sessions.publish(connection, year, threshold)
    published_forms.publish(connection, threshold, found.courses)
    if of_analysis:
        _hide_places(connection, {course for agency, course in of_analysis.no_courses if agency == EVERY})
    connection.execute("delete from followup_sample")
    connection.execute("update year_ledger set value = '' where outcome <> 'accepted'")


def _hide_places(connection: duckdb.DuckDBPyConnection, courses: Collection[str]) -> None:
    """Takes out whom to train on a course that papers do not tell of either."""
    gone = [row["rowid"] for row in rows_of(connection, "places_needed") if row["course"] in courses]
    blank(connection, "places_needed", ("people_to_train", "places"), gone)
