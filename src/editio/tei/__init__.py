"""TEI XML: its names, closed parsing, mixed content, plain text with offsets, serialising.

The only package that touches ``.text`` and ``.tail``: everywhere else an element's content is a
list of strings and elements (``contents``), and text is found and marked by offsets.
"""

from __future__ import annotations

from editio.tei.mixed import *
from editio.tei.names import *
from editio.tei.parsing import *
from editio.tei.running import *
from editio.tei.texts import *
from editio.tei.writing import *
