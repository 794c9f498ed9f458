"""Flags of two analyses side by side: new, gone, or still there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tna.duck import fill

if TYPE_CHECKING:
    import duckdb

COLUMNS = ("plugin", "code", "severity", "subject", "change", "flags", "message")
CHANGES = ("new", "gone", "still there", "not compared")


def write(connection: duckdb.DuckDBPyConnection, a: Mapping[str, Any], b: Mapping[str, Any]) -> None:
    """The tables `flags_compared` (plugin, code, severity, subject, change, flags, message) and `flag_counts` (by code).

    Flags are the same when plugin, code and subject are. Those of a plugin that only one run had are not compared: it
    did not look, so nothing is new or gone. `message` is the later one.
    """
    ran = [{one["name"] for one in run["plugins"]} for run in (a, b)]
    fill(connection, "looked_once", ["plugin VARCHAR"], [(name,) for name in sorted(ran[0] ^ ran[1])])
    connection.execute("""
        create or replace temp table flags_compared as
        with each as (
            select plugin, code, subject, count(*) filter (run = 'a') as was, count(*) filter (run = 'b') as became,
                   arg_max(severity, (run, message)) as severity, arg_max(message, (run, message)) as message
            from (select 'a' as run, * from a.flags union all select 'b', * from b.flags) group by all
        ), counted as (
            select each.*, looked_once.plugin is not null as once from each left join looked_once using (plugin)
        )
        select plugin, code, severity, subject, change, flags, message from (
            select *, 'new' as change, became - was as flags from counted where not once and became > was
            union all select *, 'gone', was - became from counted where not once and was > became
            union all select *, 'still there', least(was, became) from counted where not once and least(was, became) > 0
            union all select *, 'not compared', was + became from counted where once
        ) order by plugin, code, subject, change
    """)
    connection.execute("""
        create or replace temp table flag_counts as
        select plugin, code, severity, '*' as subject, change, sum(flags)::BIGINT as flags, '' as message
        from flags_compared group by all order by plugin, code, severity, change
    """)
