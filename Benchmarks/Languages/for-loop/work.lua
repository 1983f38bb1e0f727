local function work()
    local total = 0
    for i = 0, 2999999 do total = total + i * i % 7 end
    return total
end
local start = os.clock()
local value = work()
local seconds = os.clock() - start
print(value)
print(seconds)
