"""The fields of an article: headline and lead on the page, the rest in the inspector beside it."""
