from time import process_time
def work():
    points = [{"x": i, "y": i % 10} for i in range(200_000)]
    total = 0
    for p in points: total += p["x"] * p["y"]
    for i in range(200_000): points[i]["y"] = 0
    return total + points[7]["y"]
start = process_time()
value = work()
seconds = process_time() - start
print(value)
print(seconds)
