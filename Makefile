# Two commands matter: `make demo` opens the assessment, `make test` says yes or no.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PO     := $(wildcard locales/*/LC_MESSAGES/bot.po)
MO     := $(PO:.po=.mo)

.PHONY: demo test check bench fuzz lock setup catalogues messages transcripts format clean
.DELETE_ON_ERROR:

setup: $(VENV)/.runtime catalogues

# hashes hold every download to what was reviewed; the project itself comes last, without resolving anything
$(VENV)/.runtime: requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

catalogues: $(MO)

locales/%/LC_MESSAGES/bot.mo: locales/%/LC_MESSAGES/bot.po bot/catalogues.py $(VENV)/.runtime
	$(BIN)/python -m bot.catalogues

demo: setup
	@$(BIN)/python -m bot demo --out demo $(ARGS)

check: $(VENV)/.dev catalogues
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check
	$(BIN)/pytest -n 2

# new random conversations, for longer than the whole check takes time for
fuzz: $(VENV)/.dev catalogues
	COCOK_FUZZ=1 $(BIN)/pytest tests/test_any_input.py tests/bot/channels/telegram/test_any_conversation.py

bench: $(VENV)/.dev catalogues
	$(BIN)/python -m tests.bench

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# what the code says, into the template and both catalogues; new sentences are then written by hand
messages: $(VENV)/.dev
	$(BIN)/pybabel extract --mapping pyproject.toml --no-default-keywords --keyword say --keyword count:1,1 --no-location --sort-output --no-wrap --omit-header --output locales/bot.pot .
	for language in $(notdir $(patsubst %/LC_MESSAGES/bot.po,%,$(PO))); do $(BIN)/pybabel update --domain bot --input-file locales/bot.pot --output-dir locales --locale $$language --no-fuzzy-matching --no-wrap --ignore-obsolete --ignore-pot-creation-date; done

transcripts: $(VENV)/.dev catalogues
	COCOK_UPDATE_TRANSCRIPTS=1 $(BIN)/pytest tests/test_transcripts.py tests/bot/channels/telegram/test_transcripts.py

# the lock names versions and hashes, never an index
lock:
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --quiet --no-emit-index-url --output-file requirements.txt
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --quiet --no-emit-index-url --output-file requirements-dev.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis $(MO)
