---@meta _
-- Made by `make reference` of the kind `access_reviews`.

--- Reviews of the access rights on one system
---@class record.access_reviews
---@field id string required
---@field system string required
---@field performed_at time required
---@field reviewer record.people required
---@field reviewer_id string key of people; required
---@field scope "all"|"privileged"|"sample" required
---@field accounts_in_scope integer required
---@field accounts_reviewed integer required
---@field changes_required integer
---@field changes_done_at time
---@field next_due_at time

---@class filter.access_reviews
---@field id? string|string[]
---@field system? string|string[]
---@field performed_at? time|time[]
---@field reviewer? record.people|string|(record.people|string)[]
---@field reviewer_id? record.people|string|(record.people|string)[]
---@field scope? "all"|"privileged"|"sample"|("all"|"privileged"|"sample")[]
---@field accounts_in_scope? integer|integer[]
---@field accounts_reviewed? integer|integer[]
---@field changes_required? integer|integer[]
---@field changes_done_at? time|time[]
---@field next_due_at? time|time[]

---@alias what.access_reviews "id"|"system"|"performed_at"|"reviewer"|"reviewer_id"|"scope"|"accounts_in_scope"|"accounts_reviewed"|"changes_required"|"changes_done_at"|"next_due_at"|fun(record: record.access_reviews): any

---@class group.access_reviews: group
---@field members collection.access_reviews

--- Records of the kind `access_reviews`.
---@class collection.access_reviews: collection
---@field [integer] record.access_reviews
---@field each fun(self: collection.access_reviews): fun(): record.access_reviews An iterator over the records, in order
---@field get fun(self: collection.access_reviews, key?: string): record.access_reviews The record with a key, or nil
---@field where fun(self: collection.access_reviews, filter: filter.access_reviews|fun(record: record.access_reviews): any): collection.access_reviews The records that fit
---@field first fun(self: collection.access_reviews, filter?: filter.access_reviews|fun(record: record.access_reviews): any): record.access_reviews The first record (that fits), or nil
---@field any fun(self: collection.access_reviews, filter?: filter.access_reviews|fun(record: record.access_reviews): any): boolean Whether there is a record (that fits)
---@field all fun(self: collection.access_reviews, filter: filter.access_reviews|fun(record: record.access_reviews): any): boolean Whether every record fits
---@field count fun(self: collection.access_reviews, filter?: filter.access_reviews|fun(record: record.access_reviews): any): integer How many records there are (that fit)
---@field map fun(self: collection.access_reviews, what: what.access_reviews): any[] A plain list of what a function gives for each record, or of a field's values
---@field sum fun(self: collection.access_reviews, what: what.access_reviews): number|duration The sum of a field's values, or of what a function gives: numbers or durations
---@field min fun(self: collection.access_reviews, what: what.access_reviews): any The least value of a field, or of what a function gives
---@field max fun(self: collection.access_reviews, what: what.access_reviews): any The greatest value of a field, or of what a function gives
---@field newest fun(self: collection.access_reviews, what: what.access_reviews): record.access_reviews The record with the latest time that is not after `isms.as_of`
---@field group_by fun(self: collection.access_reviews, what: what.access_reviews): group.access_reviews[] The records by value: a list of groups in the order in which the values first appear
---@field index_by fun(self: collection.access_reviews, what: what.access_reviews): table<any, record.access_reviews> A table from each value to the first record that has it
---@field sort_by fun(self: collection.access_reviews, what: what.access_reviews): collection.access_reviews The records in the order of a value, the least first
---@field unique fun(self: collection.access_reviews, what: what.access_reviews): any[] The different values, in the order in which they first appear

---@class (partial) isms.kinds
---@field access_reviews collection.access_reviews Reviews of the access rights on one system
