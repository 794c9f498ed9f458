"""Asks for something that the hook does not give."""

from tna import hookimpl


@hookimpl
def tna_flag(analisis: object) -> list[object]:
    return [analisis]
