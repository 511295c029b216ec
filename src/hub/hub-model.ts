import { ParlanceError } from '../errors/errors.ts';

/** A revision of a model on the Hub. */
export interface HubModel {
  /** `org/name`, or `name` for the oldest ones. */
  readonly id: string;
  /** Branch, tag or commit. */
  readonly revision: string;
}

const part = '[A-Za-z0-9](?:[\\w.-]*[\\w])?';
const idPattern = new RegExp(`^${part}(?:/${part})?$`);

/** @throws invalid_setting for what can't be the name of a model or of a revision */
export function parseHubModel(id: string, revision = 'main'): HubModel {
  if (!idPattern.test(id) || /--|\.\./.test(id) || id.length > 96)
    throw new ParlanceError(
      'invalid_setting',
      `${id} is neither a folder nor a model id: expected org/name, made of letters, digits, '-', '_' and '.'`,
      { param: 'model-id' },
    );
  if (!/^[^\s\\~^:?*[\0]+$/.test(revision) || revision.split('/').some((name) => name === '' || /^\.|\.\./.test(name)))
    throw new ParlanceError('invalid_setting', `${revision} is no revision: expected a branch, a tag or a commit`, {
      param: 'revision',
    });
  return { id, revision };
}
