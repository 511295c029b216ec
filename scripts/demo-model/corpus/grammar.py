"""Paraphrase grammar: alternations, marked slots, wordings kept for the test.

A wording is a string such as "(What|Which city) is the capital of {country}?".
Values that fill a slot are wrapped in two private-use characters, so that the
check for held-out wordings can take them out again whatever happened around them.
"""

import re
from dataclasses import dataclass, field

OPEN, CLOSE = "\ue000", "\ue001"
_ALTERNATION = re.compile(r"\(([^()]*)\)")
_SLOT = re.compile(r"\{(\w+)\}")
_PUNCTUATION = re.compile(r"[^\w\s]")
_MARKED = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")


def mark(value):
    """Wraps a slot value; marks inside it are dropped, so marks never nest."""
    return f"{OPEN}{plain(str(value))}{CLOSE}"


def plain(text):
    """The text as the model sees it."""
    return text.replace(OPEN, "").replace(CLOSE, "")


def shape(text):
    """What is left of a prompt without case, punctuation and slot values."""
    return " ".join(_PUNCTUATION.sub(" ", _MARKED.sub(" _ ", text).lower()).split())


def expand(rng, pattern):
    """Chooses one branch of every (a|b|c), innermost first."""
    while "(" in pattern:
        pattern = _ALTERNATION.sub(lambda found: rng.choice(found[1].split("|")), pattern)
    return pattern.replace("  ", " ").strip(" ")


def fill(pattern, slots):
    """Puts marked values into the {slots} of an expanded wording."""
    return _SLOT.sub(lambda found: mark(slots[found[1]]), pattern)


@dataclass(frozen=True)
class Wordings:
    """Ways to say one thing: those the model is trained on and those kept for the test."""

    train: list
    held: list = field(default_factory=list)

    def say(self, rng, held=False, **slots):
        """One wording, expanded and filled."""
        return fill(expand(rng, rng.choice(self.held if held else self.train)), slots)


_BEFORE = [
    "Hi, ",
    "Hello, ",
    "Hey, ",
    "Hi! ",
    "Hello! ",
    "Please tell me: ",
    "Quick question: ",
    "I have a question. ",
    "Tell me: ",
    "Question: ",
    "Ok, ",
    "Now, ",
    "So, ",
    "And ",
    "Well, ",
    "Dear assistant, ",
    "Excuse me, ",
    "I was wondering: ",
    "Just curious: ",
    "Next question: ",
    "One more thing: ",
    "Help me: ",
    "Good morning. ",
    "My question: ",
    "I want to ask: ",
    "Let me ask this: ",
    "Could you help? ",
    "Please help me. ",
    "Hello bot, ",
    "Listen: ",
    "Something else: ",
    "Sorry, ",
    "Thanks. ",
    "I am new here. ",
    "Be honest: ",
    "Say, ",
    "First, ",
    "By the way, ",
    "For my homework: ",
    "A short question: ",
]
_AFTER = [
    " Thanks!",
    " Thank you.",
    " Thanks.",
    " Please.",
    " Please answer.",
    " I want to know.",
    " I am curious.",
    " I forgot it.",
    " Tell me.",
    " Keep it short.",
    " Be brief.",
]


def _typo(rng, text):
    """Swaps two letters outside the slots, as fast fingers do."""
    spots = [i for i in range(1, len(text) - 1) if text[i].isalpha() and text[i + 1].isalpha()]
    marked = [span.span() for span in _MARKED.finditer(text)]
    spots = [i for i in spots if not any(start <= i < end for start, end in marked)]
    if not spots:
        return text
    i = rng.choice(spots)
    return text[:i] + text[i + 1] + text[i] + text[i + 2 :]


_SPACE = re.compile(f" (?=[^{OPEN}{CLOSE}]*(?:{OPEN}|$))")
_SMALL = set("what which is are the a an of do does you can could tell me please in for my to i on at how it".split())
_FILLERS = "please really actually exactly just again perhaps then now maybe kindly quickly also still ever".split()


def _stumble(rng, text):
    """Leaves out a small word, or throws in one that says nothing; slots stay whole."""
    words = _SPACE.split(text)
    small = [i for i, word in enumerate(words) if word.lower() in _SMALL]
    if len(words) >= 5 and small and rng.random() < 0.5:
        words.pop(rng.choice(small))
    elif len(words) > 2:
        words.insert(rng.randint(1, len(words) - 1), rng.choice(_FILLERS))
    return " ".join(words)


def decorate(rng, text, after=True):
    """Politeness, careless case and punctuation around a prompt, as people type it."""
    roll = rng.random()
    if roll < 0.2:
        before = rng.choice(_BEFORE)
        text = before + (text[0].lower() + text[1:] if before[-2] in ",d" and text[:2] != "I " else text)
    if after and rng.random() < 0.08:
        text += rng.choice(_AFTER)
    for _ in range(rng.choice([0, 0, 0, 0, 0, 0, 1, 1, 2])):
        text = _stumble(rng, text)
    if rng.random() < 0.06:
        text = _typo(rng, text)
    roll = rng.random()
    if roll < 0.10:
        text = text.rstrip("?.!")
    elif roll < 0.16:
        text = text.lower()
    elif roll < 0.22:
        text = text.lower().rstrip("?.!")
    elif roll < 0.24:
        text = text.rstrip("?.!") + rng.choice(["??", "!", " ?", "...", "?!"])
    return text
