-- P4 same: pass
local groups = isms.people:group_by("kind")
groups[1], groups.canary = nil, "dead"
local index = isms.people:index_by("id")
index.ann = nil
local list = isms.people:map("name")
list[1] = "dead"
return isms.people["ann"] ~= nil and isms.people:group_by("kind")[1] ~= nil and isms.people:map("name")[1] == "Ann Ash"
