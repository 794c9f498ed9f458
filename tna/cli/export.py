"""Writes a pack as a file of another system, and lists what that file cannot carry."""

from __future__ import annotations

from pathlib import Path

import click

from tna.cli.importing import FILES, KINDS, kinds_told


@click.command("export")
@click.argument("pack")
@click.argument("kind", type=click.Choice(KINDS), metavar="KIND")
@click.option("-o", "--out", type=FILES, required=True, metavar="FILE", help="The file to write.")
@click.option("--overwrite", is_flag=True, help="Replace a file that is there.")
def command(pack: str, kind: str, out: Path, overwrite: bool) -> None:
    """Write PACK, a board's id or a folder, as a file of another system.

    \b
    KIND is one of
    {kinds}

    What the file cannot carry is listed on stderr and in FILE.left-behind.txt beside it.

    \b
    Example:  tna export knowsley moodle -o knowsley-moodle.csv
    """
    from tna import boards, plugins
    from tna.exchange import export
    from tna.problems import Place, Problems, refuse

    if out.exists() and not overwrite:
        refuse("exchange.there-already", Place(str(out)))
    problems = Problems()
    folder, name = boards.find(pack, plugins.find().all("tna_shelves"))
    done = export(folder, name, kind, problems)
    for problem in problems:
        click.echo(str(problem), err=True)
    left = [f"{one}" for one in done.losses]
    beside = out.with_name(f"{out.name}.left-behind.txt")
    try:
        out.write_bytes(done.raw)
        told = "".join(f"{line}\n" for line in left or ["Nothing."])
        beside.write_text(told, encoding="utf-8", newline="\n")
    except OSError as fault:
        refuse("exchange.cannot-write", Place(str(out)), why=fault.strerror or str(fault))
    for line in left:
        click.echo(f"left behind: {line}", err=True)
    click.echo(f"{out}: written. {len(left)} kinds of thing could not be carried ({beside}).")


command.help = (command.help or "").replace("{kinds}", kinds_told().strip())
