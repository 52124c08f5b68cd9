"""Measurements, run by ``packaging/dev.py bench``: ratios taken in one run on one machine, never timed tests."""
