# Two commands, on a machine with Python 3.11 to 3.14 and make:
#   make demo   installs whosays into .venv and reports on an example story
#   make test   installs it with the development tools and runs every check

PYTHON ?= python3
STORY  ?= examples/karsholm-dam
BIN    := .venv/bin

.PHONY: demo test clean

demo: .venv/whosays.stamp
	$(BIN)/whosays report $(STORY)/*

test: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict whosays
	$(BIN)/pytest

# Editable, so that the package that is run and tested is the one in this folder.
.venv/whosays.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -e .
	@touch $@

.venv/dev.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -e ".[dev]"
	@touch $@

$(BIN)/python:
	$(PYTHON) -m venv .venv

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
