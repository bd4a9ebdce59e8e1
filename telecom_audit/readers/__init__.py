"""From a file to checked rows: text first, then conversion by a declared layout."""
