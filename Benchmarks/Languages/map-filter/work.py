from time import perf_counter
def work(data): return len(list(filter(lambda x: x % 3 == 0, map(lambda x: x * 2 + 1, data))))
data = list(range(1_000_000))
start = perf_counter()
value = work(data)
seconds = perf_counter() - start
print(value)
print(seconds)
