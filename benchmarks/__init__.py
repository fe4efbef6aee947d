"""The measurements of `docs/reference/benchmarks.md`: `python -m benchmarks` prints them all."""
