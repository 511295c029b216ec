"""Tables of facts: countries, opposites, animals, planets, colours, symbols, counts, and single questions."""

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
SINGLES = [
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
