# The test of the tests: safety checks are removed, one at a time.

.PHONY: faults
faults: need-test ## remove safety checks one at a time and see that tests notice (half an hour)
	@$(MAKE) --no-print-directory all units
	@PATH=/usr/bin:$$PATH tests/faults/run
