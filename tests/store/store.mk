# The programs of tests/store: the store over a layer that records and fails (vfs.c).

STORE_TESTS := $(patsubst tests/store/%.c,$(BUILD)/tests/store/%,$(sort $(wildcard tests/store/test_*.c)))

$(BUILD)/obj/tests/store/%.c.o: CPPFLAGS += -Itests/store
$(BUILD)/tests/store/%: $(BUILD)/obj/tests/store/%.c.o $(BUILD)/obj/tests/store/vfs.c.o $(LIBRARY)
	@mkdir -p $(@D)$(call say,$@)
	$(Q)$(CXX) $(LDFLAGS) -o $@ $^ $(LDLIBS)
