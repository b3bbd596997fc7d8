"""edition.toml: its settings, where they stand, and what is wrong with them."""

from __future__ import annotations

from editio.config.places import *
from editio.config.reading import *
from editio.config.settings import *
from editio.config.unusable import *
from editio.config.wording import *
