"""Situations that plugins are tried in: made-up cases and a small analysis of made-up registers."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from tna.model import Analysis, Board, Case, Course, Grant, Link, Origin, Source

AS_OF = date(2016, 1, 31)
ORIGIN = Origin(Source("made-up", "here"), "stated")


def catalogue(seed: int) -> dict[str, Course]:
    """A dozen made-up courses over eight competencies; some with dates past or to come, one for the public."""
    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    return {f"course-{number}": _course(f"course-{number}", chance) for number in range(12)}


def _course(name: str, chance: random.Random) -> Course:
    day = AS_OF + timedelta(days=chance.randint(-200, 200))
    return Course(
        id=name,
        title=name.replace("-", " ").capitalize(),
        origin=ORIGIN,
        kind="course",
        audience=chance.choice(("workforce", "workforce", "workforce", "public")),
        mode=chance.choice(("online", "face-to-face")),
        open_to=(Link(ORIGIN, ("level-1",)),),
        gives=(
            Grant(ORIGIN, tuple(f"c{number}" for number in chance.sample(range(8), chance.randint(1, 4)))),
        ),
        sessions=(day,) if chance.random() < 0.5 else (),
    )


def cases(seed: int, courses: Mapping[str, Course]) -> tuple[Case, ...]:
    """Twenty made-up cases with gaps that these courses close, or do not."""
    chance = random.Random(seed + 1)  # noqa: S311
    gives = {
        name: frozenset(one for grant in course.gives for one in grant.competencies)
        for name, course in courses.items()
        if course.audience == "workforce"
    }
    return tuple(_case(number, gives, chance) for number in range(1, 21))


def _case(number: int, gives: Mapping[str, frozenset[str]], chance: random.Random) -> Case:
    needs = frozenset(f"c{place}" for place in chance.sample(range(9), chance.randint(1, 9)))
    gap = frozenset(chance.sample(sorted(needs), chance.randint(1, len(needs))))
    return Case(
        id=number,
        people=chance.randint(1, 40),
        agencies=("An agency",),
        scopes=frozenset({"level-1"}),
        needs=needs,
        gap=gap,
        lapsed=frozenset(one for one in gap if chance.random() < 0.3),
        courses={name: given for name, given in gives.items() if chance.random() < 0.8},
        renews={},
    )


def analysis(board: Board, folder: Path) -> Analysis:
    """An analysis of sample registers, with every table but `flags`."""
    from tna import analysis as walk
    from tna import plugins, samples

    found = samples.write(board, folder, AS_OF, people=120, records=600)
    nobody = plugins.only({})
    return walk.analyse(
        board, [found.people], [found.records], as_of=AS_OF, agencies=[found.agencies], plugins=nobody
    )
