"""PHP's ``serialize`` format, as WordPress keeps arrays in text columns: whole numbers, texts, truth and arrays only.

Lengths of texts count bytes of UTF-8. Objects are refused, because reading one makes PHP run code of its class.
"""

from collections.abc import Mapping, Sequence

#: An array is a mapping; a sequence is an array with the keys 0, 1, 2 …
Value = bool | int | str | Sequence["Value"] | Mapping[int | str, "Value"] | None
#: What is read: every array is a mapping.
Read = bool | int | str | dict[int | str, "Read"] | None

#: Arrays inside arrays; more than any honest option has.
_DEPTH = 20


def dumps(value: Value) -> str:
    """*value* as PHP would write it."""
    match value:
        case None:
            return "N;"
        case bool():
            return f"b:{int(value)};"
        case int():
            return f"i:{value};"
        case str():
            return f's:{len(value.encode())}:"{value}";'
        case Mapping():
            pairs = list(value.items())
        case _:
            pairs = list(enumerate(value))
    return f"a:{len(pairs)}:{{{''.join(dumps(key) + dumps(item) for key, item in pairs)}}}"


def loads(text: str) -> Read:
    """What PHP wrote. Raises ValueError for anything broken, or of another kind than this module knows."""
    data = text.encode()
    value, end = _read(data, 0, _DEPTH)
    if end != len(data):
        raise ValueError("something follows the value")
    return value


def _read(data: bytes, at: int, depth: int) -> tuple[Read, int]:
    kind = data[at : at + 2]
    if kind == b"N;":
        return None, at + 2
    if kind in (b"i:", b"b:"):
        end = data.index(b";", at)
        number = int(data[at + 2 : end])
        return (bool(number) if kind == b"b:" else number), end + 1
    if kind not in (b"s:", b"a:"):
        raise ValueError(f"unknown kind of value at byte {at}")
    colon = data.index(b":", at + 2)
    size = int(data[at + 2 : colon])
    if kind == b"s:":
        end = colon + 2 + size
        if size < 0 or data[colon + 1 : colon + 2] != b'"' or data[end : end + 2] != b'";':
            raise ValueError(f"broken text at byte {at}")
        return data[colon + 2 : end].decode(), end + 2
    return _read_array(data, colon + 1, size, depth)


def _read_array(data: bytes, at: int, size: int, depth: int) -> tuple[dict[int | str, Read], int]:
    if data[at : at + 1] != b"{" or not depth:
        raise ValueError(f"broken array at byte {at}")
    at += 1
    values: dict[int | str, Read] = {}
    for _ in range(size):
        key, at = _read(data, at, 0)
        if not isinstance(key, (int, str)):
            raise ValueError(f"a key that is none before byte {at}")
        values[key], at = _read(data, at, depth - 1)
    if data[at : at + 1] != b"}":
        raise ValueError(f"array without an end at byte {at}")
    return values, at + 1
