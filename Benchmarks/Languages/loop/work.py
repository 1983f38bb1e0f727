from time import process_time
def work():
    i = 0
    total = 0
    while i < 3_000_000:
        if i % 2 == 0: total += i
        else: total -= 1
        i += 1
    return total
start = process_time()
value = work()
seconds = process_time() - start
print(value)
print(seconds)
