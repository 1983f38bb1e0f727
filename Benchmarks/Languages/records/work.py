from time import perf_counter
def work():
    points = [{"x": i, "y": i % 10} for i in range(200_000)]
    total = 0
    for p in points: total += p["x"] * p["y"]
    for i in range(200_000): points[i]["y"] = 0
    return total + points[7]["y"]
start = perf_counter()
value = work()
seconds = perf_counter() - start
print(value)
print(seconds)
