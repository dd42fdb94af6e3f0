---@meta checks
-- Made by `make reference` of the doc comments of stdlib/checks_*.lua.

---@class checks
local checks = {}

--- Whether a person has acknowledged the current document on a topic: its version (or, where none is named, not before it was
--- published), and no later than `within` after it was published or the person came.
---@param topic string
---@param person record|nil
---@param within any; without it, by as_of
---@return boolean ok
---@return values|nil values says = "late" with days, or says = "old_version" with value
function checks.acknowledged(topic, person, within) end

--- The action that an id (or the record itself) stands for, among those of the four kinds that the rule needs and the bundle
--- supplies. Where it supplies none of them, any id that is not blank is an action, open and without dates.
---@param id any
---@return any record, or a table with a status
function checks.action(id) end

--- The records of a kind whose field (or one of several fields) is the word, or a list that holds it. The index behind it is built
--- once, so call it on a whole kind and filter what it gives.
---@param collection any isms.<kind>
---@param field string|string[]
---@param text any
---@return any collection
function checks.alike(collection, field, text) end

--- Whether a change was approved by another than its requester by the time `t`; an emergency within `grace` after it.
---@param change record|nil
---@param t any date or time
---@param grace any duration
---@return boolean ok
---@return values|nil values
function checks.approved_change(change, t, grace) end

--- The zone itself and the zones around it, from the inside out; a zone met twice ends the walk.
---@param zone record|nil
---@return table
function checks.around(zone) end

--- The ids in scope of all completed audits of a kind whose completion lies within that time.
---@param kind string
---@param d any duration
---@return table
function checks.assessed_scope(kind, d) end

--- The catalogue's entry for a right: same system, same entitlement.
---@param grant record|nil
---@return record|nil
function checks.catalogued(grant) end

--- The moment up to which the evidence knows a kind: the newest collected_at of its documents, at the latest as_of.
---@param kind string
---@return any
function checks.collected(kind) end

--- Whether a text contains a word, or words in a row, as whole words.
---@param text any
---@param part any
---@return boolean
function checks.contains(text, part) end

--- Whether some record of `records` leads to this one by `field`: the field holds its key (or a list that does), or, where it is no
--- reference, the same word.
---@param subject any the record judged, or a word
---@param records any kind, collection or list
---@param field string
---@return boolean ok
---@return record|nil record the first that does
function checks.covers(subject, records, field) end

--- Whether a list of ids of clauses and controls holds an id or one of its parents ("9.2" covers "9.2.1", "A.5" covers "A.5.18").
---@param list any
---@param id string|nil
---@return boolean
function checks.covers_id(list, id) end

--- The one document that people must know on a topic: of those published the policy (the one published last where there are several);
--- where none is a policy, the one published last.
---@param topic string
---@return record|nil
function checks.current(topic) end

--- The score that the risk model derives from the inherent one and the effectiveness of controls; never the stated one.
---@param risk record|string|nil
---@return number|nil
function checks.derived_residual(risk) end

--- The different ones of a list, words compared as words, in the order of first appearance.
---@param list any
---@return table
function checks.distinct(list) end

--- The different words in a field, each with its records: `{ {key = "CRM", members = collection}, … }`, the key as it is spelled
--- first.
---@param records any collection
---@param field string
---@return table
function checks.each_different(records, field) end

--- The earliest (of durations the shortest, of numbers the least) of those that are filled; nil where none is.
---@param ... any
---@return any
function checks.earliest(...) end

--- The credit, 0 to 1, that the risk model gives a control for its own result.
---@param control string
---@return number
function checks.effectiveness(control) end

--- Whether a person is there and works for us on that date.
---@param person record|nil
---@param ... any the date
---@return boolean ok
---@return values|nil values
function checks.engaged(person, ...) end

--- Whether whoever entered had an open right to the zone at that moment, or was a visitor whose badge was for it.
---@param event record|nil
---@return boolean
function checks.entitled(event) end

--- Whether a control has a result that says how well it works.
---@param control string
---@return boolean
function checks.evaluated(control) end

--- The exercises of a plan that were held, in the order of performed_at.
---@param plan record|nil
---@return table
function checks.exercises_of(plan) end

--- Whether actions followed and each that was not given up has ended by as_of.
---@param ids any
---@return boolean ok
---@return values|nil values
function checks.finished(ids) end

--- Whether at least one of the ids leads to an action that was not given up.
---@param ids any
---@return boolean ok
---@return values|nil values
function checks.followed_up(ids) end

--- Whether the newest export of a kind is recent enough to tell the present state.
---@param kind string
---@param d any duration
---@return boolean ok
---@return values|nil values
function checks.fresh(kind, d) end

--- Whether a backup run succeeded: it ended after it began, and is not known to have saved nothing.
---@param run record|nil
---@return boolean
function checks.good_run(run) end

--- Whether a list holds a value exactly: a key, a number, a record.
---@param list any
---@param value any
---@return boolean
function checks.has(list, value) end

--- Whether a right is in force: given, not revoked, and its account not closed. An expiry date alone ends nothing.
---@param grant record|nil
---@param ... any the moment; as_of where left out
---@return boolean
function checks.held(grant, ...) end

--- Whether an exercise was really held.
---@param exercise record|nil
---@return boolean
function checks.held_exercise(exercise) end

--- The people engaged at a date who hold a role with that duty.
---@param duty string
---@param ... any the date
---@return table
function checks.holders(duty, ...) end

--- Whether a list of words holds a word.
---@param list any
---@param text any
---@return boolean
function checks.holds(list, text) end

--- Whether a person belongs to the audience of a document.
---@param person record|nil
---@param document record|nil
---@return boolean
function checks.in_audience(person, document) end

--- Whether a person belongs to the audience of a course, which may also be "privileged" or "managers".
---@param person record|nil
---@param course record|nil
---@return boolean
function checks.in_course_audience(person, course) end

--- Whether the filled ones never go back from left to right.
---@param ... any
---@return boolean ok
---@return values|nil values
function checks.in_order(...) end

--- Whether t lies in the period judged, which the param `lookback` gives.
---@param t any date or time
---@return boolean ok
---@return values|nil values
function checks.in_period(t) end

--- The score of a risk before controls, by the risk model.
---@param risk record|string|nil
---@return number|nil
function checks.inherent(risk) end

--- Whether a person led the organisation at a date.
---@param person record|nil
---@param ... any the date
---@return boolean ok
---@return values|nil values
function checks.is_top_management(person, ...) end

--- Several populations, one behind the other.
---@param ... any collections or lists; nil is passed over
---@return table
function checks.join(...) end

--- Whether the word is a level of the scheme.
---@param text string|nil
---@return boolean
function checks.known_level(text) end

--- The latest of those that are filled; nil where none is.
---@param ... any
---@return any
function checks.latest(...) end

--- Severities as numbers: low 1, medium 2, high 3, critical 4.
---@param severity string|nil
---@return integer|nil
function checks.level(severity) end

--- Whether somebody engaged has this person as manager.
---@param person record|nil
---@return boolean
function checks.manager(person) end

--- Whether a value meets its target, which it must reach ("at_least") or not exceed ("at_most").
---@param value number|nil
---@param direction string|nil
---@param target number|nil
---@return boolean
function checks.meets(value, direction, target) end

--- Whether somebody did it (`a`), and nobody of those was also `b`. Records, keys or lists of them; an empty `b` breaks nothing.
---@param a any
---@param b any
---@return boolean ok
---@return values|nil values
function checks.never_self(a, b) end

--- Of these records the one with the latest value of `field` that is not after as_of; with equal values the last one.
---@param records any kind, collection or list
---@param field string
---@param filter function|table|nil only these of them
---@return record|nil
function checks.newest(records, field, filter) end

--- Whether none of the filled ones lies after as_of.
---@param ... any
---@return boolean ok
---@return values|nil values
function checks.not_future(...) end

--- Whether a record's value of a field is not one that suspiciously many records share.
---@param record record
---@param records any kind (its records in the population, else all), collection or list
---@param field string
---@param share number percent up to which equal values are normal
---@param min number how many filled values there must be for judging
---@param group any where `records` depends on the record: what it depends on
---@return boolean ok
---@return values|nil values
function checks.not_stamped(record, records, field, share, min, group) end

--- Whether there are no premises of ours: no zone is, and that is shown by the register of zones or said by the organisation.
---@return boolean
function checks.nothing_ours() end

--- Whether no area of ours is restricted (level 3 or more).
---@return boolean
function checks.nothing_restricted() end

--- Whether an action is neither given up nor late: ended by as_of, or due only later.
---@param action any
---@return boolean
function checks.on_track(action) end

--- What `fn(…)` gives, worked out once per check: for figures about the whole population that each member is held against.
---@param fn function the same one for each member
---@param ... any
---@return any
function checks.once(fn, ...) end

--- Whether a right to enter was open at a moment.
---@param grant record|nil
---@param t any date or time
---@return boolean
function checks.open_grant(grant, t) end

--- Whether we run a zone ourselves: in use, and no supplier named on it or on a data centre around it.
---@param zone record|nil
---@return boolean
function checks.ours(zone) end

--- Whether a field names a person who is engaged now.
---@param record record|nil
---@param field string
---@return boolean ok
---@return values|nil values
function checks.owned(record, field) end

--- Whether a time allowed, which began at `from`, is over: from + d < as_of. Where as_of is a day and `d` counts hours or minutes,
--- as_of stands for the end of that day; days are compared with days.
---@param from any date or time
---@param d any duration: the time allowed
---@return boolean
function checks.passed(from, d) end

--- Whether a response plan is active, approved by another than its owner, approved or reviewed within plan_review_interval, and its
--- owner still engaged.
---@param plan record|nil
---@return boolean ok
---@return values|nil values
function checks.plan_in_force(plan) end

--- Whether a document on the topic is in force: published, approved by another than its owner, and approved or reviewed within
--- policy_review_interval. {why} tells what the nearest one lacks.
---@param topic string
---@param which string|table|record|nil a kind, kinds, or one document that it must be
---@return boolean ok
---@return values|nil values
function checks.policy_in_force(topic, which) end

--- Whether an asset is part of what runs in production: in use, nobody's own device, and not said to be for anything else.
---@param asset record|nil
---@return boolean
function checks.production(asset) end

--- The published documents on a topic, none of them published only after as_of.
---@param topic string
---@return table
function checks.published(topic) end

--- The rank of a classification level; nil where the word is none.
---@param text string|nil
---@return integer|nil
function checks.rank(text) end

--- Whether the newest of these records (by `field`, none after as_of) is no older than the interval.
---@param records any kind, collection or list
---@param field string
---@param d any duration: the interval
---@return boolean ok
---@return record|nil newest the newest record, recent or not
---@return values|nil values for the message
function checks.recent(records, field, d) end

--- Whether a person belongs to top management at a date, or reaches it by going from manager to manager in at most so many steps.
---@param person record|nil
---@param levels integer
---@param ... any the date
---@return boolean ok
---@return values|nil values
function checks.reports_up(person, levels, ...) end

--- Whether a review took place no longer ago than the interval; never where there was none.
---@param t any date of the latest review
---@param d any duration: the interval
---@return boolean ok
---@return values|nil values
function checks.reviewed_within(t, d) end

--- How much data of an asset, in time, may be lost at most, by the impact analyses.
---@param asset record|nil
---@return any duration
function checks.rpo(asset) end

--- How long it may take at most to have an asset back, by the impact analyses.
---@param asset record|nil
---@return any duration
function checks.rto(asset) end

--- Whether two are equal as words. Nothing equals nothing.
---@param a any
---@param b any
---@return boolean
function checks.same_name(a, b) end

--- Whether information of that level needs protection: the level ranks above the lowest one, or is not known. Without a scheme: every
--- level but "public".
---@param text string|nil
---@return boolean
function checks.sensitive(text) end

--- Whether an incident, event or notice is high or critical.
---@param record record|nil
---@return boolean
function checks.serious(record) end

--- 100 * part / whole; nil (with which no comparison holds) where the whole is 0.
---@param part any
---@param whole any
---@return number|nil
function checks.share(part, whole) end

--- The earliest (of durations the shortest, of numbers the least) of those that are filled; nil where none is.
---@param ... any
---@return any
function checks.shortest(...) end

--- Whether a text says something: enough words, no placeholder such as n/a, and not merely the record's own title or name.
---@param text any
---@param least integer|nil how many words; else the rule's min_words, else 4
---@param record record|nil the record that the text belongs to
---@return boolean ok
---@return values|nil values
function checks.substantive(text, least, record) end

--- Whether something was done within its time, or that time is not up yet. It does not ask that `to` comes after `from`.
---@param from any when the time began
---@param to any when it was done; empty while it is open
---@param d any duration: the time allowed
---@return boolean ok
---@return values|nil values
function checks.timely(from, to, d) end

--- The people who lead the organisation at a date: holders of that duty and the board; where no role has the duty (or no roles are
--- supplied) the board and those managers who have no manager. Where that is nobody, the check lacks evidence.
---@param ... any the date
---@return table
function checks.top_management(...) end

--- Whether a person holds privileged access, by the job or by an open account.
---@param person record|nil
---@return boolean
function checks.trusted(person) end

--- A list of words, and each further one whose flag is true: `with(params.topics, {"cloud", isms.organization.uses_cloud})`.
---@param list any
---@param ... table {word, flag}
---@return table
function checks.with(list, ...) end

--- as_of - d <= t <= as_of.
---@param t any date or time
---@param d any duration
---@return boolean ok
---@return values|nil values
function checks.within(t, d) end

--- A word as it is compared; nil for nothing.
---@param text any
---@return string|nil
function checks.word(text) end

--- Whether a word is one of a list of words.
---@param text any
---@param list any
---@return boolean
function checks.word_in(text, list) end

return checks
