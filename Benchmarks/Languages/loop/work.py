from time import perf_counter
def work():
    i = 0
    total = 0
    while i < 3_000_000:
        if i % 2 == 0: total += i
        else: total -= 1
        i += 1
    return total
start = perf_counter()
value = work()
seconds = perf_counter() - start
print(value)
print(seconds)
