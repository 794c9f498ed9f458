"""People of whom something lapses in each of the next months, as far as they may be shown."""

from __future__ import annotations

from pathlib import Path

from tna.forecasting import forecast

AHEAD = 12  # months


def lapses(folder: Path, internal: bool) -> tuple[tuple[str, int | None], ...]:
    """(month, people) for a year from the day of the analysis in a folder; empty where no interval is stated."""
    found = forecast(folder, AHEAD, internal=internal)
    rows = found.connection.execute(
        "select month, people, hidden from lapses where agency = '*' and level = '*' and month not in ('*', 'already') order by month"
    ).fetchall()
    found.connection.close()
    known = any(people for _, people, _ in rows) or any(hidden for *_, hidden in rows)
    return tuple((month, None if hidden else people) for month, people, hidden in rows) if known else ()
