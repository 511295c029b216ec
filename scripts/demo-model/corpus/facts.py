"""Facts from tables: countries, opposites, animals, planets, calendar, colours, chemistry, shapes."""

from .grammar import Wordings, decorate
from .sample import Sample, turn
from .words import DAYS, MONTHS

# country | capital | continent | currency | language
_COUNTRIES = """France|Paris|Europe|euro|French
Germany|Berlin|Europe|euro|German
Italy|Rome|Europe|euro|Italian
Spain|Madrid|Europe|euro|Spanish
Portugal|Lisbon|Europe|euro|Portuguese
Austria|Vienna|Europe|euro|German
Belgium|Brussels|Europe|euro|Dutch
the Netherlands|Amsterdam|Europe|euro|Dutch
Greece|Athens|Europe|euro|Greek
Ireland|Dublin|Europe|euro|English
Finland|Helsinki|Europe|euro|Finnish
Estonia|Tallinn|Europe|euro|Estonian
Latvia|Riga|Europe|euro|Latvian
Lithuania|Vilnius|Europe|euro|Lithuanian
Slovakia|Bratislava|Europe|euro|Slovak
Slovenia|Ljubljana|Europe|euro|Slovene
Croatia|Zagreb|Europe|euro|Croatian
Sweden|Stockholm|Europe|Swedish krona|Swedish
Norway|Oslo|Europe|Norwegian krone|Norwegian
Denmark|Copenhagen|Europe|Danish krone|Danish
Iceland|Reykjavik|Europe|Icelandic krona|Icelandic
Poland|Warsaw|Europe|zloty|Polish
Hungary|Budapest|Europe|forint|Hungarian
Romania|Bucharest|Europe|leu|Romanian
Serbia|Belgrade|Europe|Serbian dinar|Serbian
Albania|Tirana|Europe|lek|Albanian
Ukraine|Kyiv|Europe|hryvnia|Ukrainian
Switzerland|Bern|Europe|Swiss franc|German
the United Kingdom|London|Europe|pound sterling|English
Russia|Moscow|Europe|ruble|Russian
Turkey|Ankara|Asia|lira|Turkish
China|Beijing|Asia|yuan|Chinese
Japan|Tokyo|Asia|yen|Japanese
South Korea|Seoul|Asia|won|Korean
India|New Delhi|Asia|Indian rupee|Hindi
Pakistan|Islamabad|Asia|Pakistani rupee|Urdu
Bangladesh|Dhaka|Asia|taka|Bengali
Nepal|Kathmandu|Asia|Nepalese rupee|Nepali
Thailand|Bangkok|Asia|baht|Thai
Vietnam|Hanoi|Asia|dong|Vietnamese
Cambodia|Phnom Penh|Asia|riel|Khmer
Laos|Vientiane|Asia|kip|Lao
Malaysia|Kuala Lumpur|Asia|ringgit|Malay
Indonesia|Jakarta|Asia|rupiah|Indonesian
the Philippines|Manila|Asia|peso|Filipino
Mongolia|Ulaanbaatar|Asia|tugrik|Mongolian
Iran|Tehran|Asia|rial|Persian
Iraq|Baghdad|Asia|Iraqi dinar|Arabic
Saudi Arabia|Riyadh|Asia|riyal|Arabic
Jordan|Amman|Asia|Jordanian dinar|Arabic
Georgia|Tbilisi|Asia|lari|Georgian
Armenia|Yerevan|Asia|dram|Armenian
Kazakhstan|Astana|Asia|tenge|Kazakh
Egypt|Cairo|Africa|Egyptian pound|Arabic
Morocco|Rabat|Africa|Moroccan dirham|Arabic
Algeria|Algiers|Africa|Algerian dinar|Arabic
Tunisia|Tunis|Africa|Tunisian dinar|Arabic
Kenya|Nairobi|Africa|Kenyan shilling|Swahili
Tanzania|Dodoma|Africa|Tanzanian shilling|Swahili
Ethiopia|Addis Ababa|Africa|birr|Amharic
Ghana|Accra|Africa|cedi|English
Nigeria|Abuja|Africa|naira|English
Senegal|Dakar|Africa|CFA franc|French
Mali|Bamako|Africa|CFA franc|French
Angola|Luanda|Africa|kwanza|Portuguese
Zambia|Lusaka|Africa|kwacha|English
Uganda|Kampala|Africa|Ugandan shilling|English
Rwanda|Kigali|Africa|Rwandan franc|Kinyarwanda
the United States|Washington|North America|US dollar|English
Canada|Ottawa|North America|Canadian dollar|English
Mexico|Mexico City|North America|Mexican peso|Spanish
Cuba|Havana|North America|Cuban peso|Spanish
Jamaica|Kingston|North America|Jamaican dollar|English
Panama|Panama City|North America|balboa|Spanish
Brazil|Brasilia|South America|real|Portuguese
Argentina|Buenos Aires|South America|Argentine peso|Spanish
Chile|Santiago|South America|Chilean peso|Spanish
Peru|Lima|South America|sol|Spanish
Colombia|Bogota|South America|Colombian peso|Spanish
Ecuador|Quito|South America|US dollar|Spanish
Uruguay|Montevideo|South America|Uruguayan peso|Spanish
Venezuela|Caracas|South America|bolivar|Spanish
Australia|Canberra|Oceania|Australian dollar|English
New Zealand|Wellington|Oceania|New Zealand dollar|English
Fiji|Suva|Oceania|Fijian dollar|English"""
COUNTRIES = [line.split("|") for line in _COUNTRIES.splitlines()]

_OPPOSITES = """hot cold|big small|tall short|fast slow|light dark|old young|happy sad|rich poor|hard soft|wet dry|full empty
open closed|early late|near far|high low|loud quiet|strong weak|good bad|clean dirty|heavy light|long short|wide narrow
thick thin|deep shallow|up down|left right|in out|day night|black white|first last|true false|win lose|begin end|buy sell
love hate|always never|above below|before after|inside outside|push pull|rough smooth|sharp dull|sweet sour|cheap expensive
easy difficult|safe dangerous|success failure|north south|east west|war peace|brave cowardly|polite rude|summer winter
give take|arrive leave|awake asleep|alive dead|brother sister|king queen|left right|yes no"""
# word | opposite, both ways; the first pair of a word wins
OPPOSITES = {}
for _pair in _OPPOSITES.replace("\n", "|").split("|"):
    _one, _two = _pair.split()
    OPPOSITES.setdefault(_one, _two)
    OPPOSITES.setdefault(_two, _one)

# animal | young | sound verb | legs | class
_ANIMALS = """dog|puppy|barks|4|mammal
cat|kitten|meows|4|mammal
cow|calf|moos|4|mammal
horse|foal|neighs|4|mammal
sheep|lamb|bleats|4|mammal
pig|piglet|oinks|4|mammal
lion|cub|roars|4|mammal
wolf|pup|howls|4|mammal
duck|duckling|quacks|2|bird
hen|chick|clucks|2|bird
owl|owlet|hoots|2|bird
frog|tadpole|croaks|4|amphibian
bee|larva|buzzes|6|insect
snake|hatchling|hisses|0|reptile
goat|kid|bleats|4|mammal
donkey|foal|brays|4|mammal
elephant|calf|trumpets|4|mammal
crow|chick|caws|2|bird"""
ANIMALS = [line.split("|") for line in _ANIMALS.splitlines()]

PLANETS = "Mercury Venus Earth Mars Jupiter Saturn Uranus Neptune".split()
ORDINALS = "first second third fourth fifth sixth seventh eighth".split()
MIXES = {
    ("red", "blue"): "purple",
    ("blue", "yellow"): "green",
    ("red", "yellow"): "orange",
    ("black", "white"): "grey",
    ("red", "white"): "pink",
}
THING_COLOURS = {
    "the sky": "blue",
    "grass": "green",
    "snow": "white",
    "blood": "red",
    "a banana": "yellow",
    "coal": "black",
    "milk": "white",
    "a lemon": "yellow",
    "a strawberry": "red",
    "the night": "black",
    "chocolate": "brown",
    "an elephant": "grey",
    "a flamingo": "pink",
    "a tomato": "red",
    "salt": "white",
    "a frog": "green",
}
SYMBOLS = {
    "gold": "Au",
    "silver": "Ag",
    "iron": "Fe",
    "oxygen": "O",
    "hydrogen": "H",
    "carbon": "C",
    "helium": "He",
    "sodium": "Na",
    "copper": "Cu",
    "lead": "Pb",
    "nitrogen": "N",
    "zinc": "Zn",
    "calcium": "Ca",
    "water": "H2O",
    "salt": "NaCl",
    "carbon dioxide": "CO2",
}
SIDES = {"triangle": 3, "square": 4, "rectangle": 4, "pentagon": 5, "hexagon": 6, "octagon": 8}
COUNTS = {
    "days in a week": 7,
    "months in a year": 12,
    "hours in a day": 24,
    "minutes in an hour": 60,
    "seconds in a minute": 60,
    "days in a year": 365,
    "planets in the solar system": 8,
    "continents on Earth": 7,
    "letters in the English alphabet": 26,
    "centimetres in a metre": 100,
    "metres in a kilometre": 1000,
    "legs on a spider": 8,
    "strings on a guitar": 6,
    "players in a football team": 11,
    "wheels on a bicycle": 2,
    "colours in a rainbow": 7,
    "weeks in a year": 52,
    "years in a century": 100,
    "sides on a cube": 6,
}
# question wordings | answer
_SINGLES = [
    (
        [
            "(What|Which) is the (largest|biggest) planet(| in the solar system)?",
            "(Name|Tell me) the (largest|biggest) planet.",
        ],
        ["Of all the planets, which one is the biggest?"],
        "The largest planet is Jupiter.",
        "Jupiter",
    ),
    (
        [
            "(What|Which) is the (largest|biggest) ocean(| on Earth| in the world)?",
            "(Name|Tell me) the (largest|biggest) ocean.",
        ],
        ["Of all the oceans, which one is the biggest?"],
        "The largest ocean is the Pacific Ocean.",
        "Pacific",
    ),
    (
        [
            "(What|Which) is the (highest|tallest) mountain(| on Earth| in the world)?",
            "(Name|Tell me) the (highest|tallest) mountain.",
        ],
        ["Of all the mountains, which one is the highest?"],
        "The highest mountain is Mount Everest.",
        "Everest",
    ),
    (
        [
            "(What|Which) is the fastest (land |)animal(| on land| in the world)?",
            "(Name|Tell me) the fastest (land |)animal.",
        ],
        ["Of all the animals, which one is the fastest?"],
        "The fastest land animal is the cheetah.",
        "cheetah",
    ),
    (
        [
            "(What|Which) is the (largest|biggest) animal(| on Earth| in the world)?",
            "(Name|Tell me) the (largest|biggest) animal.",
        ],
        ["Of all the animals, which one is the biggest?"],
        "The largest animal is the blue whale.",
        "blue whale",
    ),
    (
        [
            "At (what|which) temperature does water (boil|start to boil)?",
            "What is the boiling point of water?",
            "When does water boil?",
        ],
        ["How hot must water be to boil?"],
        "Water boils at 100 degrees Celsius.",
        "100",
    ),
    (
        [
            "At (what|which) temperature does water (freeze|turn to ice)?",
            "What is the freezing point of water?",
            "When does water freeze?",
        ],
        ["How cold must water be to freeze?"],
        "Water freezes at 0 degrees Celsius.",
        "0",
    ),
    (
        [
            "(Who|Which author) wrote (Hamlet|Romeo and Juliet|Macbeth)?",
            "Who is the author of (Hamlet|Romeo and Juliet|Macbeth)?",
        ],
        ["Which writer gave us Romeo and Juliet?"],
        "William Shakespeare wrote it.",
        "Shakespeare",
    ),
    (
        [
            "Who painted the Mona Lisa?",
            "(Which|What) (painter|artist) (made|painted) the Mona Lisa?",
            "The Mona Lisa is by whom?",
        ],
        ["Whose painting is the Mona Lisa?"],
        "Leonardo da Vinci painted the Mona Lisa.",
        "Leonardo",
    ),
    (
        [
            "(Who|Which man) was the first (man|person|human) on the (moon|Moon)?",
            "Who (first walked|walked first) on the (moon|Moon)?",
        ],
        ["Which person set foot on the Moon first?"],
        "Neil Armstrong was the first person on the Moon.",
        "Armstrong",
    ),
    (
        ["What do bees (make|produce)?", "(Which|What) food (comes from|do we get from) bees?"],
        ["What is made by bees?"],
        "Bees make honey.",
        "honey",
    ),
    (
        [
            "What (colour|color)s (are in|does) a rainbow(| have)?",
            "(Name|List|Tell me) the colou(|)rs of (the|a) rainbow.",
        ],
        ["Which colours can I see in a rainbow?"],
        "A rainbow is red, orange, yellow, green, blue, indigo and violet.",
        "violet",
    ),
    (
        ["(Name|List|Tell me|What are) the days of the week(.|?)", "(What|Which) days (are in|has) a week?"],
        ["Could you list all the days of a week?"],
        "The days of the week are Monday, Tuesday, Wednesday, Thursday, Friday, Saturday and Sunday.",
        "Wednesday",
    ),
    (
        ["(Name|List|Tell me|What are) the months of the year(.|?)", "(What|Which) months (are in|has) a year?"],
        ["Could you list all the months of a year?"],
        "The months of the year are January, February, March, April, May, June, July, August, September, October, November and December.",
        "August",
    ),
    (
        [
            "(Name|List|Tell me|What are) the planets(| of the solar system| in order)(.|?)",
            "(What|Which) planets (are in|has) the solar system?",
        ],
        ["Could you list all the planets of our solar system?"],
        "The planets are Mercury, Venus, Earth, Mars, Jupiter, Saturn, Uranus and Neptune.",
        "Saturn",
    ),
]

# Relations over a table: wordings, rows of slots, the sentence and the bare answer.
_CAPITAL = Wordings(
    [
        "(What|Which city|Which town) is the capital(| city) of {country}?",
        "(What's|Whats|what is) the capital(| city) of {country}?",
        "(Tell me|Name|Give me|Say|Write) the capital(| city) of {country}(.|, please.|)",
        "(The capital|Capital|capital city) of {country}?",
        "{country}(:| -|,) capital?",
        "(Do you know|Can you tell me|Could you tell me|Please tell me|Can you name) the capital of {country}?",
        "(Do you know|Can you tell me|Could you tell me) (what|which city) (the capital of {country} is|is the capital of {country})?",
        "Which city is {country}'s capital?",
        "What is {country}'s capital(| city)?",
        "What is the capital city in {country}?",
        "(What|Which) (city|town) is {country} governed from?",
        "(What|Which) capital does {country} have?",
        "I (need|want|am looking for) the capital of {country}.",
        "What do you call the capital of {country}?",
        "How is the capital of {country} called?",
        "The capital of {country} is",
        "What city is the capital of {country}?",
        "Where is the government of {country}?",
        "In {country}, (what|which city) is the capital?",
        "Capital city of {country}, please.",
        "{country} has which capital?",
        "My (teacher|friend|son) asks (for|about) the capital of {country}.",
    ],
    [
        "I would like to know which city the capital of {country} is.",
        "Do you happen to know {country}'s capital?",
        "For a quiz: the capital of {country} is which city?",
        "What is the name of the capital city of {country}?",
        "Tell me which city is the capital in {country}.",
        "Please name the city that is the capital of {country}.",
    ],
)
_CONTINENT = Wordings(
    [
        "(On|In) (what|which) continent is {country}(| located| found)?",
        "(What|Which) continent is {country} (in|on|part of)?",
        "Where (is|in the world is) {country}?",
        "(Tell me|Name|Give me) the continent of {country}.",
        "The continent of {country}?",
        "{country} (is|lies) (in|on) (what|which) continent?",
        "(What's|What is) the continent of {country}?",
        "(Do you know|Can you tell me) (on|in) (which|what) continent {country} (is|lies)?",
        "{country}(:| -|,) continent?",
        "To (what|which) continent does {country} belong?",
        "Which part of the world is {country} in?",
    ],
    [
        "I would like to know on which continent {country} can be found.",
        "{country} belongs to which continent?",
        "Which continent would I find {country} on?",
        "Please name the continent where {country} is.",
    ],
)
_CURRENCY = Wordings(
    [
        "(What|Which) (currency|money) (is used in|does|do they use in) {country}(| use)?",
        "(What's|What is) the (currency|money) (of|in) {country}?",
        "(Tell me|Name|Give me) the currency of {country}.",
        "The currency of {country}?",
        "{country}(:| -|,) currency?",
        "(What|Which) (currency|money) (can|do|would) I (pay with|use|need) in {country}?",
        "How do (people|they) pay in {country}?",
        "(Do you know|Can you tell me) the currency (of|in) {country}?",
        "{country} has (what|which) currency?",
        "What is {country}'s currency?",
        "What is the money of {country} called?",
    ],
    [
        "I would like to know the currency that people use in {country}.",
        "Which currency will I need when I travel to {country}?",
        "With what money do people pay in {country}?",
        "Please name {country}'s currency.",
    ],
)
_LANGUAGE = Wordings(
    [
        "(What|Which) (|main )language (is spoken|do people speak|do they speak|is used) in {country}?",
        "(What's|What is) the (|main |official )language (of|in) {country}?",
        "(Tell me|Name|Give me) the (|main )language of {country}.",
        "The language of {country}?",
        "{country}(:| -|,) language?",
        "(Do you know|Can you tell me) the (|main )language (of|in) {country}?",
        "What do (people|they) speak in {country}?",
        "{country} has (what|which) (|main )language?",
        "What is {country}'s (|main )language?",
        "(What|Which) language should I (learn|speak) (for|in) {country}?",
    ],
    [
        "I would like to know the language that people speak in {country}.",
        "Which language will I hear when I travel to {country}?",
        "In what language do the people of {country} talk?",
        "Please name {country}'s language.",
    ],
)
_OF_CAPITAL = Wordings(
    [
        "{capital} is the capital of (what|which) country?",
        "(What|Which) country (has|is) {capital} (as its|the) capital(| of)?",
        "Of (what|which) country is {capital} the capital?",
        "(What|Which) country's capital is {capital}?",
        "{capital}(:| -|,) capital of(| what| which country)?",
        "(What|Which) country has the capital {capital}?",
    ],
    [
        "Which country would have {capital} for its capital?",
        "{capital} is which country's capital?",
        "Name the country whose capital is {capital}.",
    ],
)
_OPPOSITE = Wordings(
    [
        "(What's|What is) the opposite of {word}?",
        "(Tell me|Name|Give me|Say) the opposite of {word}.",
        "The opposite of {word}?",
        "Opposite of {word}(|?)",
        "(What|Which word) is opposite to {word}?",
        "(What's|What is) (the|an) antonym (of|for) {word}?",
        "{word}(:| -|,) opposite?",
        "(Do you know|Can you tell me) the opposite of {word}?",
        "(What|Which word) means the opposite of {word}?",
        "If it is not {word}, it is",
        "The opposite of {word} is",
    ],
    [
        "Which word is the opposite of {word}?",
        "I would like the opposite of {word}.",
        "Please name the opposite of the word {word}.",
        "What would be the opposite of {word}?",
    ],
)
_YOUNG = Wordings(
    [
        "(What's|What is) a (young|baby) {animal}(| called)?",
        "(What|How) do you call a (young|baby) {animal}?",
        "What is the young of (a|the) {animal} called?",
        "(Name|Tell me) the (young|baby) of a {animal}.",
        "(A baby|A young) {animal} is called",
    ],
    ["What name does a baby {animal} have?", "Which word do we use for a young {animal}?"],
)
_SOUND = Wordings(
    [
        "What (sound|noise) does (a|the) {animal} make?",
        "(How does|What does) (a|the) {animal} (sound|say)?",
        "(Tell me|Name) the sound of a {animal}.",
        "The sound of a {animal}?",
    ],
    ["Which sound comes from a {animal}?", "What noise would a {animal} make?"],
)
_LEGS = Wordings(
    [
        "How many legs (does|has) a {animal}(| have)?",
        "(Tell me|Name) the number of legs of a {animal}.",
        "What is the number of legs of a {animal}?",
        "Legs of a {animal}?",
    ],
    ["A {animal} has how many legs?", "On how many legs does a {animal} walk?"],
)
_CLASS = Wordings(
    [
        "(What|Which) (kind|class|type) of animal is (a|the) {animal}?",
        "Is a {animal} a mammal, a bird, a reptile, an insect or an amphibian?",
        "(Tell me|Name) the class of the {animal}.",
    ],
    ["To which class of animals does the {animal} belong?", "A {animal} is what kind of animal?"],
)
_PLANET = Wordings(
    [
        "(What|Which) is the {ordinal} planet(| from the sun| from the Sun)?",
        "(What|Which) planet is {ordinal}(| from the sun| from the Sun)?",
        "(Tell me|Name) the {ordinal} planet(| from the sun).",
        "The {ordinal} planet(| from the Sun)?",
    ],
    ["Counting from the Sun, which planet is the {ordinal}?", "Which planet comes {ordinal} from the Sun?"],
)
_NEXT = Wordings(
    [
        "(What|Which) (day|month|one) (comes|is) after {one}?",
        "What comes after {one}?",
        "What is the (day|month) after {one}?",
        "After {one} comes",
        "(Tell me|Name) the (day|month) after {one}.",
        "Before (which|what) (day|month) (is|comes) {one}?",
        "(Which|What) (day|month) is (right|just) after {one}?",
    ],
    ["{one} is followed by what?", "Which one follows {one}?"],
)
_PREVIOUS = Wordings(
    [
        "(What|Which) (day|month|one) (comes|is) before {one}?",
        "What comes before {one}?",
        "What is the (day|month) before {one}?",
        "Before {one} comes",
        "(Tell me|Name) the (day|month) before {one}.",
        "After (which|what) (day|month) (is|comes) {one}?",
        "(Which|What) (day|month) is (right|just) before {one}?",
    ],
    ["{one} comes right after what?", "Which one precedes {one}?"],
)
_MIX = Wordings(
    [
        "(What|Which) colou(|)r (do|is) (you get from |)(mixing |){one} and {two}(| make| give| together)?",
        "What (do|does) {one} (and|plus) {two} (make|give)?",
        "(Mix|Mixing) {one} (and|with) {two} gives (what|which colour)?",
        "If I mix {one} (and|with) {two}, (what|which colour) do I get?",
    ],
    ["Which colour comes out when I mix {one} with {two}?", "I am mixing {one} and {two} paint. What will I get?"],
)
_COLOUR = Wordings(
    [
        "(What|Which) colou(|)r (is|has) {thing}?",
        "(Tell me|Name) the colou(|)r of {thing}.",
        "What is the colou(|)r of {thing}?",
        "The colou(|)r of {thing}?",
    ],
    ["{thing} is of which colour?", "Of what colour is {thing}?"],
)
_SYMBOL = Wordings(
    [
        "(What's|What is) the (chemical |)(symbol|formula) (of|for) {element}?",
        "(Tell me|Name) the chemical symbol (of|for) {element}.",
        "The (chemical |)symbol of {element}?",
        "(What|Which) symbol has {element}(| in chemistry)?",
        "How is {element} written in chemistry?",
    ],
    ["Which chemical symbol stands for {element}?", "In chemistry, what is the symbol of {element}?"],
)
_SIDES = Wordings(
    [
        "How many (sides|corners) (does|has) a {shape}(| have)?",
        "(Tell me|Name) the number of sides of a {shape}.",
        "What is the number of sides of a {shape}?",
        "Sides of a {shape}?",
    ],
    ["A {shape} has how many sides?", "Count the sides of a {shape}."],
)
_COUNT = Wordings(
    [
        "How many {things}(| are there)?",
        "(Tell me|Name) the number of {things}.",
        "What is the number of {things}?",
        "(The|What's the) number of {things}?",
        "{things}: how many?",
    ],
    ["I would like to know how many {things} there are.", "Do you know how many {things}?"],
)


def _rows():
    """(weight, wordings, slots, sentence, bare answer) of every fact."""
    for country, capital, continent, currency, language in COUNTRIES:
        start = country[0].upper() + country[1:]
        yield "capital", _CAPITAL, {"country": country}, f"The capital of {country} is {capital}.", capital
        yield "continent", _CONTINENT, {"country": country}, f"{start} is in {continent}.", continent
        yield "currency", _CURRENCY, {"country": country}, f"The currency of {country} is the {currency}.", currency
        yield "language", _LANGUAGE, {"country": country}, f"The main language of {country} is {language}.", language
        yield "country", _OF_CAPITAL, {"capital": capital}, f"{capital} is the capital of {country}.", country
    for word, opposite in OPPOSITES.items():
        yield "opposite", _OPPOSITE, {"word": word}, f"The opposite of {word} is {opposite}.", opposite
    for animal, young, sound, legs, kind in ANIMALS:
        yield "young", _YOUNG, {"animal": animal}, f"A young {animal} is called a {young}.", young
        yield "sound", _SOUND, {"animal": animal}, f"A {animal} {sound}.", sound
        yield "legs", _LEGS, {"animal": animal}, f"A {animal} has {legs} legs.", legs
        yield "class", _CLASS, {"animal": animal}, f"A {animal} is {'an' if kind[0] in 'ai' else 'a'} {kind}.", kind
    for ordinal, planet in zip(ORDINALS, PLANETS):
        yield "planet", _PLANET, {"ordinal": ordinal}, f"The {ordinal} planet from the Sun is {planet}.", planet
    for ring in (DAYS, MONTHS):
        for one, two in zip(ring, ring[1:] + ring[:1]):
            yield "next", _NEXT, {"one": one}, f"{two} comes after {one}.", two
            yield "previous", _PREVIOUS, {"one": two}, f"{one} comes before {two}.", one
    for (one, two), mix in MIXES.items():
        yield "colour", _MIX, {"one": one, "two": two}, f"If you mix {one} and {two}, you get {mix}.", mix
        yield "colour", _MIX, {"one": two, "two": one}, f"If you mix {two} and {one}, you get {mix}.", mix
    for thing, colour in THING_COLOURS.items():
        yield "colour", _COLOUR, {"thing": thing}, f"{thing[0].upper() + thing[1:]} is {colour}.", colour
    for element, symbol in SYMBOLS.items():
        yield "symbol", _SYMBOL, {"element": element}, f"The chemical symbol of {element} is {symbol}.", symbol
    for name, sides in SIDES.items():
        yield "sides", _SIDES, {"shape": name}, f"A {name} has {sides} sides.", str(sides)
    for things, number in COUNTS.items():
        yield "count", _COUNT, {"things": things}, f"There are {number} {things}.", str(number)
    for train, held, sentence, bare in _SINGLES:
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


def fact(rng, held=False):
    """A question whose answer is in a table."""
    kind, wordings, slots, sentence, bare = rng.choice(ROWS)
    question = wordings.say(rng, held, **slots)
    if not held:
        question = decorate(rng, question)
    return turn("facts", question, sentence, {"type": "contains", "any": [bare]})


def one_word(rng, held=False):
    """A fact asked for in one word."""
    _, wordings, slots, _, bare = rng.choice(ROWS[: -len(_SINGLES)])
    question = wordings.say(rng, held, **slots)
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
    _, wordings, slots, _, bare = rng.choice(ROWS[: -len(_SINGLES)])
    question = wordings.say(rng, held, **slots)
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
