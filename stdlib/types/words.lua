---@meta _
-- The words in which rule files and their tests are written: rule, check, extend, without; test, case, absent. Written by hand: editors,
-- `:doc` and docs/reference/api.md read it; a test holds the keys against those that the loader knows.

--- A rule: the file of a requirement returns one. The file is named for the requirement: `annex_a/a_5_18_access_rights.lua`.
--- ```lua
--- return rule "A.5.18" { title = "…", intent = "…", needs = { "accounts" }, check "…" { … } }
--- ```
---@param id string of the requirement, "A.5.18"
---@return fun(spec: rule_spec): rule_file
function rule(id) end

--- A change to a rule of another pack, without copying it: adds checks, replaces the one of the same name, changes defaults of params,
--- drops checks with `without`. The file returns it and is named for the requirement, as that of the rule.
--- ```lua
--- return extend "A.5.18" { params = { revoke_within = { default = "4 h" } }, without "sod_conflicts" }
--- ```
---@param id string of the requirement
---@return fun(spec: extension_spec): rule_file
function extend(id) end

--- A check of a rule: a population and what its members must meet, or a test on the whole.
--- ```lua
--- check "owners_present" {
---   question = "Does each supplier have an owner who still works here?",
---   tests = "operation", severity = "minor", weight = 2,
---   over = function(isms) return isms.suppliers:where{ status = "active" } end,
---   expect = owned "owner",
---   message = "{owner}, who answered for {name}, left on {end_date}",
---   remedy = "Name an owner in the business area that uses the service.",
--- }
--- ```
---@param name string a word such as `owners_present`, once in a rule
---@return fun(spec: check_spec): rule_part
function check(name) end

--- In an extension: drops the check of that name.
---@param name string
---@return rule_part
function without(name) end

--- What a file returns.
---@class rule_file

--- A check, or `without`.
---@class rule_part

--- What stands in `rule "A.5.18" { … }`.
---@class rule_spec
---@field title string short title of the requirement
---@field intent string what it is to bring about, in a sentence
---@field needs need_name[] kinds that the rule reads; `?` behind a name: it can do without
---@field params? table<string, param_spec> limits and lists that an organisation may set
---@field applies_when? fun(isms: isms): any false: the requirement is not applicable
---@field [integer] rule_part

--- What stands in `extend "A.5.18" { … }`.
---@class extension_spec
---@field needs? need_name[] further kinds that its checks read
---@field params? table<string, param_spec_change> defaults that change, and params of its own
---@field [integer] rule_part

--- A param of a rule.
---@class param_spec
---@field default any a duration ("30 d"); with a `unit` a number, a text, true or false, or a list
---@field meaning string what it limits, in a few words
---@field unit? string what the default counts: "percent", "days", "words" …; without one it is a duration

--- A param that an extension changes or adds.
---@class param_spec_change
---@field default? any
---@field meaning? string
---@field unit? string

--- What stands in `check "name" { … }`.
---@class check_spec
---@field question string what the check answers, for people
---@field tests "design"|"operation" whether it looks at what is laid down or at what is done
---@field severity "major"|"minor"|"observation" what a failure may be graded at most
---@field weight integer 1 to 5, its share in the score
---@field message string what a finding says; {placeholders} are fields, params, and what the condition found out
---@field over? kind_name|string[]|fun(isms: isms, params: params): any the population: a collection, a list of records, of words, or of tables `{ record = …, key = … }`; a text is a kind: all its records
---@field expect? condition|condition[] what each member must meet; of a list, the first that is broken speaks
---@field holds? condition|condition[] instead of `expect`: one test on the whole, called with (nil, isms, params), with `over` with (members, isms, params)
---@field applies_when? fun(isms: isms, params: params): any false: the check is not applicable
---@field fresh? table<string, string> kind → param: an export older than that lacks evidence
---@field at_least? number|string percent of the members that must meet `expect`; or the name of a param
---@field empty? "not_applicable"|"lacks_evidence"|"fails"|fun(isms: isms, params: params): string what an empty population means
---@field missing? table<string, string> field (or "kind.field") → what a finding says where it is empty
---@field messages? table<string, string> name that `says` gives a condition → what a finding says where that is broken
---@field values? fun(member: any, isms: isms, params: params): values further values for the messages
---@field remedy string what to do about it

--- The values of the params of the rule, by name: durations, numbers, texts, lists.
---@class params
---@field [string] any

--- What `expect` and `holds` take: a ready-made condition, or a function that gives true, or false and, if it likes, values for the message.
--- Nil counts as false.
---@alias condition fun(member: any, isms: isms, params: params): any, values?

--- Values for the message of a finding, by name: `days`, `limit`, `value`, `why`, `n`, `share`, `ids`, `other`, `record`, or any other that
--- the message has in braces.
---@class values
---@field [string] any

--- A limit of a ready-made condition: the name of a param, a duration, a number, or a function of the member that gives one.
---@alias limit string|number|duration|fun(member: any, isms: isms, params: params): any

--- The test of a rule, in a file beside it whose name ends with `_test.lua`: records of which every check passes, and cases that change
--- them. Each check must be seen to pass, to fail and to lack evidence.
--- ```lua
--- return test "A.5.18" { as_of = "2026-06-30", baseline = { accounts = { … } }, case "…" { … } }
--- ```
---@param id string of the requirement
---@return fun(spec: test_spec): rule_part
function test(id) end

--- A case of a test: what differs from the baseline, and how the checks then come out.
--- ```lua
--- case "an account outlives its owner" {
---   with = { accounts = { { id = "a1", status = "active", disabled_at = absent } } },
---   expect = { leavers_revoked = { "a1" } },
--- }
--- ```
---@param name string what happens
---@return fun(spec: case_spec): rule_part
function case(name) end

--- In a test: takes a field away from a record.
absent = nil

--- What stands in `test "A.5.18" { … }`. Records are written as lists, as maps of key to record, or as YAML text.
---@class test_spec
---@field as_of? string the moment, "2026-06-30" where none is given
---@field baseline? table<string, table|string> kind → records with which every check passes
---@field fixtures? string a folder beside the test, read like a bundle; `baseline` replaces kinds of it
---@field organization? table fields of the organisation
---@field collected_at? table<string, string> kind → when it was collected; as_of where left out
---@field at_baseline? table<string, string> check → how it comes out with the baseline where it does not pass
---@field unreachable? table<string, table> check → statuses that cannot be shown, with `reason`
---@field params? table<string, any> values of params
---@field results? table<string, table> of other requirements: `{ ["A.8.13"] = { status = "ineffective", score = 20 } }`
---@field risks? table<string, any> scores of risks
---@field [integer] rule_part

--- What stands in `case "…" { … }`.
---@class case_spec
---@field fixtures? string a folder instead of that of the test
---@field with? table<string, table|string> kind → records that change one with their key (or position), or are added
---@field add? table<string, table|string> kind → further records
---@field only? table<string, table|string> kind → these records instead of the baseline's
---@field without? table kinds that are not supplied, and kind → keys of records that are dropped
---@field organization? table fields of the organisation that change
---@field collected_at? table<string, string>
---@field as_of? string
---@field params? table<string, any>
---@field results? table<string, table>
---@field risks? table<string, any>
---@field expect table<string, any>|string check → "pass", "fail", "unknown", "n_a", "error", or the keys that fail, with `message`; also `status` and `score`
