"""The tables of a review without small numbers, nor what would let them be worked out, for all but the team itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tna.review import published_forms, published_people, published_sessions

if TYPE_CHECKING:
    import duckdb

    from tna.review.year import Year

COUNTED = ("combined", "held_sessions", "delivery", "agency_mix", "no_shows", "evaluation", "evaluation_change",
           "evaluated", "followup", "followup_sample", "places_needed", "outcomes_by_period")  # fmt: skip


def keep_counted(connection: duckdb.DuckDBPyConnection) -> None:
    """Every table that counts people once more as `counted_...`, with all its numbers: to judge on, not to print."""
    for table in COUNTED:
        connection.execute(f"create or replace temp table counted_{table} as from {table}")


def publish(connection: duckdb.DuckDBPyConnection, year: Year, threshold: int) -> None:
    """Takes the small numbers out of every table of the review that counts people, in place.

    What belongs together is hidden together: a number that is printed in two tables is hidden in both. Lists of
    persons are emptied, and the ledger does not repeat what a cell says: it names the file, the row and the column.
    """
    published_people.publish(connection, threshold)
    found = published_sessions.publish(connection, year, threshold)
    published_forms.publish(connection, threshold, found.courses)
    connection.execute("delete from followup_sample")
    connection.execute("update year_ledger set value = '' where outcome <> 'accepted'")
