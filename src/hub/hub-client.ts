import { z } from 'zod';
import { ParlanceError } from '../errors/errors.ts';
import type { BlobSource } from './blob-source.ts';
import { type CheckpointListing, isSafePath } from './checkpoint-listing.ts';
import { readText } from './http-request.ts';
import { type HubContent, HubFile, requestContent } from './hub-file.ts';
import type { HubModel } from './hub-model.ts';
import { sendHubRequest } from './hub-request.ts';
import type { HubSettings } from './hub-settings.ts';

const modelSchema = z.object({
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  siblings: z.array(
    z.object({
      rfilename: z.string().refine(isSafePath),
      size: z.int().nonnegative().nullish(),
      blobId: z.string().nullish(),
      lfs: z.object({ sha256: z.string(), size: z.int().nonnegative() }).nullish(),
    }),
  ),
});
type Model = z.infer<typeof modelSchema>;

/** Lists a model's files with their hashes, in one request and one attempt. The contents are those of the commit that
 * it names, whatever becomes of the branch meanwhile.
 * @throws TransientError, invalid_setting, download_failed
 * @see https://huggingface.co/docs/hub/api */
export async function listHubFiles(
  model: HubModel,
  settings: HubSettings,
  signal: AbortSignal,
): Promise<CheckpointListing> {
  const revision = encodeURIComponent(model.revision);
  const url = new URL(`${settings.endpoint}/api/models/${model.id}/revision/${revision}?blobs=true`);
  const response = await sendHubRequest(url, model, settings, { signal });
  const { sha, siblings } = parseModel(await readText(response), settings);
  const pinned = { ...model, revision: sha };
  const byPath = new Map(siblings.map((sibling) => [sibling.rfilename, sibling]));
  return {
    name: model.id,
    commit: sha,
    paths: [...byPath.keys()],
    async file(path, signal): Promise<BlobSource> {
      const listed = listedContent(byPath.get(path)!);
      const content = listed ?? (await requestContent(path, pinned, settings, signal));
      return new HubFile(path, content, pinned, settings);
    },
  };
}

function parseModel(text: string, { endpoint }: HubSettings): Model {
  try {
    return modelSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new ParlanceError(
      'download_failed',
      `${endpoint} does not answer as the Hub does: expected JSON with sha and siblings; check HF_ENDPOINT`,
      { cause },
    );
  }
}

/** Mirrors of the Hub may list names alone. */
function listedContent({ lfs, blobId, size }: Model['siblings'][number]): HubContent | undefined {
  if (lfs) return { etag: lfs.sha256, size: lfs.size };
  return blobId && typeof size === 'number' ? { etag: blobId, size } : undefined;
}
