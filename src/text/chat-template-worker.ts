import { ParlanceError } from '../errors/errors.ts';
import { serveTasks } from '../system/worker-tasks.ts';
import type { RenderTask } from './chat-template.ts';
import { Template } from './jinja/template.ts';
import { TemplateError } from './jinja/values.ts';

const parsed = new Map<string, Template>();

serveTasks<RenderTask, string>(({ source, variables, maxLength, nowMs, jsonStyle }) => {
  try {
    const template = parsed.get(source) ?? new Template(source);
    parsed.set(source, template);
    return template.render(variables, { maxLength, now: new Date(nowMs), jsonStyle });
  } catch (error) {
    if (error instanceof TemplateError) throw new ParlanceError('template_error', error.message);
    throw error;
  }
});
