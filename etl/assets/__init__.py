"""Thin Dagster assets, checks, jobs, schedules and sensors, one module per layer.

No text processing and no SQL longer than a line: an asset reads, calls, validates, writes and reports.
"""
