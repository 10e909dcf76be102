import { completionBody, planBody } from '../../files-api/read-upload-body.ts';
import { filePurposes } from '../../stored-files/stored-file.ts';
import { locationHeaders } from '../answer-headers.ts';
import { deletedFile, file, fileList, upload, uploadPart } from '../answers/files.ts';
import { type JsonSchema, named, oneOf } from '../json-schema.ts';
import { requestSchema } from '../request-schema.ts';
import { pageQuery } from '../requests/queries.ts';
import type { RouteDocuments } from '../route-document.ts';

const bytes: JsonSchema = { type: 'string', format: 'binary' };

const fileForm = named('FileForm', {
  type: 'object',
  properties: {
    file: bytes,
    purpose: oneOf(...filePurposes),
    'expires_after[anchor]': oneOf('created_at'),
    'expires_after[seconds]': { type: 'string' },
  },
  required: ['file', 'purpose'],
});

const partForm = named('UploadPartForm', { type: 'object', properties: { data: bytes }, required: ['data'] });

const unknown = ['file_not_found'];
const unknownUpload = ['upload_not_found'];
const storing = ['object_store_unavailable'];

/** OpenAI's files, and uploads in parts. */
export const fileRoutes = {
  'POST /v1/files': {
    tag: 'Files',
    summary: 'Store a file',
    description: 'Its id can stand in messages. Larger files come in parts, or past the functions.',
    body: { form: fileForm },
    answers: { 200: { description: 'The file.', json: file } },
    errors: ['file_too_large', 'unsupported_parameter', ...storing],
  },
  'GET /v1/files': {
    tag: 'Files',
    summary: 'List your files',
    query: { ...pageQuery(10_000, 10_000), purpose: oneOf(...filePurposes) },
    answers: { 200: { description: 'A page of files.', json: fileList } },
    errors: storing,
  },
  'GET /v1/files/{id}': {
    tag: 'Files',
    summary: 'Look at a file',
    answers: { 200: { description: 'The file.', json: file } },
    errors: [...unknown, ...storing],
  },
  'DELETE /v1/files/{id}': {
    tag: 'Files',
    summary: 'Delete a file',
    answers: { 200: { description: 'It is gone.', json: deletedFile } },
    errors: [...unknown, ...storing],
  },
  'GET /v1/files/{id}/content': {
    tag: 'Files',
    summary: 'Fetch a file',
    description: 'Leads on to where its bytes are.',
    answers: { 302: { description: 'Where the file is.', headers: locationHeaders } },
    errors: [...unknown, ...storing, 'file_not_uploaded'],
  },
  'POST /v1/uploads': {
    tag: 'Files',
    summary: 'Begin an upload in parts',
    body: {
      json: requestSchema('UploadRequest', planBody),
      example: { filename: 'notes.txt', bytes: 5, mime_type: 'text/plain', purpose: 'user_data' },
    },
    answers: { 200: { description: 'The upload.', json: upload } },
    errors: ['file_too_large', 'unsupported_parameter'],
  },
  'POST /v1/uploads/{id}/parts': {
    tag: 'Files',
    summary: 'Send a part',
    body: { form: partForm },
    answers: { 200: { description: 'The part.', json: uploadPart } },
    errors: ['file_too_large', 'upload_not_pending', ...unknownUpload, ...storing],
  },
  'POST /v1/uploads/{id}/complete': {
    tag: 'Files',
    summary: 'Make a file of the parts',
    description: 'Sending it again with the same parts is no mistake.',
    body: { json: requestSchema('UploadCompletion', completionBody), example: { part_ids: ['part_1'] } },
    answers: { 200: { description: 'The upload with its file.', json: upload } },
    errors: ['upload_mismatch', 'upload_not_pending', ...unknownUpload, ...storing],
  },
  'POST /v1/uploads/{id}/cancel': {
    tag: 'Files',
    summary: 'Give an upload up',
    answers: { 200: { description: 'The upload.', json: upload } },
    errors: ['upload_not_pending', ...unknownUpload],
  },
} as const satisfies RouteDocuments;
