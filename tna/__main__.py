"""Lets `python -m tna` do what `tna` does."""

from tna.cli import main

main()
