"""Copying text, turning a list or pairs into JSON."""

import json

from .grammar import Wordings
from .sample import turn
from .words import ADJECTIVES, COLOURS, JOBS, NAMES, NOUNS, code, invented, odd, person, place

_COPY = Wordings(
    [
        "(Repeat|Copy|Say|Write|Echo|Print) (this|the following)(| text| exactly| word for word| after me):(| ){text}",
        "(Repeat|Copy|Echo|Say) after me: {text}",
        "(Repeat|Copy|Say|Write|Echo|Print): {text}",
        "(Repeat|Copy|Echo) {text}",
        "(Say|Write|Print) exactly: {text}",
        "(Please |Can you |Could you |)repeat: {text}",
        '(Say|Write|Repeat|Copy) "{text}"',
        "Copy the text: {text}",
        "Copy this sentence: {text}",
        "(Repeat|Copy) these words: {text}",
        "Give me back (this|the text): {text}",
        "{text}\n\n(Repeat|Copy) (that|the text above|the line above).",
        "Write (this|the text) again: {text}",
        "(Can|Could|Would) you (repeat|copy|echo|write|say) (this|that|the text|the line|it)(| for me| again| back to me): {text}",
        "(Please |)(say|repeat|write) (exactly |just |only |)(this|these words|the words)( and nothing else|): {text}",
        "I want you to (say|repeat|write): {text}",
        "(Say|Repeat) what I say: {text}",
        "(Copy|Repeat) (the words|what follows)(| exactly| as it is): {text}",
    ],
    [
        "Please copy the following words exactly: {text}",
        "Could you say this after me: {text}",
        "Repeat the text exactly as it is: {text}",
        "Write exactly the following: {text}",
    ],
)
_TO_JSON = Wordings(
    [
        "(Turn|Convert|Change|Put|Write|Format|Transform) (this|the|the following|these) (list|words|items) (into|to|as|in) (JSON|a JSON array|a JSON list)(|.|:) {items}",
        "(Turn|Convert|Format|Write) (this |)(into|to|as) (JSON|a JSON array): {items}",
        "(JSON|JSON array|JSON list)(| of| for|:) {items}",
        "{items}\n\n(Write|Give|Return) (this|that|it) as (JSON|a JSON array).",
        "(Make|Give me|Write|Create|Return) a JSON (array|list) (of|from|with)(|:) {items}",
    ],
    [
        "Please convert the following list to a JSON array: {items}",
        "Give me this list as a JSON array: {items}",
        "I would like these items as a JSON list: {items}",
    ],
)
_PAIRS = Wordings(
    [
        "(Turn|Convert|Change|Put|Write|Format|Transform) (this|the following) (into|to|as|in) (JSON|a JSON object)(|.|:) {pairs}",
        "(Make|Give me|Write|Create|Return) (JSON|a JSON object) (of|from|with)(|:) {pairs}",
        "JSON(| object)(:| of| for) {pairs}",
        "{pairs}\n\n(Write|Give|Return) (this|that|it) as JSON.",
    ],
    ["Please convert the following pairs to a JSON object: {pairs}", "Give me this as a JSON object: {pairs}"],
)


def _word(rng):
    roll = rng.random()
    if roll < 0.40:
        return rng.choice(NOUNS)
    if roll < 0.52:
        return rng.choice(NAMES)
    if roll < 0.60:
        return rng.choice(ADJECTIVES)
    if roll < 0.66:
        return str(rng.randint(0, 9999))
    if roll < 0.72:
        return code(rng)
    return invented(rng, capital=rng.random() < 0.5)


def _line(rng):
    """Something to copy: words, a sentence or a code."""
    roll = rng.random()
    if roll < 0.5:
        line = " ".join(_word(rng) for _ in range(rng.randint(1, 9)))
    elif roll < 0.75:
        line = f"The {rng.choice(ADJECTIVES)} {rng.choice(NOUNS)} of {person(rng)} is in the {rng.choice(NOUNS)} of {place(rng)}"
    elif roll < 0.9:
        line = f"{person(rng)} {rng.choice(['sees', 'buys', 'wants', 'has', 'sells'])} {rng.randint(2, 99)} {rng.choice(ADJECTIVES)} {rng.choice(NOUNS)}s"
    else:
        line = "-".join(code(rng) for _ in range(rng.randint(1, 3)))
    if rng.random() < 0.3:
        line = line[0].upper() + line[1:] + rng.choice([".", "!", "."])
    return line


def _strange(rng):
    """A line that nothing helps to guess: odd words in any number, some of them alike or repeated."""
    pool = [odd(rng) if rng.random() < 0.6 else _word(rng) for _ in range(rng.randint(1, 14))]
    if rng.random() < 0.3:
        pool = [rng.choice(pool) for _ in range(rng.randint(2, 24))]
    return rng.choice([" ", " ", " ", " ", ", ", "-", "/"]).join(pool)


def copy(rng, held=False):
    """The answer is the text, nothing else."""
    line = _line(rng) if held or rng.random() < 0.45 else _strange(rng)
    question = _COPY.say(rng, held, text=line)
    return turn("copy and JSON", question, line, {"type": "exact", "value": line})


def few_words(rng):
    """A word or three to say again: behind the mark of a turn a word has another first token than behind a space."""
    line = " ".join(odd(rng) if rng.random() < 0.15 else _word(rng) for _ in range(rng.choice([1, 1, 1, 2, 3])))
    return turn("copy and JSON", _COPY.say(rng, text=line), line)


def long_list(rng):
    """Many words as a JSON array: the same change of the first token, once for each."""
    items = list(dict.fromkeys(odd(rng) if rng.random() < 0.15 else _word(rng) for _ in range(rng.randint(4, 16))))
    value = [int(item) if item.isdigit() and str(int(item)) == item else item for item in items]
    joined = ", ".join(items) if rng.random() < 0.8 else "\n" + "\n".join(f"- {item}" for item in items)
    return turn("copy and JSON", _TO_JSON.say(rng, items=joined), json.dumps(value, ensure_ascii=False))


def _items(rng, least=2, most=6):
    if rng.random() < 0.15:
        pool = rng.sample([str(n) for n in range(100)], rng.randint(least, most))
    elif rng.random() < 0.2:
        pool = rng.sample(COLOURS, rng.randint(least, most))
    else:
        pool = list(dict.fromkeys(_word(rng) for _ in range(rng.randint(least, most))))
    return pool


def _odd_items(rng):
    drawn = (odd(rng) if rng.random() < 0.7 else _word(rng) for _ in range(rng.randint(1, 9)))
    return list(dict.fromkeys(drawn))


def _odd_pairs(rng):
    keys = dict.fromkeys(odd(rng) if rng.random() < 0.6 else _word(rng) for _ in range(rng.randint(1, 6)))
    return {key: odd(rng) if rng.random() < 0.6 else _word(rng) for key in keys}


def to_json(rng, held=False):
    """A list or pairs as JSON."""
    if rng.random() < 0.6:
        items = _items(rng, 1) if held or rng.random() < 0.5 else _odd_items(rng)
        value = [int(item) if item.isdigit() and str(int(item)) == item else item for item in items]
        joined = ", ".join(items) if rng.random() < 0.8 else "\n" + "\n".join(f"- {item}" for item in items)
        question = _TO_JSON.say(rng, held, items=joined)
    else:
        makers = {
            "name": person,
            "age": lambda r: r.randint(1, 99),
            "city": place,
            "color": lambda r: r.choice(COLOURS),
            "job": lambda r: r.choice(JOBS),
            "item": lambda r: r.choice(NOUNS),
            "price": lambda r: r.randint(1, 999),
            "id": code,
            "count": lambda r: r.randint(0, 99),
            "country": invented,
            "title": lambda r: f"{r.choice(ADJECTIVES)} {r.choice(NOUNS)}",
            invented(rng, capital=False): lambda r: _word(r),
        }
        value = {key: makers[key](rng) for key in rng.sample(list(makers), rng.randint(1, 4))}
        if not held and rng.random() < 0.4:
            value = _odd_pairs(rng)
        value = {
            key: int(v) if isinstance(v, str) and v.isdigit() and str(int(v)) == v else v for key, v in value.items()
        }
        sign = rng.choice([": ", " = ", " ", ": "])
        question = _PAIRS.say(rng, held, pairs=", ".join(f"{key}{sign}{v}" for key, v in value.items()))
    answer = json.dumps(value, ensure_ascii=False)
    return turn("copy and JSON", question, answer, {"type": "json", "value": value})
