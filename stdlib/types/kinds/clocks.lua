---@meta _
-- Made by `make reference` of the kind `clocks`.

--- State of the clock of each system, one row per system and measurement
---@class record.clocks
---@field host string required
---@field asset record.assets
---@field asset_id string key of assets
---@field role "reference"|"client" required; reference: own time server that others follow
---@field sources string[] time servers in use
---@field protocol "ntp"|"nts"|"ptp"|"windows_time"|"gnss"|"platform"|"none" platform: hypervisor or cloud provider
---@field synchronised boolean
---@field stratum integer
---@field offset_ms number deviation from the source in milliseconds, with sign
---@field time_zone string
---@field last_sync_at time
---@field observed_at time required

---@class filter.clocks
---@field host? string|string[]
---@field asset? record.assets|string|(record.assets|string)[]
---@field asset_id? record.assets|string|(record.assets|string)[]
---@field role? "reference"|"client"|("reference"|"client")[]
---@field sources? string|string[]
---@field protocol? "ntp"|"nts"|"ptp"|"windows_time"|"gnss"|"platform"|"none"|("ntp"|"nts"|"ptp"|"windows_time"|"gnss"|"platform"|"none")[]
---@field synchronised? boolean|boolean[]
---@field stratum? integer|integer[]
---@field offset_ms? number|number[]
---@field time_zone? string|string[]
---@field last_sync_at? time|time[]
---@field observed_at? time|time[]

---@alias what.clocks "host"|"asset"|"asset_id"|"role"|"sources"|"protocol"|"synchronised"|"stratum"|"offset_ms"|"time_zone"|"last_sync_at"|"observed_at"|fun(record: record.clocks): any

---@class group.clocks: group
---@field members collection.clocks

--- Records of the kind `clocks`.
---@class collection.clocks: collection
---@field [integer] record.clocks
---@field each fun(self: collection.clocks): fun(): record.clocks An iterator over the records, in order
---@field get fun(self: collection.clocks, key?: string): record.clocks The record with a key, or nil
---@field where fun(self: collection.clocks, filter: filter.clocks|fun(record: record.clocks): any): collection.clocks The records that fit
---@field first fun(self: collection.clocks, filter?: filter.clocks|fun(record: record.clocks): any): record.clocks The first record (that fits), or nil
---@field any fun(self: collection.clocks, filter?: filter.clocks|fun(record: record.clocks): any): boolean Whether there is a record (that fits)
---@field all fun(self: collection.clocks, filter: filter.clocks|fun(record: record.clocks): any): boolean Whether every record fits
---@field count fun(self: collection.clocks, filter?: filter.clocks|fun(record: record.clocks): any): integer How many records there are (that fit)
---@field map fun(self: collection.clocks, what: what.clocks): any[] A plain list of what a function gives for each record, or of a field's values
---@field sum fun(self: collection.clocks, what: what.clocks): number|duration The sum of a field's values, or of what a function gives: numbers or durations
---@field min fun(self: collection.clocks, what: what.clocks): any The least value of a field, or of what a function gives
---@field max fun(self: collection.clocks, what: what.clocks): any The greatest value of a field, or of what a function gives
---@field newest fun(self: collection.clocks, what: what.clocks): record.clocks The record with the latest time that is not after `isms.as_of`
---@field group_by fun(self: collection.clocks, what: what.clocks): group.clocks[] The records by value: a list of groups in the order in which the values first appear
---@field index_by fun(self: collection.clocks, what: what.clocks): table<any, record.clocks> A table from each value to the first record that has it
---@field sort_by fun(self: collection.clocks, what: what.clocks): collection.clocks The records in the order of a value, the least first
---@field unique fun(self: collection.clocks, what: what.clocks): any[] The different values, in the order in which they first appear

---@class (partial) isms.kinds
---@field clocks collection.clocks State of the clock of each system, one row per system and measurement
