---@meta _
-- Made by `make reference` of the kind `exceptions`.

--- Approved, time-limited exceptions
---@class record.exceptions
---@field id string required
---@field control string required
---@field check string one check of the control; all of them where empty
---@field subject string key of the record excused; all of them where empty
---@field reason string required
---@field compensating string
---@field approved_by record.people required
---@field approved_by_id string key of people; required
---@field approved_at time required
---@field expires_at time required

---@class filter.exceptions
---@field id? string|string[]
---@field control? string|string[]
---@field check? string|string[]
---@field subject? string|string[]
---@field reason? string|string[]
---@field compensating? string|string[]
---@field approved_by? record.people|string|(record.people|string)[]
---@field approved_by_id? record.people|string|(record.people|string)[]
---@field approved_at? time|time[]
---@field expires_at? time|time[]

---@alias what.exceptions "id"|"control"|"check"|"subject"|"reason"|"compensating"|"approved_by"|"approved_by_id"|"approved_at"|"expires_at"|fun(record: record.exceptions): any

---@class group.exceptions: group
---@field members collection.exceptions

--- Records of the kind `exceptions`.
---@class collection.exceptions: collection
---@field [integer] record.exceptions
---@field each fun(self: collection.exceptions): fun(): record.exceptions An iterator over the records, in order
---@field get fun(self: collection.exceptions, key?: string): record.exceptions The record with a key, or nil
---@field where fun(self: collection.exceptions, filter: filter.exceptions|fun(record: record.exceptions): any): collection.exceptions The records that fit
---@field first fun(self: collection.exceptions, filter?: filter.exceptions|fun(record: record.exceptions): any): record.exceptions The first record (that fits), or nil
---@field any fun(self: collection.exceptions, filter?: filter.exceptions|fun(record: record.exceptions): any): boolean Whether there is a record (that fits)
---@field all fun(self: collection.exceptions, filter: filter.exceptions|fun(record: record.exceptions): any): boolean Whether every record fits
---@field count fun(self: collection.exceptions, filter?: filter.exceptions|fun(record: record.exceptions): any): integer How many records there are (that fit)
---@field map fun(self: collection.exceptions, what: what.exceptions): any[] A plain list of what a function gives for each record, or of a field's values
---@field sum fun(self: collection.exceptions, what: what.exceptions): number|duration The sum of a field's values, or of what a function gives: numbers or durations
---@field min fun(self: collection.exceptions, what: what.exceptions): any The least value of a field, or of what a function gives
---@field max fun(self: collection.exceptions, what: what.exceptions): any The greatest value of a field, or of what a function gives
---@field newest fun(self: collection.exceptions, what: what.exceptions): record.exceptions The record with the latest time that is not after `isms.as_of`
---@field group_by fun(self: collection.exceptions, what: what.exceptions): group.exceptions[] The records by value: a list of groups in the order in which the values first appear
---@field index_by fun(self: collection.exceptions, what: what.exceptions): table<any, record.exceptions> A table from each value to the first record that has it
---@field sort_by fun(self: collection.exceptions, what: what.exceptions): collection.exceptions The records in the order of a value, the least first
---@field unique fun(self: collection.exceptions, what: what.exceptions): any[] The different values, in the order in which they first appear

---@class (partial) isms.kinds
---@field exceptions collection.exceptions Approved, time-limited exceptions
