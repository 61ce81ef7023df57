"""Tables of the forms without ruling lines: print that keeps to columns, on a PDF page or in a text set with spaces.

Blank cells leave no trace here and labels run over several lines, so what stands in a row and in a column is told by
places alone. A generic table of columns is not certain enough for that; the forms are: their headings say which
columns there are, and their labels say where a row begins and ends. Pieces of print are joined downwards to the
labels and headings of the forms; the figures between are put under the heading that they stand below. A figure whose
row or column is not certain keeps its place in a cell over all columns, from which no value is read.
"""

from __future__ import annotations

from parsers.readers.aligned.heads import Columns
from parsers.readers.aligned.tables import Aligned, AlignedTable, find_aligned

__all__ = ["Aligned", "AlignedTable", "Columns", "find_aligned"]
