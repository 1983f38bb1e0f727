local function numbers(count)
    local state = 1
    local list = {}
    for i = 1, count do
        state = (state * 16807) % 2147483647
        list[i] = state
    end
    return list
end
local list = numbers(1000000)
local start = os.clock()
table.sort(list)
local seconds = os.clock() - start
print(list[500001])
print(seconds)
