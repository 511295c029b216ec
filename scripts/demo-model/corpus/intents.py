"""Questions with one fixed answer: the shape of small talk, identity, Parlance and concepts."""

from dataclasses import dataclass

from .grammar import Wordings, decorate
from .sample import turn


@dataclass(frozen=True)
class Intent:
    """`must` lists what an answer has to hold, any one of them, to count as right in the test."""

    wordings: Wordings
    answer: str
    must: list


def intent(train, held, answer, must):
    """Wordings as lines of text, to keep the tables readable."""
    return Intent(Wordings(_lines(train), _lines(held)), answer, must)


def _lines(text):
    return [line.strip() for line in text.strip().splitlines() if line.strip()]


def ask(rng, category, intents, held=False):
    """One intent asked in one of its wordings."""
    chosen = rng.choice([i for i in intents if i.wordings.held] if held else intents)
    question = chosen.wordings.say(rng, held)
    return turn(
        category, question if held else decorate(rng, question), chosen.answer, {"type": "contains", "any": chosen.must}
    )
