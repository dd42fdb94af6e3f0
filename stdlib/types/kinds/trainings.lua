---@meta _
-- Made by `make reference` of the kind `trainings`.

--- Assigned and completed training and awareness
---@class record.trainings
---@field person record.people required
---@field person_id string key of people; required
---@field course string required
---@field topics string[]
---@field mandatory boolean
---@field assigned_at time
---@field due_at time
---@field completed_at time
---@field score number
---@field passed boolean

---@class filter.trainings
---@field person? record.people|string|(record.people|string)[]
---@field person_id? record.people|string|(record.people|string)[]
---@field course? string|string[]
---@field topics? string|string[]
---@field mandatory? boolean|boolean[]
---@field assigned_at? time|time[]
---@field due_at? time|time[]
---@field completed_at? time|time[]
---@field score? number|number[]
---@field passed? boolean|boolean[]

---@alias what.trainings "person"|"person_id"|"course"|"topics"|"mandatory"|"assigned_at"|"due_at"|"completed_at"|"score"|"passed"|fun(record: record.trainings): any

---@class group.trainings: group
---@field members collection.trainings

--- Records of the kind `trainings`.
---@class collection.trainings: collection
---@field [integer] record.trainings
---@field each fun(self: collection.trainings): fun(): record.trainings An iterator over the records, in order
---@field get fun(self: collection.trainings, key?: string): record.trainings The record with a key, or nil
---@field where fun(self: collection.trainings, filter: filter.trainings|fun(record: record.trainings): any): collection.trainings The records that fit
---@field first fun(self: collection.trainings, filter?: filter.trainings|fun(record: record.trainings): any): record.trainings The first record (that fits), or nil
---@field any fun(self: collection.trainings, filter?: filter.trainings|fun(record: record.trainings): any): boolean Whether there is a record (that fits)
---@field all fun(self: collection.trainings, filter: filter.trainings|fun(record: record.trainings): any): boolean Whether every record fits
---@field count fun(self: collection.trainings, filter?: filter.trainings|fun(record: record.trainings): any): integer How many records there are (that fit)
---@field map fun(self: collection.trainings, what: what.trainings): any[] A plain list of what a function gives for each record, or of a field's values
---@field sum fun(self: collection.trainings, what: what.trainings): number|duration The sum of a field's values, or of what a function gives: numbers or durations
---@field min fun(self: collection.trainings, what: what.trainings): any The least value of a field, or of what a function gives
---@field max fun(self: collection.trainings, what: what.trainings): any The greatest value of a field, or of what a function gives
---@field newest fun(self: collection.trainings, what: what.trainings): record.trainings The record with the latest time that is not after `isms.as_of`
---@field group_by fun(self: collection.trainings, what: what.trainings): group.trainings[] The records by value: a list of groups in the order in which the values first appear
---@field index_by fun(self: collection.trainings, what: what.trainings): table<any, record.trainings> A table from each value to the first record that has it
---@field sort_by fun(self: collection.trainings, what: what.trainings): collection.trainings The records in the order of a value, the least first
---@field unique fun(self: collection.trainings, what: what.trainings): any[] The different values, in the order in which they first appear

---@class (partial) isms.kinds
---@field trainings collection.trainings Assigned and completed training and awareness
