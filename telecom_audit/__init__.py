"""Telecom Audit: phone and circuit bills checked, a migration modelled, its savings measured."""

__version__ = "0.1.0"
