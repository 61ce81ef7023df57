"""Tables that a page lost: rebuilt from the stream of text that is left of them.

Four states of decay occur: cells that still know their row; cells divided by ``|`` on a line; one cell a line; and no
border at all (``规章007``). In the last two the labels of the forms are the only landmarks: the stream is aligned to
them, and what stands between two labels are the cells of a row. Digits that ran together are cut only where one cut is
possible (`parsers.tables.splits`); else they stay together in one cell over all columns, which gives no value.
"""

from __future__ import annotations

from parsers.tables.flattened.rebuild import rebuild

__all__ = ["rebuild"]
