"""The page of typos that readers reported."""
