---@meta _
-- Made by `make reference` of the kind `risk_criteria`.

--- How the organisation assesses and accepts risk
---@class record.risk_criteria
---@field method string required; name of the risk model used
---@field likelihood_levels integer default 5
---@field impact_levels integer default 5
---@field appetite number required; residual scores above it need treatment or acceptance
---@field tolerance number residual scores above it may not be accepted
---@field assessment_interval duration
---@field approved_by record.people
---@field approved_by_id string key of people
---@field approved_at time

---@class filter.risk_criteria
---@field method? string|string[]
---@field likelihood_levels? integer|integer[]
---@field impact_levels? integer|integer[]
---@field appetite? number|number[]
---@field tolerance? number|number[]
---@field assessment_interval? duration|duration[]
---@field approved_by? record.people|string|(record.people|string)[]
---@field approved_by_id? record.people|string|(record.people|string)[]
---@field approved_at? time|time[]

---@alias what.risk_criteria "method"|"likelihood_levels"|"impact_levels"|"appetite"|"tolerance"|"assessment_interval"|"approved_by"|"approved_by_id"|"approved_at"|fun(record: record.risk_criteria): any

---@class group.risk_criteria: group
---@field members collection.risk_criteria

--- Records of the kind `risk_criteria`.
---@class collection.risk_criteria: collection
---@field [integer] record.risk_criteria
---@field each fun(self: collection.risk_criteria): fun(): record.risk_criteria An iterator over the records, in order
---@field get fun(self: collection.risk_criteria, key?: string): record.risk_criteria The record with a key, or nil
---@field where fun(self: collection.risk_criteria, filter: filter.risk_criteria|fun(record: record.risk_criteria): any): collection.risk_criteria The records that fit
---@field first fun(self: collection.risk_criteria, filter?: filter.risk_criteria|fun(record: record.risk_criteria): any): record.risk_criteria The first record (that fits), or nil
---@field any fun(self: collection.risk_criteria, filter?: filter.risk_criteria|fun(record: record.risk_criteria): any): boolean Whether there is a record (that fits)
---@field all fun(self: collection.risk_criteria, filter: filter.risk_criteria|fun(record: record.risk_criteria): any): boolean Whether every record fits
---@field count fun(self: collection.risk_criteria, filter?: filter.risk_criteria|fun(record: record.risk_criteria): any): integer How many records there are (that fit)
---@field map fun(self: collection.risk_criteria, what: what.risk_criteria): any[] A plain list of what a function gives for each record, or of a field's values
---@field sum fun(self: collection.risk_criteria, what: what.risk_criteria): number|duration The sum of a field's values, or of what a function gives: numbers or durations
---@field min fun(self: collection.risk_criteria, what: what.risk_criteria): any The least value of a field, or of what a function gives
---@field max fun(self: collection.risk_criteria, what: what.risk_criteria): any The greatest value of a field, or of what a function gives
---@field newest fun(self: collection.risk_criteria, what: what.risk_criteria): record.risk_criteria The record with the latest time that is not after `isms.as_of`
---@field group_by fun(self: collection.risk_criteria, what: what.risk_criteria): group.risk_criteria[] The records by value: a list of groups in the order in which the values first appear
---@field index_by fun(self: collection.risk_criteria, what: what.risk_criteria): table<any, record.risk_criteria> A table from each value to the first record that has it
---@field sort_by fun(self: collection.risk_criteria, what: what.risk_criteria): collection.risk_criteria The records in the order of a value, the least first
---@field unique fun(self: collection.risk_criteria, what: what.risk_criteria): any[] The different values, in the order in which they first appear

---@class (partial) isms.kinds
---@field risk_criteria collection.risk_criteria How the organisation assesses and accepts risk
