"""Plugins that misbehave, for tests/refused."""
