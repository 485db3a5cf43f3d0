# A few verbs; each is a thin call of a script, and all of them work without make too.
.DEFAULT_GOAL := help
.PHONY: help demo test slow shared lint docs bench ci

PYTHON ?= python3

help:  ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo:  ## A sample report, without any network
	$(PYTHON) scripts/demo.py

test:  ## The tests
	$(PYTHON) scripts/test.py

slow:  ## The tests that take more than ten seconds each
	$(PYTHON) scripts/test.py -m slow

shared:  ## The tests against the measuring data in ../shared
	$(PYTHON) scripts/test.py -m shared

lint:  ## Style, types, layers and documents
	$(PYTHON) scripts/lint.py

docs:  ## Write docs/cli.md anew
	$(PYTHON) scripts/lint.py --write

bench:  ## The table of benchmarks/, measured on this machine
	$(PYTHON) scripts/bench.py

ci:  ## All that has to pass before a change goes in
	.ci/run
