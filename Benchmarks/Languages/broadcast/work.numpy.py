from time import process_time
import numpy
a = numpy.linspace(0, 1, 1_000_000)
b = numpy.linspace(1, 2, 1_000_000)
def work():
    result = a
    for i in range(20): result = result * b + a / 2 - 0.25
    return result
start = process_time()
value = work()
seconds = process_time() - start
print(f"{value.sum():.6e}")
print(seconds)
