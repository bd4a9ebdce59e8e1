"""Charts: a frame goes in, a matplotlib Figure comes out."""
