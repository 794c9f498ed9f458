"""The commands a planner types, each in a file of its own, loaded when it is asked for."""

from __future__ import annotations

import signal
import sys
from importlib import import_module

import click

from tna import __version__
from tna.problems import Place, Problem, Unusable, problem

COMMANDS = (
    "analyse", "beside", "boards", "check", "compare", "demo", "diff", "explain", "export", "forecast", "guide", "import",
    "new-board", "place", "plugins", "report", "returns", "review", "schema", "show", "template", "transfer",
)  # fmt: skip
ROOMS = {"import": "importing"}  # commands whose file has another name: `import` is a word of the language
COULD_NOT = 2


class Commands(click.Group):
    """The group of commands; it imports a command's file only when that command is named or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands by name."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One command, or None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        room = ROOMS.get(cmd_name, cmd_name.replace("-", "_"))
        command: click.Command = import_module(f"tna.cli.{room}").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what cannot be done is said in a line each, never as a traceback."""
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            return super().invoke(ctx)
        except Unusable as unusable:
            found = unusable.problems
        except KeyboardInterrupt:
            found = (problem("paths.stopped", Place()),)
        except Exception as error:
            found = (_mishap(error),)
        for one in found:
            click.echo(str(one), err=True)
        sys.exit(COULD_NOT)


def _mishap(error: Exception) -> Problem:
    """What to say of an error that is not tna's own; any other goes on as it is."""
    if str(error) == "Query interrupted":  # how DuckDB passes on a signal
        return problem("paths.stopped", Place())
    if isinstance(error, BrokenPipeError) or not _is_the_machines(error):
        raise error  # a pipe that closes early is click's to handle
    return problem("paths.machine", Place(), why=str(error).splitlines()[0].rstrip("."))


def _is_the_machines(error: Exception) -> bool:
    """Whether the disk, the memory or the database failed, rather than tna."""
    kind = type(error)
    return isinstance(error, OSError | MemoryError) or (
        kind.__module__.lstrip("_") == "duckdb" and kind.__name__ in ("IOException", "OutOfMemoryException")
    )


@click.command(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.version_option(__version__, prog_name="tna")
def main() -> None:
    """Training-needs analysis for safeguarding boards.

    Who needs what training, why, which courses close it, and how the plan stands.

    \b
    Start with:  tna demo
    Then:        tna analyse knowsley --people people.csv --records records.csv
    """
