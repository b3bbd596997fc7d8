"""The files of a schema: each is read through one function, and remembered by its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from editio.relaxng.nodes import Node, Read, resolved

MOST_FILES = 1000
LONGEST_CHAIN = 50
Parse = Callable[[bytes, str, str], Node]


class Files:
    """Reads the files that a schema includes, and knows what was read."""

    def __init__(self, read: Read, parse: Parse) -> None:
        self._read = read
        self.parse = parse
        self._data: dict[str, bytes] = {}
        self._count = 0
        self.hashes: dict[str, str] = {}

    def root(self, node: Node, chain: tuple[str, ...]) -> Node:
        """The root of the file that the href of an include or externalRef names."""
        href = node.attributes["href"].strip()
        if "#" in href:
            raise node.wrong(f"“{href}” has a fragment, which a reference to a schema may not have")
        name = resolved(node.scope.base, href)
        if name in chain:
            raise node.wrong(f"“{href}” includes itself: {' → '.join((*chain, name))}")
        self._count += 1
        if len(chain) > LONGEST_CHAIN or self._count > MOST_FILES:
            raise node.wrong("too many schemas are included one in another")
        return self.parse(self._bytes(node, name), name, node.scope.namespace)

    def _bytes(self, node: Node, name: str) -> bytes:
        if name not in self._data:
            try:
                self._data[name] = self._read(name)
            except OSError as error:
                reason = error.strerror or str(error) or "it is not there"
                raise node.wrong(f"the schema “{name}” cannot be read: {reason}") from None
            self.hashes[name] = digest(self._data[name])
        return self._data[name]


def digest(data: bytes) -> str:
    """The hash of a file."""
    return hashlib.sha256(data).hexdigest()
