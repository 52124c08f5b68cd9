"""Russian typography as the house has it: what of a text would be set otherwise, place by place.

`setting.edits` tells every change of one paragraph; `replacing.replaced` makes changes in a document. Nothing here
changes a text by itself. The rules are in `rules`, what they never touch in `protection`.
"""
