import { UnsupportedParameterError } from '../../chat/errors/request-errors.ts';

/** A picture that the upstream already holds, in the short form that it takes (qwen-web §6.3). */
export interface FileReference {
  readonly type: 'image';
  readonly url: string;
}

/**
 * Refers to a picture by its URL.
 *
 * @throws UnsupportedParameterError when the picture does not lie with the upstream already: it can't fetch others, and
 * the gateway doesn't upload yet.
 */
export function imageFile(url: string): FileReference {
  if (!isUpstreamUrl(url)) {
    throw new UnsupportedParameterError(
      'Pictures can be sent only as https URLs of pictures that the upstream holds (cdn.qwenlm.ai, aliyuncs.com); ' +
        'uploads are not available yet.',
      { param: 'messages' },
    );
  }
  return { type: 'image', url };
}

function isUpstreamUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.protocol !== 'https:') return false;
  return url.hostname === 'cdn.qwenlm.ai' || url.hostname.endsWith('.aliyuncs.com');
}
