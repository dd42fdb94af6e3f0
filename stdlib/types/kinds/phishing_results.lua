---@meta _
-- Made by `make reference` of the kind `phishing_results`.

--- Results of phishing simulations, one row per campaign and person
---@class record.phishing_results
---@field campaign string required
---@field person record.people required
---@field person_id string key of people; required
---@field sent_at time required
---@field outcome "no_action"|"opened"|"clicked"|"credentials_given" required
---@field reported_at time the person reported the mail
---@field follow_up_at time coaching after falling for it

---@class filter.phishing_results
---@field campaign? string|string[]
---@field person? record.people|string|(record.people|string)[]
---@field person_id? record.people|string|(record.people|string)[]
---@field sent_at? time|time[]
---@field outcome? "no_action"|"opened"|"clicked"|"credentials_given"|("no_action"|"opened"|"clicked"|"credentials_given")[]
---@field reported_at? time|time[]
---@field follow_up_at? time|time[]

---@alias what.phishing_results "campaign"|"person"|"person_id"|"sent_at"|"outcome"|"reported_at"|"follow_up_at"|fun(record: record.phishing_results): any

---@class group.phishing_results: group
---@field members collection.phishing_results

--- Records of the kind `phishing_results`.
---@class collection.phishing_results: collection
---@field [integer] record.phishing_results
---@field each fun(self: collection.phishing_results): fun(): record.phishing_results An iterator over the records, in order
---@field get fun(self: collection.phishing_results, key?: string): record.phishing_results The record with a key, or nil
---@field where fun(self: collection.phishing_results, filter: filter.phishing_results|fun(record: record.phishing_results): any): collection.phishing_results The records that fit
---@field first fun(self: collection.phishing_results, filter?: filter.phishing_results|fun(record: record.phishing_results): any): record.phishing_results The first record (that fits), or nil
---@field any fun(self: collection.phishing_results, filter?: filter.phishing_results|fun(record: record.phishing_results): any): boolean Whether there is a record (that fits)
---@field all fun(self: collection.phishing_results, filter: filter.phishing_results|fun(record: record.phishing_results): any): boolean Whether every record fits
---@field count fun(self: collection.phishing_results, filter?: filter.phishing_results|fun(record: record.phishing_results): any): integer How many records there are (that fit)
---@field map fun(self: collection.phishing_results, what: what.phishing_results): any[] A plain list of what a function gives for each record, or of a field's values
---@field sum fun(self: collection.phishing_results, what: what.phishing_results): number|duration The sum of a field's values, or of what a function gives: numbers or durations
---@field min fun(self: collection.phishing_results, what: what.phishing_results): any The least value of a field, or of what a function gives
---@field max fun(self: collection.phishing_results, what: what.phishing_results): any The greatest value of a field, or of what a function gives
---@field newest fun(self: collection.phishing_results, what: what.phishing_results): record.phishing_results The record with the latest time that is not after `isms.as_of`
---@field group_by fun(self: collection.phishing_results, what: what.phishing_results): group.phishing_results[] The records by value: a list of groups in the order in which the values first appear
---@field index_by fun(self: collection.phishing_results, what: what.phishing_results): table<any, record.phishing_results> A table from each value to the first record that has it
---@field sort_by fun(self: collection.phishing_results, what: what.phishing_results): collection.phishing_results The records in the order of a value, the least first
---@field unique fun(self: collection.phishing_results, what: what.phishing_results): any[] The different values, in the order in which they first appear

---@class (partial) isms.kinds
---@field phishing_results collection.phishing_results Results of phishing simulations, one row per campaign and person
