# What tests/oom needs: the library that is preloaded into assay. `make oom` lets every request for memory fail, which takes long.

OOM_SHIM := $(BUILD)/tests/oom/fail.so

$(OOM_SHIM): tests/oom/fail.c
	@mkdir -p $(@D)$(call say,$@)
	$(Q)$(CC) -std=c11 -D_GNU_SOURCE -O2 $(WARN) -Werror -shared -fPIC -Wl,-z,now -o $@ $<

.PHONY: oom
oom: need-test ## let every single request for memory fail (ten minutes; `make test` has a choice of them)
	@$(MAKE) --no-print-directory all $(OOM_SHIM)
	@ASSAY=$(CURDIR)/$(BUILD)/assay ASSAY_OOM=all tests/run tests/oom/sweep.t
