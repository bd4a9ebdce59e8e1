"""Charts for paper and screen: a frame becomes a matplotlib figure, without pyplot and Qt."""
