"""Spelling of Russian and English, by the script of each word.

`storing.open_lexicons` gives the word lists, built once on each machine; a `speller.Speller` over them checks text and
suggests. Nothing here corrects by itself.
"""
