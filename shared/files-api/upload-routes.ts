import { mapLimited } from '../files/map-limited.ts';
import type { RouteHandler, RouteKey } from '../http/endpoint.ts';
import { jsonResponse } from '../http/http-response.ts';
import type { Call } from '../http/invocation.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { PartedUpload } from '../stored-files/parted-upload.ts';
import { isUploadId, newFileId, newPartId, newUploadId } from '../stored-files/stored-ids.ts';
import { UploadNotFoundError, UploadStateError } from '../stored-files/upload-errors.ts';
import { UploadCompletion, type UploadCompletionOptions } from './complete-upload.ts';
import { describeUpload } from './describe-upload.ts';
import { uploadLife } from './file-limits.ts';
import { partKey } from './part-key.ts';
import { readPartForm } from './read-file-form.ts';
import { readCompletion, readUploadPlan } from './read-upload-body.ts';
import { refuseBroughtTokens } from './refuse-brought-tokens.ts';

export interface UploadRoutesOptions extends UploadCompletionOptions {
  readonly objects: Pick<ObjectStore, 'put' | 'putStream' | 'delete'>;
}

/** Milliseconds that are kept for the answer. */
const reserve = 5000;
/** Parts that are deleted at once. */
const deletedAtOnce = 8;

/** The handlers of OpenAI's uploads API (client-apis C.1). */
export function createUploadRoutes(options: UploadRoutesOptions): Readonly<Record<RouteKey, RouteHandler>> {
  const { uploads, now } = options;
  const completion = new UploadCompletion(options);
  const find = async ({ caller, parameters: { id = '' } }: Call): Promise<PartedUpload> => {
    const upload = isUploadId(id) ? await uploads.find(caller.id, id) : undefined;
    if (upload === undefined || (upload.status === 'pending' && upload.expiresAt <= now())) {
      throw new UploadNotFoundError(id);
    }
    return upload;
  };
  return {
    'POST /v1/uploads': async ({ caller, body }) => {
      refuseBroughtTokens(caller);
      const upload = newUpload(body, now());
      await uploads.create(caller.id, upload);
      return jsonResponse(describeUpload(upload));
    },
    'POST /v1/uploads/{id}/parts': async (call) => addPart(call, await find(call), options),
    'POST /v1/uploads/{id}/complete': async (call) => {
      const asked = readCompletion(call.body);
      const signal = AbortSignal.timeout(Math.max(0, call.remainingMilliseconds() - reserve));
      const { upload, file } = await completion.complete(call.caller.id, await find(call), asked, signal);
      call.background.add('delete parts', deleteParts(call, upload, options));
      call.note({ upload: upload.id, file: upload.fileId, bytes: upload.bytes });
      return jsonResponse(describeUpload(upload, file));
    },
    'POST /v1/uploads/{id}/cancel': async (call) => {
      const upload = await find(call);
      if (upload.status === 'completed' || !(await isCancelled(call, upload, uploads))) {
        throw new UploadStateError('The upload is completed: delete its file, if it is not wanted.');
      }
      call.background.add('delete parts', deleteParts(call, upload, options));
      return jsonResponse(describeUpload({ ...upload, status: 'cancelled' }));
    },
  };
}

function newUpload(body: unknown, createdAt: number): PartedUpload {
  return {
    ...readUploadPlan(body),
    id: newUploadId(createdAt),
    fileId: newFileId(createdAt),
    status: 'pending',
    createdAt,
    expiresAt: createdAt + uploadLife,
  };
}

/** The bytes come first, then the row, so that no row points at nothing. */
async function addPart({ caller, body }: Call, upload: PartedUpload, { uploads, objects, now }: UploadRoutesOptions) {
  if (upload.status !== 'pending') {
    throw new UploadStateError(`The upload is ${upload.status}, and takes no more parts.`);
  }
  const bytes = await readPartForm(body);
  const createdAt = now();
  const id = newPartId(createdAt);
  await objects.put(partKey(caller.id, upload.id, id), bytes, { mediaType: 'application/octet-stream' });
  await uploads.addPart(caller.id, upload, { id, bytes: bytes.length });
  return jsonResponse({
    id,
    object: 'upload.part',
    created_at: Math.floor(createdAt / 1000),
    upload_id: upload.id,
  });
}

/** Cancelling twice is no failure. */
async function isCancelled(
  { caller }: Call,
  { id, status }: PartedUpload,
  uploads: UploadRoutesOptions['uploads'],
): Promise<boolean> {
  if (status === 'cancelled' || (await uploads.cancel(caller.id, id))) return true;
  return (await uploads.find(caller.id, id))?.status === 'cancelled';
}

/** What is not deleted here is, by a rule of the bucket, two days later. */
async function deleteParts({ caller }: Call, { id }: PartedUpload, options: UploadRoutesOptions): Promise<void> {
  const { uploads, objects } = options;
  const parts = await uploads.parts(caller.id, id);
  await mapLimited(parts, deletedAtOnce, (part) => objects.delete(partKey(caller.id, id, part.id)));
}
