"""Says on the screen how far long work has come, and leaves no trace of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

CLEAR = "\r\x1b[K"
WIDTH = 78


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Something to tell each stage to: one line on stderr, written over, where stderr is a terminal; else nothing."""
    if not sys.stderr.isatty():
        yield lambda stage: None
        return
    try:
        yield lambda stage: click.echo(f"{CLEAR}{stage[:WIDTH]}", nl=False, err=True)
    finally:
        click.echo(CLEAR, nl=False, err=True)
