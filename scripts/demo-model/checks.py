"""Is an answer right? The same rules as in checks.ts."""

import json
import re

_REFUSAL = re.compile(r"don't know|do not know|outside of what|not know", re.I)
_CALL = re.compile(r"<tool_call>\s*(.*?)\s*</tool_call>", re.S)


def _json(text):
    try:
        return json.loads(text)
    except ValueError:
        return None


def _called(text, check):
    found = _CALL.search(text)
    call = _json(found[1]) if found else None
    return isinstance(call, dict) and call.get("name") == check["name"] and call.get("arguments") == check["arguments"]


def passes(check, text):
    """Judges one answer by its check."""
    kind, low = check["type"], text.lower()
    if kind == "contains":
        return any(part.lower() in low for part in check["any"]) and all(
            part.lower() in low for part in check.get("all", [])
        )
    if kind == "exact":
        return text.strip().rstrip(".") == check["value"].strip().rstrip(".")
    if kind == "json":
        return _json(text) == check["value"]
    if kind == "number":
        numbers = re.findall(r"-?\d+", text)
        return bool(numbers) and int(numbers[-1]) == check["value"]
    if kind == "refusal":
        return bool(_REFUSAL.search(text))
    return _called(text, check)
