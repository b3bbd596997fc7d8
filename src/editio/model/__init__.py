"""The nouns: what travels from source to TEI to the published edition."""

from __future__ import annotations

from editio.model.decisions import *
from editio.model.draft import *
from editio.model.edition import *
from editio.model.names import *
