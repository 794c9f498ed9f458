"""The commands a planner types, each in a file of its own, loaded when it is asked for."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from tna import __version__
from tna.problems import Unusable

COMMANDS = ("analyse", "boards", "check", "demo", "explain", "place", "plugins", "schema", "show")
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
        command: click.Command = import_module(f"tna.cli.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what cannot be done is said in a line each, never as a traceback."""
        try:
            return super().invoke(ctx)
        except Unusable as unusable:
            for problem in unusable.problems:
                click.echo(str(problem), err=True)
            sys.exit(COULD_NOT)


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
