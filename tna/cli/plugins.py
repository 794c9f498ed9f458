"""Lists the plugins that take part, and the questions a plugin may answer."""

from __future__ import annotations

import click


@click.command("plugins")
@click.option("--without", multiple=True, metavar="PLUGIN", help="Leave a plugin out; may be repeated.")
def command(without: tuple[str, ...]) -> None:
    """List the plugins installed, the hooks each answers, and the hooks there are.

    Plugins run with your rights: install only those you trust.

    \b
    Example:  tna plugins
    """
    from tna import plugins

    members = plugins.find(without)
    widest = max((len(member.name) for member in members.members), default=0)
    for member in members.members:
        click.echo(
            f"{member.name:{widest}} {member.distribution} {member.version}  {', '.join(members.answers(member.name))}"
        )
    click.echo("\nHooks a plugin may answer:")
    for name, says in plugins.hooks_known().items():
        click.echo(f"  {name:16} {says}")
