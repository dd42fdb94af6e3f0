-- Every library function that rules have, with a known answer. The finding shows all the answers.
local answers = function()
  local t = { 3, 1, 2 }
  table.sort(t)
  table.insert(t, 4)
  table.move(t, 1, 2, 5)
  return {
    ("ab"):rep(3, "-"), ("AbC"):lower() .. ("AbC"):upper(), ("abc"):reverse(), ("abc"):sub(2), ("abc"):byte(2), ("x%d=%s"):format(1, "y"),
    ("key=value"):match("(%w+)=(%w+)"), ("hello"):gsub("l", "L"), ("hello"):find("l"), string.char(65, 66), #"abc",
    table.concat(t, ","), table.remove(t), table.unpack({ 7, 8 }), select("#", table.pack(1, nil, 3)), table.pack(1, nil, 3).n,
    math.floor(3.7), math.max(1, 5, 3), math.type(1), math.tointeger(3.0), math.pi // 1, utf8.char(228), utf8.len("äö"),
    re.test("abc", "^a.c$"), re.match("k=v", "(\\w)=(\\w)")[2], re.replace("aaa", "a", "b", 2), tostring(1.5), tonumber("0x10"),
    type(nil), rawequal(t, t), tostring(date "2026-01-31"), tostring(duration "90 d"),
  }
end

return rule "Z.1" {
  title = "The libraries answer as ever", intent = "Be a canary.", needs = { "people" },
  check "answers" {
    question = "What do the libraries answer?", tests = "operation", severity = "minor", weight = 1,
    over = function()
      local list = {}
      for i, answer in ipairs(answers()) do list[i] = { key = "answer " .. i, is = tostring(answer) } end
      return list
    end,
    expect = function(member) return false, { value = member.is } end,
    message = "{value}", remedy = "None.",
  },
}
