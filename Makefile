# Needs git, make and a Python from 3.10 to 3.14. Everything else goes into .venv.
#   make demo    install privlint and run it on an example
#   make test    install what development needs, and pass the gate
#   make docs    build the documentation site, in build/site; a link that leads nowhere ends it

SHELL := /bin/sh
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
SOURCES := src tests scripts

.PHONY: demo test docs format wheel clean

demo: .venv/installed
	@echo '$$ privlint check examples/maps-undeclared'
	@$(BIN)/privlint check examples/maps-undeclared; code=$$?; \
	echo "privlint ended with exit code $$code: 0 is no finding, 1 is findings (docs/exit-codes.md has the others)"; \
	test $$code -le 1

test: .venv/developing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto -rs --cov

format: .venv/developing
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: .venv/documenting
	$(BIN)/python scripts/make_site.py

wheel: .venv/developing
	$(BIN)/python -m build

clean:
	rm -rf .venv build dist

# An environment that lost its Python is made anew.
$(shell $(BIN)/python -c '' 2>/dev/null || rm -f .venv/made)

.venv/made:
	@python=$$(scripts/find-python.sh) && \
	echo "making .venv with $$python" && \
	rm -rf .venv && "$$python" -m venv .venv
	@$(PIP) install --upgrade 'pip>=25.1'
	@touch $@

.venv/installed: .venv/made pyproject.toml
	@echo 'installing privlint into .venv'
	@$(PIP) install --editable .
	@touch $@

.venv/documenting: .venv/installed pyproject.toml
	@echo 'installing what the documentation site needs into .venv'
	@$(PIP) install --group docs
	@touch $@

.venv/developing: .venv/made pyproject.toml
	@echo 'installing privlint and what its development needs into .venv'
	@$(PIP) install --editable '.[flake8,lsp]' --group dev
	@touch $@
