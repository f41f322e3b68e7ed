# Two commands do everything: `make run` starts the adviser, `make test` runs every check and test.
# Each makes what it needs: a virtual environment in this folder, and the packages in it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLE ?= 80
# Test processes beside each other; each may hold both frameworks (about 2 GB).
WORKERS ?= 2
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test check verify format clean

run: $(VENV)/.adviser
	@$(BIN)/fw-advisor

test: $(VENV)/.everything check
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile
	@$(BIN)/fw-advisor kb verify --sample $(SAMPLE) $(if $(SEED),--seed $(SEED)) --changed

check: $(VENV)/.everything
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/fw-advisor kb lint

# Every executable entry in both frameworks (minutes). `test` runs a sample and whatever was edited;
# the seed of the sample comes from the entries themselves: another base, another sample.
verify: $(VENV)/.everything
	@$(BIN)/fw-advisor kb verify --all

format: $(VENV)/.everything
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "fw-advisor needs Python 3.11 or newer: make PYTHON=python3.11 …"; exit 2; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.adviser: $(BIN)/python pyproject.toml constraints.txt
	@echo "Installing fw-advisor into $(VENV) …"
	@$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.everything: $(BIN)/python pyproject.toml constraints.txt
	@echo "Installing both frameworks and the test tools into $(VENV) (a few minutes) …"
	@$(PIP) install --constraint constraints.txt --editable '.[frameworks,test,dev]'
	@touch $@ $(VENV)/.adviser
