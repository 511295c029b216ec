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
        "When (I|you|we) add {a} (and|to) {b}, (what|how much) (is it|comes out|do I have|is the result)?",
        "(Take|I take) {a} and add {b}. (What|How much) (is it|comes out|is the result|do I get)?",
        "If {a} and {b} are added, (what|how much) (is it|comes out|is the sum)?",
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
        "When (I|you|we) (subtract|take) {b} from {a}, (what|how much) (is it|comes out|is left|is the result)?",
        "(Take|I take) {a} and subtract {b}. (What|How much) (is it|comes out|is the result|do I get)?",
        "If {b} is (taken|subtracted) from {a}, (what|how much) (is it|comes out|is left)?",
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
        "(First|Today|At noon) {who} (sells|sees|eats|makes|counts) {a} {things}, then {b} more. How many (is that|are that|{things} is that|{things})(| in all| together)?",
        "{who} has {a} {things} and gets {b} more {things}. (How many are there|How many {things} are there) (now|together)?",
        "{a} {things} are here and {b} are there. How many {things} (do we have|are there|is that)(| together| in all)?",
    ],
    ["{who} buys {a} {things} and then {b} more. How many {things} are there in all?"],
)
_STORY_MINUS = Wordings(
    [
        "(I have|{who} has) {a} {things} and (give away|lose|sell|eat)(|s) {b}. How many {things} are left?",
        "There are {a} {things} in a box. {who} takes {b}. How many {things} are left(| in the box)?",
        "{who} (has|had) {a} {things} and (sells|loses|eats|gives me) {b} of them. How many (are left|{things} are left|remain)?",
        "(From|Out of) {a} {things}, {b} (are gone|get lost|are sold). How many (are left|remain|{things} remain)?",
        "I had {a} {things}. {who} took {b} of (them|these). How many {things} do I (have|keep)(| now)?",
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
    if rng.random() < (0.1 if held else 0.18) and (plus or a >= b):
        story = (_STORY_PLUS if plus else _STORY_MINUS).say(
            rng, held, a=a, b=b, who=rng.choice(NAMES), things=rng.choice(NOUNS) + "s"
        )
        return turn("sums", story, answer, {"type": "number", "value": result})
    question = (_PLUS if plus else _MINUS).say(rng, held, a=a, b=b)
    if not held:
        question = decorate(rng, question)
    return turn("sums", question, answer, {"type": "number", "value": result})
