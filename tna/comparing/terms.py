"""On what terms each analysis was counted, and at which levels these differ so that rates cannot be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tna.duck import fill, quoted
from tna.wording import listed

if TYPE_CHECKING:
    import duckdb

BEARS = {  # what a policy bears on, where it is not the rates themselves
    "coverage.target": "ratings",
    "coverage.floor": "ratings",
    "due-soon.days": "what is due soon",
    "small-numbers.threshold": "which small numbers are hidden",
    "attendance.yield": "places",
    "year.begins": "reviews",
    "returns.silent": "reviews",
    "returns.estimate-margin": "reviews",
    "single-agency.counts": "reviews",
}
RATES = "rates, at the levels where it shows"
NOT_FACTS = frozenset({"person_id", "start_date", "file", "sheet", "row"})
MONTHS = "coalesce(months::VARCHAR || ' months', 'no interval')"
WHAT = {
    "required": "what is required",
    "placed": "who is placed there",
    "interval": "how long training holds",
    "counted": "what counts",
}


def find(connection: duckdb.DuckDBPyConnection, a: Mapping[str, Any], b: Mapping[str, Any]) -> None:
    """The tables `differences` (of the runs), `level_terms` (level, competency, what, detail) and `uncompared`.

    A level's terms are what it requires, who is placed there, how long training holds and what counts for it. They
    are looked at in what the analyses kept, so that a change that touches one level does not bar the others. A course
    that only one catalogue has is no change of terms: what is held by it is held.
    """
    rows = [*_runs(a, b), *_policies(connection)]
    fill(connection, "differences", ["what VARCHAR", "a VARCHAR", "b VARCHAR", "bears_on VARCHAR"], rows)
    for name in "ab":
        _facts(connection, name)
    _pair_kinds(connection)
    connection.execute(
        "create temp table level_terms (level VARCHAR, competency VARCHAR, what VARCHAR, detail VARCHAR)"
    )
    for question in (_REQUIRED, _REQUIRED_OF_SAME, _PLACED, _WORTH):
        connection.execute(f"insert into level_terms {question}")
    _say(connection)


def _runs(a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """What the runs themselves differ in: edition, files of the pack, shared rules, plugins."""
    for name in ("edition", "effective_from"):
        one, other = (str(run["board"][name] or "not stated") for run in (a, b))
        if one != other:
            yield name.replace("_", " "), one, other, RATES
    for what, before, after in (
        ("files of the pack", a["board"]["checksums"], b["board"]["checksums"]),
        ("rules of all boards", a["rules"], b["rules"]),
    ):
        changed = sorted(one for one in {*before, *after} if before.get(one) != after.get(one))
        if changed:
            yield what, "", f"{listed(changed)} changed", RATES
    before, after = ({f"{one['name']} {one['version']}" for one in run["plugins"]} for run in (a, b))
    if before != after:
        yield "plugins", listed(sorted(before)), listed(sorted(after)), "flags and advice"


def _policies(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, str]]:
    found = connection.execute("""
        select policy, coalesce(nullif(a.value, ''), 'not stated'), coalesce(nullif(b.value, ''), 'not stated')
        from a.policies a full join b.policies b using (policy)
        where coalesce(a.value, '') <> coalesce(b.value, '') order by policy
    """).fetchall()
    return [(f"policy {row[0]}", row[1], row[2], BEARS.get(row[0], RATES)) for row in found]


def _facts(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """The table `jobs_a` or `jobs_b`: each job with its kind, its scopes, and what its register says of it in one text.

    Start dates are left out: nearly everybody has one of their own.
    """
    columns = connection.execute("""
        select column_name from (describe a.people) semi join (describe b.people) using (column_name)
    """).fetchall()
    said = ", ".join(f"coalesce(p.{quoted(one)}::VARCHAR, '')" for (one,) in columns if one not in NOT_FACTS)
    connection.execute(f"""
        create or replace temp table jobs_{name} as
        select person_id, p.agency, p.role, j.kind, k.class, k.scopes, concat_ws(chr(31), {said}) as facts
        from {name}.people p join {name}.job_reasons j using (person_id, agency, role)
        join {name}.kind_classes k using (kind)
    """)


def _pair_kinds(connection: duckdb.DuckDBPyConnection) -> None:
    """The table `kind_pairs`: kinds of the two runs into which jobs of just the same description fall.

    Kinds that are the only ones of their scopes are paired too, so that
    terms can be compared where no description recurs.
    """
    connection.execute("""
        create or replace temp table kind_pairs as
        with described as (
            select a.kind as kind_a, b.kind as kind_b
            from (select facts, any_value(kind) as kind from jobs_a group by facts having count(distinct kind) = 1) a
            join (select facts, any_value(kind) as kind from jobs_b group by facts having count(distinct kind) = 1) b
            using (facts)
        ), alone as (
            select a.kind as kind_a, b.kind as kind_b
            from (select scopes, any_value(kind) as kind from a.kind_classes group by all having count(*) = 1) a
            join (select scopes, any_value(kind) as kind from b.kind_classes group by all having count(*) = 1) b
            using (scopes)
        )
        select p.*, a.class as class_a, b.class as class_b, a.scopes as scopes_a, b.scopes as scopes_b
        from (select * from described union select * from alone) p
        join a.kind_classes a on a.kind = kind_a join b.kind_classes b on b.kind = kind_b
    """)
    for name in "ab":
        connection.execute(f"""
            create or replace temp table worth_{name} as
            select class, course, mode, coalesce(provider, '') as provider, coalesce(evidence, '') as evidence,
                   competency, renews, case when bool_or(months is null) then null else max(months) end as months
            from {name}.credits where counts group by all
        """)


IN_ONE = "case when a.competency is null then 'in the second only' else 'in the first only' end"
_REQUIRED = f"""
    select scope, competency, 'required', competency || ' ' || {IN_ONE}
    from (select * from a.needs where because not like 'rule %') a
    full join (select * from b.needs where because not like 'rule %') b using (scope, competency)
    where (a.competency is null or b.competency is null)
      and scope in (select level from a.levels) and scope in (select level from b.levels)
"""
_REQUIRED_OF_SAME = f"""
    with before as (select distinct kind_a, kind_b, n.scope, n.competency
                    from kind_pairs join a.kind_needs n on n.kind = kind_a where scopes_a = scopes_b),
    after as (select distinct kind_a, kind_b, n.scope, n.competency
              from kind_pairs join b.kind_needs n on n.kind = kind_b where scopes_a = scopes_b)
    select distinct scope, competency, 'required', competency || ' ' || {IN_ONE}
    from before a full join after b using (kind_a, kind_b, scope, competency)
    where a.competency is null or b.competency is null
"""
_PLACED = """
    with before as (select distinct kind_a, kind_b, unnest(string_split(scopes_a, '|')) as scope from kind_pairs),
    after as (select distinct kind_a, kind_b, unnest(string_split(scopes_b, '|')) as scope from kind_pairs)
    select distinct scope, '', 'placed', 'jobs described alike are placed otherwise'
    from before a full join after b using (kind_a, kind_b, scope)
    where (a.scope is null or b.scope is null) and scope <> ''
"""
_WORTH = f"""
    with classes as (
        select distinct class_a, class_b, a.scope, a.competency
        from kind_pairs join a.kind_needs a on a.kind = kind_a
        join b.kind_needs b on b.kind = kind_b and b.scope = a.scope and b.competency = a.competency
        where scopes_a = scopes_b
    ), offered as (select course from a.courses semi join b.courses using (course)),
    sent as (select distinct provider, evidence from worth_a intersect select distinct provider, evidence from worth_b),
    before as (select c.scope, class_a, class_b, w.* exclude (class) from classes c
               join worth_a w on w.class = class_a and w.competency = c.competency),
    after as (select c.scope, class_a, class_b, w.* exclude (class) from classes c
              join worth_b w on w.class = class_b and w.competency = c.competency),
    each as (
        select scope, competency, course, {MONTHS.replace("months:", "a.months:")} as was,
               {MONTHS.replace("months:", "b.months:")} as became, a.renews is null as fresh, b.renews is null as gone
        from before a full join after b
        using (scope, class_a, class_b, course, mode, provider, evidence, competency, renews)
        semi join offered using (course) semi join sent using (provider, evidence)
        where (a.renews is null or b.renews is null or a.months is distinct from b.months)
    )
    select distinct scope, competency, 'counted',
           competency || ' by ' || course || case when fresh then ' in the second only' else ' in the first only' end
    from each where fresh or gone
    union all
    select distinct scope, competency, 'interval', was || ' in the first, ' || became || ' in the second'
    from each where not (fresh or gone)
"""


def _say(connection: duckdb.DuckDBPyConnection) -> None:
    """The table `uncompared`: each level whose terms differ, with the words that say in what."""
    found: dict[str, dict[str, list[str]]] = {}
    for level, what, detail in connection.execute("""
        select distinct level, what, detail from level_terms order by level, what, detail
    """).fetchall():
        found.setdefault(level, {}).setdefault(what, []).append(detail)
    rows = [
        (level, "; ".join(f"{WHAT[what]} ({listed(by[what], 3)})" for what in WHAT if what in by))
        for level, by in found.items()
    ]
    fill(connection, "uncompared", ["level VARCHAR", "differs VARCHAR"], rows)
