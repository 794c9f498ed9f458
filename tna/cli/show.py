"""Shows a board: its levels, who is at them, what they require, what is offered, and what is left open."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from tna.wording import people_words


@click.command("show")
@click.argument("board")
@click.option(
    "--level", default="", help="Only this level: its id, its label, or its number as the board writes it."
)
@click.option(
    "--graph",
    "graph_form",
    type=click.Choice(("text", "dot")),
    help="The graph of what needs and gives what.",
)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="How to print.")
@click.option(
    "--policy", "settings", multiple=True, metavar="ID=VALUE", help="Set a policy first; may be repeated."
)
@click.option(
    "--as-of",
    "as_of",
    metavar="DATE",
    help="The edition in force on a day, YYYY-MM-DD; the pack's own when left out.",
)
def command(
    board: str, level: str, graph_form: str | None, form: str, settings: tuple[str, ...], as_of: str | None
) -> None:
    """Show a BOARD: levels, roles, competencies and where they come from, courses, policies, open questions.

    \b
    Example:  tna show rotherham --level "Group 3"
    """
    import tna
    from tna import boards
    from tna.cli.analyse import day_of, policies_of
    from tna.showing import graph_lines, show

    whole = tna.load(board, policies_of(settings, None))
    whole = boards.on(whole, day_of(as_of)) if as_of else whole
    if graph_form:
        for line in graph_lines(whole, graph_form):
            click.echo(line)
        return
    shown = show(whole, _level_id(whole, level))
    if form == "json":
        click.echo(json.dumps(shown, indent=2, ensure_ascii=False))
        return
    for line in _lines(shown):
        click.echo(line)


def _level_id(board: Any, level: str) -> str:
    from tna.names import level_names, plain
    from tna.problems import Place, nearest, refuse

    names = level_names(board.pack.framework.levels)
    if level and plain(level) not in names:
        known = ", ".join(one.label for one in board.pack.framework.levels)
        refuse(
            "paths.unknown-level",
            Place("--level"),
            level=level,
            near=nearest(plain(level), names),
            known=known,
        )
    return names[plain(level)] if level else ""


def _lines(shown: Mapping[str, Any]) -> Iterator[str]:
    yield f"{shown['board']}: {shown['title']}, edition {shown['edition']}"
    for one in shown["editions"]:
        since = f"from {one['effective_from']}" if one["effective_from"] else "since when is not stated"
        yield f"  also in this pack: edition {one['edition']}, {since} (--as-of DATE shows it)"
    words = {one["id"]: one["label"] for one in shown["competencies"]}
    for level in (*shown["levels"], *shown["cohorts"]):
        yield from _scope(level, words)
    yield "\nCourses and other offers"
    for course in shown["courses"]:
        yield from _course(course, words)
    if shown["terms"]:
        yield "\nOn what terms training counts (the strictest wins)"
    yield from (f"  {one['says']} ({one['source']}; {one['basis']})" for one in shown["terms"])
    yield "\nPolicies in force (set one with --policy ID=VALUE)"
    for one in shown["policies"]:
        if one["value"]:
            yield f"  {one['id']} = {one['value']}: {one['says']} ({one['source']}; {one['basis']})"
            yield from (
                f"    {agreed['agency']} has agreed {agreed['agreed']} ({agreed['source']})"
                for agreed in one["agencies"]
            )
    yield "\nPolicies that nobody states"
    yield from (f"  {one['id']}: {one['says']}" for one in shown["policies"] if not one["value"])
    yield "\nOpen questions"
    yield from (
        f"  {one['id']}: {one['asks']} Treated so: {one['treatment']} ({one['source']})"
        for one in shown["questions"]
    )


def _scope(level: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[str]:
    yield f"\n{level['label']} [{level['id']}] ({level['source']}; {level['basis']})"
    if "examples" in level:
        yield f"  {level['descriptor'] or 'no descriptor stated'}{_noted(level)}"
    if level.get("includes"):
        yield f"  includes {', '.join(level['includes'])}"
    for example in level.get("examples", ()):
        yield f"  here: {example['printed']}{_read_as(example['roles'], example['except'])}"
    for one in level.get("population", ()):
        yield f"  {people_words(one['people'])} by the document's own count{_on(one)} ({one['source']})"
    if not level["requires"]:
        yield "  requires nothing that is stated"
    for need in level["requires"]:
        yield f"  requires {need['competency']}: {words[need['competency']]} ({need['basis']}; {' → '.join(need['path'])})"


def _on(one: Mapping[str, Any]) -> str:
    return f" on {one['on']}" if one["on"] else ""


def _noted(level: Mapping[str, Any]) -> str:
    return f" ({level['note']})" if level["note"] else ""


def _read_as(roles: Sequence[str], apart: Sequence[str]) -> str:
    read = f" (read as {', '.join(roles)})" if roles else " (names no job)"
    return f"{read[:-1]}, but not {', '.join(apart)})" if apart else read


def _course(course: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[str]:
    mode = course["mode"].replace("-", " ")
    if course["mode_basis"] not in ("", "stated"):
        mode += f" ({course['mode_basis']})"
    facts = [course["kind"], mode, course["duration"], course["frequency"]]
    yield f"  {course['title']} [{course['id']}]: {', '.join(filter(None, facts))} ({course['source']}; {course['basis']})"
    if course["audience"] != "workforce":
        yield f"    for {course['audience'].replace('-', ' ')}, not part of the workforce's needs"
    for key, said in (("required_of", "required of"), ("open_to", "open to")):
        if course[key]:
            yield f"    {said} {', '.join(course[key])}"
    for key in ("gives", "renews"):
        for one in course[key]:
            holds = f"{one['months']} months" if one["months"] else "no interval stated"
            here = f" at {one['level']}" if one["level"] else ""
            yield f"    {key}{here} {one['competency']}: {words[one['competency']]} ({holds}; {_modes(one['modes'])})"
    if course["sessions"]:
        yield f"    sessions {', '.join(course['sessions'])}"


def _modes(modes: Sequence[str]) -> str:
    if not modes:
        return "in no mode here"
    return "any mode" if "online" in modes and "face-to-face" in modes else f"only {' or '.join(modes)}"
