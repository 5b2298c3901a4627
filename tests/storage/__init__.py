"""Promises of the store, kept by every engine."""
