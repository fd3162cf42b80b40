# Convoscope. `make` alone lists what there is to make; Python 3.11 or newer is all it needs.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help run open test lint format train bench data screenshots vendor clean distclean \
        test-js test-python test-pages check-gpu

# Passed on to the command that runs: make run ARGS="--port 9000"
ARGS :=
# Whole suites run on as many cores as there are, each worker with a server and a browser of its own.
WORKERS = $(if $(ARGS),,--numprocesses=auto --maxprocesses=4 --dist=worksteal)

VENV := .venv
BIN := $(abspath $(VENV))/bin
PYTHON := $(BIN)/python
PIP := $(PYTHON) -m pip --disable-pip-version-check
# What is imported is compiled then: the rest of PyTorch would take as long as the whole first import.
INSTALL := $(PIP) install --quiet --no-compile
# So it has to be kept, also where the shell says that nothing is: else each process compiles anew.
unexport PYTHONDONTWRITEBYTECODE

# What is installed is remembered by a file, so that a second run installs nothing.
RUN_READY := $(VENV)/.ready-to-run
TEST_READY := $(VENV)/.ready-to-test
NODE_READY := tests/js/node_modules/.ready
CHROMIUM_READY := $(VENV)/.chromium
NGINX_READY := $(VENV)/.nginx

# Node and npm are in the virtual environment too.
export PATH := $(BIN):$(PATH)
NODE_BIN := tests/js/node_modules/.bin

OUR_JS := 'static/js/**/*.js' 'tests/js/**/*.js'
PRETTIER := $(NODE_BIN)/prettier --config tests/js/prettier.config.js \
            --ignore-path tests/js/.prettierignore --log-level warn
PRETTIER_FILES := $(OUR_JS) '!static/js/vendor/**' 'tests/js/*.json' 'static/js/*.json' 'static/css/**/*.css'

## —— use ————————————————————————————————————————————————————————————

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(RUN_READY) ## serve on http://127.0.0.1:8000 (ARGS="--open --port 9000")
	@$(PYTHON) -m app serve $(ARGS)

open: $(RUN_READY) ## serve and open the browser
	@$(PYTHON) -m app serve --open $(ARGS)

train: $(RUN_READY) ## train MyCNN anew on MNIST
	@$(PYTHON) -m app train mycnn $(ARGS)

data: $(RUN_READY) ## fetch MNIST into .data/
	@$(PYTHON) -m app data $(ARGS)

bench: $(TEST_READY) $(CHROMIUM_READY) ## measure the speed, as ratios
	@CONVOSCOPE_CHROMIUM="$$(cat $(CHROMIUM_READY))" $(PYTHON) -m app bench $(ARGS)

## —— check ——————————————————————————————————————————————————————————

# The JavaScript's own tests take little, and the core beside mypy's is idle before it is done.
test: BESIDE_TYPES = && $(PYTHON) tests/tools/node.py
test: $(TEST_READY) $(NODE_READY) $(CHROMIUM_READY) $(NGINX_READY) lint test-python test-pages ## everything: format, lint, types, unit, API, browser

# The types of Python are checked beside the JavaScript: each of the two takes one core.
lint: $(TEST_READY) $(NODE_READY) ## format, lint and types of Python and JavaScript
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	@set -x; $(BIN)/mypy & python=$$!; \
	$(PRETTIER) --check $(PRETTIER_FILES) && \
	$(NODE_BIN)/eslint --config tests/js/eslint.config.js --max-warnings 0 static/js tests/js && \
	$(NODE_BIN)/tsc --project tests/js/tsconfig.core.json && \
	$(NODE_BIN)/tsc --project tests/js/tsconfig.json && \
	$(NODE_BIN)/tsc --project tests/js/tsconfig.tests.json $(BESIDE_TYPES); \
	javascript=$$?; wait $$python && exit $$javascript

format: $(TEST_READY) $(NODE_READY) ## lay out Python, JavaScript and CSS
	$(BIN)/ruff check --fix --quiet || true
	$(BIN)/ruff format
	$(PRETTIER) --write $(PRETTIER_FILES)

test-js: $(TEST_READY) $(NODE_READY) ## the JavaScript's unit tests, core/ covered whole
	$(PYTHON) tests/tools/node.py $(ARGS)

test-python: $(TEST_READY) $(NODE_READY) ## unit, property and API tests, mechanics/ covered whole by its own
	@mkdir -p .artifacts
	@rm -f .artifacts/coverage*
	$(PYTHON) -m pytest --ignore=tests/pages $(if $(ARGS),,--cover-mechanics) $(WORKERS) $(ARGS)
	$(if $(ARGS),,$(BIN)/coverage combine --quiet && $(BIN)/coverage report --fail-under=100)

test-pages: $(TEST_READY) $(NODE_READY) $(CHROMIUM_READY) $(NGINX_READY) ## the pages in a real Chromium
	$(PYTHON) -m pytest tests/pages $(WORKERS) $(ARGS)

# A machine with a GPU often has PyTorch of its own, and no network to install another from.
check-gpu: ## networks, operations and training on a GPU against the CPU; installs nothing
	@PATH="$${PATH#$(BIN):}"; python=$$(command -v python3); \
	"$$python" -c 'import torch' 2>/dev/null || python=$(PYTHON); \
	"$$python" -m tests.gpu.check $(ARGS)

screenshots: $(TEST_READY) $(NODE_READY) $(CHROMIUM_READY) ## take README.md's pictures again
	$(PYTHON) -m pytest tests/pages -m readme --readme-pictures

## —— keep ———————————————————————————————————————————————————————————

vendor: $(TEST_READY) $(NODE_READY) ## copy the browser libraries from their locked releases
	$(PYTHON) tests/tools/vendor.py

clean: ## remove caches and what the tests left
	rm -rf .artifacts .mypy_cache .ruff_cache .pytest_cache .hypothesis .schemathesis build dist
	find app tests -name node_modules -prune -o -name __pycache__ -type d -print0 | xargs -0 rm -rf

distclean: clean ## remove the virtual environment and the npm packages too
	rm -rf $(VENV) tests/js/node_modules

# —— what the above stand on ——————————————————————————————————————————

# The first of these that is Python 3.11 or newer and can make virtual environments.
PYTHONS := python3 python3.13 python3.12 python3.11 python3.14 python

$(PYTHON):
	@for python in $(PYTHONS); do \
	  if "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
	      >/dev/null 2>&1; then \
	    echo "Making $(VENV) with $$("$$python" --version)."; \
	    exec "$$python" -m venv $(VENV); \
	  fi; \
	done; \
	echo "Convoscope needs Python 3.11 or newer, with its venv module (on Debian and Ubuntu:" \
	  "apt install python3 python3-venv), and found none as any of: $(PYTHONS)." >&2; \
	exit 1

$(RUN_READY): pyproject.toml | $(PYTHON)
	@echo "Installing what Convoscope runs on. PyTorch is large: the first time takes some minutes."
	@$(INSTALL) --editable .
	@touch $@

$(TEST_READY): pyproject.toml | $(RUN_READY)
	@echo "Installing what the tests run on."
	@$(INSTALL) --editable '.[dev]'
	@touch $@

$(NODE_READY): tests/js/package.json tests/js/package-lock.json | $(TEST_READY)
	@cd tests/js && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(CHROMIUM_READY): tests/tools/chromium.py | $(TEST_READY)
	@$(PYTHON) tests/tools/chromium.py --install > $@

$(NGINX_READY): tests/tools/nginx.py | $(TEST_READY)
	@$(PYTHON) tests/tools/nginx.py --install > $@
