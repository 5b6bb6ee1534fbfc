"""Ratios to floors, measured beside them: `python -m benchmarks` (README.md tells how to read them)."""
