"""The text of a file, where its encoding is certain; where it is not, the likely one is named, never guessed with."""

import codecs

from newsroom.words import _

_MARKS = (
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OLD_ENCODINGS = {"cp1251": "windows-1251", "koi8-r": "KOI8-R", "cp866": "CP866", "mac-cyrillic": "MacCyrillic"}
#: More than half of the letters of any Russian text; in a wrong encoding they become capitals or signs.
_FREQUENT = frozenset("оеаинтсрвл")


class UnknownEncoding(Exception):
    """Says to a person where the file stops being UTF-8 and what it may be instead."""


def decoded(data: bytes) -> str:
    """The text of *data*: UTF-8, or UTF-16 with a byte order mark. Raises `UnknownEncoding`."""
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    body = data[len(mark) :]
    sample = body[:4096]
    if encoding == "utf-8" and sample.count(0) * 20 > len(sample):
        encoding = ""  # UTF-16 without its mark: half of every Latin letter is zero
    try:
        if encoding:
            return body.decode(encoding)
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        likely = _likely_encoding(body) if encoding == "utf-8" else ""
        guess = _("похоже на {encoding}").format(encoding=likely) if likely else _("кодировка неизвестна")
        raise UnknownEncoding(
            _("строка {line}: файл не в UTF-8, {guess}. Сохраните его в UTF-8 и повторите.").format(
                line=line, guess=guess
            )
        ) from None
    raise UnknownEncoding(_("файл не в UTF-8. Сохраните его в UTF-8 и повторите."))


def _likely_encoding(data: bytes) -> str:
    """The old Cyrillic encoding in which *data* looks most like Russian; empty where none does."""
    sample = data[:20_000]
    foreign = sum(byte > 0x7F for byte in sample)

    def score(encoding: str) -> int:
        text = sample.decode(encoding, "replace")
        return sum(letter in _FREQUENT for letter in text)

    best = max(_OLD_ENCODINGS, key=score)
    return _OLD_ENCODINGS[best] if score(best) * 3 > foreign else ""
