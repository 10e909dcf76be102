import { readdir, readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { DeleteObjectsCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { cacheControl, contentTypes } from '../console-headers.ts';

const client = new S3Client({});

/** What Lambda calls: the console's files lie beside the code. */
export const handler = handlerOf(new URL('./site/', import.meta.url));

/**
 * Puts the console into its bucket when the stack is made or changed, and empties the bucket when it goes. Pages come
 * last, so that none asks for what is not there yet; files that the new console has not go at the end.
 *
 * @param site folder of the console, with a slash at its end.
 * @returns throws Error when CloudFormation does not take the answer.
 */
export function handlerOf(site: URL): (event: CloudFormationCustomResourceEvent) => Promise<void> {
  return async (event) => {
    const bucket = String(event.ResourceProperties.Bucket);
    const failure = await publish(bucket, event.RequestType === 'Delete' ? undefined : site).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
    );
    await answer(event, bucket, failure);
  };
}

async function answer(
  event: CloudFormationCustomResourceEvent,
  bucket: string,
  failure: string | undefined,
): Promise<void> {
  const body = JSON.stringify({
    Status: failure === undefined ? 'SUCCESS' : 'FAILED',
    ...(failure === undefined ? {} : { Reason: failure }),
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    PhysicalResourceId: `console-${bucket}`,
  });
  // The URL is signed for an empty content type.
  const response = await fetch(event.ResponseURL, { method: 'PUT', headers: { 'content-type': '' }, body });
  if (!response.ok) throw new Error(`CloudFormation answered ${response.status}`);
}

async function publish(bucket: string, site: URL | undefined): Promise<void> {
  const files = site === undefined ? [] : await filesOf(site);
  for (const file of files) await put(bucket, file, new URL(file, site));
  const old = (await listed(bucket)).filter((key) => !files.includes(key));
  for (let start = 0; start < old.length; start += 1000) {
    const Objects = old.slice(start, start + 1000).map((Key) => ({ Key }));
    const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }));
    if (Errors[0] !== undefined) throw new Error(`${Errors[0].Key} can't be deleted: ${Errors[0].Code}`);
  }
}

/** Relative names, pages last. */
async function filesOf(site: URL): Promise<readonly string[]> {
  const entries = await readdir(site, { recursive: true, withFileTypes: true });
  const root = site.pathname;
  const names = entries
    .filter((entry) => entry.isFile() && contentTypes[extname(entry.name)] !== undefined)
    .map(({ parentPath, name }) => `${parentPath}/${name}`.replaceAll('//', '/').slice(root.length));
  return names.toSorted((one, other) => Number(one.endsWith('.html')) - Number(other.endsWith('.html')));
}

async function put(bucket: string, file: string, source: URL): Promise<void> {
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: file,
      Body: await readFile(source),
      ContentType: contentTypes[extname(file)],
      CacheControl: file.startsWith('assets/') ? cacheControl.hashed : cacheControl.other,
    }),
  );
}

async function listed(bucket: string): Promise<readonly string[]> {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, ContinuationToken: token }));
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key])));
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return keys;
}
