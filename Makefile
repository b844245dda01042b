# What a person types. `make help` lists it.
GO      ?= go
ADDR    ?= 127.0.0.1:8080
SPEED   ?= 60
export CGO_ENABLED ?= 0

.PHONY: run build test check bench fuzz soak browser board shots fmt help
.DEFAULT_GOAL := help

run: ## plan Norway's Tuesday, run it on a simulated plant, show it in a browser
	$(GO) run ./cmd/beamslot demo --addr $(ADDR) --speed $(SPEED)

build: ## one static binary, bin/beamslot
	$(GO) build -trimpath -o bin/beamslot ./cmd/beamslot

test: browser ## every test, under ten minutes on two cores
	$(GO) test ./...

check: browser ## gofmt, vet, staticcheck, tests under the race detector, tidy go.mod
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo "not gofmt'ed: run make fmt"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	CGO_ENABLED=1 $(GO) test -race ./...
	$(GO) mod tidy -diff

bench: ## what things cost, beside the code
	$(GO) test -run '^$$' -bench . -benchmem ./...

fuzz: ## every fuzz target for 20 seconds
	@for p in $$($(GO) list ./...); do for f in $$($(GO) test -list '^Fuzz' $$p | grep '^Fuzz'); do \
		echo "$$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $${FUZZTIME:-20s} -fuzzminimizetime 10x $$p || exit 1; done; done

soak: ## the long crash and chaos tests: 200 kills, 200 power cuts, 4,000 faulty reads
	BEAMSLOT_SOAK=1 $(GO) test -count 1 -timeout 60m ./scheduler/store/... ./scheduler/solve ./devices/...

browser: ## a chromium for the browser test, if there is none
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; \
	else echo "The browser test needs Chromium: sudo apt-get install -y chromium"; exit 1; fi; }

board: ## build the board's committed files from their source (no Node needed)
	$(GO) run ./ui/web/build

shots: browser ## take the README's pictures from the running demo
	BEAMSLOT_SHOTS=$(CURDIR)/docs $(GO) test -count 1 -run Board ./ui/web/...

fmt: ## gofmt everything
	gofmt -w .

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
