"""Remembering a name, a number or another thing told turns ago."""

from .grammar import Wordings, decorate
from .sample import Sample
from .words import ANIMALS, COLOURS, HOBBIES, JOBS, NOUNS, code, person, place

_HELLO = ["", "", "Hi! ", "Hello, ", "Hi, ", "Hey, ", "Hello! ", "Good morning! "]
# kind: tell wordings, reply, ask wordings, answer
_KINDS = {
    "name": (
        Wordings(
            [
                "(My name is|my name is|I am|I'm|My name's|Call me|You can call me|They call me|The name is) {it}(.|!|)",
                "(I am|I'm) called {it}(.|)",
            ],
            ["Just call me {it}, please.", "People know me as {it}."],
        ),
        "Nice to meet you, {it}!",
        Wordings(
            [
                "(What is|What's|Whats|Tell me|Say) my name(|?)",
                "Do you (know|remember) my name?",
                "Who am I?",
                "What am I called?",
                "(Can you|Please) (tell me|say|repeat) my name(|?|.)",
                "What did I say my name (is|was)?",
                "(Remind me|Can you remind me)(:| please:|,) what is my name(|?)",
                "(Remind me who I am|I forgot my name)(.| Tell me.|)",
                "My name is?",
            ],
            ["Which name did I tell you?", "Could you remind me of my name?", "Do you still remember what my name is?"],
        ),
        "Your name is {it}.",
    ),
    "number": (
        Wordings(
            [
                "(Remember|Keep in mind|Note|Please remember) (the number|this number:|my number:|my number|number) {it}(.|)",
                "(The|My) (secret |lucky |)number is {it}(.|)",
            ],
            ["Please keep the number {it} in mind."],
        ),
        "I will remember the number {it}.",
        Wordings(
            [
                "(What is|What's|What was|Tell me|Say|Repeat) (the|my) number(|?)",
                "(What|Which) number (did I|should you|have I) (tell you|say|remember|told you)?",
                "Do you (know|remember) (the|my) number?",
                "(Remind me|Can you remind me)(:| please:|,) what (is|was) (the|my) number(|?)",
                "I forgot (the|my) number. (What was it|Tell me|Which one was it)(|?)",
            ],
            ["Could you remind me of the number?", "Which number was it that I told you?"],
        ),
        "The number is {it}.",
    ),
    "word": (
        Wordings(
            [
                "(Remember|Keep in mind|Note|Please remember) the (code|word|code word|password) {it}(.|)",
                "The (code|code word|password|secret word) is {it}(.|)",
            ],
            ["Please keep the code word {it} in mind."],
        ),
        "I will remember the word {it}.",
        Wordings(
            [
                "(What is|What's|What was|Tell me|Say|Repeat) the (code|word|code word|password|secret word)(|?)",
                "Do you (know|remember) the (word|code word|code)?",
                "(What|Which) word did I (tell you|say)?",
                "(Remind me|Can you remind me)(:| please:|,) what (is|was) the (code|word|code word)(|?)",
                "I forgot the (word|code word). (What was it|Tell me|Which one was it)(|?)",
            ],
            ["Could you remind me of the code word?", "Which word was it that I told you?"],
        ),
        "The word is {it}.",
    ),
    "colour": (
        Wordings(
            ["My favou(|)rite colo(|u)r is {it}(.|)", "I (like|love) the colou(|)r {it}(.|)"],
            ["The colour that I like most is {it}."],
        ),
        "{it} is a nice colour.",
        Wordings(
            [
                "(What is|What's|Tell me) my favou(|)rite colou(|)r(|?)",
                "(What|Which) colou(|)r do I (like|love)(| most)?",
                "Do you (know|remember) my (favourite |)colour?",
                "(Remind me|Can you remind me)(:| please:|,) (what|which) colour (do I like|is my favourite)(|?)",
                "The colour that I like is which one?",
            ],
            ["Could you remind me of my favourite colour?"],
        ),
        "Your favourite colour is {it}.",
    ),
    "city": (
        Wordings(
            ["I live in {it}(.|)", "(I am|I'm|I come) from {it}(.|)", "My (city|home|home town) is {it}(.|)"],
            ["My house is in {it}."],
        ),
        "{it} sounds like a good place to live.",
        Wordings(
            [
                "Where do I (live|come from)?",
                "(What|Which) city do I live in?",
                "(Where am I|Where is my home|Where's my home)(| from)?",
                "Do you (know|remember) where I live?",
                "(What is|Tell me) my city(|?)",
                "(Remind me|Can you remind me)(:| please:|,) where do I live(|?)",
                "(Remind me of|I forgot|Name|Say) (my home|my city|the place where I live)(.|)",
                "In (what|which) place do I live?",
            ],
            ["Could you remind me where I live?"],
        ),
        "You live in {it}.",
    ),
    "job": (
        Wordings(["I (am|work as) a {it}(.|)", "My job is {it}(.|)"], ["I earn my money as a {it}."]),
        "That is an interesting job.",
        Wordings(
            [
                "(What is|What's|Tell me) my (job|work|profession)(|?)",
                "What do I (do|work as)?",
                "Do you (know|remember) my job?",
                "(Remind me|Can you remind me)(:| please:|,) what is my (job|work)(|?)",
                "(Remind me of|I forgot|Name|Say) my (work|profession|job)(.| What was it?|)",
                "(How do I earn money|What did I say that I do|With what do I earn money)?",
            ],
            ["Could you remind me of my job?"],
        ),
        "You are a {it}.",
    ),
    "pet": (
        Wordings(
            [
                "My {animal} is (called|named) {it}(.|)",
                "I have a {animal} (called|named) {it}(.|)",
                "The name of my {animal} is {it}(.|)",
            ],
            ["At home I have a {animal}, and its name is {it}."],
        ),
        "{it} is a lovely name for a {animal}.",
        Wordings(
            [
                "(What is|What's|Tell me) (my {animal}'s name|the name of my {animal})(|?)",
                "(What|How) is my {animal} called?",
                "Do you (know|remember) (my {animal}'s name|the name of my {animal})?",
                "(Remind me|Can you remind me)(:| please:|,) how is my {animal} called(|?)",
                "(Remind me of|I forgot|Say) (the name of my {animal}|my {animal}'s name)(.|)",
            ],
            ["Could you remind me how my {animal} is called?"],
        ),
        "Your {animal} is called {it}.",
    ),
    "hobby": (
        Wordings(["I (like|love|enjoy) {it}(.|)", "My hobby is {it}(.|)"], ["In my free time I do some {it}."]),
        "That sounds like fun.",
        Wordings(
            [
                "(What is|What's|Tell me) my hobby(|?)",
                "What do I (like|love|enjoy)(| to do)?",
                "Do you (know|remember) my hobby?",
                "(Remind me|Can you remind me)(:| please:|,) what is my hobby(|?)",
                "(Remind me of|I forgot|Name|Say) (my hobby|what I like|what I love)(.| What was it?|)",
                "What do I do for fun?",
            ],
            ["Could you remind me of my hobby?"],
        ),
        "Your hobby is {it}.",
    ),
}
_VALUES = {
    "name": person,
    "number": lambda rng: rng.randint(0, 10 ** rng.randint(1, 6)),
    "word": lambda rng: rng.choice([rng.choice(NOUNS), code(rng)]),
    "colour": lambda rng: rng.choice(COLOURS),
    "city": place,
    "job": lambda rng: rng.choice(JOBS),
    "pet": person,
    "hobby": lambda rng: rng.choice(HOBBIES),
}
_NOT_TOLD = {
    "name": "You have not told me your name yet.",
    "number": "You have not told me a number yet.",
    "word": "You have not told me a word yet.",
    "colour": "You have not told me your favourite colour yet.",
    "city": "You have not told me where you live yet.",
    "job": "You have not told me your job yet.",
    "hobby": "You have not told me your hobby yet.",
}


def remember(rng, between, held=False):
    """One or two things told, other turns between, then a question about one of them.

    @param between a function that gives the messages of an unrelated exchange
    """
    kinds = rng.sample(list(_KINDS), rng.choice([1, 1, 2, 2, 3]))
    messages, told = [], {}
    for kind in kinds:
        it = str(_VALUES[kind](rng))
        slots = {"it": it, "animal": rng.choice(ANIMALS)}
        told[kind] = slots
        tell, reply, _, _ = _KINDS[kind]
        text = rng.choice(_HELLO) + tell.say(rng, held, **slots)
        reply = reply.format(**slots)
        messages += [{"role": "user", "content": text}, {"role": "assistant", "content": reply[0].upper() + reply[1:]}]
        for _ in range(rng.choice([0, 0, 1, 1, 2])):
            messages += between(rng)
    asked = rng.sample(kinds, rng.randint(1, len(kinds)))
    for kind in asked:
        _, _, question, answer = _KINDS[kind]
        text = question.say(rng, held, **told[kind])
        messages += [
            {"role": "user", "content": text if held else decorate(rng, text)},
            {"role": "assistant", "content": answer.format(**told[kind])},
        ]
    if not held and rng.random() < 0.15:
        kind = rng.choice([k for k in _NOT_TOLD if k not in kinds] or ["name"])
        if kind not in kinds:
            messages += [
                {"role": "user", "content": _KINDS[kind][2].say(rng)},
                {"role": "assistant", "content": _NOT_TOLD[kind]},
            ]
    return Sample("memory", messages, check={"type": "contains", "any": [told[asked[-1]]["it"]]})


def not_told(rng, held=False):
    """A question about something that was never told."""
    kind = rng.choice(list(_NOT_TOLD))
    text = _KINDS[kind][2].say(rng, held)
    messages = [
        {"role": "user", "content": text if held else decorate(rng, text)},
        {"role": "assistant", "content": _NOT_TOLD[kind]},
    ]
    return Sample("memory", messages, check={"type": "contains", "any": ["have not told"]})
