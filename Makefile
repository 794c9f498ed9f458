# make demo    sample registers for three boards, analysed, with reports to open
# make test    every test
# make check   style, types, layers, tests, and whether the README is up to date
# make bench   how fast, as ratios measured in one run (bench-large: ten million people)
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check bench bench-large docs clean

demo: .venv/ready
	@$(BIN)/tna demo --out demo --overwrite

test: .venv/ready-dev
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile

check: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.docs --check
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

docs: .venv/ready-dev
	$(BIN)/python -m tests.docs --write

bench: .venv/ready-dev
	$(BIN)/python -m tests.benchmarks
	$(BIN)/python -m tests.benchmarks.yearly
	$(BIN)/python -m tests.benchmarks.checking

bench-large: .venv/ready-dev
	$(BIN)/python -m tests.benchmarks --people 10000000

clean:
	rm -rf .venv demo build dist

# Each mark is newer than pyproject.toml when what it names is installed.
.venv/ready: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/ready-dev: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch .venv/ready $@
