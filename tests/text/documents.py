"""Documents and texts for the property tests: everything a person may type, and what nobody should."""

from hypothesis import strategies as st

from newsroom.domain.ids import PhotoId
from newsroom.text.document import (
    Document,
    HardBreak,
    Heading,
    Item,
    List,
    Paragraph,
    PhotoBlock,
    Quote,
    Raw,
    Rule,
    Run,
)

NASTY = [
    *"абвЖё  \t*_`~<>&[]()!#+-=|:.\\\"'0129;/@—«»„“№…%{}^$,?",
    "\u00a0",
    "\u2009",
    "\u00ad",
    "\u200d",
    "и\u0306",
    "\u0301",
    "😀",
    "👩‍🚀",
    "**",
    "__",
    "](",
    "&amp;",
    "&#35;",
    "1. ",
    "- ",
    "> ",
    "---",
    "===",
    "~~~",
    "```",
    "<b>",
    "<!--",
    "http://",
    "photo:",
    "Фото: ",
    "— ",
    "слово",
    " и ",
]

text = st.lists(st.sampled_from(NASTY), max_size=8).map("".join)
links = st.sampled_from(["", "", "", "https://a.ru/б?x=1&y=(2)", "/a b", "u", "a)b(", "<x>\\", "&amp;", "JavaScript:x"])
runs = st.builds(Run, text, st.booleans(), st.booleans(), links)
plain_runs = st.builds(Run, text)
inlines = st.lists(st.one_of(runs, runs, plain_runs, st.just(HardBreak())), max_size=6).map(tuple)
lists = st.recursive(
    st.builds(
        List, st.lists(st.builds(Item, inlines), max_size=3).map(tuple), st.booleans(), st.integers(-2, 10**9 + 2)
    ),
    lambda below: st.builds(
        List,
        st.lists(st.builds(Item, inlines, st.lists(below, max_size=2).map(tuple)), max_size=3).map(tuple),
        st.booleans(),
        st.integers(0, 12),
    ),
    max_leaves=4,
)
photos = st.builds(PhotoBlock, st.just(PhotoId("ab" * 32)), text, text, text)
blocks = st.one_of(
    st.builds(Paragraph, inlines),
    st.builds(Heading, st.integers(1, 4), inlines),
    lists,
    st.builds(Quote, st.lists(inlines, max_size=3).map(tuple), text),
    st.just(Rule()),
    photos,
)
documents = st.lists(blocks, max_size=4).map(lambda found: Document(tuple(found)))

RAW_SOURCES = [
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "```\ncode",
    "~~~~\ncode\n~~~~",
    "    indented\n\n    code",
    "- a\n\n  b",
    "+ a\n\n  b",
    "1. a\n\n   b",
    "  - a\n\n    b",
    "> > nested",
    "# first",
    "text with `code`",
    "![x](http://x/y.png)",
    "just text",
    "  two\n  lines",
    "- list",
    "",
    "> ```\n> x",
]
raws = st.sampled_from(RAW_SOURCES).map(Raw)
documents_with_raws = st.lists(st.one_of(raws, raws, blocks), max_size=4).map(lambda found: Document(tuple(found)))

markdown = st.lists(
    st.one_of(
        st.sampled_from([*NASTY, "\n", "\n", "\n\n", "  \n", "\\\n", "    ", "\n> ", "\n- ", "\n1. ", "\n  ", "\r\n"]),
        st.sampled_from(RAW_SOURCES),
    ),
    max_size=14,
).map("".join)
