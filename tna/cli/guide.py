"""Prints a guide, or lists them."""

from __future__ import annotations

import click


@click.command("guide")
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """Print a guide by its NAME, as plain text; without one, list the guides.

    \b
    Example:  tna guide add-your-board
    """
    from tna import guides
    from tna.problems import Place, nearest, refuse

    if name is None:
        width = max(map(len, guides.names()))
        for one in guides.names():
            click.echo(f"{one:<{width}}  {guides.title(one)}")
    elif name not in guides.names():
        known = ", ".join(guides.names())
        refuse("paths.unknown-guide", Place(), name=name, near=nearest(name, guides.names()), known=known)
    else:
        click.echo(guides.guide(name), nl=False)
