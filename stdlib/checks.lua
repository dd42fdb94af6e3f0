-- The building blocks: names with an exact meaning that rules use, all in one read-only table. They work on values (records,
-- dates, texts) and take what else they need from the check that is being judged: as_of, the rule's params, the bundle.
-- Each is explained where it stands: checks_dates, _words, _people, _documents, _registers, _access, _operations.

return require("checks_all").table
