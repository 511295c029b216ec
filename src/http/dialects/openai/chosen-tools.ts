import { ParlanceError } from '../../../errors/errors.ts';
import type { ToolDefinition, ToolRequest } from '../../../grammar/tool-format.ts';
import { parseJson } from '../../json/parse-json.ts';
import type { ChatRequest, Tool } from '../../schema/openai-chat.ts';

/** A tool as chat templates read it. */
interface TemplateTool {
  readonly type: 'function';
  readonly function: { readonly name: string; readonly description?: string; readonly parameters: unknown };
}

export interface ChosenTools {
  /** What the grammar holds the calls to. */
  readonly request: ToolRequest;
  /** What the model is told of. */
  readonly templates: readonly TemplateTool[];
}

/** The tools that the answer may call, as `tools` and `tool_choice` have it; undefined for none.
 * @throws tool_error for a choice without its tool, validation for a name given twice */
export function chosenTools({ tools = [], tool_choice, parallel_tool_calls }: ChatRequest): ChosenTools | undefined {
  const choice = readChoice(tool_choice);
  if (tools.length === 0 && (choice === 'required' || typeof choice === 'object')) {
    throw new ParlanceError('tool_error', '`tool_choice` asks for a call, but there are no `tools`', {
      param: 'tool_choice',
    });
  }
  if (choice === 'none' || tools.length === 0) return undefined;
  const names = tools.map((tool) => tool.function.name);
  if (typeof choice === 'object' && !names.includes(choice.name)) {
    throw new ParlanceError('tool_error', `Tool with name ${choice.name} not found`, { param: 'tool_choice' });
  }
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated !== undefined)
    throw new ParlanceError('validation', `\`tools\` has \`${repeated}\` twice`, { param: 'tools' });
  return {
    request: { tools: tools.map(definition), choice, isParallel: parallel_tool_calls ?? true },
    templates: tools.map(templateTool),
  };
}

/** TGI also takes the bare name of a tool. */
function readChoice(choice: ChatRequest['tool_choice']): ToolRequest['choice'] | 'none' {
  if (choice === undefined) return 'auto';
  if (typeof choice === 'object') return { name: choice.function.name };
  return choice === 'auto' || choice === 'none' || choice === 'required' ? choice : { name: choice };
}

function definition({ function: { name, strict, ...rest } }: Tool): ToolDefinition {
  return { name, parameters: parametersOf(rest), isStrict: strict };
}

function templateTool({ function: { name, description, ...rest } }: Tool): TemplateTool {
  const parameters = parametersOf(rest) ?? { type: 'object', properties: {} };
  return { type: 'function', function: { name, ...(description === undefined ? {} : { description }), parameters } };
}

/** TGI's name for them is `arguments`, and it takes them as text, too. */
function parametersOf({ parameters, arguments: tgiName }: Pick<Tool['function'], 'parameters' | 'arguments'>): unknown {
  const given = parameters ?? tgiName;
  return typeof given === 'string' ? parseJson(given) : given;
}
