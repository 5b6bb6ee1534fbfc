# Two commands do everything: make demo, make test.
PYTHON ?= python3
EXTRAS ?=
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint docs wheelhouse bench clean

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
	$(BIN)/python -m pytest

# Style, types, and the floors of the house.
lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The documentation as a site, in build/docs; a warning is an error.
docs: $(READY)
	rm -rf build/docs
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs build/docs

# For machines without a network: qualkit and all it rests on, in build/wheelhouse. make wheelhouse EXTRAS=notebook
wheelhouse: docs
	$(BIN)/python -m wheelhouse --to build/wheelhouse --site build/docs --extras '$(EXTRAS)'

# Ratios measured on this machine, and how well lemma: finds word forms.
bench: $(READY)
	$(BIN)/python -m benchmarks

clean:
	rm -rf build $(VENV)
