local function work()
    local points = {}
    for i = 0, 199999 do points[i + 1] = { x = i, y = i % 10 } end
    local total = 0
    for _, p in ipairs(points) do total = total + p.x * p.y end
    for i = 1, 200000 do points[i].y = 0 end
    return total + points[8].y
end
local start = os.clock()
local value = work()
local seconds = os.clock() - start
print(value)
print(seconds)
