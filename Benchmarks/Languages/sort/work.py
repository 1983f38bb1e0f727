from time import process_time
def numbers(count):
    state = 1
    result = []
    for i in range(count):
        state = (state * 16807) % 2147483647
        result.append(float(state))
    return result
data = numbers(1_000_000)
start = process_time()
value = sorted(data)[500_000]
seconds = process_time() - start
print(int(value))
print(seconds)
