"""Questions whose answers are in tables: in a sentence, in one word, or as JSON."""

from string import ascii_uppercase

from .fact_tables import (
    ANIMALS,
    COUNTRIES,
    COUNTS,
    MIXES,
    OPPOSITES,
    ORDINALS,
    PLANETS,
    SIDES,
    SINGLES,
    SYMBOLS,
    THING_COLOURS,
)
from .fact_wordings import (
    CAPITAL,
    CLASS,
    COLOUR,
    CONTINENT,
    COUNT,
    CURRENCY,
    HOW_MANY_SIDES,
    LANGUAGE,
    LEGS,
    MIX,
    NEXT,
    OF_CAPITAL,
    OPPOSITE,
    PHRASES,
    PLANET,
    PREVIOUS,
    SOUND,
    SYMBOL,
    YOUNG,
)
from .frames import framed
from .grammar import Wordings, decorate, fill
from .sample import Sample, turn
from .words import DAYS, MONTHS


def _rows():
    """(weight, wordings, slots, sentence, bare answer) of every fact."""
    for country, capital, continent, currency, language in COUNTRIES:
        start = country[0].upper() + country[1:]
        yield "capital", CAPITAL, {"country": country}, f"The capital of {country} is {capital}.", capital
        yield "continent", CONTINENT, {"country": country}, f"{start} is in {continent}.", continent
        yield "currency", CURRENCY, {"country": country}, f"The currency of {country} is the {currency}.", currency
        yield "language", LANGUAGE, {"country": country}, f"The main language of {country} is {language}.", language
        yield "country", OF_CAPITAL, {"capital": capital}, f"{capital} is the capital of {country}.", country
    for word, opposite in OPPOSITES.items():
        yield "opposite", OPPOSITE, {"word": word}, f"The opposite of {word} is {opposite}.", opposite
    for animal, young, sound, legs, kind in ANIMALS:
        yield "young", YOUNG, {"animal": animal}, f"A young {animal} is called a {young}.", young
        yield "sound", SOUND, {"animal": animal}, f"A {animal} {sound}.", sound
        yield "legs", LEGS, {"animal": animal}, f"A {animal} has {legs} legs.", legs
        yield "class", CLASS, {"animal": animal}, f"A {animal} is {'an' if kind[0] in 'ai' else 'a'} {kind}.", kind
    for ordinal, planet in zip(ORDINALS, PLANETS):
        yield "planet", PLANET, {"ordinal": ordinal}, f"The {ordinal} planet from the Sun is {planet}.", planet
    for ring in (DAYS, MONTHS):
        for one, two in zip(ring, ring[1:] + ring[:1]):
            yield "next", NEXT, {"one": one}, f"{two} comes after {one}.", two
            yield "previous", PREVIOUS, {"one": two}, f"{one} comes before {two}.", one
    for (one, two), mix in MIXES.items():
        yield "colour", MIX, {"one": one, "two": two}, f"If you mix {one} and {two}, you get {mix}.", mix
        yield "colour", MIX, {"one": two, "two": one}, f"If you mix {two} and {one}, you get {mix}.", mix
    for thing, colour in THING_COLOURS.items():
        yield "colour", COLOUR, {"thing": thing}, f"{thing[0].upper() + thing[1:]} is {colour}.", colour
    for element, symbol in SYMBOLS.items():
        yield "symbol", SYMBOL, {"element": element}, f"The chemical symbol of {element} is {symbol}.", symbol
    for name, sides in SIDES.items():
        yield "sides", HOW_MANY_SIDES, {"shape": name}, f"A {name} has {sides} sides.", str(sides)
    for things, number in COUNTS.items():
        yield "count", COUNT, {"things": things}, f"There are {number} {things}.", str(number)
    for train, held, sentence, bare in SINGLES:
        yield "answer", Wordings(train, held), {}, sentence, bare


ROWS = list(_rows())
_ONE_WORD = Wordings(
    [
        " (Answer|Reply|Respond) (in|with) (one|a single|just one|only one) word.",
        " One word(| only|, please).",
        " (Just|Only) one word(|, please).",
        " In one word.",
        " (Answer|Reply) with (only |just |)the (name|word|answer).",
        " No sentence, just the answer.",
        " Use one word.",
        " Give (me |)(just|only) the (answer|word).",
    ],
    [" Please use a single word for the answer.", " Your answer should be one word."],
)
_JSON = Wordings(
    [
        " (Answer|Reply|Respond) (in|as|with) JSON(| format| only|, please).",
        " (Give|Return|Write) (me |)(the answer|it) (in|as) JSON.",
        " JSON (please|only|format).",
        " Use JSON(| for the answer).",
        " As (a |)JSON( object|).",
        " Output JSON.",
    ],
    [" Please format the answer as JSON.", " I need the answer in JSON."],
)
_JSON_KEY = Wordings(
    [
        ' (Answer|Reply|Respond) (in|as) JSON with the key "{key}".',
        ' (Give|Return) JSON with (the|a|one) key "{key}".',
        " Use JSON with the key {key}.",
        ' JSON with key "{key}"(|, please).',
        ' As JSON: the key is "{key}".',
    ],
    [' Please answer in JSON and call the key "{key}".'],
)
_KEYS = [
    "answer",
    "result",
    "value",
    "name",
    "city",
    "country",
    "capital",
    "word",
    "text",
    "fact",
    "output",
    "response",
]


def _asked(rng, row, held):
    """The question of a row: in its own wordings, or as a noun phrase in a frame that other questions share."""
    kind, wordings, slots, _, _ = row
    if not held and kind in PHRASES and rng.random() < 0.35:
        return framed(rng, fill(rng.choice(PHRASES[kind]), slots))
    return wordings.say(rng, held, **slots)


def fact(rng, held=False):
    """A question whose answer is in a table."""
    row = rng.choice(ROWS)
    question, sentence, bare = _asked(rng, row, held), row[3], row[4]
    if not held:
        question = decorate(rng, question)
    return turn("facts", question, sentence, {"type": "contains", "any": [bare]})


_RINGS = [DAYS, MONTHS, list(ascii_uppercase), [str(number) for number in range(1, 32)]]


def neighbour(rng):
    """What comes before or after: the two are asked for in the same words, and only their order tells which is meant."""
    ring = rng.choice(_RINGS)
    place = rng.randrange(len(ring) - 1)
    one, two = ring[place], ring[place + 1]
    if rng.random() < 0.5:
        return turn("facts", decorate(rng, NEXT.say(rng, one=one)), f"{two} comes after {one}.")
    return turn("facts", decorate(rng, PREVIOUS.say(rng, one=two)), f"{one} comes before {two}.")


def one_word(rng, held=False):
    """A fact asked for in one word."""
    row = rng.choice(ROWS[: -len(SINGLES)])
    question, bare = _asked(rng, row, held), row[4]
    if question[-1] not in "?.":
        question += "."
    style = _ONE_WORD.say(rng, held).strip()
    if rng.random() < 0.2:
        sample = turn("one word", question, bare, {"type": "exact", "value": bare})
        return Sample(sample.category, [{"role": "system", "content": style}] + sample.messages, check=sample.check)
    question = f"{question} {style}" if rng.random() < 0.7 else f"{style} {question}"
    return turn("one word", question, bare, {"type": "exact", "value": bare})


def fact_as_json(rng, held=False):
    """A fact asked for as a JSON object with one key."""
    row = rng.choice(ROWS[: -len(SINGLES)])
    question, bare = _asked(rng, row, held), row[4]
    if question[-1] not in "?.":
        question += "."
    key = "answer"
    if rng.random() < 0.5:
        key = rng.choice(_KEYS)
        style = _JSON_KEY.say(rng, held, key=key)
    else:
        style = _JSON.say(rng, held)
    answer = f'{{"{key}": "{bare}"}}'
    check = {"type": "json", "value": {key: bare}}
    if rng.random() < 0.2 and key == "answer":
        messages = [{"role": "system", "content": style.strip()}] + turn("", question, answer).messages
        return Sample("copy and JSON", messages, check=check)
    return turn("copy and JSON", question + " " + style.strip(), answer, check)
