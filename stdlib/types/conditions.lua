---@meta _
-- Made by `make reference` of the doc comments of stdlib/conditions_*.lua.

--- All of the conditions hold, judged from left to right.
---@param ... condition
---@return condition
function all_of(...) end

--- "Either x or y": one of the conditions holds.
---@param ... condition
---@return condition
function any_of(...) end

--- The number is not below the limit.
---@param field string name of a field, also through references: "person.end_date"
---@param limit limit name of a param, a duration or a number
---@return condition
function at_least(field, limit) end

--- The number is not above the limit.
---@param field string name of a field, also through references: "person.end_date"
---@param limit limit name of a param, a duration or a number
---@return condition
function at_most(field, limit) end

--- Both fields are filled and not equal (texts as words).
---@param a string field
---@param b string field
---@return condition
function differs(a, b) end

--- The field is empty.
---@param field string name of a field, also through references: "person.end_date"
---@return condition
function empty(field) end

--- The field names a person who was engaged on the date of another field; without that, who is engaged now.
---@param field string name of a field, also through references: "person.end_date"
---@param date_field string|nil field with the date
---@return condition
function engaged(field, date_field) end

--- The field is filled; a list holds an item.
---@param field string name of a field, also through references: "person.end_date"
---@return condition
function filled(field) end

--- The second date is filled and does not come before the first.
---@param from string field with the earlier date
---@param to string field with the later date
---@return condition
function follows(from, to) end

--- The date lies from another one up to so long after it.
---@param field string name of a field, also through references: "person.end_date"
---@param from string field with the date from which the time counts
---@param limit limit name of a param, a duration or a number
---@return condition
function from_to(field, from, limit) end

--- "Where x, y": the conditions are asked only where `when` holds.
---@param when condition when the others are asked
---@param ... condition
---@return condition
function given(when, ...) end

--- The field is filled; a list holds an item.
---@param field string name of a field, also through references: "person.end_date"
---@return condition
function has_items(field) end

--- The list holds at least one of the words.
---@param field string name of a field, also through references: "person.end_date"
---@param ... string|string[] words, a list of them, or the name of a param that holds a list
---@return condition
function holds_one(field, ...) end

--- The dates that are filled never go back from left to right.
---@param ... string names of fields, in the order in which their dates must lie
---@return condition
function in_order(...) end

--- The date lies in the period, which `lookback` gives.
---@param field string name of a field, also through references: "person.end_date"
---@return condition
function in_period(field) end

--- The field says no.
---@param field string name of a field, also through references: "person.end_date"
---@return condition
function is_false(field) end

--- The field says yes.
---@param field string name of a field, also through references: "person.end_date"
---@return condition
function is_true(field) end

--- Somebody did it (the first field), and nobody of those stands in the second.
---@param a string field that names who did it
---@param b string field that names who must not have
---@return condition
function never_self(a, b) end

--- The field is none of the words; an empty one is none of them either.
---@param field string name of a field, also through references: "person.end_date"
---@param ... string|string[] words, a list of them, or the name of a param that holds a list
---@return condition
function none_of(field, ...) end

--- The field is filled with more than blanks.
---@param field string name of a field, also through references: "person.end_date"
---@return condition
function not_blank(field) end

--- None of the dates that are filled lies in the future.
---@param ... string names of fields
---@return condition
function not_future(...) end

--- The value of the field is not shared by more than `share` percent of the records, once `min` of them have one. The records: a kind
--- (those in the population), a filter over the population with `same` = field that groups them, or a function that gives records and
--- a key of the group.
---@param records string|table|fun(member: any, isms: isms, params: params): any, string? a kind, a filter, or a function
---@param field string
---@param share limit percent of the records that may share a value
---@param min limit how many must have a value before this is judged
---@return condition
function not_stamped(records, field, share, min) end

--- The field is one of the words. A single word may be the name of a param that holds a list.
---@param field string name of a field, also through references: "person.end_date"
---@param ... string|string[] words, a list of them, or the name of a param that holds a list
---@return condition
function one_of(field, ...) end

--- The field names a person who is engaged now.
---@param field string name of a field, also through references: "person.end_date"
---@return condition
function owned(field) end

--- A document on the topic is in force; of that kind, or one of those kinds, where they are given.
---@param topic string
---@param kinds string|string[]|nil kinds of documents that count
---@return condition
function policy_in_force(topic, kinds) end

--- The latest of the dates lies no further back than the limit, which comes last.
---@param ... limit names of fields, and behind them the limit: the name of a param or a duration
---@return condition
function reviewed_within(...) end

--- Both fields are filled and equal (texts as words).
---@param a string field
---@param b string field
---@return condition
function same(a, b) end

--- Names a condition: where the check has a message of that name, it speaks; else the text is what {why} says.
---@param name string key of `messages`, or a text, which may hold {placeholders}
---@param ... condition
---@return condition
function says(name, ...) end

--- The text says something.
---@param field string name of a field, also through references: "person.end_date"
---@return condition
function substantive(field) end

--- What began at `from` was done within the limit, or its time is not up yet.
---@param from string field with the date when it began
---@param to string field with the date when it was done
---@param limit limit name of a param, a duration or a number
---@return condition
function timely(from, to, limit) end

--- The date lies no further back than the limit, and not in the future.
---@param field string name of a field, also through references: "person.end_date"
---@param limit limit name of a param, a duration or a number
---@return condition
function within(field, limit) end
