from time import perf_counter
def numbers(count):
    state = 1
    result = []
    for i in range(count):
        state = (state * 16807) % 2147483647
        result.append(float(state))
    return result
data = numbers(1_000_000)
start = perf_counter()
value = sorted(data)[500_000]
seconds = perf_counter() - start
print(int(value))
print(seconds)
