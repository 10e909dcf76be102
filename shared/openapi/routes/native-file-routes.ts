import { signBody, tokenBody } from '../../native-files/sign-body.ts';
import { nativeFile, signedUpload, storageToken } from '../answers/files.ts';
import { errandErrors } from '../error-topics.ts';
import { named } from '../json-schema.ts';
import { requestSchema } from '../request-schema.ts';
import type { RouteDocuments } from '../route-document.ts';

const form = named('NativeFileForm', {
  type: 'object',
  properties: { file: { type: 'string', format: 'binary' } },
  required: ['file'],
});

const errors = [...errandErrors, 'unsupported_parameter', 'invalid_media', 'file_too_large'];

/** Uploads into an account's own storage. */
export const nativeFileRoutes = {
  'POST /api/files/upload': {
    tag: 'Native files',
    summary: 'Upload a file into an account’s storage',
    description: 'The answer’s `imageUrl` can stand in messages to any account, its `id` in messages to the same.',
    body: { form },
    answers: { 200: { description: 'The file.', json: nativeFile } },
    errors: [...errors, 'document_unreadable'],
  },
  'POST /api/files/sign': {
    tag: 'Native files',
    summary: 'Sign one upload past the gateway',
    description: 'For one file of one size and one type: the answer is a PUT that anybody can send.',
    body: {
      json: requestSchema('SignRequest', signBody),
      example: { filename: 'photo.png', size: 70, type: 'image/png' },
    },
    answers: { 201: { description: 'How to send the file.', json: signedUpload } },
    errors: [...errors, 'object_store_unavailable'],
  },
  'POST /api/files/getstsToken': {
    tag: 'Native files',
    summary: 'Sign one upload, in the site’s words',
    description:
      'The site’s own answer without its keys, which open a whole storage; `upload` holds one signed PUT in their place.',
    body: {
      json: requestSchema('StorageTokenRequest', tokenBody),
      example: { filename: 'photo.png', filesize: 70, filetype: 'image' },
    },
    answers: { 200: { description: 'How to send the file.', json: storageToken } },
    errors,
  },
} as const satisfies RouteDocuments;
