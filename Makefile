# make report, make test: from a fresh clone with g++, python3 (3.11 or newer), python3-dev and python3-venv.
# Everything else comes from PyPI into .venv (make bench: into .venv-bench); build products are in build/, results in out/.
# A step that has passed leaves a stamp and runs again when one of its inputs changes; `make -B test` runs them all.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.SUFFIXES:

python := .venv/bin/python
bench_python := .venv-bench/bin/python
stamps := build/stamps
logs := build/logs
jobs := $(shell nproc)

cpp_sources := $(shell find cpp bindings -name '*.[ch]pp' 2>/dev/null)
cpp_tests := $(shell find tests/cpp tests/cases -type f 2>/dev/null)
python_files := $(shell find python -type f -not -path '*/__pycache__/*' 2>/dev/null)
test_files := $(shell find tests/python tests/cases -type f -not -path '*/__pycache__/*' 2>/dev/null)
notebooks := $(wildcard notebooks/*.ipynb)
cmake_files := CMakeLists.txt tests/cpp/CMakeLists.txt CMakePresets.json
documents := $(wildcard *.md docs/*.md)

# .venv/bin first: cmake and ninja are the ones from PyPI.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export CMAKE_BUILD_PARALLEL_LEVEL := $(jobs)
unexport PYTHONPATH

.PHONY: help report test lint sanitize format stubs bench clean

help:  ## what can be made
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1|\2/p' Makefile | column -t -s '|'

report: $(stamps)/package  ## the report Ryktet går, in out/ryktet-gar
	@.venv/bin/enkat report python/enkat/studies/ryktet-gar -o out/ryktet-gar

test: $(stamps)/ctest $(stamps)/pytest $(stamps)/lint $(stamps)/tidy $(stamps)/sanitize  ## everything that must hold
	@echo "make test: all passed (steps without output had nothing new to test)"

lint: $(stamps)/lint $(stamps)/tidy  ## ruff, mypy --strict, clang-format, clang-tidy

sanitize: $(stamps)/sanitize  ## the C++ tests under AddressSanitizer and UndefinedBehaviorSanitizer

format: $(stamps)/test-tools  ## formats all Python and C++ files
	@ruff check --fix --quiet . || true
	ruff format --quiet .
	clang-format -i $(cpp_sources) $$(find tests/cpp benchmarks -name '*.[ch]pp')

stubs: $(stamps)/package $(stamps)/test-tools  ## writes python/enkat/_core.pyi anew
	@$(python) tools/stubs.py

ROWS := 1473 100000 1000000
STREAMED_ROWS := 10000 100000 1000000 10000000
SCALED_ROWS := 1473 100000 1000000 10000000

bench: $(stamps)/bench-package  ## docs/performance.md: an hour on a quiet machine; ROWS="1473 100000" for less
	@export PATH="$(CURDIR)/.venv-bench/bin:$$PATH"
	r=$$(command -v Rscript > /dev/null && echo --r || true)
	$(bench_python) -m benchmarks.compare --rows $(ROWS) --memory $$r
	$(bench_python) -m benchmarks.streaming --rows $(STREAMED_ROWS)
	$(bench_python) -m benchmarks.scaling --rows $(SCALED_ROWS)
	$(bench_python) -m benchmarks.page
	if command -v valgrind > /dev/null; then
	  $(bench_python) -m benchmarks.instructions --build build/bench
	else
	  echo "instructions are not counted: valgrind is not installed"
	fi

clean:  ## removes everything that was made
	@rm -rf .venv .venv-bench build out dist

# --- the package ---------------------------------------------------------------------------------------------------

$(stamps)/venv:
	@bash tools/check_tools.sh
	mkdir -p $(stamps) $(logs)
	echo "setting up .venv"
	python3 -m venv --clear .venv
	$(python) -m pip install -qq --upgrade pip
	touch $@

$(stamps)/build-tools: pyproject.toml | $(stamps)/venv
	@echo "installing what the build needs"
	$(python) tools/requirements.py build > build/build-requires.txt
	$(python) -m pip install -qq -r build/build-requires.txt
	touch $@

# An editable install: Python files are used where they are, the extension is built in build/release (incrementally).
$(stamps)/package: $(stamps)/build-tools CMakeLists.txt $(cpp_sources) README.md
	@echo "building the package (some minutes the first time)"
	$(python) -m pip install -qq --no-build-isolation -C build-dir=build/release -C editable.rebuild=false -e .
	touch $@

$(stamps)/test-tools: pyproject.toml | $(stamps)/venv
	@echo "installing what the tests need"
	$(python) tools/requirements.py test dev > build/test-requires.txt
	$(python) -m pip install -qq -r build/test-requires.txt
	touch $@

# --- the tests -----------------------------------------------------------------------------------------------------

$(stamps)/gtest: tools/install_gtest.sh | $(stamps)/venv
	@bash tools/install_gtest.sh > $(logs)/gtest.log 2>&1 || cat $(logs)/gtest.log
	touch $@

$(stamps)/ctest: $(stamps)/package $(stamps)/gtest $(cmake_files) $(cpp_tests)
	@echo "building the C++ tests"
	cmake -S . -B build/release -DENKAT_TESTS=ON > $(logs)/configure.log || { cat $(logs)/configure.log; exit 1; }
	cmake --build build/release --target enkat_tests > $(logs)/build-tests.log || { cat $(logs)/build-tests.log; exit 1; }
	ctest --test-dir build/release --output-on-failure -j $(jobs) --progress 2>&1 | tee $(logs)/ctest.log
	touch $@

$(stamps)/pytest: $(stamps)/package $(stamps)/test-tools $(stamps)/ctest $(python_files) $(test_files) $(notebooks) \
                  $(cpp_tests) $(documents) Makefile pyproject.toml
	@$(python) -m pytest 2>&1 | tee $(logs)/pytest.log
	touch $@

$(stamps)/lint: $(stamps)/package $(stamps)/test-tools .clang-format $(cpp_sources) $(cpp_tests) $(python_files) $(test_files) \
                $(notebooks) $(wildcard tools/*.py benchmarks/*.py benchmarks/*.[ch]pp)
	@echo "linting"
	ruff check --quiet .
	ruff format --check --quiet .
	mypy
	clang-format --dry-run --Werror $(cpp_sources) $$(find tests/cpp benchmarks -name '*.[ch]pp')
	touch $@

$(stamps)/tidy: $(stamps)/build-tools $(stamps)/test-tools .clang-tidy tools/tidy.py CMakeLists.txt $(cpp_sources)
	@export CMAKE_PREFIX_PATH="$$($(python) tools/prefix_path.py)"
	cmake --preset tidy -DPython_EXECUTABLE=$(CURDIR)/$(python) -DENKAT_TESTS=OFF > $(logs)/tidy.log || { cat $(logs)/tidy.log; exit 1; }
	$(python) tools/tidy.py build/tidy
	touch $@

$(stamps)/sanitize: $(stamps)/build-tools $(stamps)/gtest $(cmake_files) $(cpp_sources) $(cpp_tests)
	@echo "building and running the C++ tests with sanitizers"
	export CMAKE_PREFIX_PATH="$$($(python) tools/prefix_path.py)"
	cmake --preset asan > $(logs)/asan.log || { cat $(logs)/asan.log; exit 1; }
	cmake --build --preset asan >> $(logs)/asan.log || { cat $(logs)/asan.log; exit 1; }
	ctest --preset asan -j $(jobs) --progress 2>&1 | tee $(logs)/sanitize.log
	touch $@

# --- the benchmarks ------------------------------------------------------------------------------------------------

# A venv of their own, as peers pin what they need; a copy of the package, as a user has it.
$(stamps)/bench-venv: benchmarks/requirements.txt pyproject.toml
	@bash tools/check_tools.sh
	mkdir -p $(stamps) $(logs)
	echo "setting up .venv-bench"
	python3 -m venv --clear .venv-bench
	$(bench_python) tools/requirements.py build > build/bench-requires.txt
	$(bench_python) -m pip install -qq --upgrade pip
	$(bench_python) -m pip install -qq -r build/bench-requires.txt -r benchmarks/requirements.txt
	touch $@

$(stamps)/bench-package: $(stamps)/bench-venv CMakeLists.txt $(cpp_sources) $(python_files) README.md
	@echo "building the package to be timed (some minutes the first time)"
	export PATH="$(CURDIR)/.venv-bench/bin:$$PATH"
	$(bench_python) -m pip install -qq --no-build-isolation -C build-dir=build/bench .
	touch $@
