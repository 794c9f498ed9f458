"""Answers nothing, without fault."""
