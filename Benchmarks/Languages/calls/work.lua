local function fib(n) if n < 2 then return n else return fib(n - 1) + fib(n - 2) end end
local start = os.clock()
local value = fib(27)
local seconds = os.clock() - start
print(value)
print(seconds)
