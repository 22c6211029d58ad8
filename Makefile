# Takar. `make run` opens the demo office, `make test` proves everything,
# `make dist` makes the release. Each does all its set-up and skips what is done.

SHELL := /bin/sh
.DELETE_ON_ERROR:
.SUFFIXES:

TARGET := $(or $(CARGO_TARGET_DIR),target)
# Tools built once; TAKAR_CACHE shares them between checkouts.
CACHE := $(or $(TAKAR_CACHE),.cache)
LISTEN ?= 127.0.0.1:3000
DATA ?= data

# Cargo counts its own jobs: make's counter does not reach it.
CARGO := MAKEFLAGS= cargo
WASM_TARGET := wasm32-unknown-unknown
WASM_BINDGEN_VERSION := $(shell grep -A1 '^name = "wasm-bindgen"$$' Cargo.lock | sed -n 's/^version = "\(.*\)"/\1/p')
WASM_BINDGEN_ROOT := $(CACHE)/wasm-bindgen-$(WASM_BINDGEN_VERSION)
WASM_BINDGEN := $(WASM_BINDGEN_ROOT)/bin/wasm-bindgen
WASM_STD := $(shell rustc --print target-libdir --target $(WASM_TARGET) 2>/dev/null)
STD_SOURCES := $(shell rustc --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library
DATABASE := $(CACHE)/cluster/debug/takar-cluster-database
NODE_MODULES := end2end/node_modules/.package-lock.json
WASM_OPT := end2end/node_modules/.bin/wasm-opt
WASM_TOOLS := $(addprefix end2end/tools/,shorten.mjs order.mjs wasm.mjs) public/unpack.js
PEERS := end2end/bench/node_modules/.package-lock.json

APP_SOURCES := $(shell find app -type f -not -path '*/tests/*') Cargo.toml Cargo.lock
SITE_SOURCES := $(shell find style public end2end/tools -type f)
WASM := $(TARGET)/$(WASM_TARGET)/wasm/takar_app.wasm
# What it was linked from: `wasm-ld` keeps it.
LINKED := $(TARGET)/$(WASM_TARGET)/wasm/deps/takar_app.wasm.linked
GLUE := $(TARGET)/glue
# Where the release looks for the app that it embeds.
SITE := target/site
# The executor of the device's database, and what the simulator's were asked.
REPLAY := $(TARGET)/replay
WASM_CARGO := -p takar-app --profile wasm --features csr --target $(WASM_TARGET)
# The standard library is compiled with the app, for size, without the words of
# panics: a panic ends the app either way. Stable compilers take these flags too.
WASM_LD := end2end/tools/wasm-ld
WASM_SMALL := -Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size \
	--config 'target.$(WASM_TARGET).linker="$(abspath $(WASM_LD))"' \
	--config 'target.$(WASM_TARGET).rustflags=["-Zunstable-options","-Cpanic=immediate-abort","-Zfmt-debug=none"]'

ifeq ($(shell command -v cargo),)
$(error Rust is missing: install it with rustup, https://rustup.rs)
endif
ifeq ($(shell command -v npm),)
$(error Node.js is missing: install version 20 or newer)
endif

.PHONY: run test dist app sizes embedded server setup setup-rust setup-node setup-chromium fmt clippy unit planted mutants soak e2e replay lighthouse screens soak-store cluster-test bench speed

# Side by side: each has long stretches that keep one core busy only.
run: ## The demo office on http://127.0.0.1:3000
	@$(MAKE) --no-print-directory -j2 app server
	@exec $(TARGET)/fast/takar serve --demo --listen $(LISTEN) --data $(DATA) --site $(SITE)

test: fmt clippy unit planted e2e sizes embedded ## Everything: format, lints, tests, planted bugs, journeys

soak-store: ## 200 times kill -9 on the real program (KILLS=…)
	TAKAR_KILLS=$(or $(KILLS),200) $(CARGO) test -p takar-server --profile fast --test api kill_nine -- --nocapture

cluster-test: $(DATABASE) ## Two servers on SurrealDB's own server
	TAKAR_SURREAL=$(abspath $(DATABASE)) $(CARGO) test -p takar-server --profile fast --test cluster -- --nocapture --test-threads 1

# About 15 minutes on two cores, once.
$(DATABASE): server/tests/cluster/database/Cargo.lock server/tests/cluster/database/src/main.rs
	CARGO_TARGET_DIR=$(abspath $(CACHE))/cluster $(CARGO) build --locked --manifest-path server/tests/cluster/database/Cargo.toml
	@touch $@

dist: app ## One stripped binary with the app inside: target/dist/takar
	cargo build -p takar-server --release --features embed
	@mkdir -p target/dist && cp $(TARGET)/release/takar target/dist/takar && ls -l target/dist/takar

server:
	$(CARGO) build -p takar-server --profile fast

app: $(SITE)/index.html
	@node end2end/tools/size.mjs $(SITE)

# No second compilation: the same code is linked again without what came later.
sizes: $(TARGET)/part-1/site/index.html ## The gate of part 1 alone (the app of parts 1 and 2: make target/part-2/site/index.html)
	@node end2end/tools/size.mjs --last 1 $(<D)

# The part of the server that only the release has.
embedded: app
	cargo clippy -p takar-server --features embed --profile fast --quiet -- -D warnings

fmt:
	cargo fmt --check

# Clippy only needs metadata of the dependencies; sharing the profiles of the
# builds spares a second compilation of every build script and macro. Some of
# those ask whether the compiler takes unstable flags, as it does for the app.
clippy: setup-rust
	cargo clippy --workspace --all-targets --profile fast --quiet -- -D warnings
	cargo clippy -p takar-server --test cluster --profile fast --quiet -- -D warnings
	RUSTC_BOOTSTRAP=1 cargo clippy $(WASM_CARGO) --quiet -- -D warnings
	cargo clippy -p takar-replay --profile fast --target $(WASM_TARGET) --quiet -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --profile fast --quiet

unit:
	cargo test --workspace --profile fast

planted: ## The bugs planted into the engine: each is caught by the simulator
	app/sync/tests/mutants/run.sh pure

mutants: setup-chromium $(WASM_BINDGEN) ## Those, and the ones in the server and in the app
	TAKAR_CHROMIUM="$$(end2end/tools/chromium.sh)" WASM_BINDGEN=$(abspath $(WASM_BINDGEN)) app/sync/tests/mutants/run.sh all

soak: ## The simulator until it is stopped: seeds, operations, faults
	$(CARGO) run -p takar-sync --features sim --example soak --profile fast

# The server of the journeys comes after the unit tests: it shares their units.
e2e: app server replay setup-chromium
	cd end2end && npm run --silent check && \
	TAKAR_BIN=$(abspath $(TARGET))/fast/takar TAKAR_SITE=$(abspath $(SITE)) TAKAR_REPLAY=$(abspath $(REPLAY)) \
	TAKAR_CHROMIUM="$$(tools/chromium.sh)" npx --no-install playwright test $(E2E)

# A hundred runs of the simulator, for the browser's own database.
replay: setup-rust $(WASM_BINDGEN)
	$(CARGO) build -p takar-replay --profile fast --target $(WASM_TARGET)
	$(WASM_BINDGEN) --target web --no-typescript --out-dir $(REPLAY) $(TARGET)/$(WASM_TARGET)/fast/takar_replay.wasm
	$(CARGO) run --quiet -p takar-sync --features sim --profile fast --example traces -- 100 $(REPLAY)/traces.cbor

# Another server by TAKAR_BIN=path, another shape by BENCH="--devices 3 --records 50".
bench: $(PEERS) app setup-chromium ## Takar's sync against its peers, and the app in a slow browser: tables, plot, JSON
	$(CARGO) build -p takar-server --profile measured
	$(CARGO) build -p takar-bench --profile measured
	TAKAR_BENCH=$(abspath $(TARGET))/measured/takar-bench \
	TAKAR_BIN="$${TAKAR_BIN:-$(abspath $(TARGET))/measured/takar}" TAKAR_PROFILE="$${TAKAR_PROFILE:-measured}" \
	node end2end/bench/run.mjs $(BENCH)
	$(SLOW_BROWSER)
	node end2end/bench/targets.mjs

speed: app setup-chromium ## The second half of bench alone: offline start and typing, four times slowed
	$(CARGO) build -p takar-server --profile measured
	$(SLOW_BROWSER)

SLOW_BROWSER = TAKAR_BIN="$${TAKAR_BIN:-$(abspath $(TARGET))/measured/takar}" TAKAR_SITE=$(abspath $(SITE)) \
	TAKAR_CHROMIUM="$$(end2end/tools/chromium.sh)" node end2end/tools/speed.mjs $(SPEED)

lighthouse: app server setup-chromium ## Lighthouse's figures for a phone
	cd end2end && TAKAR_BIN=$(abspath $(TARGET))/fast/takar TAKAR_SITE=$(abspath $(SITE)) \
	TAKAR_CHROMIUM="$$(tools/chromium.sh)" node tools/lighthouse.mjs

screens: app server setup-chromium ## The README's pictures
	cd end2end && TAKAR_BIN=$(abspath $(TARGET))/fast/takar TAKAR_SITE=$(abspath $(SITE)) \
	TAKAR_CHROMIUM="$$(tools/chromium.sh)" node tools/screens.mjs

setup: setup-rust setup-node setup-chromium $(WASM_BINDGEN)

setup-rust: $(WASM_STD)/. $(STD_SOURCES)/.

$(WASM_STD)/.:
	rustup target add $(WASM_TARGET)

$(STD_SOURCES)/.:
	rustup component add rust-src

setup-node: $(NODE_MODULES)

setup-chromium: setup-node
	@end2end/tools/chromium.sh >/dev/null

$(NODE_MODULES): end2end/package-lock.json end2end/package.json
	cd end2end && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(PEERS): end2end/bench/package-lock.json end2end/bench/package.json
	cd end2end/bench && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(WASM_BINDGEN):
	end2end/tools/wasm-bindgen.sh $(WASM_BINDGEN_ROOT) $(WASM_BINDGEN_VERSION)

$(WASM): $(APP_SOURCES) $(WASM_LD) | setup-rust
	@test -d $(LINKED) || rm -f $(WASM) $(TARGET)/$(WASM_TARGET)/wasm/deps/takar_app.wasm
	RUSTC_BOOTSTRAP=1 $(CARGO) rustc $(WASM_CARGO) $(WASM_SMALL) --lib --crate-type cdylib
	@touch $@

# What the browser gets, in folder $(2), of what was linked, $(1). The lowest
# kilobyte is the far end of the stack: nothing of the app's lives there.
define glue
	$(WASM_BINDGEN) --target web --no-typescript --omit-default-module-path --out-dir $(2) $(1)
	node end2end/tools/shorten.mjs $(2)
	$(WASM_OPT) --flatten --rereloop -Oz -Oz --zero-filled-memory --low-memory-unused --strip-producers -o $@.opt $@
	node end2end/tools/order.mjs $@.opt $@.named
	$(WASM_OPT) --reorder-functions-by-name --strip-debug --strip-target-features -o $@.opt $@.named
	@rm $@.named
	@mv $@.opt $@
endef

$(GLUE)/takar_app_bg.wasm: $(WASM) $(WASM_BINDGEN) $(NODE_MODULES) $(WASM_TOOLS)
	$(call glue,$(WASM),$(GLUE))

$(SITE)/index.html: $(GLUE)/takar_app_bg.wasm $(SITE_SOURCES)
	node end2end/tools/site.mjs --glue $(GLUE) --out $(SITE)

# The app as it would be without the parts after the one of the name.
.PRECIOUS: $(TARGET)/part-%/takar_app.wasm $(TARGET)/part-%/glue/takar_app_bg.wasm
$(TARGET)/part-%/takar_app.wasm: $(WASM) end2end/tools/apart.mjs end2end/tools/parts.mjs
	@mkdir -p $(@D)
	node end2end/tools/apart.mjs --last $* --out $@ $(LINKED)

$(TARGET)/part-%/glue/takar_app_bg.wasm: $(TARGET)/part-%/takar_app.wasm $(WASM_BINDGEN) $(NODE_MODULES) $(WASM_TOOLS)
	$(call glue,$<,$(@D))

$(TARGET)/part-%/site/index.html: $(TARGET)/part-%/glue/takar_app_bg.wasm $(SITE_SOURCES)
	node end2end/tools/site.mjs --last $* --glue $(<D) --out $(@D)
