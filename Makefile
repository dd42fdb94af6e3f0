# assay: build, test, install. `make help` lists the targets.
#
# Everything that the project needs from the system is named here, once, as Debian packages.

BUILD_PACKAGES := gcc g++ make pkg-config liblua5.4-dev libyaml-dev libsqlite3-dev libpcre2-dev \
                  libsimdjson-dev libcsv-dev libssl-dev libexpat1-dev libarchive-dev libseccomp-dev libedit-dev
TEST_PACKAGES  := libcmocka-dev bats lua5.4 lua-check libxml2-utils perl jq python3 python3-yaml python3-jsonschema sqlite3 procps strace groff-base
LINT_PACKAGES  := lua-check lua5.4 shellcheck python3 python3-yaml
FUZZ_PACKAGES  := clang-14 libclang-rt-14-dev python3
BENCH_PACKAGES := hyperfine jq python3 lua5.4

PREFIX  ?= /usr/local
DESTDIR ?=
SAN     ?=
SANITIZERS := address,undefined
BUILD   ?= build$(if $(SAN),/san)

VERSION := 0.1.0
CC      ?= gcc
CXX     ?= g++
PKGS    := lua5.4 yaml-0.1 sqlite3 libpcre2-8 libcrypto expat

WARN     := -Wall -Wextra -Wshadow
CWARN    := $(WARN) -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Werror
HARDEN   := -fstack-protector-strong -fstack-clash-protection $(if $(filter x86_64,$(shell uname -m)),-fcf-protection) -fPIE $(if $(SAN),,-D_FORTIFY_SOURCE=2)
OPT      ?= $(if $(SAN),-O1 -fno-omit-frame-pointer -fsanitize=$(SAN) -fno-sanitize-recover=all,-O2)
CPPFLAGS += -Iengine -Ibuild/generated -D_GNU_SOURCE -DAS_VERSION='"$(VERSION)"' $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
CFLAGS   += -std=c11 -g $(OPT) $(HARDEN) $(CWARN)
CXXFLAGS += -std=c++17 -g $(OPT) $(HARDEN) $(WARN) -fno-exceptions -fno-rtti
# Lua is linked into the program: rules run 4 % faster without calls by way of a table. libarchive and libedit are loaded where they are needed.
LDLIBS   += $(patsubst -llua5.4,-l:liblua5.4.a,$(shell pkg-config --libs $(PKGS) 2>/dev/null)) -lcsv -lsimdjson -lm
LDFLAGS  += -pie -Wl,-z,relro,-z,now $(if $(SAN),-fsanitize=$(SAN))

# `make V=1` shows the whole commands.
Q   := $(if $(V),,@)
say  = $(if $(V),,; echo '  build  $(1)')

SOURCES := $(sort $(wildcard engine/*/*.c) $(wildcard engine/*/*.cc))
OBJECTS := $(SOURCES:%=$(BUILD)/obj/%.o)
LIBRARY := $(filter-out $(BUILD)/obj/engine/cli/main.c.o,$(OBJECTS))
UNITS   := $(patsubst tests/engine/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/engine/test_*.c)))

.PHONY: all
all: $(BUILD)/assay ## build build/assay

$(BUILD)/assay: $(OBJECTS)
	@mkdir -p $(@D)$(call say,$@)
	$(Q)$(CXX) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/obj/%.c.o: %.c
	@mkdir -p $(@D)$(call say,$<)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# What is made once and not in every run: the filters of system calls, by libseccomp. The same for all builds.
build/generated/%.h: engine/eval/generate/%.c engine/eval/proc.h engine/eval/wall.h
	@mkdir -p $(@D)$(call say,$@)
	$(Q)$(CC) $(CPPFLAGS) -std=c11 $(CWARN) -o $(@:.h=) $< $$(pkg-config --cflags --libs libseccomp)
	$(Q)$(@:.h=) $@

$(BUILD)/obj/%.cc.o: %.cc
	@mkdir -p $(@D)$(call say,$<)
	$(Q)$(CXX) $(CPPFLAGS) $(CXXFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/tests/%: $(BUILD)/obj/tests/engine/%.c.o $(LIBRARY)
	@mkdir -p $(@D)$(call say,$@)
	$(Q)$(CXX) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lcmocka -larchive

$(BUILD)/bench/floor: $(BUILD)/obj/tests/bench/floor.c.o $(LIBRARY)
	@mkdir -p $(@D)$(call say,$@)
	$(Q)$(CXX) $(LDFLAGS) -o $@ $^ $(LDLIBS)

.SECONDARY:
-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)

include tests/fuzz/fuzz.mk
include tests/store/store.mk
include tests/oom/oom.mk
include tests/faults/faults.mk

$(BUILD)/obj/engine/eval/wall_calls.c.o $(FUZZ)/obj/engine/eval/wall_calls.c.o compile_commands.json: build/generated/wall_programs.h

# ---- the two commands ----

.PHONY: demo
demo: need-build ## install what is missing, build, evaluate examples/acme and show the result
	@$(MAKE) --no-print-directory all
	@echo "demo: evaluating examples/acme (assay eval examples/acme --store none --fail-on never)"
	@$(BUILD)/assay eval examples/acme --store none --fail-on never

.PHONY: test
test: need-test ## install what is missing, build, run every test, those of hostile input under sanitizers too
	@$(MAKE) --no-print-directory all units
	@$(if $(SAN),,$(MAKE) --no-print-directory SAN=$(SANITIZERS) BUILD=$(BUILD)/san all)
	@ASSAY=$(CURDIR)/$(BUILD)/assay $(if $(SAN),,SANITIZED=$(CURDIR)/$(BUILD)/san/assay) UNITS="$(UNITS) $(STORE_TESTS) $(REPLAYS)" tests/run

.PHONY: units
units: $(UNITS) $(STORE_TESTS) $(OOM_SHIM) replays

# ---- what the machine must have ----

# Installs the packages of $(1) that are missing; asks for root only then.
define need
	@missing=; for p in $(1); do dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
	  echo "$@: installing with apt-get:$$missing"; \
	  root=; [ "$$(id -u)" = 0 ] || root=sudo; \
	  $$root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$root apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	else echo "$@: nothing to install ($(words $(1)) packages are there)"; fi
endef

.PHONY: need-build need-test need-lint need-bench need-fuzz
need-build:
	$(call need,$(BUILD_PACKAGES))
need-test:
	$(call need,$(BUILD_PACKAGES) $(TEST_PACKAGES))
need-lint:
	$(call need,$(BUILD_PACKAGES) $(LINT_PACKAGES))
need-bench:
	$(call need,$(BUILD_PACKAGES) $(BENCH_PACKAGES))
need-fuzz:
	$(call need,$(BUILD_PACKAGES) $(FUZZ_PACKAGES))

# ---- the rest ----

.PHONY: install
install: all ## install below PREFIX (default /usr/local), honours DESTDIR
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/assay $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $(BUILD)/assay $(DESTDIR)$(PREFIX)/bin/assay
	cp -R rules stdlib $(DESTDIR)$(PREFIX)/share/assay/
	install -m 644 docs/assay.1 $(DESTDIR)$(PREFIX)/share/man/man1/assay.1

.PHONY: lint
lint: need-lint compile_commands.json ## compiler warnings as errors, layers, luacheck, shellcheck
	@$(MAKE) --no-print-directory all
	tests/lint

.PHONY: reference
reference: all ## write docs/reference, docs/assay.1 and the annotations of stdlib/types from the program itself
	ASSAY=$(BUILD)/assay docs/generate .

.PHONY: bench
bench: need-bench ## measure and write docs/performance.md
	@$(MAKE) --no-print-directory all $(BUILD)/bench/floor
	BUILD=$(BUILD) tests/bench/run

compile_commands.json: Makefile $(SOURCES) ## for editors and clang tools
	@{ sep='['; for f in $(SOURCES); do \
	  case $$f in *.cc) c="$(CXX) $(CPPFLAGS) $(CXXFLAGS)";; *) c="$(CC) $(CPPFLAGS) $(CFLAGS)";; esac; \
	  printf '%s\n{"directory":"%s","file":"%s","command":"%s"}' "$$sep" "$(CURDIR)" "$$f" \
	    "$$(printf '%s -c %s' "$$c" "$$f" | sed 's/["\\]/\\&/g')"; sep=','; done; echo; echo ']'; } > $@

.PHONY: clean
clean: ## remove everything that was built
	rm -rf build compile_commands.json

.PHONY: help
help: ## this list
	@echo "assay $(VERSION)"; grep -hE '^[a-z_.-]+:.*## ' Makefile tests/*/*.mk | sed -E 's/^([a-z_.-]+):.*## /  \1\t/' | expand -t 26
	@echo "  SAN=$(SANITIZERS)   builds with sanitizers into build/san: make SAN=$(SANITIZERS) test"
