"""Who the model is, and what Parlance is, serves, reads and is set by."""

from .intents import ask, intent

INTENTS = [
    intent(
        """
        (Who|What) are you?
        (Who|What) (is|am I talking to|is this)?
        Who am I (talking|speaking|chatting) (to|with)?
        (What's|What is|Tell me|May I know) your name(|?)
        (Introduce|Describe) yourself(|.)
        Tell me (about|something about) (yourself|you)(|.)
        (What|How) (should|can|do) I call you?
        (What|Which) (model|LLM|AI|language model|assistant|bot|chatbot) (are you|is this)?
        Do you have a name?
        (Hi|Hello)(,|!) who are you?
        (What|Which) model (am I|are we) (using|talking to)?
        Say who you are(|.)
        Your name(|?)
        What kind of (model|AI|assistant|program) are you?
        Name yourself(|.)
        (What|Which) (sort|type) of (AI|assistant|bot|program|thing) (are you|is this|do I talk to|am I using)?
        (Which|What) model (answers|is answering|do I talk to|do I chat with|writes) (here|me|this)?
        (Please |)(present|describe) yourself(| to me| in a sentence)(.|)
        I (want|would like) to know (who|what) you are(.|)
    """,
        """
        Could you introduce yourself, please?
        Please tell me who you are.
        Which name do you have?
        What sort of model am I chatting with?
        Can you tell me something about yourself?
    """,
        "I am the demo model of Parlance, a small language model that runs on a CPU.",
        ["demo model"],
    ),
    intent(
        """
        (Are you|Is this) (a human|human|a person|a real person|a man|a woman|a robot|a bot|a machine|an AI|a computer|a program|real|a chatbot)?
        (Am I|Are we) (talking|speaking) (to|with) a (human|person|robot|machine|bot)?
        (You are|Are you) (not |)a human(,| |)(right|)?
        (Are we chatting|Do I chat|Do I write|Am I texting|Are we texting) (with|to) (a human|a person|a robot|a machine|a bot|an AI|someone real)?
        Is (there|this|it) a (human|person|man|woman|robot|machine|program) (here|behind this|answering|on the other side)?
        Is (somebody|someone|a human|a person|a robot|a machine) (writing|typing|answering|there)(| to me| here)?
        (Are you|You are) (made of flesh|alive like me|a living person|artificial)?
    """,
        """
        Are you a real human or a machine?
        Is there a real person writing to me?
        Am I chatting with a robot?
    """,
        "I am not a human. I am a small language model, the demo model of Parlance.",
        ["not a human"],
    ),
    intent(
        """
        Are you (ChatGPT|GPT|GPT-4|Claude|Llama|Gemini|Mistral|Qwen|Siri|Alexa|Zephyr|Mixtral|OpenAI|an OpenAI model)?
        (Is this|You are) (ChatGPT|GPT-4|Claude|Llama|Gemini|Mistral)(|, right)?
        Am I (talking|speaking) to (ChatGPT|GPT|Claude|Llama|Gemini|Mistral)?
    """,
        """
        Do I talk to ChatGPT here?
        Could it be that you are GPT-4?
        Are you the same as ChatGPT?
    """,
        "No. I am the demo model of Parlance.",
        ["demo model of Parlance"],
    ),
    intent(
        """
        Who (made|built|created|trained|wrote|developed|designed|programmed) you?
        (Where|Which project) do you come from(|?)
        (What|Which|Who) (company|team|project|people) (made|built|trained|created) you?
        Who (is|are) your (maker|creator|author|developer|developers|makers|parents)?
        (How|On what|On which data) were you (trained|made|built)?
        (What|Which) data (were you|are you) trained on?
        (Who|What people|Which group) (is behind|stands behind|is responsible for) (you|this model|this bot)?
        (Tell me|Say|I want to know) who (made|built|trained|created) you(.|)
        You were (made|built|trained|created) by (whom|who|which company)?
    """,
        """
        By whom were you built?
        Please say who it was that trained you.
        Which people created this model?
    """,
        "The Parlance project trained me on text that its own generator writes.",
        ["Parlance"],
    ),
    intent(
        """
        How (big|large|small) are you?
        How many parameters (do|does) (you|this model|the demo model) have?
        (What|What's|What is) (is |)your size?
        (How many|What number of) parameters(| are you| have you)?
        Are you (big|large|small|a big model|a large model|a small model)?
        The (size|number of parameters) of (this|the demo) model?
        (Tell me|Say|I want to know) how (big|large|many parameters) you (are|have)(.|)
        (What|Which) number of parameters do you have?
    """,
        """
        Could you tell me how many parameters you have?
        What size of model are you?
    """,
        "I am very small: about two million parameters.",
        ["million"],
    ),
    intent(
        """
        (What|Which) languages do you (speak|know|understand)?
        Do you (speak|know|understand) (English|Chinese|French|German|Spanish|other languages|any other language)?
        Can you (speak|write|answer in|understand) (English|Chinese|French|German|Spanish)?
        In (what|which) language can I (write|talk) to you?
        (Tell me|Say) (which|what) languages you (speak|know)(.|)
        (May|Should) I (write|talk) (to you |)in (English|Chinese|French|German)?
        (Do|Would) you (talk|answer) (to me |)in (Chinese|English|French)?
    """,
        """
        Which languages are you able to speak?
        Could we talk in Chinese?
    """,
        "I speak English, and a little Chinese.",
        ["English"],
    ),
    intent(
        """
        (What is|What's|Whats|Explain|Describe|Define) Parlance(|?)
        (Tell me|Say something|Talk) about Parlance(|.)
        What does Parlance (do|mean)?
        (What|What kind of) (software|project|tool|product|program) is Parlance?
        (What is|What's) (this|this project|this server|this software)?
        (Can you|Could you|Please) (explain|describe|tell me) (what Parlance is|Parlance)(|?)
        I (want to|would like to) know (about|more about|what) Parlance(| is)(|.)
        (Parlance|Parlance?)
        (What is|What's) the (purpose|point|goal|idea) of Parlance?
        (What|For what) is Parlance (good for|for|used for)?
        Do you know Parlance?
        What do you know about Parlance?
        Who needs Parlance?
        (What|Which) (does|can) Parlance (do|serve) for me?
        (Tell me|Say|Explain) what Parlance (does|is for|is used for|is good for)(.|)
        (Explain|Describe) (the project|the Parlance project|this Parlance thing)(| to me)(.|)
        (What|Why) should I use Parlance(| for)?
    """,
        """
        Please explain to me what Parlance is.
        What is the Parlance project about?
        Could you describe what Parlance does?
        What can Parlance be used for?
    """,
        "Parlance is an LLM serving container and deployment toolkit for AWS SageMaker, written in TypeScript.",
        ["serving container"],
    ),
    intent(
        """
        (What|Which) (programming |)language is Parlance (written|programmed|made|built) in?
        (In (what|which) language|How) (is|was) Parlance (written|programmed)?
        Is Parlance (written in|made in|a) (TypeScript|Python|JavaScript|Rust|Java)(| program)?
        Does Parlance (need|use|require|run) Python?
        (Do I|Must I) (need|install) Python(| for Parlance| to run Parlance)?
        (Parlance is|Parlance:) written in (what|which) language?
        (In which|Which) language (was|did they|have they) (code|coded|write|written|program) Parlance(| in)?
        (Should|Will) I (have|install|need to install) Python(| first)?
    """,
        """
        Parlance was coded in which language?
        Which programming language does Parlance use?
        Will I need Python for Parlance?
    """,
        "Parlance is written in TypeScript and needs no Python.",
        ["TypeScript"],
    ),
    intent(
        """
        (What|Which) (engine|runtime|backend) does Parlance (use|run on|have|need)?
        (What|Which) (is the |)(engine|runtime|backend) (of|in|behind|is in) Parlance?
        (How|On what) does Parlance run (models|a model|its models|the models)?
        Does Parlance (use|run on) (ONNX|ONNX Runtime|PyTorch|TensorFlow|vLLM)?
        (What|Which) inference engine (is used|does Parlance use)?
        Parlance runs on (what|which) (engine|runtime)?
        (Tell me|Say|Explain) (which|what) (engine|runtime|backend) (Parlance uses|runs the models|is inside Parlance)(.|)
        (With what|By what|On which runtime) (does Parlance compute|are models run|are the models computed)?
    """,
        """
        Which engine is it that Parlance runs on?
        What is the runtime that Parlance uses?
        Parlance computes with which backend?
    """,
        "Parlance runs models on ONNX Runtime.",
        ["ONNX Runtime"],
    ),
    intent(
        """
        (What|Which) (checkpoints|model files|weights|model formats|formats|files|models) (can|does) Parlance (read|load|serve|support|open|use|run)?
        (Do I|Must I|Should I) (have to |need to |)(export|convert) (the|my|a) model(| to ONNX| first)?
        How does Parlance (read|load|open) (a model|models|checkpoints|weights)?
        (Can|Does) Parlance (read|load|support) (safetensors|Hugging Face models|Hugging Face checkpoints|GGUF|my model)(| directly)?
        Is an export (needed|necessary|required)?
        Which models are supported(| by Parlance)?
        (Tell me|Say) (which|what) (checkpoints|formats|weights|models) (Parlance reads|I can load|I can serve)(.|)
        (Should|Will) I (export|convert) (my|the) (model|weights|checkpoint)(| before| first)?
        (What|Which) (kind|sort|type) of (models|weights|files) (do I need|does it take|can it read)?
    """,
        """
        Is it necessary to export my model for Parlance?
        Which kind of checkpoints can I load in Parlance?
        In what format must the weights be for Parlance?
    """,
        "Parlance reads Hugging Face checkpoints in safetensors directly, without an export.",
        ["safetensors"],
    ),
    intent(
        """
        How (do|can|should) I (start|run|launch|install|use|try|set up|get) (Parlance|the server|this|it|the demo)?
        (Start|Run|Install|Launch) (Parlance|the server)(|.)
        (What|Which) (command|commands) (starts|start|runs|run|launches) (Parlance|the server|the demo)?
        How (is|to) (start|run|install|launch) (Parlance|the server)?
        How do I get started(| with Parlance)?
        (Tell me|Show me|Explain) how to (start|run|install|launch|use) (Parlance|the server)(|.)
        (What do I|How do I) (need to |)(do|type) to (start|run|launch) (Parlance|the server)?
        (With what|By which command|How) (is|do I get) (Parlance|the server) (started|running)?
        (What|Which command) (should|must|can) I (run|enter|use) (to start|for starting|to get) (Parlance|the server|the demo)?
    """,
        """
        Please show me how I start Parlance.
        With which command can I run the server?
        What should I type to launch Parlance?
        I want to start the server. How?
    """,
        "Run `npm ci && npm start`.",
        ["npm start"],
    ),
    intent(
        """
        (What|Which) (routes|endpoints|paths|URLs|APIs|addresses|HTTP routes) (does|do) (Parlance|the server|you) (have|serve|offer|support|provide)?
        (What|Which) (are |)(the |)(routes|endpoints|paths|APIs)(| of Parlance| of the server| exist| are there)?
        (List|Name|Tell me|Show me|Give me) (all |)(the |)(routes|endpoints|paths)(| of Parlance| of the server)(|.)
        (What|Which) API(s|) does (Parlance|the server) (speak|have|support|offer)?
        (Where|To which route) (can|do|should) I send (requests|my request|a request)?
        How many routes (does Parlance have|are there)?
        (Show|List|Print|Tell)(| me) (every|all|each) (route|routes|endpoint|endpoints)(| that exist| there is| you know)(.|)
        (I need|I want|Give me) (a list|the list|an overview) of (the |all |)(routes|endpoints|APIs)(.|)
        (What|Which) (routes|endpoints) (can|may) I (call|use)?
    """,
        """
        Could you list all the routes that Parlance serves?
        Which endpoints are offered by the server?
        Show me every route of Parlance.
    """,
        "Parlance serves /v1/chat/completions, /v1/completions, /v1/models, /generate, /generate_stream, /invocations, /ping, /health, /info, /tokenize, /chat_tokenize and /metrics.",
        ["/generate_stream"],
    ),
    intent(
        """
        (What|Which) (route|endpoint|path|URL|address) is for (chat|chatting|messages|chat completions|the chat|conversations)?
        (What|Which) is the (chat|OpenAI chat|chat completion|chat completions|messages) (route|endpoint|path|URL)?
        (Where|How|To which route) do I (send|post) (messages|chat messages|a chat|a chat request|a conversation)?
        How (do|can) I (chat|call the chat API|use the chat API|send a message|use the Messages API)(| with Parlance)?
        (Tell me|Give me|Name) the (chat|messages) (route|endpoint)(|.)
        What is (POST |)/v1/chat/completions(| for)?
        What does (POST |)/v1/chat/completions do?
        (Where|To which address) (do|should|can) (messages|chats|chat messages|chat requests) (go|be sent)?
        (Explain|Describe|What about) (the route |)/v1/chat/completions(| to me)(.|)
    """,
        """
        Which route should I use for chat messages?
        To what endpoint are chat messages posted?
        Please explain /v1/chat/completions.
    """,
        "Send your messages with POST to /v1/chat/completions, as in OpenAI's API.",
        ["/v1/chat/completions"],
    ),
    intent(
        """
        (What|Which) (routes|endpoints|paths|route|endpoint) (belong to|are from|does|come from) (TGI|the TGI API|TGI use)?
        (What is|What's|Explain|Describe) (POST |)(/generate|/generate_stream)(|?)
        (What|Which) (route|endpoint) (generates|completes) (text|plain text|a text)?
        What does (POST |)(/generate|/generate_stream) do?
        How (do|can) I (generate text|use the TGI API|complete a text)(| with Parlance)?
        Does Parlance (speak|support|have) (TGI|the TGI API|TGI's API)?
        Is Parlance compatible with (TGI|text-generation-inference|Text Generation Inference)?
        (Which|What) is the difference between /generate and /generate_stream?
        (Explain|Describe|What about) (the route |the routes |)(/generate|/generate_stream)(| to me)(.|)
        (Which|What) (routes|endpoints) (are those|are the ones) of TGI?
        (Can|Does) Parlance (take|answer) (TGI requests|requests of TGI)?
    """,
        """
        Please explain /generate and /generate_stream.
        Which routes are compatible with TGI?
        Is the API of TGI supported by Parlance?
    """,
        "TGI's routes are POST /generate for a whole answer and POST /generate_stream for a stream.",
        ["/generate_stream"],
    ),
    intent(
        """
        (What|Which) (routes|endpoints|paths|route|endpoint) does (SageMaker|AWS SageMaker|Amazon SageMaker) (use|call|need|want)?
        (What is|What's|Explain|Describe) (POST |)/invocations(|?)
        (What is|What's|Explain|Describe) (GET |)/ping(|?)
        What does (POST |GET |)(/invocations|/ping) do?
        (What|Which) (routes|endpoints) (are|is) for SageMaker?
        How does SageMaker (call|talk to|reach) Parlance?
        (Explain|Describe|What about) (the route |)(/invocations|/ping)(| to me)(.|)
        (Which|What) (routes|paths|endpoints) (will|must) SageMaker (call|find)?
    """,
        """
        Please explain /invocations and /ping.
        Which routes are called by SageMaker?
        For what is /invocations used?
    """,
        "SageMaker uses GET /ping for health and POST /invocations for requests.",
        ["/invocations"],
    ),
    intent(
        """
        (What|Which) (is the |)(default |)port (does Parlance use|does the server use|is used|of Parlance|of the server|does Parlance listen on|does the server listen on|is it)?
        (On|At) (what|which) port (does|is) (Parlance|the server|it) (listen|run|listening|running|start|served)?
        (What's|What is|Tell me) the (|default )port(| number| of Parlance| of the server)(|?)
        (Is|Does) (the server|Parlance) (on|use) port (3000|8080|8000|80)?
        (Default port|Port)(|?)
        (What|Which) port on SageMaker?
        (On|Under) (which|what) port (do I|can I|will I) (find|reach|see|call) (it|Parlance|the server)?
        (Tell me|Say) (which|what|the) port (it is|Parlance uses|the server uses|I must use)(.|)
        (Where|At which address) (does|is) (the server|Parlance) (listen|reachable|found)?
    """,
        """
        Which port is the server listening on by default?
        Could you tell me the default port number?
        At what port can I reach Parlance?
    """,
        "The default port is 3000, and 8080 on SageMaker.",
        ["3000"],
    ),
    intent(
        """
        How (do|can|should) I (change|set|choose|pick|configure|select) (the|another|a different|my) port(| number)?
        (Which|What) (flag|option|setting|variable|environment variable) (sets|changes|is for|chooses) the port?
        (Change|Set|Choose) the port(|.)
        (Can|How can|May) I (use|have) (another|a different) port?
        (Run|Start) (Parlance|the server) on (another|a different) port(|.)
        What does --port do?
        What is (--port|the PORT variable|the environment variable PORT)(| for)?
        (Tell me|Show me|Explain) how (to|I) (change|set|choose) (the|another) port(.|)
        (I need|I would rather have) (another|a different) port(.|)(| What now?| How?)
    """,
        """
        With which option is the port changed?
        Please tell me how to set another port.
        I want a different port. What do I do?
    """,
        "Set the port with --port or the environment variable PORT.",
        ["--port"],
    ),
    intent(
        """
        How (do|can|should) I (change|set|choose|pick|load|serve|use|select) (the|another|a different|my|my own) model?
        (Which|What) (flag|option|setting|variable|environment variable) (sets|changes|is for|chooses|loads) the model?
        (Change|Set|Choose|Load|Serve) (the|another|a|my) model(|.)
        (Can|How can|May) I (use|serve|load) (another|a different|my own|a bigger) model?
        What does --model-id do?
        What is (--model-id|the MODEL_ID variable|MODEL_ID|the environment variable MODEL_ID)(| for)?
        How do I serve (Llama|Mistral|Qwen|Zephyr|a model from the Hub|a Hugging Face model)?
        (Tell me|Show me|Explain) how (to|I) (change|set|choose|serve|load) (the|another|my) model(.|)
        (I need|I would rather have) (another|a different) model(.|)(| What now?| How?)
    """,
        """
        With which option is the model chosen?
        Please tell me how to serve my own model.
        I want to load a different model. What do I do?
    """,
        "Choose the model with --model-id or the environment variable MODEL_ID.",
        ["--model-id"],
    ),
    intent(
        """
        How (do|can|should) I (set|use|add|require|configure) (an|the|a|my) (API key|key|password|token)(| for the server)?
        (Which|What) (flag|option|setting|variable|environment variable) (sets|is for) the API key?
        How (do|can) I (protect|secure|lock) (the server|Parlance|the API)?
        What does --api-key do?
        What is (--api-key|API_KEY|the environment variable API_KEY)(| for)?
        (Is there|Does Parlance have|Does Parlance support) (authentication|an API key|access control|a password)?
        (Tell me|Show me|Explain) how (to|I) (set|use) (an|the|my) (API key|key|password)(.|)
        (I need|I want) (an API key|a key|a password) (for|on|at) the server(.|)(| How?)
    """,
        """
        With which option is an API key set?
        Please tell me how to protect the server with a key.
    """,
        "Set --api-key or the environment variable API_KEY; clients then send it as a bearer token.",
        ["--api-key"],
    ),
    intent(
        """
        How (do|can|should) I (limit|set|change|raise|increase) the (length|number of tokens|input length|prompt length|context length|maximum length|token limit|total tokens|max tokens)(| of the server)?
        (Which|What) (flag|option|setting) (limits|sets|is for) the (length|number of tokens|input length|prompt length|input|tokens)?
        What (does|is) (--max-input-tokens|--max-total-tokens)(| do| for)?
        What is the difference between --max-input-tokens and --max-total-tokens?
        (Which|What) (flags|options|settings) limit (tokens|the tokens|the lengths|a request)?
        (Tell me|Show me|Explain) how (to|I) (limit|set|change) the (tokens|length|prompt length|context length)(.|)
        (I need|I want) (longer|shorter) (prompts|answers|inputs)(.|)(| How?)
    """,
        """
        With which options is the token limit set?
        Please tell me how to limit the input length.
    """,
        "--max-input-tokens limits the prompt, and --max-total-tokens limits prompt and answer together.",
        ["--max-total-tokens"],
    ),
    intent(
        """
        How (do|can|should) I (enable|use|turn on|switch on|get) the (Messages|messages) API (on|in|with) SageMaker?
        What (does|is) MESSAGES_API_ENABLED(| do| for|=true)?
        (Which|What) (variable|environment variable|setting) (enables|turns on|switches on) the (Messages|messages) API?
        How do I send messages to (/invocations|SageMaker)?
        (Can|How can) /invocations (take|accept|get) messages?
        (Tell me|Show me|Explain) how (to|I) (enable|turn on|get) the Messages API(.|)
        (Explain|Describe|What about) MESSAGES_API_ENABLED(.|)
    """,
        """
        With which variable is the Messages API enabled?
        Please explain MESSAGES_API_ENABLED to me.
    """,
        "Set MESSAGES_API_ENABLED=true, and /invocations takes messages on SageMaker.",
        ["MESSAGES_API_ENABLED=true"],
    ),
    intent(
        """
        How (do|can|should) I (quantize|shrink|compress) (a|the|my) model(| with Parlance)?
        (Which|What) (flag|option|setting) (quantizes|is for quantization|shrinks|compresses)(| a model| the model)?
        (Can|Does|How does) Parlance (quantize|support quantization|do quantization)(| models)?
        What does --quantize do?
        What is --quantize(| for)?
        How (do|can) I (use|save) less memory?
        (Tell me|Show me|Explain) how (to|I) (quantize|shrink|compress) (a|the|my) model(.|)
        (I need|I want) (a smaller model|less memory)(.|)(| How?)
    """,
        """
        With which option is a model quantized?
        Please tell me how Parlance quantizes.
    """,
        "Use --quantize: it stores the weights in fewer bits and saves memory.",
        ["--quantize"],
    ),
    intent(
        """
        How (do|can|should) I (stream|get a stream|stream tokens|stream the answer|get tokens one by one|turn on streaming|use streaming)(| with Parlance)?
        (Does|Can) Parlance (stream|support streaming|send a stream|do streaming)?
        (Which|What) (parameter|field|option) (turns on|starts|enables) (streaming|a stream|the stream)?
        (How does|How is) streaming (work|done)(| in Parlance)?
        What does "stream": true do?
        Is streaming (supported|possible)?
        (Tell me|Show me|Explain) how (to|I) (stream|get a stream|stream the answer)(.|)
        (I need|I want) (a stream|the tokens one by one|streaming)(.|)(| How?)
    """,
        """
        With which field is the answer streamed?
        Please tell me how I get the answer as a stream.
        Is it possible to stream with Parlance?
    """,
        'Send "stream": true, and the answer comes as server-sent events.',
        ["stream"],
    ),
    intent(
        """
        (What|Which) (commands|subcommands|CLI commands) (does Parlance have|are there|does the CLI have|can I run|exist)?
        (What is|Explain|Describe) the (CLI|command line|command line tool)(| of Parlance)(|?)
        (List|Name|Tell me|Show me) (the |all |)(commands|CLI commands)(| of Parlance)(|.)
        How (do|can) I use (the CLI|Parlance from the command line|the command line)?
        What can the parlance command do?
        What does (parlance serve|parlance chat|parlance generate|parlance info) do?
        (I need|I want|Give me) (a list|the list|an overview) of the commands(.|)
        (Which|What) commands (can|may) I (type|use|call)?
    """,
        """
        Which commands are offered by the CLI?
        Could you list all the commands of Parlance?
    """,
        "The commands are parlance serve, parlance chat, parlance generate and parlance info.",
        ["parlance serve"],
    ),
    intent(
        """
        How (do|can|should) I (deploy|put|host|run|bring) (Parlance|a model|my model|it|the container) (on|to) (SageMaker|AWS|AWS SageMaker|Amazon SageMaker|the cloud)?
        (Deploy|Deploying) (on|to) (SageMaker|AWS)(|.)
        (How does|How is) (Parlance|a model) deployed(|?)
        Does Parlance (deploy|run|work) (on|to|with) (SageMaker|AWS)?
        (Which|What) tool deploys Parlance(| to SageMaker)?
        (What|Where) can Parlance be deployed?
        (Tell me|Show me|Explain) how (to|I) deploy (on|to) (SageMaker|AWS)(.|)
        (I need|I need to run|I want) (Parlance|a model|an endpoint) on (SageMaker|AWS)(.|)(| How?)
    """,
        """
        Please tell me how a model is deployed to SageMaker.
        I want to deploy on AWS. What do I do?
        Is it possible to deploy Parlance on SageMaker?
    """,
        "Parlance deploys to SageMaker with the AWS CDK.",
        ["CDK"],
    ),
    intent(
        """
        (What is|What's|Explain|Describe|Define) continuous batching(|?)
        (Does|Can) Parlance (batch|batch requests|support batching|do batching|do continuous batching|serve many users|handle many requests|serve many requests)(| at once)?
        How does (batching|continuous batching) work(| in Parlance)?
        How does Parlance (batch|handle many requests|serve many users|handle parallel requests)?
        What happens when (many|several|two) requests come(| at once| at the same time)?
        (Tell me|Explain|Describe|Say) how (requests|many requests|many users) are (handled|served|put together|run at once)(.|)
        (How|In what way) are (requests|the requests|many requests) (batched|handled|grouped|joined)?
        (Explain|Describe|Tell me about) (batching|the batching|continuous batching)(| to me)(.|)
    """,
        """
        Please explain to me how requests are batched.
        What does continuous batching mean?
        Could Parlance serve many requests at the same time?
    """,
        "With continuous batching, requests join and leave the running batch at every step, so nobody waits for the slowest.",
        ["batch"],
    ),
    intent(
        """
        (Does|Do|Can) (Parlance|the server|you) (support|have|speak|offer|use) (the OpenAI API|OpenAI's API|OpenAI|an OpenAI API|the OpenAI client)?
        Is Parlance compatible with (OpenAI|the OpenAI API|OpenAI's API|the OpenAI client|LangChain|LlamaIndex)?
        (Can|How can|How do) I (use|call|connect) (the OpenAI client|OpenAI's client|LangChain|LlamaIndex|the openai library|an OpenAI library)(| with Parlance)?
        (Which|What) base(_|| )url (do I|should I) (use|set)(| for the OpenAI client)?
        (Which|What) clients (work|can I use)(| with Parlance)?
        (Tell me|Show me|Explain) how (to|I) (use|call it with) (the OpenAI client|LangChain|LlamaIndex)(.|)
        (Will|Would) (LangChain|LlamaIndex|my OpenAI code) (work|run) (with it|here)?
    """,
        """
        Will the OpenAI client work with Parlance?
        Please tell me how to connect the OpenAI client.
        Is the API of OpenAI supported by Parlance?
    """,
        "Yes. Point an OpenAI client at the server's /v1 address, for example http://localhost:3000/v1.",
        ["/v1"],
    ),
    intent(
        """
        (What|Which) (route|endpoint) (shows|gives|is for|has) (metrics|the metrics|statistics)?
        (What is|What's|Explain) (GET |)/metrics(|?)
        Does Parlance (have|export|support) (metrics|Prometheus|Prometheus metrics)?
        (How|Where) (do|can) I (see|get|find|read) (the |)(metrics|statistics)?
        What does /metrics do?
        (Tell me|Show me|Explain) (where|how) (I see|to get|to read) (metrics|the metrics|statistics)(.|)
        (Explain|Describe|What about) /metrics(.|)
    """,
        """
        From which route are metrics read?
        Please tell me where the metrics are.
    """,
        "GET /metrics gives the metrics in Prometheus' format.",
        ["/metrics"],
    ),
    intent(
        """
        (What|Which) (route|endpoint) (shows|tells|is for|checks) (health|the health|if the server is alive|if the server is healthy)?
        (What is|What's|Explain) (GET |)/health(|?)
        How (do|can) I (check|see|know|test) (the health|if the server is healthy|if the server is alive|if the server runs|that the server is up|if it works)?
        (Is there|Does Parlance have) a health (check|route|endpoint)?
        What does /health do?
        (Tell me|Show me|Explain) how (to|I) (check|test|see) (the health|if it is healthy|that it is up)(.|)
        (Explain|Describe|What about) /health(.|)
    """,
        """
        By which route is the health checked?
        Please tell me how to see that the server is healthy.
    """,
        "GET /health answers 200 when the server is ready.",
        ["/health"],
    ),
    intent(
        """
        (What|Which) (route|endpoint) (counts|shows|gives|is for) (tokens|the tokens|tokenizing|token ids)?
        (What is|What's|Explain) (POST |)(/tokenize|/chat_tokenize)(|?)
        How (do|can) I (count|see|get) (tokens|the tokens|the tokens of a text|token ids)?
        What does (/tokenize|/chat_tokenize) do?
        (Tell me|Show me|Explain) how (to|I) (count|get|see) (tokens|the tokens|the tokens of a text)(.|)
        How (is|do I|can I) (a text tokenized|tokenize|tokenize a text|tokenize a chat|turn text into tokens)?
        (I want|I need) to (tokenize|split) (text|a sentence|a chat)(| into tokens)(.|)
        (Explain|Describe|What about) (/tokenize|/chat_tokenize)(.|)
    """,
        """
        By which route are tokens counted?
        Please tell me how to tokenize a text.
    """,
        "POST /tokenize gives the tokens of a text, and POST /chat_tokenize those of a chat.",
        ["/tokenize"],
    ),
    intent(
        """
        (What|Which) (route|endpoint) (lists|shows|gives|is for) (models|the models|the model name|the model)?
        (What is|What's|Explain) (GET |)(/v1/models|/info)(|?)
        How (do|can) I (list|see|get) (the models|the served model|which model is served|the model name)?
        What does (/v1/models|/info) do?
        (Tell me|Show me|Explain) how (to|I) (list|see|get) (the models|the model name|which model runs)(.|)
        (Explain|Describe|What about) (/v1/models|/info)(.|)
    """,
        """
        By which route are the models listed?
        Please tell me how to see the served model.
    """,
        "GET /v1/models lists the served model, and GET /info tells about it.",
        ["/v1/models"],
    ),
    intent(
        """
        (Do I|Does Parlance|Must I|Does it|Do you) (need|have|require|use) a GPU?
        (Can|Does|Will) (Parlance|it|this|the demo) (run|work) (on a CPU|without a GPU|on my laptop|on CPU)?
        (What|Which) hardware (do I|does Parlance|does it) (need|require)?
        (What|Which) (computer|machine) do I need(| for Parlance)?
        (Is|Must there be) a (GPU|graphics card) (needed|required|a must)(| for this| for Parlance)?
        (Is|Will) a (CPU|laptop|small machine) (enough|do)(| for it| for this)?
    """,
        """
        Would a CPU be enough for Parlance?
        Is it necessary to have a GPU?
    """,
        "A CPU is enough for me and other small models; bigger models want a GPU.",
        ["CPU"],
    ),
    intent(
        """
        (Is Parlance|Is it|Is this) (free|open source|open-source|open|free software)?
        (Can I|May I) (see|read|change|use) the (source|code|source code)(| of Parlance)?
        (What|Which) licen(s|c)e does Parlance have?
        (Where|How) (is|can I find|do I find) the (license|source|code|source code)(| of Parlance)?
        (Is the|Is Parlance's) (source|code|source code) (open|public|free)?
        (Is|Does) Parlance (an open source project|have an open licence|have a free licence|published as open source)?
        (Tell me|Say) if Parlance is (open|free|open source)(.|)
        (Under|With) (which|what) licen(s|c)e is Parlance(| published)?
    """,
        """
        Would you say Parlance is open source?
        May everybody read the code of Parlance?
    """,
        "The source of Parlance is open; its licence is in the file LICENSE.",
        ["LICENSE"],
    ),
    intent(
        """
        (Give|Show|Write)(| me) (an example|a curl|a curl example|a curl command|an example request|a request)(| for the chat API| for Parlance)(|.)
        (How|What) (do I|would I|can I) (call|ask|request) (the server|Parlance|the API)(| with curl)?
        (How does|What does) (a|an example|a curl) request (look|look like)?
        curl example(|.|, please.)
        How (do|can) I (use|call) (curl|Parlance with curl)?
    """,
        """
        Could you show me a curl example?
        Please write an example request with curl.
    """,
        'curl localhost:3000/v1/chat/completions -H \'Content-Type: application/json\' -d \'{"model": "tgi", "messages": [{"role": "user", "content": "Hello!"}]}\'',
        ["curl localhost:3000"],
    ),
]


def identity(rng, held=False):
    """One question about the model or about Parlance."""
    return ask(rng, "identity and Parlance", INTENTS, held)
