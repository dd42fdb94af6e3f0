-- Loading packs: discovery, tailoring, broken rules, selection, params, settings. Run from the project's root.

local listing = require "listing"
local packs = require "packs"

local SHOP = { path = "tests/samples/packs/shop", trusted = true }
local TAILORING = { path = "tests/samples/packs/tailoring" }

local function load(more)
  local argument = { paths = { SHOP } }
  for name, value in pairs(more or {}) do argument[name] = value end
  return packs.load(argument)
end

local function ids_of(list)
  local out = {}
  for i, one in ipairs(list) do out[i] = one.id end
  return table.concat(out, " ")
end

local tests = {}

function tests.rules_are_found_by_walking(t)
  local answer = load()
  t.equal(ids_of(answer.rules), "A.5.18 SHOP.1")
  t.equal(table.concat(answer.catalog, " "), "A.5.18 A.5.9 SHOP.1 SHOP.2")
  t.equal(answer.errors, 0)
  t.equal(answer.rules[2].path, "own/shop_1_tills.lua")
  t.equal(answer.rules[2].phase, "control")
  t.equal(answer.rules[2].theme, "own")
  t.equal(answer.rules[2].needs[1], "assets")
  t.equal(#answer.rules[2].sha256, 64)
  t.equal(answer.packs[1].name, "shop")
  t.equal(answer.packs[1].version, "1.2.0")
end

function tests.a_broken_rule_costs_its_own_requirement_only(t)
  local answer = load()
  t.equal(ids_of(answer.unjudged), "A.5.9 SHOP.2")
  t.equal(answer.unjudged[1].status, "error")
  t.is_true(answer.unjudged[1].reason:find("a_5_9_broken.lua", 1, true) ~= nil)
  t.equal(answer.unjudged[2].status, "not_evaluated")
  t.equal(answer.unjudged[2].reason, "no rule for it")
  t.equal(packs.rule("A.5.9").rule, nil)
end

function tests.selection(t)
  local answer = load { select = { "SHOP.*" } }
  t.equal(ids_of(answer.rules), "SHOP.1")
  t.equal(#answer.unjudged, 3)
  t.equal(answer.unjudged[1].reason, "not selected")
  t.equal(answer.unjudged[1].selected, false)
  t.equal(load({ select = { "A.7.*" } }).errors, 1)
end

function tests.params(t)
  local answer = load { params = { "A.5.18.revoke_within=4h", "SHOP.1.tills=7" } }
  t.equal(answer.errors, 0)
  t.equal(packs.rule("SHOP.1").params.tills, 7)
  t.equal(packs.rule("SHOP.1").origins.tills, "--param")
  t.equal(packs.rule("SHOP.1").origins.lookback, "rule")
  t.equal(answer.params["A.5.18.revoke_within"], "4 hours")
  t.equal(answer.params["SHOP.1.lookback"], nil)
  for _, wrong in ipairs { "A.5.18.revoke_withn=4h", "A.5.81.revoke_within=4h", "A.5.18.revoke_within=soon", "nonsense", "SHOP.1.tills" } do
    t.equal(load({ params = { wrong } }).errors, 1)
  end
end

function tests.tailoring_extends_without_copying(t)
  local plain_rule = load().rules[1]
  local answer = load { paths = { SHOP, TAILORING } }
  t.equal(answer.errors, 0)
  local mine = packs.rule("A.5.18")
  t.equal(#mine.rule.checks, 2)
  t.equal(mine.texts.revoke_within, "4 hours")
  t.equal(mine.origins.revoke_within, "tailoring/stricter.lua")
  t.equal(mine.checks.owned, "tailoring/stricter.lua")
  t.is_true(answer.rules[1].sha256 ~= plain_rule.sha256)
  t.equal(answer.rules[1].trusted, false)
  local turned = load { paths = { TAILORING, SHOP } }
  t.equal(turned.errors, 0)
  t.equal(turned.rules[1].sha256, answer.rules[1].sha256)
end

function tests.settings(t)
  local answer = load { config_path = "tests/samples/packs/assay.yaml" }
  t.equal(answer.errors, 0)
  t.equal(packs.rule("SHOP.1").params.tills, 5)
  t.equal(packs.rule("SHOP.1").origins.tills, "assay.yaml")
  t.equal(answer.params["risk.cap"], "0.7")
  t.equal(answer.config.kinds[1], "tests/samples/packs/kinds")
  t.equal(answer.packs[2].path, "tests/samples/packs/tailoring")
  t.equal(answer.packs[2].trusted, true)
  t.equal(packs.settings().risk.params.cap, 0.7)
end

function tests.what_is_wrong_with_packs_is_an_error(t)
  t.is_true(load({ paths = { { path = "tests/samples/packs/wrong" } } }).errors > 0)
  t.is_true(load({ paths = { { path = "tests/samples/packs/none" } } }).errors > 0)
  t.equal(load({ paths = { SHOP, { path = "tests/samples/packs/shop/" } } }).errors, 0)
end

function tests.the_shipped_pack_loads(t)
  local answer = packs.load { paths = { { path = "rules/iso27001", trusted = true } } }
  t.equal(answer.errors, 0)
  t.equal(#answer.catalog, 123)
  t.equal(#answer.rules + #answer.unjudged, 123)
  for _, one in ipairs(answer.unjudged) do t.equal(one.status, "not_evaluated") end
end

function tests.listings(t)
  load { paths = { SHOP, TAILORING } }
  local params = listing.list { what = "params", effective = true, width = 100 }
  t.equal(#params.rows, 3)
  t.equal(params.rows[1].param, "A.5.18.revoke_within")
  t.equal(params.rows[1].from, "tailoring/stricter.lua:2")
  t.equal(params.rows[3].value, "3 tills")
  local rules = listing.list { what = "rules", width = 100 }
  t.equal(#rules.rows, 3)
  t.is_true(rules.text:find("broken", 1, true) ~= nil)
  t.equal(#listing.list({ what = "requirements" }).rows, 4)
  t.is_true(#listing.list({ what = "kinds" }).rows > 0)
  t.is_true(#listing.list({ what = "formats" }).rows > 0)
  t.equal(#listing.list({ what = "rulez" }).rows, 0)
end

return tests
