from time import perf_counter
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
start = perf_counter()
value = fib(27)
seconds = perf_counter() - start
print(value)
print(seconds)
