"""One training or test item: a conversation or a plain text."""

from dataclasses import dataclass, field

from .grammar import plain


@dataclass
class Sample:
    """A conversation; `check` says how the answer to its last turn is judged in the test."""

    category: str
    messages: list
    tools: list = field(default_factory=list)
    check: dict = field(default_factory=dict)
    raw: bool = False

    def clean(self):
        """The same sample without slot marks."""
        return Sample(self.category, _clean(self.messages), _clean(self.tools), self.check, self.raw)


def _clean(value):
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    return value


def turn(category, question, answer, check=None):
    """A sample of one question and one answer."""
    messages = [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    return Sample(category, messages, check=check or {})
