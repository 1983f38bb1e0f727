from time import perf_counter
def work():
    total = 0
    for i in range(3_000_000): total += i * i % 7
    return total
start = perf_counter()
value = work()
seconds = perf_counter() - start
print(value)
print(seconds)
