local function work()
    local parts = {}
    for i = 0, 299999 do parts[#parts + 1] = ("n" .. i):upper() end
    return #table.concat(parts, ",")
end
local start = os.clock()
local value = work()
local seconds = os.clock() - start
print(value)
print(seconds)
