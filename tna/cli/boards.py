"""Lists the boards that are installed."""

from __future__ import annotations

import click


@click.command("boards")
def command() -> None:
    """List the boards that tna knows.

    \b
    Example:  tna boards
    """
    import tna

    for name in tna.boards_known():
        framework = tna.load(name).pack.framework
        click.echo(f"{name:16} {framework.board}: {framework.title}, edition {framework.edition}")
