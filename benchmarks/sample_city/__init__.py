"""Makes the sample city: a synthetic public body with bills, a migration and planted errors.

Run `python -m benchmarks.sample_city` to write `resources/sample` anew, with `--check` to compare
it with what is shipped. Nothing here uses the program: the truth file states what was planted.
"""
