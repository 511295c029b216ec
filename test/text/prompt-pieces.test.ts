import { describe, expect, it } from '@jest/globals';
import { promptPieces } from '../../src/text/prompt-pieces.ts';
import { loadTokenizer } from '../../src/text/tokenizer.ts';
import { collect, textRequest } from './generate.ts';
import { goldenFolders, MODEL_FIXTURES, readGoldens } from './goldens.ts';
import { ids, open } from './open-generator.ts';

describe('the pieces of a prompt', () => {
  it.each(goldenFolders(MODEL_FIXTURES))('make up its text, in %s', async (folder) => {
    const tokenizer = await loadTokenizer(folder);
    const goldens = readGoldens(folder).tokenizer.strings.filter(
      ({ ids }) => !ids.some((id) => tokenizer.specialIds.has(id)),
    );
    expect(goldens.length).toBeGreaterThan(20);
    for (const { ids: promptIds, decoded_skip_special } of goldens) {
      const pieces = await promptPieces(promptIds, tokenizer);
      expect({ promptIds, text: pieces.join('') }).toEqual({ promptIds, text: decoded_skip_special });
    }
  });

  it('are told where they are asked for: a character comes whole, with the last of its tokens', async () => {
    const { generator } = await open({ ids: ids('a') });
    const { ids: promptIds } = await generator.tokenize('é😀😀!', false);
    const { start } = await collect(
      generator.generate(textRequest(promptIds, { promptPieces: true, maxNewTokens: 0 })),
    );
    expect(start.promptPieces).toHaveLength(promptIds.length);
    expect(start.promptPieces!.filter((piece) => piece !== '')).toEqual(['é', '😀', '😀', '!']);
    expect(promptIds.length).toBeGreaterThan(4);
  });
});
