/* Records, lists, collections and isms in Lua, and the log of reads. */
#include "script_fixture.h"

/* A model that all pieces look at: `with(function(isms) … end)`. */
#define MODEL                                                                                                         \
  "local function with(fn, change)\n"                                                                                 \
  "  local spec = { as_of = '2026-06-30', organization = { uses_cloud = true }, documents = {\n"                      \
  "    { kind = 'people', path = 'hr.csv', collected_at = '2026-06-20', source = 'hr', records = {\n"                 \
  "      { id = 'ann', name = 'Ann', start_date = '2020-01-01' },\n"                                                  \
  "      { id = 'bob', name = 'Bob', manager_id = 'ann', start_date = '2021-01-01', end_date = '2026-06-01' },\n"     \
  "      { id = 'eve', name = 'Eve', manager_id = 'bob', end_date = '2026-09-01' } } },\n"                            \
  "    { kind = 'accounts', path = 'idp.yaml', text = [[\n"                                                           \
  "- {id: a1, system: crm, person_id: ann, status: active, mfa: true, logins: 3, score: 1.5, share: 50, created_at: 2026-01-01T10:00:00Z, reviewed_at: 2026-03-01, limit: 4 h, tags: [x, y], approvers: [ann, bob]}\n" \
  "- {id: a2, system: crm, person_id: bob, owner: ann, status: disabled, mfa: false, logins: 5, score: 0.5, reviewed_at: 2026-02-01, limit: 1 d, tags: [y], approvers: [gone, eve]}\n" \
  "- {id: a3, system: erp, person_id: gone, owner: nobody, status: active, logins: 3, created_at: 2026-07-02T00:00:00Z, approvers: [gone]}\n" \
  "- {id: a4, system: crm, status: locked, mfa: true, reviewed_at: 2026-03-01, limit: 24 h, asset_ids: [s1, s2]}\n"    \
  "]] },\n"                                                                                                           \
  "    { kind = 'visits', path = 'v.csv', records = { { person_id = 'ann', at = '2026-05-01' }, { person_id = 'bob', at = '2026-08-01', next_due_at = '2027-01-01' } } },\n" \
  "  } }\n"                                                                                                           \
  "  if change then change(spec) end\n"                                                                               \
  "  local out = table.pack(engine.with_model(spec, fn)) return table.unpack(out, 1, out.n)\n"                        \
  "end\n"                                                                                                             \
  "local function ids(c) local t = {} for r in c:each() do t[#t + 1] = r.id end return table.concat(t, ' ') end\n"

#define RUN(body) fixture_run(*state, MODEL "with(function(isms) local c = isms.accounts\n" body "\nend)")

static void fields(void **state) {
  RUN("local a, b, d = c.a1, c.a2, c.a3\n"
      "eq(a.id, 'a1') eq(a.mfa, true) eq(b.mfa, false) eq(d.mfa, nil) eq(a.logins, 3) eq(math.type(a.logins), 'integer') eq(a.score, 1.5) eq(a.share, 50.0) eq(tostring(a.created_at), '2026-01-01T10:00:00Z') eq(tostring(a.reviewed_at), '2026-03-01') eq(tostring(a.limit), '4 hours') eq(a.note, nil)\n"
      "eq(a.person.name, 'Ann') eq(a.person_id, 'ann') eq(b.owner.id, 'ann') eq(b.owner_id, 'ann') eq(b.person.manager.name, 'Ann') eq(d.person, nil) eq(d.person_id, 'gone') eq(d.owner, nil) eq(d.owner_id, 'nobody') eq(d.person.manager.name, nil)\n"
      "assert(a.person == isms.people.ann and rawequal(a.person, b.owner) and a ~= b) local set = { [a] = 1 } eq(set[c[1]], 1) eq(set[b], nil) eq(type(a), 'userdata') eq(engine.is(a), 'record')\n"
      "fails(function() return a.usrname end, 'accounts has no field `usrname`') fails(function() return a.sytem end, 'm1.lua:26: accounts has no field `sytem`; did you mean `system`?') fails(function() return a.persn end, 'did you mean `person`?') fails(function() return a[1] end, 'fields with names')\n"
      "fails(function() a.id = 'x' end, 'records cannot be changed (writing `id`)') fails(function() return a < b end, 'attempt to compare') fails(function() return #a end, 'get length')\n"
      "eq(tostring(a), 'accounts a1') eq(tostring(isms.visits[2]), 'visits v.csv:2') local f = {} for k, v in pairs(b) do f[#f + 1] = k .. '=' .. tostring(v) end\n"
      "eq(table.concat(f, ' '), 'approvers=people eve id=a2 limit=1 day logins=5 mfa=false owner=people ann person_id=bob reviewed_at=2026-02-01 score=0.5 status=disabled system=crm tags=y')");
}

static void origins(void **state) {
  RUN("local o = engine.origin(isms.people.bob) eq(o.kind, 'people') eq(o.key, 'bob') eq(o.document, 'hr.csv') eq(o.line, 2) eq(tostring(o.collected_at), '2026-06-20') eq(o.source, 'hr')\n"
      "o = engine.origin(isms.visits[1]) eq(o.key, nil) eq(o.line, 1) eq(o.collected_at, nil) eq(engine.origin(c.a2).line, 2) fails(function() engine.origin({}) end, 'record expected, got table') fails(function() engine.origin(engine.null) end, 'record expected')");
}

static void lists(void **state) {
  RUN("local t = c.a1.tags eq(#t, 2) eq(t[1], 'x') eq(t[3], nil) eq(t[0], nil) eq(list(t), 'x y') eq(table.concat(t, '+'), 'x+y') eq(select('#', table.unpack(t)), 2) eq(tostring(t), 'x, y') eq(engine.is(t), 'list') eq(c.a3.tags, nil)\n"
      "local n = 0 for i, v in pairs(t) do n = n + i end eq(n, 3) fails(function() t[1] = 'z' end, 'cannot be changed') fails(function() return t.x end, 'numbers from 1') fails(function() table.insert(t, 'z') end, 'cannot be changed')\n"
      "eq(list(c.a1.approvers), 'people ann people bob') eq(list(c.a2.approvers), 'people eve') eq(#c.a3.approvers, 0) assert(c.a1.approvers[1] == isms.people.ann)");
}

static void list_keys(void **state) {
  RUN("eq(list(c.a4.asset_ids), 's1 s2') eq(#c.a4.assets, 0)");
}

static void collections(void **state) {
  RUN("eq(#c, 4) eq(c[1].id, 'a1') eq(c[5], nil) eq(c[0], nil) eq(c['a2'].id, 'a2') eq(c.nope, nil) eq(c.kind, 'accounts') eq(c.supplied, true) eq(isms.assets.supplied, false) eq(#isms.assets, 0) eq(tostring(c), '4 accounts') eq(engine.is(c), 'collection')\n"
      "eq(tostring(isms.people.collected_at), '2026-06-20') eq(tostring(c.collected_at), '2026-06-30') assert(rawequal(c, isms.accounts)) eq(ids(c), 'a1 a2 a3 a4') local n = 0 for i, r in ipairs(c) do n = n + i end eq(n, 10) for i, r in pairs(c) do assert(c[i] == r) end\n"
      "fails(function() c.x = 1 end, 'cannot be changed') fails(function() c[1] = 1 end, 'cannot be changed') fails(function() return c[{}] end, 'by number or by key') fails(function() return isms.visits.frist end, 'visits have no key, and collections no method `frist`; did you mean `first`?')\n"
      "fails(function() c.where{} end, 'call it as c:method') eq(#isms.organization.name, 4) eq(isms.organization.uses_cloud, true)");
}

static void filters(void **state) {
  RUN("eq(ids(c:where{ status = 'active' }), 'a1 a3') eq(ids(c:where{ system = 'crm', mfa = true }), 'a1 a4') eq(ids(c:where{ status = { 'active', 'locked' } }), 'a1 a3 a4') eq(ids(c:where{ system = 'nope' }), '') eq(ids(c:where{ system = 'crm' }:where{ status = 'locked' }), 'a4')\n"
      "eq(ids(c:where{ logins = 3 }), 'a1 a3') eq(ids(c:where{ logins = 3.0 }), 'a1 a3') eq(ids(c:where{ logins = 3.5 }), '') eq(ids(c:where{ score = 1.5 }), 'a1') eq(ids(c:where{ share = 50 }), 'a1') eq(ids(c:where{ mfa = false }), 'a2')\n"
      "eq(ids(c:where{ reviewed_at = date '2026-03-01' }), 'a1 a4') eq(ids(c:where{ reviewed_at = '2026-02-01' }), 'a2') eq(ids(c:where{ created_at = '2026-01-01' }), 'a1') eq(ids(c:where{ limit = '1 d' }), 'a2 a4') eq(ids(c:where{ limit = duration '4 h' }), 'a1')\n"
      "eq(ids(c:where{ person = isms.people.ann }), 'a1') eq(ids(c:where{ person_id = 'gone' }), 'a3') eq(ids(c:where{ person = 'gone' }), '') eq(ids(c:where{ person = 'bob' }), 'a2') eq(ids(c:where{ owner_id = 'nobody' }), 'a3') eq(ids(c:where{ owner = { isms.people.ann, isms.people.bob } }), 'a2') eq(ids(c:where{ person = isms.people }), 'a1 a2')\n"
      "eq(ids(c:where{ tags = 'y' }), 'a1 a2') eq(ids(c:where{ tags = { 'x', 'q' } }), 'a1') eq(ids(c:where{ approvers = isms.people.eve }), 'a2') eq(ids(c:where{ approvers = 'gone' }), '') eq(ids(c:where{ tags = 'y', status = 'disabled' }), 'a2') eq(ids(c:where{ asset_ids = 's1' }), 'a4')\n"
      "eq(ids(c:where(function(a) return a.logins > 3 end)), 'a2') eq(ids(c:where{ status = c.a1.tags and 'active', person = isms.people.ann }), 'a1') local absent eq(ids(c:where{ owner = absent }), '') eq(ids(c:where{ tags = {} }), '')\n"
      "eq(c:where{ status = 'active' }.a3.id, 'a3') eq(c:where{ status = 'active' }.a2, nil) eq(c:sort_by('logins').a2.id, 'a2') eq(#c:where{ system = 'crm' }:sort_by('id'):where{ status = 'active' }, 1)\n"
      "fails(function() c:where{ status = 'activ' } end, 'accounts.status has no word `activ`; did you mean `active`?') fails(function() c:where{ mfa = 'yes' } end, 'where: accounts.mfa is a boolean, and is compared with a string') fails(function() c:where{ sytem = 1, zz = 2 } end, 'accounts has no field `sytem`')\n"
      "fails(function() c:where{ 'x' } end, 'has fields, not a list') fails(function() c:where('x') end, 'where takes a table of fields or a function, not a string') fails(function() c:where() end, 'not a nil') fails(function() c:where{ reviewed_at = 'soon' } end, 'is a date, and') fails(function() c:where{ person = isms.accounts.a1 and 5 } end, 'is a reference')");
}

static void questions(void **state) {
  RUN("eq(c:first().id, 'a1') eq(c:first{ status = 'locked' }.id, 'a4') eq(c:first(function(a) return a.logins == 5 end).id, 'a2') eq(c:first{ system = 'x' }, nil) eq(c:any(), true) eq(isms.assets:any(), false) eq(c:any{ mfa = false }, true) eq(c:any(function() return nil end), false)\n"
      "eq(c:all{ system = 'crm' }, false) eq(c:where{ system = 'crm' }:all{ system = 'crm' }, true) eq(isms.assets:all{ id = 'x' }, true) eq(c:count(), 4) eq(c:count{ status = 'active' }, 2) eq(c:count(function(a) return a.mfa end), 2)\n"
      "eq(table.concat(c:map('id'), ' '), 'a1 a2 a3 a4') eq(table.concat(c:map(function(a) return a.logins end), ' '), '3 5 3') eq(#c:map('person'), 2) fails(function() c:map('x') end, 'has no field') fails(function() c:all() end, 'takes a table')\n"
      "fails(function() c:where(function(a) error('inside') end) end, 'inside') eq(ids(c:where(function(a) return #c:where(function(b) return b.system == a.system end) > 1 end)), 'a1 a2 a4')");
}

static void values(void **state) {
  RUN("eq(c:sum('logins'), 11) eq(math.type(c:sum('logins')), 'integer') eq(c:sum('score'), 2.0) eq(tostring(c:sum('limit')), '52 hours') eq(c:sum(function(a) return a.mfa and 1 or 0 end), 2) eq(isms.assets:sum('name'), 0) fails(function() c:sum('system') end, 'a text cannot be added')\n"
      "eq(c:min('logins'), 3) eq(c:max('logins'), 5) eq(tostring(c:min('reviewed_at')), '2026-02-01') eq(tostring(c:max('limit')), '1 day') eq(c:min('system'), 'crm') eq(isms.assets:max('id'), nil) eq(c:max(function(a) return a.id .. 'x' end), 'a4x') fails(function() c:max(function(a) return a.logins or a.id end) end, 'have no order')\n"
      "eq(c:newest('reviewed_at').id, 'a4') eq(c:newest('created_at').id, 'a1') eq(isms.visits:newest('at').person_id, 'ann') eq(isms.assets:newest(function() end), nil) fails(function() c:newest('logins') end, 'is no time')\n"
      "eq(ids(c:sort_by('logins')), 'a1 a3 a2 a4') eq(ids(c:sort_by('reviewed_at')), 'a2 a1 a4 a3') eq(ids(c:sort_by(function(a) return a.system .. a.status end)), 'a1 a2 a4 a3') eq(ids(c:sort_by('mfa')), 'a2 a1 a4 a3') eq(#isms.assets:sort_by('id'), 0) fails(function() c:sort_by(function(a) return a.logins or 'x' end) end, 'have no order')\n"
      "local g = c:group_by('system') eq(#g, 2) eq(g[1].key, 'crm') eq(ids(g[1].members), 'a1 a2 a4') eq(g[2].key, 'erp') g = c:group_by('person') eq(#g, 2) assert(g[1].key == isms.people.ann) g = c:group_by('reviewed_at') eq(#g, 2) eq(ids(g[1].members), 'a1 a4') eq(tostring(g[1].key), '2026-03-01') eq(#c:group_by(function(a) return a.logins end), 2)\n"
      "local i = c:index_by('system') eq(i.crm.id, 'a1') eq(i.erp.id, 'a3') eq(c:index_by('reviewed_at')['2026-03-01'].id, 'a1') eq(c:index_by('person')[isms.people.bob].id, 'a2') eq(table.concat(c:unique('system'), ' '), 'crm erp') eq(list(c:unique('limit')), '4 hours 1 day') eq(#c:unique('mfa'), 2)\n"
      "eq(c:get('a1'), c['a1']) eq(c:get('where'), nil) eq(c:get(nil), nil) eq(type(c['where']), 'function') fails(function() c:get(1) end, 'a key is a text')\n"
      "fails(function() c:group_by('tags') end, 'group_by: accounts.tags is a list') fails(function() c:group_by(function() return {} end) end, 'the function gives a table') fails(function() c:min() end, 'min takes the name of a field or a function')");
}

static void made_collections(void **state) {
  RUN("local m = engine.collection('accounts', { c.a3, c.a1 }) eq(ids(m), 'a3 a1') eq(m.a1.id, 'a1') eq(m.a2, nil) eq(#engine.collection('accounts', {}), 0) eq(ids(engine.collection('people', c.a1.approvers)), 'ann bob') eq(ids(engine.collection('accounts', c)), 'a1 a2 a3 a4')\n"
      "fails(function() engine.collection('accounts', { c.a1, isms.people.ann }) end, 'element 2 is no record of accounts') fails(function() engine.collection('acounts', {}) end, 'did you mean `accounts`?')");
}

static void the_isms(void **state) {
  RUN("eq(tostring(isms.as_of), '2026-06-30') assert(rawequal(isms, engine.isms())) fails(function() return isms.acounts end, 'isms has no kind `acounts`; did you mean `accounts`?') fails(function() isms.x = 1 end, 'cannot be changed') fails(function() for k in pairs(isms) do end end, 'cannot be gone through')\n"
      "engine.needs { 'people' } eq(#isms.people, 3) eq(isms.organization.uses_cloud, true) eq(c.a1.person.name, 'Ann') fails(function() return isms.accounts end, 'isms.accounts: the rule does not name `accounts` in its needs') engine.needs(nil) eq(#isms.accounts, 4) fails(function() engine.needs { 'peple' } end, 'did you mean `people`?')\n"
      "eq(#isms.catalog.controls, 0) engine.catalog { { id = 'A.5.1', title = 'T', kind = 'control', theme = 'organizational' }, { id = '4.1', kind = 'clause' }, { id = 'X.1' } } eq(isms.catalog['A.5.1'].title, 'T') eq(#isms.catalog.controls, 2) eq(isms.catalog.clauses[1].id, '4.1') eq(isms.catalog['A.9'], nil) fails(function() isms.catalog['A.5.1'].title = 'x' end, 'read-only')");
}

static void log_of_reads(void **state) {
  RUN("local a, d = c.a1, c.a3 engine.watch(a) eq(#engine.reads(), 0) local _ = a.mfa, a.note, a.mfa, a.person.name, d.person, d.owner_id\n"
      "local r = engine.reads() local t = {} for i, x in ipairs(r) do t[i] = x.record.id .. '.' .. x.field .. '=' .. tostring(x.value) .. (x.absent and ' absent' or '') .. (x.dangling and ' dangling' or '') .. (x.future and ' future' or '') end\n"
      "eq(table.concat(t, '; '), 'a1.mfa=true; a1.note=nil absent; a1.person_id=people ann; ann.name=Ann; a3.person_id=gone dangling; a3.owner=nobody') engine.mark() eq(#engine.reads(), 0) eq(engine.future(), nil)\n"
      "local _ = d.created_at eq(engine.future(), nil) engine.watch(d) eq(engine.future(), nil) _ = d.logins eq(engine.future(), nil) _ = d.created_at eq(engine.future(), 'created_at') eq(engine.reads()[2].future, true) engine.mark() eq(engine.future(), nil)\n"
      "local v = isms.visits[2] engine.watch(v) _ = v.next_due_at eq(engine.future(), nil) _ = v.at eq(engine.future(), 'at') engine.watch(nil) _ = v.at eq(engine.future(), nil) eq(engine.peek(d, 'owner'), nil) eq(engine.peek(d, 'owner_id'), 'nobody') eq(#engine.reads(), 1) fails(function() engine.peek(d, 'ownr') end, 'did you mean')\n"
      "engine.mark() for _ = 1, 1000 do _ = d.id, d.logins end eq(#engine.reads(), 2) engine.mark() _ = d.approvers, c.a2.approvers r = engine.reads() eq(r[1].dangling, true) eq(r[1].value, 'gone') eq(r[2].dangling, false)\n"
      "engine.mark() _ = c.a2.owner_id, c.a2.owner eq(#engine.reads(), 1) eq(tostring(engine.reads()[1].value), 'people ann')");
}

static void many_reads(void **state) {
  fixture_run(*state,
              "local records = {} for i = 1, 200 do records[i] = { id = 'p' .. i, name = 'N' } end\n"
              "engine.with_model({ as_of = '2026-01-01', documents = { { kind = 'people', records = records } } }, function(isms)\n"
              "  for _ = 1, 3 do for p in isms.people:each() do local _ = p.name, p.id end end local r = engine.reads() eq(#r, 64) eq(r[64].record.id, 'p32') eq(r[1].field, 'name')\n"
              "end)");
}

static void unsupplied(void **state) {
  RUN("eq(#engine.unsupplied(), 0) local _ = isms.assets, isms.assets.supplied, isms.assets.kind, isms.people.supplied eq(#engine.unsupplied(), 0) _ = #isms.assets eq(table.concat(engine.unsupplied(), ' '), 'assets') engine.watch(c.a1) engine.mark() eq(#engine.unsupplied(), 1) engine.mark_kinds() eq(#engine.unsupplied(), 0)\n"
      "for _, f in ipairs { function() return isms.assets[1] end, function() return isms.assets.x end, function() return isms.assets:any() end, function() for _ in isms.assets:each() do end end, function() return isms.assets:where{ name = 'x' } end, function() return isms.assets:sum('name') end, function() return c.a4.assets end } do engine.mark_kinds() f() eq(#engine.unsupplied(), 1) end\n"
      "engine.mark_kinds() _ = c.a4.asset_ids, c.a1.assets, c.a1.person, isms.organization eq(#engine.unsupplied(), 0)");
  fixture_run(*state, MODEL "with(function(isms) eq(isms.organization, nil) eq(isms.organization.uses_cloud, nil) eq(isms.accounts.a1.person, nil) eq(isms.accounts.a1.person_id, 'ann') eq(table.concat(engine.unsupplied(), ' '), 'organization people') end,\n"
              "  function(spec) spec.organization = nil table.remove(spec.documents, 1) end)\n"
              "with(function(isms) eq(isms.people.supplied, false) eq(#isms.people, 3) eq(isms.accounts.a1.person.name, 'Ann') eq(engine.unsupplied()[1], 'people') end, function(spec) spec.documents[1].readable = false end)");
}

static void models_come_and_go(void **state) {
  fixture *f = *state;
  fixture_run(f, MODEL
              "local kept = {} with(function(isms) kept.r, kept.l, kept.c, kept.i, kept.e = isms.accounts.a1, isms.accounts.a1.tags, isms.accounts, isms, isms.accounts:each()\n"
              "  with(function(inner) fails(function() return kept.r.id end, 'not shown any more') assert(inner ~= isms) eq(inner.accounts.a2.id, 'a2') end)\n"
              "  eq(kept.r.id, 'a1') eq(#kept.c, 4) eq(#isms.accounts, 4) fails(function() with(function() error('inner') end) end, 'inner') eq(kept.r.id, 'a1') eq(isms.accounts.a2.id, 'a2') end)\n"
              "eq(engine.isms(), nil) for _, x in ipairs { function() return kept.r.id end, function() return kept.l[1] end, function() return #kept.c end, function() return kept.i.people end, kept.e, function() return kept.c.a1 end, function() for _ in pairs(kept.r) do end end } do fails(x, 'not shown any more') end\n"
              "eq(tostring(kept.r), 'record of another bundle') fails(function() engine.needs {} end, 'no bundle') fails(function() engine.watch(kept.r) end, 'not shown any more')\n"
              "local d, a, b = with(function() return 1, nil end) eq(#d > 0, true) eq(a, 1) eq(d[1].severity, 'warning') assert(d[1].message:find('gone') or d[1].message:find('nobody'))");
  fixture_run(f,
              "fails(function() engine.with_model({}, function() end) end, 'as_of is missing') fails(function() engine.with_model({ as_of = 'x' }, function() end) end, 'as_of is no date')\n"
              "fails(function() engine.with_model({ as_of = '2026-01-01', documents = { { kind = 'peeple' } } }, function() end) end, 'did you mean `people`?')\n"
              "local d = engine.with_model({ as_of = '2026-01-01', documents = { { kind = 'people', text = '- {id: 1' }, { kind = 'accounts', records = { { id = 'x' } } } } }, function(isms) eq(#isms.people, 0) eq(isms.people.supplied, false) eq(#isms.accounts, 0) end)\n"
              "local errors = 0 for _, x in ipairs(d) do if x.severity == 'error' then errors = errors + 1 end end assert(errors >= 2)\n"
              "engine.with_model({ as_of = '2026-01-01', documents = { { kind = 'people', text = 'ann: {name: Ann}\\nbob: {name: Bob}' }, { kind = 'assets', text = 'kind: assets\\nrecords:\\n  - {id: s}' } } }, function(isms) eq(#isms.people, 2) eq(isms.people.bob.name, 'Bob') eq(#isms.assets, 1) end)");
}

static void a_bundle_from_c(void **state) {
  fixture *f = *state;
  as_model *model = as_model_new(f->arena, f->intern, f->kinds);
  const as_kind *people = as_kinds_find(f->kinds, AS_STR("people"));
  as_document *document = as_model_add_document(model, "people.yaml");
  document->kind = people;
  document->readable = true;
  as_node *node = as_node_new(f->arena, AS_MAP);
  as_node_put(f->arena, node, "id", as_node_text(f->arena, AS_STR("ann")));
  as_node_put(f->arena, node, "name", as_node_text(f->arena, AS_STR("Ann")));
  as_model_add_record(model, document, people, node, f->diags);
  as_time as_of;
  assert_true(as_date_parse(AS_STR("2026-06-30"), &as_of));
  as_model_seal(model, as_of, f->diags);
  as_bundle bundle = {.model = model, .name = "b", .as_of = as_of};
  as_script_set_bundle(f->script, &bundle, f->kinds);
  fixture_run(f, "local t = require 't' t.kept = engine.isms().people.ann eq(t.kept.name, 'Ann') eq(tostring(engine.isms().as_of), '2026-06-30')");
  as_script_set_bundle(f->script, &bundle, f->kinds);
  fixture_run(f, "eq(engine.isms().people.ann.name, 'Ann') fails(function() return require('t').kept.name end, 'not shown any more')");
  as_script_set_bundle(f->script, NULL, f->kinds);
  fixture_run(f, "eq(engine.isms(), nil)");
  as_model_free(model);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
  const struct CMUnitTest tests[] = {
      TEST(fields), TEST(origins), TEST(lists), TEST(list_keys), TEST(collections), TEST(filters), TEST(questions), TEST(values),
      TEST(made_collections), TEST(the_isms), TEST(log_of_reads), TEST(many_reads), TEST(unsupplied), TEST(models_come_and_go), TEST(a_bundle_from_c),
  };
  return cmocka_run_group_tests_name("script_views", tests, NULL, NULL);
}
