from time import process_time
def work():
    parts = [f"n{i}".upper() for i in range(300_000)]
    return len(",".join(parts))
start = process_time()
value = work()
seconds = process_time() - start
print(value)
print(seconds)
