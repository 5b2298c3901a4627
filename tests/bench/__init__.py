"""Measurements: ``make bench``. Every figure stands beside a baseline or a bound of the same run."""
