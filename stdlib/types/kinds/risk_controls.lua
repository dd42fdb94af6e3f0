---@meta _
-- Made by `make reference` of the kind `risk_controls`.

--- How strongly a control modifies a risk
---@class record.risk_controls
---@field risk record.risks required
---@field risk_id string key of risks; required
---@field control string required; Annex A id
---@field strength number 0 to 1: share of the exposure that it removes when it works fully
---@field axis "likelihood"|"impact"|"both"
---@field planned boolean not there yet: counts for the target, not for the residual risk

---@class filter.risk_controls
---@field risk? record.risks|string|(record.risks|string)[]
---@field risk_id? record.risks|string|(record.risks|string)[]
---@field control? string|string[]
---@field strength? number|number[]
---@field axis? "likelihood"|"impact"|"both"|("likelihood"|"impact"|"both")[]
---@field planned? boolean|boolean[]

---@alias what.risk_controls "risk"|"risk_id"|"control"|"strength"|"axis"|"planned"|fun(record: record.risk_controls): any

---@class group.risk_controls: group
---@field members collection.risk_controls

--- Records of the kind `risk_controls`.
---@class collection.risk_controls: collection
---@field [integer] record.risk_controls
---@field each fun(self: collection.risk_controls): fun(): record.risk_controls An iterator over the records, in order
---@field get fun(self: collection.risk_controls, key?: string): record.risk_controls The record with a key, or nil
---@field where fun(self: collection.risk_controls, filter: filter.risk_controls|fun(record: record.risk_controls): any): collection.risk_controls The records that fit
---@field first fun(self: collection.risk_controls, filter?: filter.risk_controls|fun(record: record.risk_controls): any): record.risk_controls The first record (that fits), or nil
---@field any fun(self: collection.risk_controls, filter?: filter.risk_controls|fun(record: record.risk_controls): any): boolean Whether there is a record (that fits)
---@field all fun(self: collection.risk_controls, filter: filter.risk_controls|fun(record: record.risk_controls): any): boolean Whether every record fits
---@field count fun(self: collection.risk_controls, filter?: filter.risk_controls|fun(record: record.risk_controls): any): integer How many records there are (that fit)
---@field map fun(self: collection.risk_controls, what: what.risk_controls): any[] A plain list of what a function gives for each record, or of a field's values
---@field sum fun(self: collection.risk_controls, what: what.risk_controls): number|duration The sum of a field's values, or of what a function gives: numbers or durations
---@field min fun(self: collection.risk_controls, what: what.risk_controls): any The least value of a field, or of what a function gives
---@field max fun(self: collection.risk_controls, what: what.risk_controls): any The greatest value of a field, or of what a function gives
---@field newest fun(self: collection.risk_controls, what: what.risk_controls): record.risk_controls The record with the latest time that is not after `isms.as_of`
---@field group_by fun(self: collection.risk_controls, what: what.risk_controls): group.risk_controls[] The records by value: a list of groups in the order in which the values first appear
---@field index_by fun(self: collection.risk_controls, what: what.risk_controls): table<any, record.risk_controls> A table from each value to the first record that has it
---@field sort_by fun(self: collection.risk_controls, what: what.risk_controls): collection.risk_controls The records in the order of a value, the least first
---@field unique fun(self: collection.risk_controls, what: what.risk_controls): any[] The different values, in the order in which they first appear

---@class (partial) isms.kinds
---@field risk_controls collection.risk_controls How strongly a control modifies a risk
