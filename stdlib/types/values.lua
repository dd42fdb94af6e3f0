---@meta _
-- The values that rules are given: isms, collections, records, times and durations, which C makes. Written by hand: editors, `:doc` and
-- docs/reference/api.md read it; a test holds it against what the engine offers.

--- The management system that is judged, as the evidence of a bundle shows it. `isms.<kind>` is the collection of all records of a kind
--- that the rule names in its `needs`. It cannot be changed, nor gone through.
---@class isms: isms.kinds
---@field as_of time the moment for which the evaluation holds; never the clock
---@field organization record.organization the organisation, as the manifest or the register describes it; absent where none does
---@field catalog catalog the requirements of the loaded packs

--- The catalogue: `isms.catalog["A.5.18"]` is the entry of a requirement. Read-only.
---@class catalog
---@field controls catalog.entry[] controls, in the order of the catalogue
---@field clauses catalog.entry[] clauses, in the order of the catalogue
---@field [string] catalog.entry

--- A requirement in the catalogue.
---@class catalog.entry
---@field id string "A.5.18", "6.1.2"
---@field kind "control"|"clause" what it is
---@field title string short title
---@field purpose string what it is for, in this project's words
---@field theme string "organizational", "people", "physical", "technological"; of controls
---@field [string] any

--- A record of the evidence, read by field: `account.username`. Read-only; a field that its kind does not have is an error. Absent is
--- nil. A reference reads as the record (`account.person`) or as its key (`account.person_id`), whichever way the kind spells it.
--- `tostring(record)` is "accounts acc-17"; `pairs(record)` goes through the fields that are there, sorted by name.
---@alias record any

--- Records of one kind: all of them, or those that a method has chosen. Read-only. `#c` counts, `c[1]` is the first, `c["acc-17"]` the
--- one with that key, `for record in c:each() do` goes through them.
---@class collection
---@field supplied boolean whether the bundle has a document of the kind
---@field collected_at time up to when the evidence knows the kind: the newest collected_at of its documents; absent where none says
---@field kind string name of the kind
---@operator len: integer
local collection = {}

--- An iterator over the records, in order.
--- ```lua
--- for account in isms.accounts:each() do … end
--- ```
---@return fun(): record
function collection:each() end

--- The record with a key, or nil. Also where the key is the name of a method, which `c[key]` is not.
--- ```lua
--- isms.people:get(account.person_id)
--- ```
---@param key string|nil
---@return record|nil
function collection:get(key) end

--- The records that fit. A table is matched by an index, without calling Lua: each field equals the value, or one of a list of values; a
--- field that is a list holds it. A reference is compared with a record or with its key.
--- ```lua
--- isms.accounts:where{ status = { "active", "locked" }, person = person }
--- isms.accounts:where(function(a) return a.last_login_at < date "2026-01-01" end)
--- ```
---@param filter filter fields and their values, or a function of the record
---@return collection
function collection:where(filter) end

--- The first record (that fits), or nil.
---@param filter filter|nil as of `where`; without one, every record fits
---@return record|nil
function collection:first(filter) end

--- Whether there is a record (that fits).
---@param filter filter|nil as of `where`
---@return boolean
function collection:any(filter) end

--- Whether every record fits; true where there is none.
---@param filter filter as of `where`
---@return boolean
function collection:all(filter) end

--- How many records there are (that fit).
---@param filter filter|nil as of `where`
---@return integer
function collection:count(filter) end

--- A plain list of what a function gives for each record, or of a field's values. What is absent is left out.
--- ```lua
--- isms.people:map("name")
--- ```
---@param what what name of a field, or a function of the record
---@return any[]
function collection:map(what) end

--- The sum of a field's values, or of what a function gives: numbers or durations. What is absent adds nothing.
---@param what what name of a field, or a function of the record
---@return number|duration
function collection:sum(what) end

--- The least value of a field, or of what a function gives; nil where all are absent.
---@param what what name of a field, or a function of the record
---@return any
function collection:min(what) end

--- The greatest value of a field, or of what a function gives; nil where all are absent.
---@param what what name of a field, or a function of the record
---@return any
function collection:max(what) end

--- The record with the latest time that is not after `isms.as_of`; of equal ones the last. Nil where there is none.
--- ```lua
--- isms.access_reviews:where{ system = "crm" }:newest("performed_at")
--- ```
---@param what what name of a field, or a function of the record
---@return record|nil
function collection:newest(what) end

--- The records by value: a list of groups in the order in which the values first appear. Records without the value are left out.
--- ```lua
--- for _, group in ipairs(isms.accounts:group_by("system")) do … group.key, group.members … end
--- ```
---@param what what name of a field, or a function of the record
---@return group[]
function collection:group_by(what) end

--- A table from each value to the first record that has it.
---@param what what name of a field, or a function of the record
---@return table<any, record>
function collection:index_by(what) end

--- The records in the order of a value, the least first; those with equal values keep their order, those without one come last.
---@param what what name of a field, or a function of the record
---@return collection
function collection:sort_by(what) end

--- The different values, in the order in which they first appear.
---@param what what name of a field, or a function of the record
---@return any[]
function collection:unique(what) end

--- What `where` and its kin take: a table of fields and values, or a function that says yes or no to a record.
---@alias filter table|fun(record: record): any

--- What a collection is asked for: the name of a field, or a function of a record.
---@alias what string|fun(record: record): any

--- A group of `group_by`.
---@class group
---@field key any the value that its members share
---@field members collection the records that have it

--- A day or a moment. `t + d` and `t - d` are times, `t1 - t2` is a duration; `<`, `<=` and `==` compare. A day and a moment compare as
--- days. `tostring(t)` is "2026-01-31" or RFC 3339.
---@class time
---@field year integer
---@field month integer 1 to 12
---@field day integer 1 to 31
---@field is_date boolean whether it is a day rather than a moment
---@operator add(duration): time
---@operator sub(duration): time
---@operator sub(time): duration

--- A length of time. `d1 + d2`, `d * 2`, `d / 2` and `-d` are durations, `d1 / d2` is a number; `<`, `<=` and `==` compare.
--- `tostring(d)` is "365 days".
---@class duration
---@field days number the whole of it, in days
---@field hours number the whole of it, in hours
---@field minutes number the whole of it, in minutes
---@field seconds number the whole of it, in seconds
---@operator add(duration): duration
---@operator add(time): time
---@operator sub(duration): duration
---@operator mul(number): duration
---@operator div(number): duration
---@operator div(duration): number
---@operator unm: duration

--- A day or a moment from its text. A time is given back as it is, nil as nil.
--- ```lua
--- date "2026-01-31"
--- date "2026-01-31T08:15:00Z"
--- ```
---@param text string|time|nil
---@return time
function date(text) end

--- A length of time from its text: a number and a unit (s, min, h, d, w). A duration is given back as it is, nil as nil.
--- ```lua
--- duration "90 d"
--- duration "4 h"
--- ```
---@param text string|duration|nil
---@return duration
function duration(text) end
