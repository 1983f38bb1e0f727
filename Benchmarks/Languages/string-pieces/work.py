from time import perf_counter
def work():
    parts = [f"n{i}".upper() for i in range(300_000)]
    return len(",".join(parts))
start = perf_counter()
value = work()
seconds = perf_counter() - start
print(value)
print(seconds)
