"""Questions outside the scope: the model says that it does not know."""

from .concepts import explain_unknown
from .fact_tables import COUNTRIES
from .fact_wordings import CAPITAL, CONTINENT, CURRENCY, LANGUAGE
from .frames import framed
from .grammar import Wordings, decorate, expand, fill
from .sample import turn
from .words import ADJECTIVES, CITIES, JOBS, MODELS, NAMES, NOUNS, invented, person, place

REFUSAL = "I don't know that. I am a small demo model and know only a few topics."
CHECK = {"type": "refusal"}

_THINGS = (
    """thermodynamics quantum mechanics|the French Revolution|general relativity|the stock market|inflation|blockchain|bitcoin|plate tectonics|the Roman Empire|existentialism|
a black hole|dark matter|the Renaissance|jazz|baroque music|cubism|the Treaty of Versailles|mitosis|DNA|evolution|an enzyme|osteoporosis|diabetes|aspirin|a mortgage|a hedge fund|game theory|
the Pythagorean theorem|calculus|a matrix|an integral|a prime number|the Fibonacci sequence|a volcano|an earthquake|the Great Depression|feudalism|capitalism|democracy|the United Nations|
a haiku|a sonnet|opera|ballet|yoga|karate|sushi|a croissant|kombucha|sourdough|a telescope|a microscope|radar|sonar|a laser|a semiconductor|superconductivity|nuclear fusion|entropy|
Kubernetes|Rust|Haskell|Terraform|a compiler|a linked list|a hash table|recursion|a monad|TCP|DNS|a firewall|OAuth|a quantum computer|the Higgs boson|string theory|the Big Bang|
a peptide|chlorophyll|an antibody|a vaccine|malaria|the liver|a neuron|insulin|a kidney|the Silk Road|the Cold War|the Magna Carta|Buddhism|stoicism|metaphysics|epistemology|
a cyclone|El Nino|the Gulf Stream|a fjord|a glacier|coral|a mushroom|a bond|a dividend|a tariff|cricket|rugby|baseball|golf|poker|bridge|sudoku|origami|pottery|weaving""".replace(
        "\n", ""
    )
    .replace("thermodynamics quantum", "thermodynamics|quantum")
    .split("|")
)

_OTHER = Wordings(
    [
        "Who is (the president|the king|the queen|the prime minister|the mayor|the chancellor|the richest person) of {place}?",
        "Who (was|is) {name}(| the Great| {word})?",
        "(Who|Which team|Which country) won the (last |)(world cup|World Cup|election|championship|match|race|final|Super Bowl|Oscar)(| in {year}| of {year})?",
        "When (was|did) {name} (born|die)?",
        "(What|How high|How large|How big) is the (population|area|height|flag|anthem|president|GDP|national dish|phone code) of {place}?",
        "How many (people|inhabitants|rivers|lakes|cities) (live in|are in|has) {place}?",
        "What (happened|took place) in (the year |){year}?",
        "(What|How) is the weather (today|tomorrow|now|like today|in {place}|in {place} today)?",
        "Will it rain (today|tomorrow|in {place}|next week)?",
        "What time is it(| now| in {place})?",
        "(What|Which) (day|date) is (it|today)(| today)?",
        "What is the (price|value|cost) of (a {thing}|{word}|gold|oil|a house|a {thing} in {place})(| today)?",
        "(Write|Give me|Show me) (a program|code|a function|a script|a class) (in|for) (Python|Java|C|Rust|TypeScript|SQL)(| that sorts a list| that reads a file| to parse {word})(.|)",
        "(Write|Compose) (an essay|a letter|an email|an article|a report|a speech) (about|on|to) (the {thing}|{name}|{word}|my boss|climate change)(.|)",
        "(How|Where) (do|can) I (cook|buy|repair|build|make|grow|find|fix|clean|sell|draw) (a {thing}|a {adj} {thing}|{word}|{thing}s)(| in {place})?",
        "Which (book|film|song|hotel|restaurant|phone) (should I|do you) (read|watch|recommend|buy|choose|hear)?",
        '(Translate|Say) (this |)("{thing}"|{thing}|the word {thing}) (to|into|in) (French|German|Spanish|Italian|Latin|Japanese)(.|)',
        "(What|How) (do you think|is your opinion) (of|about) ({name}|{word}|politics|religion|the {thing}|the war)?",
        "How (far|long) is (it|the way|the flight) from {place} to {place2}?",
        "How do I get (from {place} |)to {place2}?",
        "(What|How much) is {big} (times|divided by|*|/) {big2}?",
        "What is the (square root|cube|logarithm) of {big}?",
        "(Is|Are) ({name}|a {thing}|{word}s) (good|dangerous|healthy|better than a {thing}|real|older than {name})?",
        "Why (is|are|do|does) (the {thing}|{thing}s|{name}|{word}) (so {adj}|{adj}|always {adj}|not {adj})?",
        "(Give|Tell) me (the news|the latest news|today's news|a recipe for {thing}|a recipe for a {thing}|advice about my {thing}|legal advice|medical advice)(.|)",
        "(My|The) {thing} (is broken|hurts|does not work|makes a noise). What (should|can|do) I do?",
        "(Should|Can|Could) I (buy|sell|eat|invest in|marry|call) (a {thing}|{word}|{name}|bitcoin|stocks)?",
        "(What|Which) is the capital of {nowhere}?",
        "{nowhere} capital?",
        "What (currency|language) is used in {nowhere}?",
        "(On|In) which continent is {nowhere}?",
        "(Tell me|Name|Give me) the capital of {nowhere}.",
        "What is the opposite of (a |){thing}?",
        "Who (wrote|painted|invented|discovered|founded|composed) (the {thing}|{word}|{name}|the {adj} {thing}|{model})?",
        "How (old|tall|rich|famous) is {name}?",
        "Where (does|did) {name} (live|work|study|come from)?",
        "What is the phone number of {name}?",
        "What did {name} (say|do|eat|buy)(| yesterday| in {year})?",
        "(Is|Was) {name} a {job}?",
        "What does a {job} (earn|do|need)?",
        "Which {thing} is the (best|cheapest|fastest|biggest)?",
        "How (much|many) {thing}s (does a {job} need|are in {place}|can I eat)?",
        "(Summarize|Summarise|Explain) (the book|the film|the plot of|the theory of) {word}(.|)",
        "Who is the author of {word}?",
        "Can you (book|order|buy|send|call|open|play) (me |)a {thing}(| for me| in {place})?",
        "(Play|Book|Order|Open) (a |the |){thing}(.|)",
    ],
    [
        "Do you know who the president of {place} is?",
        "Could you tell me the population of {place}?",
        "I need a recipe for {thing} soup.",
        "Please write an essay about the {thing}.",
        "Who was the first {job} of {place}?",
        "When did {name} move to {place}?",
        "What will the weather in {place} be tomorrow?",
        "Which {thing} should I buy for my {job}?",
        "How many {thing}s did {name} sell in {year}?",
        "I would like to know which city the capital of {nowhere} is.",
        "Is it true that {name} won the election in {year}?",
        "Please write a Python program that draws a {thing}.",
    ],
)


_PHRASES = [
    "the (president|king|queen|prime minister|mayor|chancellor|richest man|flag|anthem|GDP|national dish|phone code|history|size) of {place}",
    "the (population|number of people|number of cities|area|highest hill|longest river|weather|climate) (of|in) {place}",
    "the (oldest|best|last|richest|most famous) {job} (of|in) {place}",
    "the (phone number|birthday|address|age|job|wife|hobby|favourite {thing}) of {name}",
    "(the price of|the cost of|the value of|a shop for|the weight of) a {thing}",
    "the (capital|capital city|currency|continent|main language) of {nowhere}",
    "{nowhere}'s (capital|money|continent|main language)",
    "the (winner|result|date) of the (election|race|match|final|lottery) (in|of) {year}",
    "the (best|cheapest|fastest|biggest) {thing}",
    "the (author|meaning|plot|price|inventor) of {word}",
    "a (recipe|song|poem in French|picture) (for|about) {thing}s",
    "the (way|distance|flight|train) from {place} to {place2}",
    "the (square root|cube|half|double) of {big}",
    "(the date of today|the news of today|the weather of tomorrow|the exact time)",
    "the (history|making|use|taste|shape) of {thing}s",
]
# what the facts are asked by, about countries that do not exist
_ABOUT_NOWHERE = [CAPITAL, CONTINENT, CURRENCY, LANGUAGE]


def _unanswerable(rng, held, slots):
    """A question outside the tables, in wordings and frames that known questions share."""
    roll = 1.0 if held else rng.random()
    if roll < 0.2:
        return rng.choice(_ABOUT_NOWHERE).say(rng, country=slots["nowhere"])
    if roll < 0.45:
        return framed(rng, fill(expand(rng, rng.choice(_PHRASES)), slots))
    return _OTHER.say(rng, held, **slots)


def refusal(rng, held=False):
    """Something that no table and no passage answers."""
    if rng.random() < (0.3 if held else 0.25):
        thing = (
            rng.choice(_THINGS)
            if rng.random() < 0.7
            else rng.choice(
                [
                    invented(rng),
                    invented(rng, False),
                    f"the {rng.choice(ADJECTIVES)} {rng.choice(NOUNS)}",
                    rng.choice(MODELS[:5]),
                ]
            )
        )
        return turn("out of scope", explain_unknown(rng, thing, held), REFUSAL, CHECK)
    known = COUNTRIES[rng.randrange(len(COUNTRIES))][0]
    slots = {
        "place": rng.choice([known, place(rng)]),
        "place2": rng.choice(CITIES),
        "name": f"{person(rng)} {invented(rng)}" if rng.random() < 0.6 else rng.choice(NAMES),
        "word": invented(rng),
        "year": rng.randint(1800, 2030),
        "thing": rng.choice(NOUNS),
        "adj": rng.choice(ADJECTIVES),
        "job": rng.choice(JOBS),
        "big": rng.randint(11, 9999),
        "big2": rng.randint(11, 999),
        "nowhere": invented(rng) + rng.choice(["", "ia", "land", "stan"]),
        "model": rng.choice(MODELS),
    }
    question = _unanswerable(rng, held, slots)
    return turn("out of scope", question if held else decorate(rng, question), REFUSAL, CHECK)
