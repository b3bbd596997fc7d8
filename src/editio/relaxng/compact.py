"""Reads the compact syntax into the same nodes as the XML syntax; annotations are left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from editio.relaxng.faults import SchemaError
from editio.relaxng.names import XML
from editio.relaxng.nodes import DEEPEST, Node, Scope, library_fault
from editio.relaxng.tokens import Source, Token

_XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
Made = TypeVar("Made")
_ASSIGNS = {"=": "", "|=": "choice", "&=": "interleave"}
_OPERATORS = {",": "group", "|": "choice", "&": "interleave"}
_REPEATS = {"?": "optional", "*": "zeroOrMore", "+": "oneOrMore"}


def read_compact(data: bytes, name: str, namespace: str = "") -> Node:
    """The root of a schema in compact syntax."""
    return _Parser(Source(data, name), namespace).whole()


class _Parser:
    """Goes through the tokens from first to last."""

    def __init__(self, source: Source, namespace: str) -> None:
        self.source = source
        self.at = 0
        self.depth = 0
        self.inherited = namespace
        self.default = namespace
        self.prefixes = {"xml": XML}
        self.libraries = {"xsd": _XSD}

    # --- tokens

    @property
    def token(self) -> Token:
        return self.source.tokens[self.at]

    def next_is(self, *texts: str, ahead: int = 0) -> bool:
        """Whether a mark or keyword follows."""
        token = self.source.tokens[min(self.at + ahead, len(self.source.tokens) - 1)]
        return token.kind in ("mark", "keyword") and token.text in texts

    def take(self) -> Token:
        token = self.token
        if token.kind != "end":
            self.at += 1
        return token

    def skip(self, text: str) -> None:
        if not self.next_is(text):
            raise self.wrong(f"“{text}” is missing before “{self.token.text}”")
        self.at += 1

    def wrong(self, message: str, token: Token | None = None) -> SchemaError:
        return self.source.wrong((token or self.token).at, message)

    def node(self, kind: str, token: Token, *children: Node, **attributes: str) -> Node:
        """A node at the place of a token."""
        name, line, column = self.source.place(token.at)
        made = Node(kind, attributes, line, column, Scope(name, self.default, "", self.prefixes, name))
        made.children = list(children)
        return made

    def identifier(self) -> str:
        token = self.take()
        if token.kind not in ("name", "keyword"):
            raise self.wrong(f"a name is missing before “{token.text}”", token)
        return token.text

    def literal(self) -> str:
        token = self.take()
        if token.kind != "literal":
            raise self.wrong(f"text in quotation marks is missing before “{token.text}”", token)
        parts = [token.text]
        while self.next_is("~") and self.source.tokens[self.at + 1].kind == "literal":
            parts.append(self.source.tokens[self.at + 1].text)
            self.at += 2
        return "".join(parts)

    # --- annotations

    def annotations(self) -> None:
        """Pass over annotations before something."""
        while self.next_is("["):
            self.brackets()

    def following(self) -> None:
        """Pass over annotations after something."""
        while self.next_is(">>"):
            self.at += 2
            self.brackets()

    def brackets(self) -> None:
        first = self.token
        self.skip("[")
        open_brackets = 1
        while open_brackets:
            token = self.take()
            if token.kind == "end":
                raise self.wrong("“[” is never closed", first)
            if token.kind == "mark":
                open_brackets += (token.text == "[") - (token.text == "]")

    # --- declarations and grammars

    def whole(self) -> Node:
        while self.next_is("namespace", "default", "datatypes") and not self.next_is(*_ASSIGNS, ahead=1):
            self.declaration()
        self.annotations()
        if self.begins_grammar():
            root = self.node("grammar", self.token)
            root.children = self.content(lambda: self.token.kind == "end")
        else:
            root = self.pattern()
        if self.token.kind != "end":
            raise self.wrong(f"“{self.token.text}” follows where the schema should end")
        return root

    def begins_grammar(self) -> bool:
        token = self.token
        if token.kind == "end" or self.next_is("div", "include"):
            return True
        if self.next_is("start") or token.kind == "name":
            return self.next_is(*_ASSIGNS, "[", ahead=1)
        return token.kind == "prefixed" and self.next_is("[", ahead=1)

    def declaration(self) -> None:
        first = self.take()
        if first.text == "datatypes":
            prefix = self.identifier()
            self.skip("=")
            self.libraries[prefix] = self.literal()
            fault = library_fault(self.libraries[prefix])
            if fault:
                raise self.wrong(fault, first)
            return
        if first.text == "default":
            self.skip("namespace")
        prefix = "" if self.next_is("=") else self.identifier()
        self.skip("=")
        uri = self.inherited if self.next_is("inherit") and self.take() else self.literal()
        if first.text == "default":
            self.default = uri
        if prefix == "xml" and uri != XML:
            raise self.wrong("the prefix “xml” may not mean another namespace", first)
        if prefix:
            self.prefixes = {**self.prefixes, prefix: uri}

    def content(self, ended: Callable[[], bool]) -> list[Node]:
        """What a grammar, div or include holds."""
        found = []
        while not ended():
            self.annotations()
            if self.token.kind in ("prefixed", "name", "keyword") and self.next_is("[", ahead=1):
                self.at += 1
                self.brackets()
            else:
                found.append(self.component())
        return found

    def component(self) -> Node:
        first = self.token
        if self.next_is("div"):
            self.at += 1
            return self.node("div", first, *self.block())
        if self.next_is("include"):
            self.at += 1
            node = self.node("include", first, href=self.literal())
            self.inherit(node)
            if self.next_is("{"):
                node.children = self.block()
            return node
        name = self.take()
        is_start = name.kind == "keyword" and name.text == "start"
        if name.kind != "name" and not is_start:
            raise self.wrong(f"“{name.text}” may not stand in a grammar", name)
        if not self.next_is(*_ASSIGNS):
            raise self.wrong(f"“=” is missing after “{name.text}”")
        combine = _ASSIGNS[self.take().text]
        node = self.node("start" if is_start else "define", first, self.pattern())
        if combine:
            node.attributes["combine"] = combine
        if not is_start:
            node.attributes["name"] = name.text
        return node

    def block(self) -> list[Node]:
        """Content of a grammar in braces."""
        return self.nested(lambda: self.content(lambda: self.next_is("}") or self.token.kind == "end"))

    def nested(self, read: Callable[[], Made]) -> Made:
        """What is read in braces."""
        self.skip("{")
        made = self.within(read)
        self.skip("}")
        return made

    def within(self, read: Callable[[], Made]) -> Made:
        """What is read one level deeper."""
        self.depth += 1
        if self.depth > DEEPEST // 4:
            raise self.wrong("braces and parentheses are nested too deep")
        made = read()
        self.depth -= 1
        return made

    def inherit(self, node: Node) -> None:
        """The namespace that an included schema inherits."""
        if self.next_is("inherit"):
            self.at += 1
            self.skip("=")
            prefix = self.token
            node.scope.namespace = self.namespace(self.identifier(), prefix)

    def namespace(self, prefix: str, token: Token) -> str:
        if prefix not in self.prefixes:
            raise self.wrong(f"the prefix “{prefix}” is not declared", token)
        return self.prefixes[prefix]

    # --- patterns

    def pattern(self) -> Node:
        first = self.token
        parts = [self.particle()]
        operator = self.token.text if self.next_is(*_OPERATORS) else ""
        while operator and self.next_is(*_OPERATORS):
            if self.token.text != operator:
                raise self.wrong(f"“{operator}” and “{self.token.text}” may be mixed only with parentheses")
            self.at += 1
            parts.append(self.particle())
        return parts[0] if len(parts) == 1 else self.node(_OPERATORS[operator], first, *parts)

    def particle(self) -> Node:
        self.annotations()
        first = self.token
        node = self.primary()
        self.following()
        if self.next_is(*_REPEATS):
            node = self.node(_REPEATS[self.take().text], first, node)
            self.following()
        return node

    def primary(self) -> Node:
        token = self.token
        if token.kind == "literal":
            return self.value(token, None, "")
        self.at += token.kind != "end"
        if token.kind == "name":
            return self.node("ref", token, name=token.text)
        if token.kind == "prefixed":
            prefix, _, local = token.text.partition(":")
            if prefix not in self.libraries:
                raise self.wrong(f"no datatype library is declared for the prefix “{prefix}”", token)
            return self.data(token, local, self.libraries[prefix])
        if token.kind == "mark" and token.text == "(":
            return self.parenthesis()
        if token.kind == "keyword":
            return self.keyword(token)
        raise self.wrong(f"“{token.text}” stands where a pattern must be", token)

    def parenthesis(self) -> Node:
        node = self.within(self.pattern)
        self.skip(")")
        return node

    def keyword(self, token: Token) -> Node:
        match token.text:
            case "empty" | "text" | "notAllowed":
                return self.node(token.text, token)
            case "list" | "mixed":
                return self.node(token.text, token, self.nested(self.pattern))
            case "element" | "attribute":
                return self.named(token)
            case "string" | "token":
                return self.data(token, token.text, "")
        return self.reference(token)

    def reference(self, token: Token) -> Node:
        """What leads elsewhere: to the grammar around, into a grammar, to another file."""
        match token.text:
            case "parent":
                return self.node("parentRef", token, name=self.identifier())
            case "grammar":
                return self.node("grammar", token, *self.block())
            case "external":
                node = self.node("externalRef", token, href=self.literal())
                self.inherit(node)
                return node
        raise self.wrong(f"“{token.text}” stands where a pattern must be; as a name it needs “\\” before it", token)

    def named(self, token: Token) -> Node:
        """An element or attribute."""
        names = self.names(token.text == "attribute")
        node = self.node(token.text, token)
        node.children = [names, self.nested(self.pattern)]
        return node

    def data(self, token: Token, name: str, library: str) -> Node:
        if self.token.kind == "literal":
            return self.value(token, name, library)
        node = self.node("data", token, type=name)
        node.scope.library = library
        if self.next_is("{"):
            node.children = self.nested(self.params)
        if self.next_is("-"):
            minus = self.take()
            self.annotations()
            node.children.append(self.node("except", minus, self.primary()))
        return node

    def params(self) -> list[Node]:
        found = []
        while not self.next_is("}"):
            self.annotations()
            token = self.token
            param = self.node("param", token, name=self.identifier())
            self.skip("=")
            param.text = self.literal()
            found.append(param)
        return found

    def value(self, token: Token, name: str | None, library: str) -> Node:
        node = self.node("value", token)
        node.text = self.literal()
        if name is not None:
            node.attributes["type"] = name
            node.scope.library = library
        return node

    # --- names

    def names(self, is_attribute: bool) -> Node:
        """The names of an element or attribute."""
        first = self.token
        parts = [self.one_name(is_attribute)]
        while self.next_is("|"):
            self.at += 1
            parts.append(self.one_name(is_attribute))
        return parts[0] if len(parts) == 1 else self.node("choice", first, *parts)

    def one_name(self, is_attribute: bool) -> Node:
        self.annotations()
        token = self.take()
        if token.kind == "mark" and token.text == "(":
            node = self.within(lambda: self.names(is_attribute))
            self.skip(")")
        elif token.kind == "mark" and token.text == "*":
            node = self.excepting(self.node("anyName", token), is_attribute)
        elif token.kind == "all":
            node = self.node("nsName", token)
            node.scope.namespace = self.namespace(token.text[:-2], token)
            node = self.excepting(node, is_attribute)
        elif token.kind in ("name", "keyword", "prefixed"):
            node = self.node("name", token)
            node.text = token.text
            if is_attribute:
                node.scope.namespace = ""
        else:
            raise self.wrong(f"“{token.text}” stands where a name must be", token)
        self.following()
        return node

    def excepting(self, node: Node, is_attribute: bool) -> Node:
        if self.next_is("-"):
            minus = self.take()
            node.children = [self.node("except", minus, self.one_name(is_attribute))]
        return node
