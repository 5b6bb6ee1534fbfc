# Two commands do everything: make demo, make test.
PYTHON ?= python3
EXTRAS ?=
VENV := .venv
BIN := $(VENV)/bin
FUZZ_SECONDS ?= 60
READY := $(VENV)/.ready

.PHONY: demo test lint docs screenshots wheelhouse bench reliability fuzz clean

# The environment, made once and again when the dependencies change.
$(READY): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "qualkit needs Python 3.11 or later")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $(READY)

# A corpus is copied, coded and exported under build/demo.
demo: $(READY)
	rm -rf build/demo
	mkdir -p build
	$(BIN)/qualkit demo build/demo

# Everything, without a screen; the documentation is built too.
test: lint
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

# Style, types (the page's too, where there is node), and the floors of the house.
lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pagecheck

# The documentation as a site, in build/docs; a warning is an error.
docs: $(READY)
	rm -rf build/docs
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs build/docs

# Pictures of every view of the workbench, in build/screenshots; needs Chromium.
screenshots: $(READY)
	$(BIN)/python -m benchmarks.screenshots build/screenshots

# For machines without a network: qualkit and all it rests on, in build/wheelhouse. make wheelhouse EXTRAS=notebook
wheelhouse: docs
	$(BIN)/python -m wheelhouse --to build/wheelhouse --site build/docs --extras '$(EXTRAS)'

# Ratios measured on this machine, and how well lemma: finds word forms.
bench: $(READY)
	$(BIN)/python -m benchmarks

# Processes killed, disks that fail, branches merged: the figures of docs/reliability.md.
reliability: $(READY)
	$(BIN)/python -m benchmarks.reliability crashes --kills 500 --faults 200 --seed 1
	$(BIN)/python -m benchmarks.reliability merges --pairs 200 --seed 1

# Every parser, one after the other, FUZZ_SECONDS each; goes on where the last run stopped (build/fuzz).
fuzz: $(READY)
	$(BIN)/python -c 'import atheris' 2>/dev/null || $(BIN)/python -m pip install --quiet --editable '.[dev,fuzz]'
	$(BIN)/python -m benchmarks.reliability fuzz --seconds $(FUZZ_SECONDS)

clean:
	rm -rf build $(VENV)
