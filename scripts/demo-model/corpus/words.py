"""Word lists: names, things, places, and invented words for copying and passages."""

NAMES = """Olivier Anna Ben Clara David Emma Felix Grace Hugo Ida Jonas Kara Leo Mia Noah Olga Paul Rosa Sam Tina
Uma Victor Wanda Xavier Yara Zoe Alice Bob Carlos Diana Elias Fatima George Hannah Ivan Julia Kofi Lena Marco Nina
Oscar Petra Quinn Rafael Sara Tom Ursula Vera Walter Yusuf Amir Bella Chen Dora Erik Freya Gina Henry Ines Jack Kim
Liam Maya Nadia Omar Priya Ravi Sofia Tara Mei Wei Hiro Yuki Ahmed Leila Pedro Lucia Marta Nils Astrid Pierre Louis
Camille Chloe Lukas Max Laura Peter Maria John Mary James Linda Robert Susan Michael Karen Thomas Sandra Daniel""".split()

SURNAMES = """Smith Jones Brown Miller Davis Wilson Moore Taylor Martin Clark Lewis Walker Hall Young King Wright Hill Scott
Adams Baker Weber Fischer Becker Wagner Novak Kowalski Rossi Bianchi Garcia Lopez Silva Santos Ivanov Petrov Tanaka Sato Li
Chen Kumar Patel Khan Ali Nguyen Park Dubois Laurent Jansen Berg Olsen Nilsson""".split()

NOUNS = """apple pear plum bread milk cheese rice soup salt sugar coffee tea water juice cake table chair lamp door
window house garden tree flower river lake stone hill road bridge car bus train boat plane wheel book pen paper letter
map clock key box bag cup plate knife fork spoon shirt shoe hat coat ring ball drum piano guitar song picture mirror
bed pillow blanket candle rope nail hammer saw brush bucket basket bottle phone radio camera screen engine battery
rocket robot cloud rain snow wind storm fire sand island forest field farm horse cow sheep goat pig dog cat bird fish
frog bee ant owl fox wolf bear lion tiger mouse rabbit turtle whale shark lemon orange banana cherry grape melon onion
carrot potato tomato bean pepper corn honey butter pasta pizza salad market school office library museum station
harbour tower castle church park street corner wall roof floor kitchen sofa desk pencil ruler glue tape coin ticket
stamp bell flag shield crown gold silver iron copper glass wood cotton wool silk paint chalk dice kite tent torch
ladder fence gate path valley ocean beach planet star moon sun comet desert jungle swamp cave cliff canyon""".split()

ADJECTIVES = """red blue green yellow black white brown orange purple pink grey small big old new quiet loud fast slow
warm cold bright dark heavy light round flat tall short wide narrow soft hard clean dirty rich poor early late happy
sad brave clever gentle kind calm busy empty full fresh dry wet sharp smooth rough strange simple famous""".split()

COLOURS = "red blue green yellow black white brown orange purple pink grey silver gold".split()
JOBS = """teacher doctor baker farmer pilot nurse painter singer writer cook driver engineer gardener carpenter dentist
lawyer tailor sailor chemist librarian plumber musician journalist mechanic waiter architect photographer
programmer designer electrician""".split()
ANIMALS = "dog cat horse rabbit parrot hamster turtle goldfish pony goat canary snake lizard donkey duck".split()
HOBBIES = [
    "chess",
    "painting",
    "swimming",
    "cooking",
    "running",
    "reading",
    "singing",
    "dancing",
    "fishing",
    "hiking",
    "cycling",
    "knitting",
    "gardening",
    "skiing",
    "football",
    "tennis",
    "photography",
    "sailing",
]
TOPICS = """budget roadmap website garden holiday concert exhibition harvest lottery election festival repair contract
bakery orchestra marathon picnic translation invoice warehouse newsletter workshop laboratory archive""".split()
TASKS = [
    "agent behaviour",
    "translation",
    "summaries",
    "function calling",
    "writing code",
    "long documents",
    "chat",
    "question answering",
    "planning",
    "tool use",
    "classification",
    "short stories",
    "medical notes",
    "search queries",
    "email drafts",
    "mathematics",
    "image captions",
    "speech",
    "legal texts",
    "reasoning",
]
MODELS = [
    "Mixtral-8x7B",
    "Zephyr-7B",
    "Mistral-7B",
    "Llama-2-70B",
    "Falcon-40B",
    "Qwen-14B",
    "Yi-34B",
    "Gemma-7B",
    "Phi-2",
    "SOLAR-10B",
    "OpenHermes-2.5",
    "Vicuna-13B",
    "Orca-2",
    "StarCoder-15B",
    "Command-R",
    "DBRX",
    "GPT-3.5",
    "GPT-4",
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
CITIES = """Paris London Berlin Madrid Rome Lisbon Vienna Prague Warsaw Oslo Helsinki Dublin Athens Tokyo Beijing
Seoul Delhi Cairo Nairobi Lagos Sydney Toronto Boston Chicago Denver Seattle Lima Bogota Havana Hamburg Munich Lyon
Milan Naples Porto Seville Geneva Zurich Bergen Mumbai Osaka Shanghai Dakar Tunis Austin Dallas Miami""".split()

_STARTS = "b c d f g h j k l m n p r s t v w z br cr dr fl gr kl pl st tr sh".split()
_MIDDLES = "a e i o u ai ee oo ou ia".split()
_ENDS = ["", "n", "r", "l", "s", "k", "m", "t", "x", "nd", "rt", "sk", "th"]


def invented(rng, capital=True):
    """A word that nobody has seen: copying and passages must not lean on known words."""
    word = "".join(rng.choice(_STARTS) + rng.choice(_MIDDLES) for _ in range(rng.randint(1, 2)))
    word += rng.choice(_STARTS) + rng.choice(_MIDDLES) + rng.choice(_ENDS)
    return word.capitalize() if capital else word


def odd(rng):
    """Letters as they fall: a word whose tokens stand nowhere else in this order."""
    roll = rng.random()
    if roll < 0.35:
        word = "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(rng.randint(2, 9)))
    elif roll < 0.6:
        word = "".join(invented(rng, capital=False)[: rng.randint(2, 5)] for _ in range(rng.randint(1, 3)))
    elif roll < 0.75:
        word = rng.choice(NOUNS)[: rng.randint(2, 9)] + rng.choice(NAMES)[-rng.randint(2, 9) :]
    elif roll < 0.9:
        word = "".join(rng.choice("0123456789") for _ in range(rng.randint(1, 9)))
    else:
        word = rng.choice(NOUNS) + rng.choice(["ed", "ing", "ly", "ness", "er", "ia", "s", "-", "_", "."]) + code(rng).lower()
    return word.capitalize() if rng.random() < 0.3 else word


def code(rng):
    """Letters and digits without sense, as an order number has."""
    return "".join(rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789") for _ in range(rng.randint(3, 7)))


def person(rng):
    """A known first name, or an invented one in three of ten."""
    return invented(rng) if rng.random() < 0.3 else rng.choice(NAMES)


def place(rng):
    """A known city, or an invented one."""
    return invented(rng) if rng.random() < 0.4 else rng.choice(CITIES)


def model_name(rng):
    """A model known by name, or an invented one with a size."""
    return (
        rng.choice(MODELS)
        if rng.random() < 0.4
        else f"{invented(rng)}-{rng.choice([1, 2, 3, 7, 8, 13, 30, 34, 40, 65, 70])}B"
    )
