from time import process_time
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
start = process_time()
value = fib(27)
seconds = process_time() - start
print(value)
print(seconds)
