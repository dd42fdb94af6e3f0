---@meta _
-- What there is of Lua in rules, `re` and `sql`: nothing else exists there. Written by hand: editors, `:doc` and docs/reference/api.md read it;
-- a test holds it against what the engine offers. Indexing nil, and arithmetic with it, give nil; `<` and `<=` with nil are false.

--- Ends the rule with an error where the value is nil or false; else gives its arguments back.
---@generic T
---@param value T
---@param message? any
---@param ... any
---@return T
---@return any ...
function assert(value, message, ...) end

--- Ends the rule with an error: its result is `error`. Nothing in a rule can catch it.
---@param message any
---@param level? integer
function error(message, level) end

--- Goes through a list from 1 to the first nil.
---@generic T: table, V
---@param list T
---@return fun(list: V[], i?: integer): integer, V
---@return T
---@return integer
function ipairs(list) end

--- The key that follows in sorted order, and its value; nil behind the last.
---@generic K, V
---@param table table<K, V>
---@param key? K
---@return K|nil
---@return V|nil
function next(table, key) end

--- Goes through a table in the sorted order of its keys; through the fields of a record that are there; through a collection by position.
---@generic T: table, K, V
---@param table T
---@return fun(table: table<K, V>, key?: K): K, V
---@return T
function pairs(table) end

--- Whether two are the same, without asking their metatables.
---@param a any
---@param b any
---@return boolean
function rawequal(a, b) end

--- The arguments from the n-th on; with "#", how many there are.
---@param n integer|"#"
---@param ... any
---@return any ...
function select(n, ...) end

--- The rows that a query in SQL gives: every kind that the rule names in its `needs` is a table, its fields are columns. A row is a table
--- from column to value; NULL is nil; `_record` is the record itself, so rows can be members of a population. docs/sql.md says all about it.
--- ```lua
--- over = function(isms)
---   return sql("SELECT a._record AS record, p.end_date AS left_on FROM accounts a JOIN people p ON p.id = a.person_id WHERE p.end_date < ?", isms.as_of)
--- end,
--- ```
---@param text string one SELECT
---@param ... string|number|boolean|time|duration|record|nil a value for each `?`; a record stands for its key
---@return table<string, any>[]
function sql(text, ...) end

--- The number that a text is, or nil.
---@param value any
---@param base? integer
---@return number|nil
function tonumber(value, base) end

--- The text of a value. No addresses: a table is "table".
---@param value any
---@return string
function tostring(value) end

--- "nil", "number", "string", "boolean", "table", "function" or "userdata" (records, collections, times, durations).
---@param value any
---@return string
function type(value) end

--- The building blocks: `local checks = require "checks"`. Nothing else can be required.
---@param name "checks"
---@return checks
function require(name) end

--- Lua's texts. Patterns have a bound on their work; `rep` makes 16 MB at most; `format` shows no addresses.
---@class stringlib
string = {}

--- The codes of the bytes from i to j.
---@param s string|number
---@param i? integer
---@param j? integer
---@return integer ...
function string.byte(s, i, j) end

--- The text of these bytes.
---@param byte integer
---@param ... integer
---@return string
function string.char(byte, ...) end

--- First and last byte of the first match of a Lua pattern, and its captures; nil without one.
---@param s string|number
---@param pattern string|number
---@param init? integer
---@param plain? boolean look for the pattern as it is
---@return integer|nil first
---@return integer|nil last
---@return any ... captures
function string.find(s, pattern, init, plain) end

--- A text made by a template: `("%s has %d"):format(name, n)`.
---@param s string|number
---@param ... any
---@return string
function string.format(s, ...) end

--- Goes through the matches of a Lua pattern.
---@param s string|number
---@param pattern string|number
---@return fun(): string, ...
function string.gmatch(s, pattern) end

--- The text with matches replaced, and how many were.
---@param s string|number
---@param pattern string|number
---@param replacement string|number|table|function
---@param n? integer how many at most
---@return string
---@return integer
function string.gsub(s, pattern, replacement, n) end

--- How many bytes a text has.
---@param s string|number
---@return integer
function string.len(s) end

--- The text in small letters (A to Z).
---@param s string|number
---@return string
function string.lower(s) end

--- The captures of the first match of a Lua pattern, or the match; nil without one.
---@param s string|number
---@param pattern string|number
---@param init? integer
---@return any ...
function string.match(s, pattern, init) end

--- The text n times.
---@param s string|number
---@param n integer
---@param separator? string|number
---@return string
function string.rep(s, n, separator) end

--- The bytes from last to first.
---@param s string|number
---@return string
function string.reverse(s) end

--- The bytes from i to j; negative ones count from the end.
---@param s string|number
---@param i integer
---@param j? integer
---@return string
function string.sub(s, i, j) end

--- The text in capital letters (A to Z).
---@param s string|number
---@return string
function string.upper(s) end

--- Lua's lists.
---@class tablelib
table = {}

--- The items of a list as one text.
---@param list table
---@param separator? string|number
---@param i? integer
---@param j? integer
---@return string
function table.concat(list, separator, i, j) end

--- Puts an item at the end of a list, or at a place.
---@param list table
---@param place any the item, or its place with the item behind it
---@param item? any
function table.insert(list, place, item) end

--- Copies the items f to e to the place t on, of the list or another one.
---@param list table
---@param f integer
---@param e integer
---@param t integer
---@param into? table
---@return table
function table.move(list, f, e, t, into) end

--- The arguments as a list, with `n`.
---@param ... any
---@return table
function table.pack(...) end

--- Takes an item out of a list: the last, or that at a place.
---@param list table
---@param place? integer
---@return any
function table.remove(list, place) end

--- Sorts a list in place. The order of equal items is kept.
---@generic T
---@param list T[]
---@param less? fun(a: T, b: T): boolean
function table.sort(list, less) end

--- The items i to j of a list, one by one.
---@generic T
---@param list T[]
---@param i? integer
---@param j? integer
---@return T ...
function table.unpack(list, i, j) end

--- Lua's numbers; without chance.
---@class mathlib
---@field huge number infinity
---@field maxinteger integer the greatest integer
---@field mininteger integer the least integer
---@field pi number 3.14159…
math = {}

--- The number without its sign.
---@param x number
---@return number
function math.abs(x) end

--- The arc cosine, in radians.
---@param x number
---@return number
function math.acos(x) end

--- The arc sine, in radians.
---@param x number
---@return number
function math.asin(x) end

--- The arc tangent of y / x, in radians.
---@param y number
---@param x? number
---@return number
function math.atan(y, x) end

--- The least integer that is not below x.
---@param x number
---@return integer
function math.ceil(x) end

--- The cosine.
---@param x number
---@return number
function math.cos(x) end

--- Radians as degrees.
---@param x number
---@return number
function math.deg(x) end

--- e to the power of x.
---@param x number
---@return number
function math.exp(x) end

--- The greatest integer that is not above x.
---@param x number
---@return integer
function math.floor(x) end

--- The remainder of x / y, rounded towards zero.
---@param x number
---@param y number
---@return number
function math.fmod(x, y) end

--- The logarithm, natural or to a base.
---@param x number
---@param base? number
---@return number
function math.log(x, base) end

--- The greatest of the numbers.
---@param x number
---@param ... number
---@return number
function math.max(x, ...) end

--- The least of the numbers.
---@param x number
---@param ... number
---@return number
function math.min(x, ...) end

--- The whole part and the fraction of a number.
---@param x number
---@return integer
---@return number
function math.modf(x) end

--- Degrees as radians.
---@param x number
---@return number
function math.rad(x) end

--- The sine.
---@param x number
---@return number
function math.sin(x) end

--- The square root.
---@param x number
---@return number
function math.sqrt(x) end

--- The tangent.
---@param x number
---@return number
function math.tan(x) end

--- The integer that a number is, or nil.
---@param x any
---@return integer|nil
function math.tointeger(x) end

--- "integer", "float", or nil for what is no number.
---@param x any
---@return string|nil
function math.type(x) end

--- Whether one integer is below another, both without sign.
---@param a integer
---@param b integer
---@return boolean
function math.ult(a, b) end

--- Texts as characters of UTF-8.
---@class utf8lib
---@field charpattern string the Lua pattern of one character
utf8 = {}

--- The text of these characters.
---@param code integer
---@param ... integer
---@return string
function utf8.char(code, ...) end

--- The codes of the characters that begin in the bytes i to j.
---@param s string
---@param i? integer
---@param j? integer
---@param lax? boolean
---@return integer ...
function utf8.codepoint(s, i, j, lax) end

--- Goes through the characters: place and code.
---@param s string
---@param lax? boolean
---@return fun(s: string, place: integer): integer, integer
function utf8.codes(s, lax) end

--- How many characters a text has; nil and the place of the first broken byte where it is no UTF-8.
---@param s string
---@param i? integer
---@param j? integer
---@param lax? boolean
---@return integer|nil
---@return integer|nil
function utf8.len(s, i, j, lax) end

--- The place where the n-th character begins.
---@param s string
---@param n integer
---@param i? integer
---@return integer|nil
function utf8.offset(s, n, i) end

--- Regular expressions: PCRE2 with limits (`assay list limits`). A limit that is met is an error that names it, never "no match". What is
--- absent matches nothing.
---@class relib
re = {}

--- Whether the pattern matches somewhere in the text.
--- ```lua
--- re.test(account.username, "^svc-")
--- ```
---@param subject string|nil
---@param pattern string
---@return boolean
function re.test(subject, pattern) end

--- The groups of the first match: `[0]` is the whole, then by number and by name; nil without one.
--- ```lua
--- re.match(document.title, "(?<year>\\d{4})").year
--- ```
---@param subject string|nil
---@param pattern string
---@return table|nil
function re.match(subject, pattern) end

--- First and last byte of the first match from `init` on, and its groups; nil without one.
---@param subject string|nil
---@param pattern string
---@param init? integer
---@return integer|nil first
---@return integer|nil last
---@return table|nil groups
function re.find(subject, pattern, init) end

--- Goes through all matches: the groups of each.
---@param subject string|nil
---@param pattern string
---@return fun(): table
function re.gmatch(subject, pattern) end

--- The text with matches replaced, and how many were. `$1`, `${name}` and `$$` in the replacement; or a function of the groups.
---@param subject string|nil
---@param pattern string
---@param replacement string|fun(groups: table): string|number
---@param max? integer how many at most
---@return string|nil
---@return integer|nil
function re.replace(subject, pattern, replacement, max) end

--- A pattern that matches just this text.
---@param text string
---@return string
function re.escape(text) end
