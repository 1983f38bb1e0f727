from time import process_time
def work():
    total = 0
    for i in range(3_000_000): total += i * i % 7
    return total
start = process_time()
value = work()
seconds = process_time() - start
print(value)
print(seconds)
