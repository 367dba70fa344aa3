"""Calling MiniStack's own service functions the way its HTTP front end does."""

import json
import re
from typing import Any

# A service function's answer: status, headers, body.
Response = tuple[int, dict, Any]


def query_parameters(value: Any, prefix: str = "") -> dict[str, list[str]]:
    """Flatten a structure to the parameters of an AWS query request: `{"A": [{"B": 1}]}` gives `A.1.B=1`."""
    if isinstance(value, dict):
        items = [(f"{prefix}.{key}" if prefix else key, item) for key, item in value.items()]
    elif isinstance(value, list):
        items = [(f"{prefix}.{index}", item) for index, item in enumerate(value, 1)]
    else:
        return {prefix: [str(value).lower() if isinstance(value, bool) else str(value)]}
    flat: dict[str, list[str]] = {}
    for key, item in items:
        flat.update(query_parameters(item, key))
    return flat


def text_of(response: Response) -> str:
    """The body of a successful answer. Raises `ValueError` with the service's message otherwise."""
    status, _headers, body = response
    text = body.decode() if isinstance(body, bytes) else body or ""
    if status >= 400:
        raise ValueError(_message_of(text))
    return text


def json_of(response: Response) -> dict:
    """The JSON body of a successful answer. Raises `ValueError` with the service's message otherwise."""
    return json.loads(text_of(response) or "{}")


def element_of(response: Response, tag: str) -> str:
    """The text of the first such element in a successful XML answer. Raises `ValueError` when there is none."""
    text = text_of(response)
    found = re.search(f"<{tag}>([^<]*)</{tag}>", text)
    if not found:
        raise ValueError(f"the answer has no <{tag}>: {text[:300]}")
    return found.group(1)


def _message_of(body: str) -> str:
    found = re.search(r"<Message>(.*?)</Message>", body, re.S) or re.search(r'"[Mm]essage":\s*"(.*?)"', body, re.S)
    return found.group(1) if found else body[:300]
