"""Takes several files after one option, as a shell writes them out for `returns/*.csv`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])
FILE = click.Path(path_type=Path)
SUFFIXES = (".csv", ".xlsx", ".parquet")


def files(option: str, says: str, *, required: bool = False) -> Callable[[Command], Command]:
    """An option that takes files, for a command that is `Filed`."""
    says = f"{says} Several may follow; may be repeated."
    return click.option(option, multiple=True, required=required, type=FILE, metavar="FILE...", help=says)


class Filed(click.Command):
    """A command whose options of files each take further files after the first; a board after them is still the board."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words of a command, each further file as if its option had been repeated."""
        options = [
            one for one in self.params if isinstance(one, click.Option) and one.multiple and one.type is FILE
        ]
        names = frozenset(name for one in options for name in one.opts)
        return super().parse_args(ctx, list(_repeated(args, names)))


def _repeated(words: Sequence[str], names: frozenset[str]) -> Iterator[str]:
    """The words with the option before each further file."""
    option, first = "", False
    for word in words:
        if word.startswith("-") and not first:
            name, equals, _ = word.partition("=")
            option, first = (name, not equals) if name in names else ("", False)
        elif first:
            first = False
        elif option and _is_file(word):
            yield option
        else:
            option = ""
        yield word


def _is_file(word: str) -> bool:
    """Whether a word is a file rather than a board: by its suffix, or since it is there and has one."""
    path = Path(word)
    return path.suffix.lower() in SUFFIXES or (bool(path.suffix) and path.is_file())
