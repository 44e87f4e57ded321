# Two commands, on a machine with Python 3.11 to 3.14 and make:
#   make demo   installs whosays into .venv and reports on an example story
#   make test   installs it with the development tools and runs every check

PYTHON ?= python3
STORY  ?= examples/karsholm-dam
BIN    := .venv/bin

.PHONY: demo test browser clean

demo: .venv/whosays.stamp
	$(BIN)/whosays report $(STORY)/*

test: .venv/dev.stamp browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict whosays
	$(BIN)/pytest

# The page is clicked through in a real Chromium. Where there is none it is installed if that needs nobody's leave;
# else those tests are skipped, and say so.
browser:
	@command -v chromium >/dev/null && command -v chromedriver >/dev/null || \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium chromium-driver >/dev/null; } || \
	  echo "There is no Chromium with its driver: the tests of the page in a browser are skipped."

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
