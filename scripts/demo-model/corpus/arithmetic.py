"""Sums and differences of one- and two-digit numbers."""

from .grammar import Wordings, decorate
from .sample import turn
from .words import NAMES, NOUNS

_PLUS = Wordings(
    [
        "(What is|What's|Whats|How much is|Calculate|Compute|Solve|Work out|Tell me|Find) {a} + {b}(|?)",
        "{a} + {b}",
        "{a} + {b} =",
        "{a}+{b}",
        "{a}+{b}=(|?)",
        "{a} + {b}?",
        "(What is|What's|How much is|Calculate|Tell me|How much makes) {a} plus {b}(|?)",
        "{a} plus {b}(|?)",
        "{a} plus {b} (is|equals|makes)(| what| how much)(|?)",
        "Add {a} (and|to) {b}.",
        "(What is|Give me|Tell me|Calculate|Find) the sum of {a} and {b}(|?)",
        "(Can|Could) you add {a} (and|to) {b}?",
        "What do I get (if|when) I add {a} (and|to) {b}?",
        "(The sum|Sum) of {a} and {b}(|?)",
        "(How many|How much) (is|are) {a} and {b}(| together)?",
    ],
    [
        "I would like to know how much {a} + {b} is.",
        "Please compute the sum of {a} and {b}.",
        "If you add {a} and {b}, how much do you get?",
        "Do you know what {a} plus {b} makes?",
    ],
)
_MINUS = Wordings(
    [
        "(What is|What's|Whats|How much is|Calculate|Compute|Solve|Work out|Tell me|Find) {a} - {b}(|?)",
        "{a} - {b}",
        "{a} - {b} =",
        "{a}-{b}",
        "{a}-{b}=(|?)",
        "{a} - {b}?",
        "(What is|What's|How much is|Calculate|Tell me|How much makes) {a} minus {b}(|?)",
        "{a} minus {b}(|?)",
        "{a} minus {b} (is|equals|makes)(| what| how much)(|?)",
        "Subtract {b} from {a}.",
        "(What is|Give me|Tell me|Calculate|Find) the difference (of|between) {a} and {b}(|?)",
        "(Can|Could) you subtract {b} from {a}?",
        "What do I get (if|when) I take {b} (away |)from {a}?",
        "(The difference|Difference) (of|between) {a} and {b}(|?)",
        "(How much|What) is left (if|when) I take {b} from {a}?",
    ],
    [
        "I would like to know how much {a} - {b} is.",
        "Please compute the difference between {a} and {b}.",
        "If you subtract {b} from {a}, how much do you get?",
        "Do you know what {a} minus {b} makes?",
    ],
)
_STORY_PLUS = Wordings(
    [
        "(I have|{who} has) {a} {things} and (buy|get|find)(|s) {b} more. How many {things} (do I|does {who}) have(| now)?",
        "There are {a} {things} in a box and {b} {things} in a bag. How many {things} are there(| in all)?",
        "{who} has {a} {things}. I have {b} {things}. How many {things} do we have together?",
    ],
    ["{who} buys {a} {things} and then {b} more. How many {things} are there in all?"],
)
_STORY_MINUS = Wordings(
    [
        "(I have|{who} has) {a} {things} and (give away|lose|sell|eat)(|s) {b}. How many {things} are left?",
        "There are {a} {things} in a box. {who} takes {b}. How many {things} are left(| in the box)?",
    ],
    ["Of {a} {things}, {who} sells {b}. How many {things} are left?"],
)


def _number(rng):
    return rng.randint(0, 9) if rng.random() < 0.25 else rng.randint(0, 99)


def sum_or_difference(rng, held=False):
    """One calculation, asked for in symbols, in words or as a little story."""
    a, b = _number(rng), _number(rng)
    plus = rng.random() < 0.5
    if not plus and a < b and rng.random() < 0.8:
        a, b = b, a
    result = a + b if plus else a - b
    answer = f"{a} {'+' if plus else '-'} {b} = {result}."
    if rng.random() < 0.1 and (plus or a >= b):
        story = (_STORY_PLUS if plus else _STORY_MINUS).say(
            rng, held, a=a, b=b, who=rng.choice(NAMES), things=rng.choice(NOUNS) + "s"
        )
        return turn("sums", story, answer, {"type": "number", "value": result})
    question = (_PLUS if plus else _MINUS).say(rng, held, a=a, b=b)
    if not held:
        question = decorate(rng, question)
    return turn("sums", question, answer, {"type": "number", "value": result})
