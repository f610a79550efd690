# Two commands: `make run` sets everything up and runs the main job, `make test` sets everything up and proves it.
.PHONY: run desk test setup setup-test setup-province lint types contracts format bench soak locks bundle clean
.NOTPARALLEL:
.DEFAULT_GOAL := run
export PYTHON

python := .venv/bin/python

run: setup
	@sh scripts/run.sh

# The review desk on the workspace here, or on the sample cohort where there is none; stopped by Ctrl-C.
desk: setup
	@sh scripts/run.sh desk

# pytest comes last, so that its own closing line ends the output; mypy needs one core for a minute and goes on beside
# it. A third worker works while two wait for a program, and a file's tests stay with one worker, which makes what they
# share once; tests/conftest.py says which come first.
test: lint contracts
	@types=$$(mktemp); $(python) -m mypy >"$$types" 2>&1 & mypy=$$!; \
	proved=0; $(python) -m pytest -n 3 --dist loadscope --no-loadscope-reorder || proved=$$?; \
	typed=0; wait $$mypy || typed=$$?; [ $$typed = 0 ] || cat "$$types"; rm -f "$$types"; \
	[ $$proved = 0 ] && exit $$typed; exit $$proved

setup:
	@sh scripts/setup.sh run

setup-test:
	@sh scripts/setup.sh test

# Beside what a PC needs, what many machines need: see docs/operating.md.
setup-province:
	@sh scripts/setup.sh province

lint: setup-test
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .

types: setup-test
	@$(python) -m mypy

contracts: setup-test
	@.venv/bin/lint-imports

format: setup-test
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

# Every figure of speed and accuracy that the README quotes, one command each, and what damaged files do.
bench: setup-test
	@for file in benchmarks/[a-z]*.py; do $(python) -m "benchmarks.$$(basename "$$file" .py)" || exit $$?; done
	@$(python) -m benchmarks.reading
	@$(python) -m benchmarks.reading --speed
	@$(python) -m benchmarks.scale
	@$(python) -m benchmarks.scale --choose

# The laws with many more generated submissions, every line of the intake and of the mailbox killed, runs over 300
# arrivals at 200 moments, and workers of other machines while they read.
soak: setup-test
	@GENGANG_SOAK=1 $(python) -m pytest -n 2 --hypothesis-profile=soak \
		tests/laws tests/faults tests/mailbox/test_killed.py tests/ledger/test_ledger_laws.py tests/far

locks: setup-test
	@sh scripts/locks.sh

# One archive in dist/ from which a PC without internet installs and upgrades: wheels, program, Debian packages.
bundle: setup
	@$(python) -m scripts.bundle

clean:
	rm -rf .venv .venv-uv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist *.egg-info sample-workspace
