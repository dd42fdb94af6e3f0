---@meta _
-- Made by `make reference` of the kind `acknowledgements`.

--- A person's acknowledgement of a document
---@class record.acknowledgements
---@field person record.people required
---@field person_id string key of people; required
---@field document record.documents required
---@field document_id string key of documents; required
---@field version string
---@field acknowledged_at time required

---@class filter.acknowledgements
---@field person? record.people|string|(record.people|string)[]
---@field person_id? record.people|string|(record.people|string)[]
---@field document? record.documents|string|(record.documents|string)[]
---@field document_id? record.documents|string|(record.documents|string)[]
---@field version? string|string[]
---@field acknowledged_at? time|time[]

---@alias what.acknowledgements "person"|"person_id"|"document"|"document_id"|"version"|"acknowledged_at"|fun(record: record.acknowledgements): any

---@class group.acknowledgements: group
---@field members collection.acknowledgements

--- Records of the kind `acknowledgements`.
---@class collection.acknowledgements: collection
---@field [integer] record.acknowledgements
---@field each fun(self: collection.acknowledgements): fun(): record.acknowledgements An iterator over the records, in order
---@field get fun(self: collection.acknowledgements, key?: string): record.acknowledgements The record with a key, or nil
---@field where fun(self: collection.acknowledgements, filter: filter.acknowledgements|fun(record: record.acknowledgements): any): collection.acknowledgements The records that fit
---@field first fun(self: collection.acknowledgements, filter?: filter.acknowledgements|fun(record: record.acknowledgements): any): record.acknowledgements The first record (that fits), or nil
---@field any fun(self: collection.acknowledgements, filter?: filter.acknowledgements|fun(record: record.acknowledgements): any): boolean Whether there is a record (that fits)
---@field all fun(self: collection.acknowledgements, filter: filter.acknowledgements|fun(record: record.acknowledgements): any): boolean Whether every record fits
---@field count fun(self: collection.acknowledgements, filter?: filter.acknowledgements|fun(record: record.acknowledgements): any): integer How many records there are (that fit)
---@field map fun(self: collection.acknowledgements, what: what.acknowledgements): any[] A plain list of what a function gives for each record, or of a field's values
---@field sum fun(self: collection.acknowledgements, what: what.acknowledgements): number|duration The sum of a field's values, or of what a function gives: numbers or durations
---@field min fun(self: collection.acknowledgements, what: what.acknowledgements): any The least value of a field, or of what a function gives
---@field max fun(self: collection.acknowledgements, what: what.acknowledgements): any The greatest value of a field, or of what a function gives
---@field newest fun(self: collection.acknowledgements, what: what.acknowledgements): record.acknowledgements The record with the latest time that is not after `isms.as_of`
---@field group_by fun(self: collection.acknowledgements, what: what.acknowledgements): group.acknowledgements[] The records by value: a list of groups in the order in which the values first appear
---@field index_by fun(self: collection.acknowledgements, what: what.acknowledgements): table<any, record.acknowledgements> A table from each value to the first record that has it
---@field sort_by fun(self: collection.acknowledgements, what: what.acknowledgements): collection.acknowledgements The records in the order of a value, the least first
---@field unique fun(self: collection.acknowledgements, what: what.acknowledgements): any[] The different values, in the order in which they first appear

---@class (partial) isms.kinds
---@field acknowledgements collection.acknowledgements A person's acknowledgement of a document
