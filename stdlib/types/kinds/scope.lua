---@meta _
-- Made by `make reference` of the kind `scope`.

--- Boundaries of the management system, one row per thing decided in or out
---@class record.scope
---@field id string required
---@field kind "site"|"unit"|"process"|"service"|"system"|"interface" required
---@field name string required; as in organization.locations, people.department, assets.name …
---@field in_scope boolean required; an interface is in scope when the system governs our side of it
---@field reason string why it is out
---@field supplier record.suppliers interface only: the other side, where it is a supplier
---@field supplier_id string key of suppliers; interface only: the other side, where it is a supplier
---@field responsibility string interface only: who does what on either side
---@field owner record.people
---@field owner_id string key of people
---@field decided_at time required
---@field reviewed_at time

---@class filter.scope
---@field id? string|string[]
---@field kind? "site"|"unit"|"process"|"service"|"system"|"interface"|("site"|"unit"|"process"|"service"|"system"|"interface")[]
---@field name? string|string[]
---@field in_scope? boolean|boolean[]
---@field reason? string|string[]
---@field supplier? record.suppliers|string|(record.suppliers|string)[]
---@field supplier_id? record.suppliers|string|(record.suppliers|string)[]
---@field responsibility? string|string[]
---@field owner? record.people|string|(record.people|string)[]
---@field owner_id? record.people|string|(record.people|string)[]
---@field decided_at? time|time[]
---@field reviewed_at? time|time[]

---@alias what.scope "id"|"kind"|"name"|"in_scope"|"reason"|"supplier"|"supplier_id"|"responsibility"|"owner"|"owner_id"|"decided_at"|"reviewed_at"|fun(record: record.scope): any

---@class group.scope: group
---@field members collection.scope

--- Records of the kind `scope`.
---@class collection.scope: collection
---@field [integer] record.scope
---@field each fun(self: collection.scope): fun(): record.scope An iterator over the records, in order
---@field get fun(self: collection.scope, key?: string): record.scope The record with a key, or nil
---@field where fun(self: collection.scope, filter: filter.scope|fun(record: record.scope): any): collection.scope The records that fit
---@field first fun(self: collection.scope, filter?: filter.scope|fun(record: record.scope): any): record.scope The first record (that fits), or nil
---@field any fun(self: collection.scope, filter?: filter.scope|fun(record: record.scope): any): boolean Whether there is a record (that fits)
---@field all fun(self: collection.scope, filter: filter.scope|fun(record: record.scope): any): boolean Whether every record fits
---@field count fun(self: collection.scope, filter?: filter.scope|fun(record: record.scope): any): integer How many records there are (that fit)
---@field map fun(self: collection.scope, what: what.scope): any[] A plain list of what a function gives for each record, or of a field's values
---@field sum fun(self: collection.scope, what: what.scope): number|duration The sum of a field's values, or of what a function gives: numbers or durations
---@field min fun(self: collection.scope, what: what.scope): any The least value of a field, or of what a function gives
---@field max fun(self: collection.scope, what: what.scope): any The greatest value of a field, or of what a function gives
---@field newest fun(self: collection.scope, what: what.scope): record.scope The record with the latest time that is not after `isms.as_of`
---@field group_by fun(self: collection.scope, what: what.scope): group.scope[] The records by value: a list of groups in the order in which the values first appear
---@field index_by fun(self: collection.scope, what: what.scope): table<any, record.scope> A table from each value to the first record that has it
---@field sort_by fun(self: collection.scope, what: what.scope): collection.scope The records in the order of a value, the least first
---@field unique fun(self: collection.scope, what: what.scope): any[] The different values, in the order in which they first appear

---@class (partial) isms.kinds
---@field scope collection.scope Boundaries of the management system, one row per thing decided in or out
