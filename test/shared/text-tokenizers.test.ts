import { join } from 'node:path';
import { sharedFolder } from '../support/shared.ts';
import { describeTokenizer } from '../text/describe-tokenizer.ts';
import { goldenFolders } from '../text/goldens.ts';

for (const kind of ['models', 'tokenizers']) {
  for (const folder of goldenFolders(join(sharedFolder(), 'fixtures', kind))) describeTokenizer(folder);
}
