"""Counts of what happened to children and young people, beside the training and never because of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

NO_CAUSE = "These counts stand beside the training. They do not show that training caused them, or any change in them."


def write_outcomes(connection: duckdb.DuckDBPyConnection) -> None:
    """The table `outcomes_by_period`: every count sent, by line and measure, periods in the order first written.

    Reads `outcomes`. A measure is named by a line of the plan, or by its own words where it names none. Nothing is
    added up: the same measure and period from two sources is two rows. A count that is not stated is NULL.
    """
    connection.execute("""
        create or replace table outcomes_by_period as
        with periods as (
            select period, row_number() over (order by min(struct_pack(file, sheet, "row"))) as place
            from outcomes group by period
        )
        select distinct on (line, measure, place, source, count) line, measure, period, count, source
        from outcomes join periods using (period)
        order by line, measure, place, source, count nulls last
    """)
