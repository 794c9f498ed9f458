"""Answers a hook that does not exist."""

from tna import hookimpl


@hookimpl
def tna_recomend(cases: object) -> list[object]:
    return [cases]
