"""Tests: they mirror the packages, and read like claims."""
