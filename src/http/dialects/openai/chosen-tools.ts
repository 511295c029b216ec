import { ParlanceError } from '../../../errors/errors.ts';
import type { GrammarSpec } from '../../../grammar/compile/grammar-spec.ts';
import type { ToolDefinition, ToolFormat, ToolRequest } from '../../../grammar/tools/tool-format.ts';
import type { ChatRequest, Tool } from '../../schema/openai-chat.ts';
import { responseFormatSpec } from '../../validation/response-format-spec.ts';
import type { TemplateTool } from './template-messages.ts';

export interface ChosenTools {
  /** What the grammar holds the calls to. */
  readonly request: ToolRequest;
  /** What the model is told of. */
  readonly templates: readonly TemplateTool[];
  /** Whether {@link noTool} is among them. */
  readonly hasNoTool: boolean;
  /** What a text without calls must look like. */
  readonly textFormat: GrammarSpec | undefined;
}

/** What TGI offers beside the tools, for a model that was not trained to answer without a call. */
export const noTool = 'no_tool';

/** The tools that the answer may call, as `tools` and `tool_choice` have it; undefined for none.
 * @param format a plain one is told as TGI does: the one tool that is chosen by name, and `no_tool` beside those of `auto`
 * @throws tool_error for a choice without its tool, validation for a name given twice, invalid_grammar */
export function chosenTools(request: ChatRequest, format: ToolFormat): ChosenTools | undefined {
  const { tools = [], parallel_tool_calls } = request;
  const { choice, allowed } = readChoice(request.tool_choice);
  if (tools.length === 0 && (choice === 'required' || typeof choice === 'object')) {
    throw new ParlanceError('tool_error', '`tool_choice` asks for a call, but there are no `tools`', {
      param: 'tool_choice',
    });
  }
  const names = tools.map((tool) => tool.function.name);
  const isPlain = format.kind === 'plain';
  const textFormat = choice === 'auto' ? responseFormatSpec(request.response_format) : undefined;
  // Its text would not have the format.
  const mayOfferNoTool = isPlain && choice === 'auto' && textFormat === undefined;
  const hasNoTool = mayOfferNoTool && request.tools !== undefined && !names.includes(noTool);
  if (choice === 'none' || (tools.length === 0 && !hasNoTool)) return undefined;
  const missing = [...(allowed ?? []), ...(typeof choice === 'object' ? [choice.name] : [])].find(
    (name) => !names.includes(name),
  );
  if (missing !== undefined) {
    throw new ParlanceError('tool_error', `Tool with name ${missing} not found`, { param: 'tool_choice' });
  }
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated !== undefined)
    throw new ParlanceError('validation', `\`tools\` has \`${repeated}\` twice`, { param: 'tools' });
  // The model is told of all tools, those that it may not call too: earlier turns may have called them.
  const callable = allowed ? tools.filter(({ function: { name } }) => allowed.includes(name)) : tools;
  const told = isPlain && typeof choice === 'object' ? [tools[names.indexOf(choice.name)]!] : tools;
  return {
    request: {
      tools: [...callable.map(definition), ...(hasNoTool ? [noToolDefinition] : [])],
      choice,
      isParallel: parallel_tool_calls ?? true,
    },
    templates: [...told.map(templateTool), ...(hasNoTool ? [noToolTemplate] : [])],
    hasNoTool,
    textFormat,
  };
}

const noToolDefinition: ToolDefinition = {
  name: noTool,
  parameters: {
    type: 'object',
    properties: { content: { type: 'string' } },
    required: ['content'],
    additionalProperties: false,
  },
  isStrict: true,
};

const noToolTemplate: TemplateTool = {
  type: 'function',
  function: {
    name: noTool,
    description: 'Open ended response with no specific tool selected',
    parameters: { type: 'object' },
  },
};

interface Choice {
  readonly choice: ToolRequest['choice'] | 'none';
  /** The names of the only tools that may be called. */
  readonly allowed?: readonly string[];
}

/** TGI also takes the bare name of a tool. */
function readChoice(choice: ChatRequest['tool_choice']): Choice {
  if (choice === undefined) return { choice: 'auto' };
  if (choice === 'auto' || choice === 'none' || choice === 'required') return { choice };
  if (typeof choice === 'string') return { choice: { name: choice } };
  if (choice.type === 'function') return { choice: { name: choice.function.name } };
  const { mode, tools } = choice.allowed_tools;
  return { choice: mode, allowed: tools.map(({ function: { name } }) => name) };
}

function definition({ function: called }: Tool): ToolDefinition {
  return { name: called.name, parameters: parametersOf(called), isStrict: called.strict };
}

function templateTool({ function: called }: Tool): TemplateTool {
  const { name, description } = called;
  const parameters = parametersOf(called) ?? { type: 'object', properties: {} };
  return { type: 'function', function: { name, ...(description === undefined ? {} : { description }), parameters } };
}

function parametersOf({ parameters, arguments: tgiName }: Tool['function']): unknown {
  return parameters ?? tgiName;
}
