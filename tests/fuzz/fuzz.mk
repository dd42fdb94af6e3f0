# Fuzzing. `make fuzz TIME=60` runs every target for so many seconds with what was found before as its corpus;
# `make fuzz TARGETS=fuzz_yaml` only that one. Built with clang into build/fuzz. The same targets, built with replay.c by the
# usual compiler into build/replay, feed seeds and regressions as part of `make test`.

FUZZ_CC  ?= clang-14
FUZZ_CXX ?= clang++-14
TIME     ?= 60
FUZZ     := build/fuzz
FUZZERS  := $(patsubst tests/fuzz/%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
TARGETS  ?= $(FUZZERS)
REPLAYS  := $(FUZZERS:%=$(BUILD)/replay/%)

FUZZ_SAN := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
FUZZ_OPT := -O1 -g -fsanitize=fuzzer-no-link $(FUZZ_SAN) -D__SANITIZE_ADDRESS__ -Itests/fuzz
# The parent's side of the pipe is given bytes instead of a child.
FUZZ_WRAP = $(if $(filter %/fuzz_frame,$@),-Wl$(comma)--wrap=as_child_spawn$(comma)--wrap=as_children_wait)
comma    := ,

.PHONY: fuzz fuzzers replays
fuzz: need-fuzz ## search for inputs that break something, TIME=60 seconds a target
	@$(MAKE) --no-print-directory fuzzers
	@TIME=$(TIME) tests/fuzz/run $(TARGETS)

fuzzers: $(FUZZERS:%=$(FUZZ)/%) $(FUZZ)/seeds/made $(FUZZ)/stdlib/fuzzing.lua
replays: $(REPLAYS) $(BUILD)/replay/seeds/made $(BUILD)/replay/stdlib/fuzzing.lua

$(FUZZ)/obj/%.c.o: %.c
	@mkdir -p $(@D)$(call say,$<)
	$(Q)$(FUZZ_CC) $(CPPFLAGS) -std=c11 $(WARN) $(FUZZ_OPT) -MMD -MP -c -o $@ $<

# It names the counters that the compiler would make for it, and needs none.
$(FUZZ)/obj/tests/fuzz/fuzz_rule.c.o: FUZZ_OPT := $(filter-out -fsanitize=fuzzer-no-link,$(FUZZ_OPT))

$(FUZZ)/obj/%.cc.o: %.cc
	@mkdir -p $(@D)$(call say,$<)
	$(Q)$(FUZZ_CXX) $(CPPFLAGS) -std=c++17 $(WARN) $(FUZZ_OPT) -fno-exceptions -fno-rtti -MMD -MP -c -o $@ $<

$(FUZZ)/fuzz_%: $(FUZZ)/obj/tests/fuzz/fuzz_%.c.o $(LIBRARY:$(BUILD)/%=$(FUZZ)/%)
	@mkdir -p $(@D)$(call say,$@)
	$(Q)$(FUZZ_CXX) -fsanitize=fuzzer $(FUZZ_SAN) $(FUZZ_WRAP) -o $@ $^ $(LDLIBS)

$(BUILD)/obj/tests/fuzz/%.c.o: CPPFLAGS += -Itests/fuzz
$(BUILD)/replay/fuzz_%: $(BUILD)/obj/tests/fuzz/fuzz_%.c.o $(BUILD)/obj/tests/fuzz/replay.c.o $(LIBRARY)
	@mkdir -p $(@D)$(call say,$@)
	$(Q)$(CXX) $(LDFLAGS) $(FUZZ_WRAP) -o $@ $^ $(LDLIBS)

%/seeds/made: tests/fuzz/seeds.py $(wildcard rules/*/*/*.lua)
	@mkdir -p $(@D)
	$(Q)tests/fuzz/seeds.py $(@D) && touch $@

%/stdlib/fuzzing.lua: tests/fuzz/fuzzing.lua $(wildcard stdlib/*.lua stdlib/*/*)
	@rm -rf $(@D) && mkdir -p $(@D)
	$(Q)cp -R stdlib/. $(@D) && cp $< $@

-include $(shell find $(FUZZ)/obj -name '*.d' 2>/dev/null)
