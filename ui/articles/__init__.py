"""The articles page: the list with its filters, and the pane in which the chosen article is written."""
