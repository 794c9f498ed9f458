"""Lists the plugins that take part, and the questions a plugin may answer."""

from __future__ import annotations

import sys

import click


@click.command("plugins")
@click.option("--without", multiple=True, metavar="PLUGIN", help="Leave a plugin out; may be repeated.")
def command(without: tuple[str, ...]) -> None:
    """List the plugins installed, the hooks each answers, and the hooks there are.

    Plugins run with your rights: install only those you trust. Exit code 0: all can take part; 1: one cannot.

    \b
    Example:  tna plugins
    """
    from tna import plugins
    from tna.problems import Problems

    problems = Problems()
    members = plugins.survey(problems, without)
    widest = max((len(member.name) for member in members.members), default=0)
    for member in members.members:
        click.echo(
            f"{member.name:{widest}} {member.distribution} {member.version}  {', '.join(members.answers(member.name))}"
        )
    if problems:
        click.echo("\nCannot take part:")
    for one in problems:
        click.echo(f"  {one}")
    click.echo("\nHooks a plugin may answer:")
    for name, says in plugins.hooks_known().items():
        click.echo(f"  {name:16} {says}")
    sys.exit(int(bool(problems)))
