local function work()
    local i = 0
    local total = 0
    while i < 3000000 do
        if i % 2 == 0 then total = total + i else total = total - 1 end
        i = i + 1
    end
    return total
end
local start = os.clock()
local value = work()
local seconds = os.clock() - start
print(value)
print(seconds)
