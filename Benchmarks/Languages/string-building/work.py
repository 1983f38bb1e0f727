from time import process_time
def work():
    text = ""
    for i in range(1_000_000): text = text + f"{i};"
    return len(text)
start = process_time()
value = work()
seconds = process_time() - start
print(value)
print(seconds)
