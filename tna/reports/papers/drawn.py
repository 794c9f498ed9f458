"""Drawings of a paper: bars against the target, lapses by month, and the map of what leads to what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import shorten

from tna.model import Board
from tna.reports.sections import Figure, Shape

WIDTH = 720
BAR, STEP = 14, 24
LABEL = 240  # the part of a drawing's width that its labels take
LETTERS = 38  # that fit in it


def bars(parts: Sequence[tuple[str, int, int, str]], target: int, floor: int | None) -> Figure:
    """A bar for each label with its part, its whole and its rating, against the target and floor in whole per cent."""
    shapes: list[Shape] = []
    across = WIDTH - LABEL
    for place, (label, part, whole, rating) in enumerate(parts):
        top = 30 + place * STEP
        shapes += [
            Shape("text", 0, top + 11, words=shorten(label, LETTERS, placeholder="…")),
            Shape("rect", LABEL, top, across, BAR, "track"),
            Shape("rect", LABEL, top, round(across * part / whole, 1), BAR, f"bar-{rating}"),
        ]
    low = 30 + len(parts) * STEP
    for name, percent in (("target", target), ("floor", floor)):
        if percent is not None:
            at = LABEL + across * percent / 100
            shapes += [
                Shape("line", at, 22, at, low, name),
                Shape("text", at, 14 if name == "target" else 28, look="end", words=f"{name} {percent}%"),
            ]
    says = (
        f"{len(parts)} bars, each the share of people in date, against the target. The table says the same."
    )
    return Figure("bars", "People in date, against the target", says, WIDTH, low, tuple(shapes))


def months(found: Sequence[tuple[str, int | None]]) -> Figure:
    """A bar for each month with the people whose training lapses in it; None is hidden and has no bar."""
    most = max([people or 0 for _, people in found] + [1])
    width = WIDTH / max(1, len(found))
    shapes = []
    for place, (month, people) in enumerate(found):
        high = round(120 * (people or 0) / most, 1)
        middle = place * width + width / 2
        shapes += [
            Shape("rect", place * width + 4, 140 - high, width - 8, high, "month"),
            Shape(
                "text", middle, 134 - high, look="middle", words="hidden" if people is None else f"{people:,}"
            ),
            Shape("text", middle, 156, look="middle", words=month),
        ]
    says = f"{len(found)} bars, one a month: people of whom something that is required lapses. The table says the same."
    return Figure("lapses", "People whose training lapses, by month", says, WIDTH, 164, tuple(shapes))


Node = tuple[str, str]


def leads(board: Board) -> tuple[list[Node], list[Node], list[tuple[str, str]]]:
    """Levels and cohorts, courses for the workforce, and which course is open to or required of which level."""
    framework = board.pack.framework
    levels = [(one.id, one.label) for one in framework.levels] + [
        (f"cohort:{one.id}", one.label) for one in framework.cohorts
    ]
    edges = [
        (course.id, scope)
        for course in board.pack.courses
        if course.audience == "workforce"
        for link in (*course.open_to, *course.required_of)
        for scope in (*link.levels, *(f"cohort:{one}" for one in link.cohorts))
    ]
    rank = {level: place for place, (level, _) in enumerate(levels)}
    used = {course for course, _ in edges}
    courses = [(one.id, one.title) for one in board.pack.courses if one.id in used]
    middle = {
        course: sum(rank[scope] for name, scope in edges if name == course)
        / sum(name == course for name, _ in edges)
        for course in used
    }
    return levels, sorted(courses, key=lambda one: (middle[one[0]], one[0])), sorted(set(edges))


def layered(board: Board) -> Figure:
    """Levels at the left, with arcs to those they include; courses at the right, with lines to the levels they are for."""
    levels, courses, edges = leads(board)
    rows = max(len(levels), len(courses))
    spots: dict[str, tuple[float, float]] = {}
    for column, nodes in ((60.0, levels), (WIDTH - 300.0, courses)):
        gap = rows * STEP / max(1, len(nodes))
        spots |= {name: (column, 10 + gap * place + gap / 2) for place, (name, _) in enumerate(nodes)}
    shapes = [
        Shape("line", spots[scope][0] + 200, spots[scope][1], spots[course][0], spots[course][1], "edge")
        for course, scope in edges
    ]
    shapes += _includes(board, spots)
    for name, label in (*levels, *courses):
        x, y = spots[name]
        width = 200 if name in dict(levels) else 300
        shapes += [
            Shape("rect", x, y - 9, width, 18, "node"),
            Shape("text", x + 5, y + 4, words=shorten(label, width // 7, placeholder="…")),
        ]
    says = f"{len(levels)} levels and cohorts, {len(courses)} courses and {len(edges)} lines between them. The table says the same."
    return Figure("map", "What leads to what", says, WIDTH, rows * STEP + 20, tuple(shapes))


def _includes(board: Board, spots: dict[str, tuple[float, float]]) -> Iterator[Shape]:
    """A bracket at the left for each level that includes another."""
    for place, (level, other) in enumerate(includes(board)):
        x = 50 - 6 * (place % 8)
        (start, y), (_, to) = spots[level], spots[other]
        yield from (
            Shape("line", start, y, x, y, "edge"),
            Shape("line", x, y, x, to, "edge"),
            Shape("line", x, to, start, to, "edge"),
        )


def includes(board: Board) -> list[tuple[str, str]]:
    """Each level with each level that it includes."""
    return [
        (level.id, one)
        for level in board.pack.framework.levels
        for link in level.includes
        for one in link.levels
    ]
