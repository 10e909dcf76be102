import { hash } from 'node:crypto';
import type { UploadedFile, Uploads, WholeFile } from '../chat/upload.ts';
import type { ChatUpstream } from '../chat/upstream.ts';
import type { AccountFiles, Holder } from '../files/account-files.ts';
import { atOnce } from '../files/limits.ts';
import { mapLimited } from '../files/map-limited.ts';
import { FileAccountConflictError } from '../stored-files/file-errors.ts';
import type { AccountFile, StoredMedium } from '../stored-files/stored-media.ts';

export type MediaUpstream = Pick<ChatUpstream, 'upload' | 'confirmUpload'>;

/** The only account that can serve a request, because it has one of its files. */
export interface MediaOwner {
  readonly accountId: string;
  /** The client's name for that file. */
  readonly field: string;
}

/** The media of one request, fetched and checked. */
export interface OpenMedia {
  readonly owner?: MediaOwner;
  /** Gives an account the files that it has not. @throws UpstreamError, FileNotUploadedError */
  uploadTo(holder: Holder, upstream: MediaUpstream, signal: AbortSignal): Promise<Uploads>;
  /** Gives an account a file that no message holds, unless it has it. @throws UpstreamError */
  hold(file: WholeFile, holder: Holder, upstream: MediaUpstream, signal: AbortSignal): Promise<UploadedFile>;
}

/** One of the media of a request. */
export interface OpenMedium {
  readonly url: string;
  /** The client's name for it. */
  readonly field: string;
  readonly medium: StoredMedium;
}

/**
 * @param files puts them where they are not yet.
 * @throws FileAccountConflictError when accounts have files of the request that no other can use.
 */
export function openMedia(media: readonly OpenMedium[], files: AccountFiles): OpenMedia {
  const owner = ownerOf(media);
  return {
    ...(owner && { owner }),
    hold: (file, holder, upstream, signal) =>
      files.hold({ ...file, hash: hash('sha256', file.bytes) }, holder, upstream, signal),
    uploadTo: async (holder, upstream, signal) => {
      const place = ({ medium }: OpenMedium): Promise<UploadedFile> =>
        'file' in medium
          ? files.hold(medium.file, holder, upstream, signal)
          : confirmed(medium.held, holder, upstream, signal);
      return new Map(await mapLimited(media, atOnce, async (each) => [each.url, await place(each)] as const));
    },
  };
}

async function confirmed(
  { uploaded, confirm }: AccountFile,
  { credentials }: Holder,
  upstream: MediaUpstream,
  signal: AbortSignal,
): Promise<UploadedFile> {
  await confirm?.(() => upstream.confirmUpload(uploaded.reference, credentials, signal));
  return uploaded;
}

function ownerOf(media: readonly OpenMedium[]): MediaOwner | undefined {
  const owners = media.flatMap(({ medium, field }) =>
    'held' in medium ? [{ accountId: medium.held.accountId, field }] : [],
  );
  const [first] = owners;
  const other = owners.find(({ accountId }) => accountId !== first?.accountId);
  if (other !== undefined) throw new FileAccountConflictError(other.field);
  return first;
}
