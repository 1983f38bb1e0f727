from time import process_time
def work(data): return len(list(filter(lambda x: x % 3 == 0, map(lambda x: x * 2 + 1, data))))
data = list(range(1_000_000))
start = process_time()
value = work(data)
seconds = process_time() - start
print(value)
print(seconds)
