"""RELAX NG: loads a schema in XML or compact syntax and says where and why documents are not as it wants them."""

from editio.relaxng.faults import Fault, Kind, SchemaError
from editio.relaxng.schema import Schema, load

__all__ = ["Fault", "Kind", "Schema", "SchemaError", "load"]
