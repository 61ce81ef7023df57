# Everything a user runs: `make demo`, `make test`. Both set up what they need in .venv/ first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := -s REPORTS_DB=data/demo.db -s ARCHIVE_DIR=data/demo-archive -s REPLAY=demo/recording
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help env env-test demo recording test check bench lock clean

help:
	@echo 'make demo   set up, crawl the bundled recording into data/demo.db, say how to browse it'
	@echo 'make test   set up and run the whole test suite'
	@echo 'make env    build the environment in $(VENV)/'
	@echo 'make check  ruff, mypy and the tests'
	@echo 'make bench  the benchmarks: speed and memory, printed'
	@echo 'make lock   resolve the requirements files again'

env: $(VENV)/.run

env-test: $(VENV)/.test

$(VENV)/.pip: requirements/pip.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "nianbao needs Python 3.11 or later: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/pip.txt
	@touch $@

$(VENV)/.run: $(VENV)/.pip requirements/run.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/run.txt
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements/test.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/test.txt
	@touch $@

demo: env
	@mkdir -p data
	scrapy crawl zhejiang_health -a region=330200 $(DEMO)
	scrapy crawl mirrors $(DEMO)
	scrapy crawl yunnan_health -a region=530100 $(DEMO)
	scrapy crawl shandong_health -a region=370303 $(DEMO)
	scrapy coverage --region 3302 -s REPORTS_DB=data/demo.db
	@echo
	@echo 'Browse it:  $(BIN)/scrapy browse -s REPORTS_DB=data/demo.db'

recording: env
	$(BIN)/python -m scripts.build_recording demo/recording

test: env-test
	$(BIN)/python -m pytest

check: env-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

bench: env-test
	$(BIN)/python -m tests.bench

lock: $(VENV)/.pip
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip install --quiet uv
	$(VENV)/lock/bin/uv pip compile pyproject.toml --extra ocr --group test --universal --python-version 3.11 --generate-hashes --quiet \
		--custom-compile-command 'make lock' -o requirements/test.txt
	$(VENV)/lock/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --quiet \
		--custom-compile-command 'make lock' -c requirements/test.txt -o requirements/run.txt
	echo 'pip==26.3' | $(VENV)/lock/bin/uv pip compile - --universal --python-version 3.11 --generate-hashes --quiet \
		--custom-compile-command 'make lock' -o requirements/pip.txt

clean:
	rm -rf $(VENV) data
