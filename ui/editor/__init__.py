"""The middle pane: the article as it is written."""
