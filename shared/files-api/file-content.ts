import type { HttpResponse } from '../http/http-response.ts';
import type { ObjectLinks } from '../objects/object-links.ts';
import { FileNotUploadedError } from '../stored-files/file-errors.ts';
import type { StoredFile } from '../stored-files/stored-file.ts';

/** Seconds for which the link opens the file. */
const linkSeconds = 3600;
const mediaTypeForm = /^[\w.+-]+\/[\w.+-]+$/;

/**
 * Sends a client on to the bytes of a file: 302, so that no function passes them on.
 *
 * @throws FileNotUploadedError when nobody has seen its bytes yet.
 */
export async function fileContent(file: StoredFile, links: Pick<ObjectLinks, 'signGet'>): Promise<HttpResponse> {
  if (file.status === 'pending') throw new FileNotUploadedError(file.id);
  const location = await locationOf(file, links);
  return { statusCode: 302, headers: { location, 'cache-control': 'no-store' }, body: '' };
}

async function locationOf({ id, name, mediaType, place }: StoredFile, links: Pick<ObjectLinks, 'signGet'>) {
  if (place.type === 'bucket') {
    const type = mediaTypeForm.test(mediaType) ? { mediaType } : {};
    return links.signGet(place.key, { seconds: linkSeconds, fileName: name, ...type });
  }
  // The upstream's own link, signed by it.
  const { url } = place.reference;
  if (typeof url === 'string' && URL.canParse(url)) return url;
  throw new FileNotUploadedError(id);
}
