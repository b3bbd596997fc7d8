"""Every code a diagnostic can have, a module a stage; checks declare theirs beside themselves (see ``registry``)."""

from __future__ import annotations

from editio.codes.annotate import *
from editio.codes.check import *
from editio.codes.declaring import CODES as CODES
from editio.codes.declaring import code as code
from editio.codes.encode import *
from editio.codes.project import *
from editio.codes.publish import *
from editio.codes.read import *
from editio.codes.schema import *
from editio.codes.schematron import *
