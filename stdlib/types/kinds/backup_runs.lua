---@meta _
-- Made by `make reference` of the kind `backup_runs`.

--- Runs of backup jobs (sessions)
---@class record.backup_runs
---@field id string required
---@field job record.backup_jobs required
---@field job_id string key of backup_jobs; required
---@field kind "full"|"incremental"|"differential"|"log"|"snapshot"|"copy"
---@field started_at time required
---@field ended_at time
---@field status "success"|"warning"|"failed"|"running"|"cancelled" required
---@field bytes integer protected or moved
---@field verified boolean checksums or contents checked after the run
---@field error string

---@class filter.backup_runs
---@field id? string|string[]
---@field job? record.backup_jobs|string|(record.backup_jobs|string)[]
---@field job_id? record.backup_jobs|string|(record.backup_jobs|string)[]
---@field kind? "full"|"incremental"|"differential"|"log"|"snapshot"|"copy"|("full"|"incremental"|"differential"|"log"|"snapshot"|"copy")[]
---@field started_at? time|time[]
---@field ended_at? time|time[]
---@field status? "success"|"warning"|"failed"|"running"|"cancelled"|("success"|"warning"|"failed"|"running"|"cancelled")[]
---@field bytes? integer|integer[]
---@field verified? boolean|boolean[]
---@field error? string|string[]

---@alias what.backup_runs "id"|"job"|"job_id"|"kind"|"started_at"|"ended_at"|"status"|"bytes"|"verified"|"error"|fun(record: record.backup_runs): any

---@class group.backup_runs: group
---@field members collection.backup_runs

--- Records of the kind `backup_runs`.
---@class collection.backup_runs: collection
---@field [integer] record.backup_runs
---@field each fun(self: collection.backup_runs): fun(): record.backup_runs An iterator over the records, in order
---@field get fun(self: collection.backup_runs, key?: string): record.backup_runs The record with a key, or nil
---@field where fun(self: collection.backup_runs, filter: filter.backup_runs|fun(record: record.backup_runs): any): collection.backup_runs The records that fit
---@field first fun(self: collection.backup_runs, filter?: filter.backup_runs|fun(record: record.backup_runs): any): record.backup_runs The first record (that fits), or nil
---@field any fun(self: collection.backup_runs, filter?: filter.backup_runs|fun(record: record.backup_runs): any): boolean Whether there is a record (that fits)
---@field all fun(self: collection.backup_runs, filter: filter.backup_runs|fun(record: record.backup_runs): any): boolean Whether every record fits
---@field count fun(self: collection.backup_runs, filter?: filter.backup_runs|fun(record: record.backup_runs): any): integer How many records there are (that fit)
---@field map fun(self: collection.backup_runs, what: what.backup_runs): any[] A plain list of what a function gives for each record, or of a field's values
---@field sum fun(self: collection.backup_runs, what: what.backup_runs): number|duration The sum of a field's values, or of what a function gives: numbers or durations
---@field min fun(self: collection.backup_runs, what: what.backup_runs): any The least value of a field, or of what a function gives
---@field max fun(self: collection.backup_runs, what: what.backup_runs): any The greatest value of a field, or of what a function gives
---@field newest fun(self: collection.backup_runs, what: what.backup_runs): record.backup_runs The record with the latest time that is not after `isms.as_of`
---@field group_by fun(self: collection.backup_runs, what: what.backup_runs): group.backup_runs[] The records by value: a list of groups in the order in which the values first appear
---@field index_by fun(self: collection.backup_runs, what: what.backup_runs): table<any, record.backup_runs> A table from each value to the first record that has it
---@field sort_by fun(self: collection.backup_runs, what: what.backup_runs): collection.backup_runs The records in the order of a value, the least first
---@field unique fun(self: collection.backup_runs, what: what.backup_runs): any[] The different values, in the order in which they first appear

---@class (partial) isms.kinds
---@field backup_runs collection.backup_runs Runs of backup jobs (sessions)
