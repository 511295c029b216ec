import { join } from 'node:path';
import { sharedFolder } from '../support/shared.ts';
import { describeChat } from '../text/describe-chat.ts';
import { goldenFolders, readGoldens } from '../text/goldens.ts';

const folders = goldenFolders(join(sharedFolder(), 'fixtures/models'));
for (const folder of folders.filter((name) => readGoldens(name).chat !== undefined)) describeChat(folder);
