# Every target sets up what it needs. On Windows, or without make, the README gives the plain pip commands.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
WORKERS ?= 2
UV ?= uv

.DEFAULT_GOAL := help
.PHONY: help setup quickstart test check mutation bench docs lock clean

help:  ## say what can be made
	@grep -E '^[a-z]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z]+):.*## /  \1\t/'

setup: $(READY)  ## the virtual environment, with everything in it

# Two steps: pip refuses an editable install in a call that requires hashes.
# The build backend is in the lock too, which is why the second step needs no network.
$(READY): pyproject.toml requirements/lock.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes --requirement requirements/lock.txt
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --editable .
	touch $@

quickstart: $(READY)  ## a first contract, from nothing, in out/quickstart
	$(BIN)/fe-contracts quickstart out/quickstart

test: $(READY)  ## every test
	$(BIN)/python -m pytest -n $(WORKERS)

check: $(READY)  ## style, types, layers, spelling, YAML
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell
	$(BIN)/yamllint --strict -d '{extends: default, rules: {line-length: {max: 140}, document-start: disable, truthy: {check-keys: false}, comments: {min-spaces-from-content: 1}, quoted-strings: {quote-type: any, required: false}}, ignore: [examples/broken/]}' clause_library examples

mutation: $(READY)  ## that the tests notice every small change to rules and legal data; some minutes
	$(BIN)/python -m tests.mutation

bench: $(READY)  ## the measurements of docs/reference/benchmarks.md
	$(BIN)/python -m benchmarks

docs: $(READY)  ## the documentation in docs/_build/html; a warning is an error
	$(BIN)/python docs/generate.py --check
	$(BIN)/sphinx-build -n -W -T --keep-going -q -b html docs docs/_build/html

lock:  ## choose the newest releases anew (needs uv on the path)
	$(UV) pip compile --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --all-extras \
	  --no-emit-index-url --no-annotate --upgrade --quiet \
	  --custom-compile-command 'make lock' pyproject.toml --output-file requirements/lock.txt

clean:  ## remove what was made, but not the virtual environment
	rm -rf out dist build docs/_build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.*
