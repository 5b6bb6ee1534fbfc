"""The language that a file states of itself, against the language that is found in it."""

from __future__ import annotations

from qualkit.transcripts.raw import Doubt

# Recognisers know one Norwegian, and call it by its code or its English name.
_NORWEGIAN = ("nb", "nn")
_STATED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("no", "nor", "norwegian", "norsk"), _NORWEGIAN),
    **dict.fromkeys(("nb", "nob", "bokmål", "bokmal", "norwegian bokmål", "norwegian bokmal"), ("nb", "nn")),
    **dict.fromkeys(("nn", "nno", "nynorsk", "norwegian nynorsk"), ("nn", "nb")),
    **dict.fromkeys(("en", "eng", "english"), ("en",)),
    **dict.fromkeys(("da", "dan", "danish"), ("da",)),
    **dict.fromkeys(("sv", "swe", "swedish"), ("sv",)),
}
_NAMES = {"nb": "Norwegian", "nn": "Norwegian", "en": "English", "da": "Danish", "sv": "Swedish"}


def stated_language(stated: str, default: str) -> str:
    """Return the language that a file states, or "" where it states none that is known.

    Args:
        stated: As the file has it: "no", "nb-NO", "norwegian".
        default: The study's; decides which Norwegian is meant.

    Example:
        >>> stated_language("no", "nn"), stated_language("en-US", "nb"), stated_language("tlh", "nb")
        ('nn', 'en', '')
    """
    name = stated.strip().casefold()
    found = _STATED.get(name) or _STATED.get(name.replace("_", "-").partition("-")[0]) or ()
    if default in found and name in ("no", "nor", "norwegian", "norsk"):
        return default
    return found[0] if found else ""


def contradictions(stated: str, found: str) -> list[Doubt]:
    """Return a doubt where a file states another language than its words are in.

    A recogniser that was told the wrong language writes a translation, or nonsense that only looks like words.

    Example:
        >>> [doubt.message for doubt in contradictions("en", "nb")]
        ['the file states that English is spoken, but its words look Norwegian']
        >>> contradictions("nb", "nn")
        []
    """
    if not stated or _NAMES[stated] == _NAMES[found]:
        return []
    message = f"the file states that {_NAMES[stated]} is spoken, but its words look {_NAMES[found]}"
    hint = (
        "Listen to a passage: a recogniser that is told the wrong language may translate, or write what nobody said. "
        f"The transcript's language was set to {found}; it can be changed in its header."
    )
    return [Doubt(message, hint, "language")]
