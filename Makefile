# The two commands of the README are `make settle` and `make test`; `make check` is what CI runs.
SHELL := /bin/sh
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
BENCH_VENV := var/bench-venv
BENCH_STAMP := $(BENCH_VENV)/installed

.PHONY: settle test test-long torture check lint types format serve web bench bench-check docs lock audit clean

settle: $(STAMP) var/sample
	$(BIN)/jobfirst settle 2016 --register var/sample/register --inbox var/sample/inbox --home var/home

var/sample: | $(STAMP)
	$(BIN)/jobfirst sample $@ --projects 14 --citizens 220 --seed 2016 --errors 0.03

# A worker for each core; the tests of a file share what they have settled, so a file goes to one worker. Files keep
# their order, the short ones of tests/unit last, so that no worker is left with a long one when the others have ended.
WORKERS ?= logical
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

test: $(STAMP)
	$(PYTEST)

# What `make test` leaves out since it takes long, in its short form: browsers, kills, any order of decisions.
test-long: $(STAMP)
	$(PYTEST) -m "(long or browser) and not torture"

# All that tries to break the system, in its long form: hostile input, damaged files, surroundings.
torture: $(STAMP)
	JOBFIRST_TORTURE=1 $(PYTEST) -m "" tests/torture tests/property/test_correcting.py tests/flows/test_cluster.py

check: lint types test

# What it is asked for, and what not and why, stands in .sqlfluff; on two cores it takes 15 s. Its processes warn of
# their own semaphores.
SQLFLUFF := PYTHONWARNINGS=ignore::UserWarning:multiprocessing.resource_tracker $(BIN)/sqlfluff
SQLFLUFF_OPTIONS := --quiet --disable-progress-bar --processes 0

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(SQLFLUFF) lint $(SQLFLUFF_OPTIONS) sql

types: $(STAMP)
	$(BIN)/mypy

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(SQLFLUFF) fix $(SQLFLUFF_OPTIONS) sql

# The lock names every package, so nothing is left to resolve.
$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
		--requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m pip check
	$(BIN)/python -m flows.server.database
	touch $@

# A made-up portfolio, unless JOBFIRST_REGISTER and JOBFIRST_INBOX name a real one.
serve: $(STAMP) $(if $(JOBFIRST_REGISTER),,var/sample)
	exec $(BIN)/python -m flows.server.serve --register $(or $(JOBFIRST_REGISTER),var/sample/register) \
		--inbox $(or $(JOBFIRST_INBOX),var/sample/inbox) --home $(or $(JOBFIRST_HOME),var/home)

# The page where a municipality checks its delivery, with the made-up register unless JOBFIRST_REGISTER names a real one.
web: $(STAMP) $(if $(JOBFIRST_REGISTER),,var/sample)
	exec $(BIN)/jobfirst web --register $(or $(JOBFIRST_REGISTER),var/sample/register)

# A settlement beside what one would write instead; BENCH='--size L --repeats 1' asks for something else.
bench: $(STAMP) $(BENCH_STAMP)
	$(BIN)/python -m benchmarks.bench $(BENCH)

# Counts instead of seconds; `make test` does it too. WORK=--write records more work that is meant.
bench-check: $(STAMP)
	$(BIN)/python -m benchmarks.work $(WORK)

$(BENCH_STAMP): benchmarks/requirements.txt
	$(PYTHON) -m venv $(BENCH_VENV)
	$(BENCH_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --requirement benchmarks/requirements.txt
	touch $@

# The documentation as a static site in var/site, all links checked.
docs: $(STAMP)
	$(BIN)/zensical build --strict --clean

lock: $(BIN)/uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--group dev pyproject.toml --output-file requirements.lock

# The lock is made where the old one can't be installed: uv alone is needed.
$(BIN)/uv:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

# Known vulnerabilities of what the lock names; fails where a package could not be looked up, too.
audit: $(STAMP)
	$(BIN)/uv tool run --quiet pip-audit@2.10.1 --strict --require-hashes --disable-pip --requirement requirements.lock

clean:
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache
