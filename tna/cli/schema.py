"""Prints the schema of one kind of file, for editors and for looking a key up."""

from __future__ import annotations

import click

from tna.documents import kinds


@click.command("schema")
@click.argument("kind")
@click.option(
    "--format",
    "form",
    type=click.Choice(("json", "text")),
    default="json",
    show_default=True,
    help="The JSON Schema, or every key in words.",
)
def command(kind: str, form: str) -> None:
    """Print the schema of one KIND of file: {kinds}.

    \b
    Example:  tna schema framework
    """
    import json

    from tna.documents import schema
    from tna.guides import reference
    from tna.problems import Place, nearest, refuse

    if kind not in kinds():
        refuse(
            "paths.unknown-kind", Place(), kind=kind, near=nearest(kind, kinds()), known=", ".join(kinds())
        )
    if form == "text":
        click.echo(reference(kind), nl=False)
        return
    click.echo(json.dumps(schema(kind), indent=2, ensure_ascii=False))


command.help = (command.help or "").replace("{kinds}", ", ".join(kinds()))
