import type { ChatUpstream } from '../chat/upstream.ts';
import { AccountFiles } from '../files/account-files.ts';
import { MediaReader } from '../files/media-reader.ts';
import { UploadRows } from '../files/upload-rows.ts';
import { WebFetcher } from '../files/web-fetcher.ts';
import { ObjectLinks } from '../objects/object-links.ts';
import { ObjectReader } from '../objects/object-reader.ts';
import { RequestMedia } from '../relay/request-media.ts';
import { FileRows } from '../stored-files/file-rows.ts';
import { StoredMedia } from '../stored-files/stored-media.ts';
import type { Access } from './open-access.ts';

/** Opens the way of pictures, videos and documents from messages to accounts. */
export function openRequestMedia(
  { environment, table, logger }: Access,
  upstream: Pick<ChatUpstream, 'holds'>,
): RequestMedia {
  return new RequestMedia({
    upstream,
    reader: new MediaReader(new WebFetcher()),
    stored: new StoredMedia({ rows: new FileRows(table), objects: new ObjectReader(new ObjectLinks(environment)) }),
    files: new AccountFiles({
      rows: new UploadRows(table, Date.now),
      onStoreError: (error) => logger.warn('upload not stored', { error }),
    }),
  });
}
