"""Correcting what CloudFormation's actions answer."""

import xml.etree.ElementTree as ElementTree
from typing import Callable

from .. import hooks

handlers = hooks.borrow("ministack.services.cloudformation.handlers", "_ACTION_HANDLERS")


def wrap(name: str, make: Callable[[Callable], Callable]) -> None:
    """Replace the handler of an action by one made from it."""
    if name in handlers._ACTION_HANDLERS:
        handlers._ACTION_HANDLERS[name] = make(handlers._ACTION_HANDLERS[name])
    else:
        hooks.report(f"CloudFormation has no action {name}")


def parsed(body: bytes | str) -> tuple[ElementTree.Element, str]:
    """An answer, and the prefix that its elements' names have for their namespace."""
    root = ElementTree.fromstring(body)
    return root, root.tag.partition("}")[0] + "}" if root.tag.startswith("{") else ""


def rendered(root: ElementTree.Element, namespace: str) -> bytes:
    """The answer as it is sent."""
    if namespace:
        ElementTree.register_namespace("", namespace.strip("{}"))
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
