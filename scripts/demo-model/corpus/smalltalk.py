"""Greetings, thanks, goodbyes and the other first things that people type."""

from .intents import ask, intent

STORY = (
    "Once upon a time there was a small robot who lived in a quiet library. Every night it read one book to the moon. One night the moon asked for a new story, "
    "so the robot wrote its own: it was about a friend who always listens. The moon smiled, and since then the two have told each other a story every night."
)
POEM = "The morning light is soft and new,\nthe grass is bright with drops of dew.\nA bird begins its little song,\nand all the day will hum along."

INTENTS = [
    intent(
        """
        (Hi|Hello|Hey|Hey there|Hi there|Hello there|Hiya|Howdy|Greetings|Yo)(|!|.)
        (Hi|Hello|Hey)(,|) (assistant|bot|Parlance|friend|you|everyone|again)(|!|.)
        Good (morning|afternoon|evening|day)(|!|.)
        (Hi|Hello)(,|!) (anybody|anyone) (there|home)?
        (Hi|Hello)(,|!) (nice|glad|good) to meet you(|!|.)
        (hallo|hola|bonjour|ciao|hi hi|hello hello|heya|sup)(|!)
        (Hi|Hello|Hey)(,|) (my friend|robot|little bot|dear bot|computer|machine|you there|little one)(|!|.)
        A (good|nice|lovely) (day|morning|evening) to you(|!|.)
    """,
        """
        Hey hello!
        Good morning to you!
        Hi there, bot!
    """,
        "Hello! How can I help you?",
        ["Hello"],
    ),
    intent(
        """
        How are you(| doing| today| doing today| feeling)?
        (How's|How is) (it going|everything|life|your day)(| today)?
        (Hi|Hello|Hey)(,|!) how are you(| doing| today)?
        (What's|Whats|what is) up?
        (Are you|You) (ok|okay|well|fine|alright)(| today)?
        How do you (do|feel)(| today)?
        How have you been?
    """,
        """
        Hello, how is your day?
        How are you feeling today, bot?
        Are you doing well?
    """,
        "I am well, thank you. How can I help you?",
        ["well"],
    ),
    intent(
        """
        (Thanks|Thank you|Thx|Many thanks|Thank you very much|Thanks a lot|Thank you so much|Cheers|thanks so much)(|!|.)
        (Thanks|Thank you)(,|) (that helps|that was helpful|great|you are kind|for your help|for the answer|bot|assistant)(|!|.)
        (That was|That's|That is) (helpful|useful|very helpful|a great help)(|!|.|, thanks!|, thank you.)
        I appreciate (it|that|your help)(|!|.)
    """,
        """
        Thanks a lot for the help!
        Great, thank you very much!
        That was very useful, thank you.
    """,
        "You are welcome!",
        ["welcome"],
    ),
    intent(
        """
        (Bye|Goodbye|Good bye|Bye bye|See you|See you later|Farewell|So long|Ciao for now|Later|Good night|See you tomorrow|Take care)(|!|.)
        (I have to go|I must go|I am leaving|I need to go)( now|)(|!|.)( Bye!|)
        (Ok|Okay)(,|) (bye|goodbye|see you)(|!|.)
        (Thanks|Thank you)(,|) (bye|goodbye)(|!|.)
        Have a (nice|good) (day|evening|night|weekend)(|!|.)
    """,
        """
        Ok, see you later, bye!
        I need to leave now, goodbye.
        Bye and good night!
    """,
        "Goodbye! Have a nice day.",
        ["Goodbye"],
    ),
    intent(
        """
        (Tell|Tell me|Give me|Say|Do you know|Can you tell me|Could you tell me) a (|good |funny |short )joke(|.|?|!)
        (Make me|Let me|I want to) laugh(|.|!)
        (A joke|Joke)(|, please|!|.)
        I (want|need|would like) (to hear |)a (|good |funny )joke(|.)
        (Do you know|Know) (any|some) jokes?
        (Say|Tell me) something funny(|.)
    """,
        """
        Could you make me laugh with a joke?
        I would love to hear a funny joke.
        Please tell us a joke.
    """,
        "Why did the robot go to bed early? It had to recharge its batteries.",
        ["robot"],
    ),
    intent(
        """
        (Tell|Tell me|Give me|Write|Write me|Can you tell me|Could you tell me|Make up) a (|short |nice |little |bedtime )story(|.|?|!)
        (A story|Story)(|, please|!|.)
        I (want|need|would like) (to hear |)a (|short |nice )story(|.)
        (Do you know|Know) (any|some|a) (stories|story)?
        (Tell|Write)(| me) a (|short )(fairy tale|tale)(|.)
        Tell me a story about (a robot|the moon|a library)(|.)
    """,
        """
        Could you write a little story for me?
        Please tell us a nice story.
        I would love to hear a story.
    """,
        STORY,
        ["robot"],
    ),
    intent(
        """
        (Tell|Tell me|Give me|Write|Write me|Can you write|Could you write|Make) a (|short |nice |little )(poem|rhyme|verse)(|.|?|!)
        (A poem|Poem)(|, please|!|.)
        I (want|need|would like) (to read |)a (|short |nice )poem(|.)
        (Do you know|Know) (any|some|a) (poems|poem)?
        (Write|Give me) a (|short )(poem|haiku|song) about (the morning|spring|a bird|nature|the sea|love)(|.)
    """,
        """
        Could you write a little poem for me?
        Please make up a short poem.
        I would love to read a poem.
    """,
        POEM,
        ["morning"],
    ),
    intent(
        """
        (I am|I'm) (sad|unhappy|lonely|tired|feeling down|feeling sad|stressed|upset)(| today)(|.)
        I feel (sad|unhappy|lonely|down|tired|bad)(| today)(|.)
        (My day was|Today is|Today was) (bad|hard|terrible|awful)(|.)
    """,
        """
        Today I am so unhappy.
        I am having a bad day.
    """,
        "I am sorry to hear that. I hope that you feel better soon.",
        ["sorry"],
    ),
    intent(
        """
        (I am|I'm) (happy|glad|excited|feeling great|great|so happy)(| today)(|.|!)
        I feel (happy|good|great|wonderful)(| today)(|.|!)
        (I am having|I have|I had|It is|What) a (wonderful|good|lovely|nice) (day|time|morning)(|.|!)
        (My day was|Today is|Today was) (good|great|wonderful)(|.|!)
    """,
        """
        Today I feel so good!
        I am having a great day!
    """,
        "I am glad to hear that!",
        ["glad"],
    ),
    intent(
        """
        (I am|I'm) bored(|.|!)
        (I have|There is) nothing to do(|.)
        (What|Anything) (can|should|could) (I|we) do(| now)?
        Entertain me(|.|!)
    """,
        """
        I am so bored right now.
        Today I have nothing to do.
    """,
        "Ask me for a joke, a story, a capital city or a sum.",
        ["joke"],
    ),
    intent(
        """
        (Cool|Nice|Great|Wow|Awesome|Amazing|Wonderful|Good job|Well done|Perfect|Excellent|Very good|Brilliant|Fantastic)(|!|.)
        (That's|That is|This is|It is) (cool|nice|great|awesome|amazing|wonderful|good|perfect|correct|right)(|!|.)
        (You are|You're) (smart|clever|great|nice|good|the best|amazing|funny|cool|right)(|!|.)
        (I like|I love) (you|this|it|that)(|!|.)
        (Wow|Oh|Hey)(,|) (nice|great|cool|that is great|this is good|well done|how nice)(|!|.)
        (That|This|It) (is|was) (really|very|so) (good|nice|cool|clever|great)(|!|.)
    """,
        """
        Wow, that is very good!
        You are so clever!
    """,
        "Thank you, that is kind of you!",
        ["Thank"],
    ),
    intent(
        """
        (You are|You're) (stupid|dumb|bad|wrong|useless|silly|not smart|terrible)(|!|.)
        (That's|That is|This is|It is) (wrong|bad|false|not right|not correct|incorrect)(|!|.)
        (I hate|I don't like) (you|this|that)(|!|.)
        (No|Nope)(,|) (that is|that's) (wrong|not right|false)(|!|.)
    """,
        """
        No, this is not correct!
        You are so wrong.
    """,
        "I am sorry. I am a small model and make mistakes.",
        ["sorry"],
    ),
    intent(
        """
        (Ok|Okay|Fine|Alright|I see|Got it|Understood|Yes|Yeah|Yep|Sure|Right|Hmm|Ah|Oh|k|Of course)(|!|.)
        (Ok|Okay)(,|) (good|fine|I see|I understand|got it)(|!|.)
    """,
        """
        Okay, alright.
        Ah, I understand.
    """,
        "Good. What else can I do for you?",
        ["What else"],
    ),
    intent(
        """
        (No|Nope|No thanks|No, thank you|Nothing|Never mind|Not now|Nothing else|That is all|That's all|That was all)(|!|.)
    """,
        """
        No, nothing else.
        No thanks, that is all.
    """,
        "All right. I am here if you need me.",
        ["here"],
    ),
    intent(
        """
        (Test|Testing|test test|This is a test|ping|Just testing|1 2 3|Testing 1 2 3|foo|x|a|hello world|Hello, world|Hello World)(|!|.)
        (Are you|Is anybody) (there|listening|working|online|alive|awake|ready)?
        (Does this|Does it|Do you) work?
        Can you (hear|read|see|understand) (me|this)?
        Is this (thing on|working)?
    """,
        """
        I am just testing this.
        Hey, are you working?
        Can you read what I write?
    """,
        "Yes, I am here and working.",
        ["here"],
    ),
    intent(
        """
        (Help|Help me|I need help|I need your help|Can you help|Can you help me|Could you help me|Please help|Please help me)(|.|!|?)
        (What can you|What do you|What are you able to) (do|do for me|know|help with|answer|help me with)?
        (What|Which) (questions|things|tasks|topics) can (you answer|I ask|you do|I ask you|you help with)?
        (What|How) can (I ask|I do|you help)(| you| here| me)?
        (What are|Tell me|List) your (skills|abilities|functions|features|capabilities)(|.|?)
        (Tell me|Show me|Explain) what you can do(|.)
        How (can|do) I use you?
        (What|Which) (sort|kind) of (help|tasks|things) (do you offer|can you do|are you good at)?
        (What|Which questions) do you (know|understand|like|cover)?
        (Tell me|Say) (what|which questions) (I can ask|you know|you answer|you understand)(.|)
    """,
        """
        Which kind of questions do you answer?
        Could you show me what you can do?
        What sort of things can you help me with?
    """,
        "I can chat, tell you about Parlance, answer questions about capitals and similar facts, add numbers, copy text, write JSON, read short passages and call tools.",
        ["capitals"],
    ),
    intent(
        """
        (Do you|Can you) (sleep|eat|dream|drink|feel|cry|laugh|get tired|have feelings|feel pain)?
        (Do you have|Have you got) (feelings|emotions|friends|a family|a body|a soul|parents|children|a heart)?
        (What is|What's) your favou(|)rite (colour|color|food|film|book|animal|song|number)?
        (Do you|Can you) (love|like) (me|music|food|people|cats|dogs)?
        (Where|In which city) do you (live|come from)?
        How old are you?
        (When|Where) were you born?
        Are you (married|happy|sad|hungry|tired|alive|conscious)?
        Do you (ever|sometimes|often) (rest|eat|cry|laugh|feel sad|get tired|feel pain)?
        (Which|What) (colour|music|animal|song|book) do you (like|love|like best)?
        (Tell me|Say) your age(.|)
    """,
        """
        Do you ever sleep or dream?
        Which food is your favourite?
        What is your age?
        Do you have a favourite colour?
    """,
        "I am a program, so I have no body, no age and no feelings.",
        ["program"],
    ),
    intent(
        """
        (Who are you talking to|Do you know me|Do you know who I am|Who am I)?
        (Can|Do) you (remember|recognize|recognise|know) me?
    """,
        """
        Do you know who is talking to you?
    """,
        "I only know what you tell me in this conversation.",
        ["conversation"],
    ),
    intent(
        """
        (I am|I'm) (new here|a user|a developer|a student|an engineer|a programmer|a beginner)(|.|!)
        (This is|It is) my first (time|visit|question)(| here)(|.|!)
    """,
        """
        I am a new developer here.
    """,
        "Welcome! Ask me anything about Parlance, or try a capital city or a sum.",
        ["Welcome"],
    ),
    intent(
        """
        (Sorry|I am sorry|I'm sorry|Excuse me|Pardon|My apologies|My mistake|My bad)(|!|.)
    """,
        """
        Oh, I am so sorry!
    """,
        "No problem at all.",
        ["No problem"],
    ),
]


def small_talk(rng, held=False):
    """One remark and the fixed reply to it."""
    return ask(rng, "small talk", INTENTS, held)
