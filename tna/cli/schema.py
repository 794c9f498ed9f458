"""Prints the schema of one kind of file, for editors and for looking a key up."""

from __future__ import annotations

import click


@click.command("schema")
@click.argument("kind")
def command(kind: str) -> None:
    """Print the JSON Schema of one KIND of file: framework, catalogue, plan, rules, needs, decisions, roles, policies, crosswalk, exchange, mapping.

    \b
    Example:  tna schema framework
    """
    import json

    from tna.documents import kinds, schema
    from tna.problems import Place, nearest, refuse

    if kind not in kinds():
        refuse(
            "paths.unknown-kind", Place(), kind=kind, near=nearest(kind, kinds()), known=", ".join(kinds())
        )
    click.echo(json.dumps(schema(kind), indent=2, ensure_ascii=False))
