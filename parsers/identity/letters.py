"""Text brought to one form before it is matched."""

from __future__ import annotations

import re
import unicodedata

# The blocks with letters that NFKC changes and that pages use: to look only at these is many times as fast.
_CHANGED = re.compile("[\u00a1-\u4dff\uf900-\U0010ffff]")


def flatten(text: str) -> str:
    """NFKC without any white space: full width becomes half width, look-alike radicals become letters."""
    flat = "".join(text.split())
    for letter in set(_CHANGED.findall(flat)):
        plain = unicodedata.normalize("NFKC", letter)
        if plain != letter:
            flat = flat.replace(letter, "".join(plain.split()))
    return flat
