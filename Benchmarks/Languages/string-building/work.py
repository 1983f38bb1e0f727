from time import perf_counter
def work():
    text = ""
    for i in range(1_000_000): text = text + f"{i};"
    return len(text)
start = perf_counter()
value = work()
seconds = perf_counter() - start
print(value)
print(seconds)
