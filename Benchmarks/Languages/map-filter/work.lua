local function map(list, f)
    local result = {}
    for i = 1, #list do result[i] = f(list[i]) end
    return result
end
local function filter(list, f)
    local result = {}
    for i = 1, #list do
        if f(list[i]) then result[#result + 1] = list[i] end
    end
    return result
end
local list = {}
for i = 1, 1000000 do list[i] = i - 1 end
local start = os.clock()
local value = #filter(map(list, function(x) return x * 2 + 1 end), function(x) return x % 3 == 0 end)
local seconds = os.clock() - start
print(value)
print(seconds)
