---@meta _
-- Made by `make reference` of the kind `courses`.

--- Awareness, education and training on offer, one row per course
---@class record.courses
---@field course string required; as in trainings
---@field topics string[] as in documents
---@field audience string[] all, privileged, managers, or kinds, departments and job titles as in people
---@field mandatory boolean required
---@field joiner_within duration time for newcomers to complete it
---@field repeat_every duration empty where once is enough
---@field pass_mark number
---@field content_updated_at time
---@field owner record.people
---@field owner_id string key of people
---@field status "draft"|"active"|"retired" required

---@class filter.courses
---@field course? string|string[]
---@field topics? string|string[]
---@field audience? string|string[]
---@field mandatory? boolean|boolean[]
---@field joiner_within? duration|duration[]
---@field repeat_every? duration|duration[]
---@field pass_mark? number|number[]
---@field content_updated_at? time|time[]
---@field owner? record.people|string|(record.people|string)[]
---@field owner_id? record.people|string|(record.people|string)[]
---@field status? "draft"|"active"|"retired"|("draft"|"active"|"retired")[]

---@alias what.courses "course"|"topics"|"audience"|"mandatory"|"joiner_within"|"repeat_every"|"pass_mark"|"content_updated_at"|"owner"|"owner_id"|"status"|fun(record: record.courses): any

---@class group.courses: group
---@field members collection.courses

--- Records of the kind `courses`.
---@class collection.courses: collection
---@field [integer] record.courses
---@field each fun(self: collection.courses): fun(): record.courses An iterator over the records, in order
---@field get fun(self: collection.courses, key?: string): record.courses The record with a key, or nil
---@field where fun(self: collection.courses, filter: filter.courses|fun(record: record.courses): any): collection.courses The records that fit
---@field first fun(self: collection.courses, filter?: filter.courses|fun(record: record.courses): any): record.courses The first record (that fits), or nil
---@field any fun(self: collection.courses, filter?: filter.courses|fun(record: record.courses): any): boolean Whether there is a record (that fits)
---@field all fun(self: collection.courses, filter: filter.courses|fun(record: record.courses): any): boolean Whether every record fits
---@field count fun(self: collection.courses, filter?: filter.courses|fun(record: record.courses): any): integer How many records there are (that fit)
---@field map fun(self: collection.courses, what: what.courses): any[] A plain list of what a function gives for each record, or of a field's values
---@field sum fun(self: collection.courses, what: what.courses): number|duration The sum of a field's values, or of what a function gives: numbers or durations
---@field min fun(self: collection.courses, what: what.courses): any The least value of a field, or of what a function gives
---@field max fun(self: collection.courses, what: what.courses): any The greatest value of a field, or of what a function gives
---@field newest fun(self: collection.courses, what: what.courses): record.courses The record with the latest time that is not after `isms.as_of`
---@field group_by fun(self: collection.courses, what: what.courses): group.courses[] The records by value: a list of groups in the order in which the values first appear
---@field index_by fun(self: collection.courses, what: what.courses): table<any, record.courses> A table from each value to the first record that has it
---@field sort_by fun(self: collection.courses, what: what.courses): collection.courses The records in the order of a value, the least first
---@field unique fun(self: collection.courses, what: what.courses): any[] The different values, in the order in which they first appear

---@class (partial) isms.kinds
---@field courses collection.courses Awareness, education and training on offer, one row per course
