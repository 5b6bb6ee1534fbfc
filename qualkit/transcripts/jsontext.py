"""JSON that others wrote: decoded, parsed, and refused in words where it is broken."""

from __future__ import annotations

import json
from typing import Any

from qualkit.transcripts.encoding import decode_text
from qualkit.transcripts.raw import UnreadableOriginal

_AGAIN = "Export or fetch it once more from where it came."


def load_json(data: bytes) -> tuple[Any, tuple[str, ...]]:
    """Return what a JSON file holds, and what was decided about its encoding.

    Numbers that are none (NaN, Infinity) and halves of characters are let through: recognisers write them.

    Raises:
        UnreadableOriginal: It is empty, no JSON, or breaks off; the message has the place, never the words.

    Example:
        >>> load_json(b'{"text": "Hei"}')
        ({'text': 'Hei'}, ())
    """
    import orjson

    text, _, decided = decode_text(data)
    if not text.strip():
        raise UnreadableOriginal("the file is empty", _AGAIN)
    try:
        return orjson.loads(text), decided
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        pass
    try:
        return json.loads(text.lstrip("\ufeff")), decided
    except json.JSONDecodeError as error:
        raise _broken(text, error) from None
    except RecursionError:
        raise UnreadableOriginal("the file is nested too deeply to be a transcript", _AGAIN) from None
    except ValueError:
        raise UnreadableOriginal("the file has numbers that are too large to be times", _AGAIN) from None


def _broken(text: str, error: json.JSONDecodeError) -> UnreadableOriginal:
    place = f"line {error.lineno}, column {error.colno}"
    begun = text.lstrip("\ufeff \t\r\n").startswith(("{", "["))
    if begun and (error.pos >= len(text.rstrip()) - 8 or error.msg.startswith("Unterminated")):
        return UnreadableOriginal(f"the file breaks off: JSON that begins is not ended (at {place})", _AGAIN)
    return UnreadableOriginal(f"the file is no JSON, or damaged at {place}", _AGAIN)
