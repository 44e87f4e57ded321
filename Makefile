# Two commands, on a machine with Python 3.11 to 3.14 and make:
#   make demo   installs whosays into .venv and reports on an example story
#   make test   installs it with the development tools and runs every check
# and, with the measuring sets in SHARED, an hour or so:
#   make bench  measures accuracy, speed and memory beside other programs, and writes docs/benchmarks.md

PYTHON ?= python3
STORY  ?= examples/karsholm-dam
SHARED ?= ../shared
BIN    := .venv/bin

.PHONY: demo test bench browser clean

demo: .venv/whosays.stamp
	$(BIN)/whosays report $(STORY)/*

test: .venv/dev.stamp browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict whosays
	$(BIN)/pytest

bench: .venv/bench.stamp
	$(BIN)/python -m benchmarks.suite --shared $(SHARED) $(if $(BARE),--bare $(BARE))

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

.venv/bench.stamp: pyproject.toml benchmarks/requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -e ".[dev,archive]" -r benchmarks/requirements.txt
	@touch $@

$(BIN)/python:
	$(PYTHON) -m venv .venv

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
