# Everything a newcomer, a developer or CI calls. `make` alone lists the targets.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
export PORT ?= 8000
export TEST_POSTGRES_URL ?= postgres://postgres@127.0.0.1:5432/postgres

# What is the same on both databases: releases, once they are published; bundles; who may do what.
ALIKE := $(addprefix --ignore=tests/,client e2e/widget e2e/test_scoring.py toolkit/booklet toolkit/sharing) \
	$(addprefix --ignore=tests/api/,search test_content.py test_fuzzing.py test_lists.py test_negotiation.py \
	test_problems.py test_site.py test_verify.py test_documentation.py test_apologies.py test_export.py test_index.py \
	test_pull.py widget/test_source.py) \
	$(addprefix --ignore=tests/cms/,test_printing.py test_s3.py test_sharing.py test_shared_commands.py \
	commands/test_prune_releases.py commands/test_verify_release.py releases_admin test_exactness.py test_headers.py \
	roles/test_matrix.py translations/test_roles.py) \
	$(addprefix --ignore=tests/cms/plain_language/test_,axe.py check_language.py panel.py reading.py report.py) \
	$(addprefix --ignore=tests/toolkit/bundle/,test_merge.py test_round_trip.py)

# What to run on PostgreSQL, where not all that stores data: CI has little time.
ON_POSTGRES ?=

# Browsers and servers wait now and then: one process more than there are cores makes use of that.
PARALLEL := -n $(shell expr $$(nproc 2>/dev/null || echo 2) + 1) --dist loadgroup --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help run worker install prepare test restore lint format bench openapi examples pictures screenshots tested docs security drill scripts fonts fuzz messages requirements sbom newest clean

help: ## List what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

run: $(VENV)/runs ## Set everything up where needed, then serve site, API and admin (PORT=8000, DATA_DIR=data)
	@$(BIN)/python manage.py serve

worker: $(VENV)/runs ## Publish in the background and keep dates, for a site that several servers serve
	@$(BIN)/python manage.py worker

install: $(VENV)/runs ## Write all that a server needs beside the software, so that it need not be written to again
	@data=$$(mktemp -d) && trap 'rm -rf "$$data"' EXIT && \
		DATA_DIR=$$data STATIC_DIR=static $(BIN)/python manage.py serve --files-only
	@$(BIN)/python -m compileall -q api cms toolkit

prepare: $(VENV)/runs ## Set everything up, without serving
	@$(BIN)/python manage.py serve --prepare-only && echo "  Start it with: make run"

test: $(VENV)/tests lint ## Run every test and every gate; what stores data runs on SQLite and on PostgreSQL
	@echo "On SQLite:" && $(BIN)/python -m pytest $(PARALLEL)
	@echo "On PostgreSQL:" && TEST_DATABASE_URL=$(TEST_POSTGRES_URL) $(BIN)/python -m pytest $(PARALLEL) -m django_db \
		$(or $(ON_POSTGRES),$(ALIKE))

restore: $(VENV)/runs ## Put a backup in the place of this site (BACKUP=/path/to/backup, OPTIONS=--replace)
	@$(BIN)/python manage.py restore "$(BACKUP)" $(OPTIONS)

lint: $(VENV)/tests ## Check style and structure; the other gates are tests
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports

format: $(VENV)/tests node_modules ## Put the code into its style
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format . && npm run --silent style -- --write

bench: $(VENV)/tests ## Measure publishing and serving (needs wrk, and nginx for the comparison)
	@$(BIN)/python -m tests.bench

openapi: $(VENV)/tests ## Write api/openapi.json from the code
	@$(BIN)/python manage.py spectacular --format openapi-json --file api/openapi.json --validate --fail-on-warn

examples: $(VENV)/tests ## Write the golden examples again, to be looked at before they are committed
	@REWRITE_EXAMPLES=1 $(BIN)/python -m pytest -q tests/toolkit/documents/test_examples.py

pictures: $(VENV)/tests ## Take the pictures of the editors' handbook anew (needs Chromium)
	@REWRITE_PICTURES=1 $(BIN)/python -m pytest -q tests/e2e/handbook

screenshots: $(VENV)/tests ## Take pictures of all pages, large ones to look at and small ones to compare (needs Chromium)
	@REWRITE_LOOKS=1 $(BIN)/python -m pytest -q tests/e2e/looks
	@echo "Look at them: screenshots/index.html"

tested: $(VENV)/tests ## Test what readers are told on the page “How we tested”, and write it down (a quarter of an hour)
	@REWRITE_TESTED=1 $(BIN)/python -m pytest -q -p no:randomly tests/test_accessibility.py \
		tests/toolkit/starter/test_reading_age.py tests/e2e/test_html.py tests/e2e/test_reader.py tests/e2e/test_tested.py

docs: $(VENV)/tests ## Make HTML of the documentation, and stop where a link leads nowhere
	@$(BIN)/python -m sphinx --quiet --fail-on-warning --keep-going --conf-dir docs . docs/_build
	@echo "Read it: docs/_build/index.html"

security: $(VENV)/tests ## Run the tests that the threat model names, and print line by line what came of them
	@$(BIN)/python -m tests.security

drill: $(VENV)/tests ## Let everything break that may break, ten times as long as the tests do (LINES="D1 D2"; takes hours)
	@echo "On SQLite:" && $(BIN)/python -m tests.drill $(LINES)
	@echo "On PostgreSQL:" && TEST_DATABASE_URL=$(TEST_POSTGRES_URL) $(BIN)/python -m tests.drill $(LINES)

scripts: openapi node_modules ## Check the types of the scripts, and make one file of the widget's and one of the site's (needs Node)
	@npm run --silent types && npm run --silent check && npm run --silent build

node_modules: package-lock.json
	@npm ci --ignore-scripts --no-audit --no-fund --silent && touch $@

fonts: $(VENV)/tests node_modules ## Cut the site's fonts to the letters that are used (needs Node)
	@$(BIN)/python subset-fonts

fuzz: $(VENV)/tests ## Send anything at all to the API and to every address and form, 110,000 times (takes an hour)
	@$(BIN)/python -m tests.fuzz

messages: $(VENV)/tests ## Collect the words to translate (needs gettext)
	@$(BIN)/python manage.py makemessages --all --no-obsolete --no-location --no-wrap --ignore=.venv --ignore=.venv-newest --ignore=data --ignore=tests --ignore=node_modules

requirements: ## Write requirements.txt, -s3 and -dev from the ranges in pyproject.toml, and sbom.json
	@PYTHON=$(PYTHON) ./pin-requirements

sbom: ## Write sbom.json, the list of all packages that run with the toolkit (CycloneDX)
	@PYTHON=$(PYTHON) ./write-sbom

newest: ## Try the newest Wagtail and Django with a short set of tests; tells loudly, and stops nothing
	@PYTHON=$(PYTHON) ./try-newest

clean: ## Remove the virtual environments; the data folder stays
	rm -rf $(VENV) .venv-newest

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit(1)' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed. Install it, or say where it is: make run PYTHON=/path/to/python3"; exit 1; }
	@echo "Making a virtual environment in $(VENV) …"
	@PYTHON=$(PYTHON) ./make-environment $(VENV)

$(VENV)/runs: requirements.txt $(VENV)/bin/python
	@echo "Installing what the toolkit needs (about a minute) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/tests: requirements-dev.txt requirements-s3.txt $(VENV)/runs
	@echo "Installing what the tests need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
