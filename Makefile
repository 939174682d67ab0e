# Forwards to CMake; ./setup comes first. The real build is in CMakeLists.txt.
BUILD = build

.PHONY: all test quality oracle bench bench-store bench-pages format map check install clean
all:
	@test -f $(BUILD)/CMakeCache.txt || { echo "run ./setup first" >&2; exit 1; }
	@cmake --build $(BUILD)

# Every test, right after ./setup.
test: all
	@ctest --test-dir $(BUILD) --output-on-failure --no-tests=error -j $$(nproc 2>/dev/null || echo 2)

# Measures the coder against hand-coded texts, when they lie beside the clone.
quality: all
	@python3 tool/quality.py --casus $(BUILD)/casus

# The language engine against spaCy, token by token; the texts lie beside the clone.
oracle: all
	@ctest --test-dir $(BUILD) -L oracle --verbose

# Speed and memory, against spaCy in the same run: bench/results.tsv.
bench: all
	@cmake --build $(BUILD) --target bench_engine
	@python3 bench/engine.py --build $(BUILD)

# 200,000 documents into a store; some minutes, and its lines of bench/results.tsv.
bench-store: all
	@python3 bench/ingest.py --build $(BUILD)

# The articles of saved pages beside trafilatura; its lines of bench/results.tsv.
bench-pages: all
	@python3 bench/pages.py --build $(BUILD)

format:
	@clang-format -i $$(git ls-files '*.c' '*.h')

# Writes the map of files in ARCHITECTURE.md from what each file says of itself.
map:
	@python3 tool/file_map.py

check:
	@python3 tool/check_rooms.py
	@python3 tool/file_map.py --check
	@clang-format --dry-run -Werror $$(git ls-files '*.c' '*.h')

install: all
	@cmake --install $(BUILD)

clean:
	@cmake --build $(BUILD) --target clean
