"""How fast the measurement is: `python -m benchmarks.measurement`."""
