"""Hautevoix: a French text in, an audiobook out."""

__version__ = "0.1.0"
