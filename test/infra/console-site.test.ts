import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { runInNewContext } from 'node:vm';
import { DeleteObjectsCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { App, Stack } from 'aws-cdk-lib';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { consolePatterns } from '../../infra/console-headers.ts';
import { publisherCode } from '../../infra/constructs/console-publisher-code.ts';
import { synthesize } from './support/synthesize.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const template = synthesize({ edge: 'true' });
const [distribution] = Object.values(template.findResources('AWS::CloudFront::Distribution'));
const { CacheBehaviors, Origins } = distribution?.Properties.DistributionConfig ?? {};
const behaviors = CacheBehaviors.slice(0, consolePatterns.length);

describe('the console behind CloudFront', () => {
  it('comes before everything else, from its bucket, for reading only, and compressed', () => {
    expect(behaviors.map(({ PathPattern }: { PathPattern: string }) => PathPattern)).toEqual([...consolePatterns]);
    const [origin] = Origins.filter((one: object) => 'S3OriginConfig' in one);
    expect(origin.OriginAccessControlId).toBeDefined();
    for (const behavior of behaviors) {
      expect(behavior).toMatchObject({
        TargetOriginId: origin.Id,
        AllowedMethods: ['GET', 'HEAD'],
        Compress: true,
        ViewerProtocolPolicy: 'redirect-to-https',
      });
    }
  });

  it('lets pages speak with their own origin only', () => {
    const [policy] = Object.values(template.findResources('AWS::CloudFront::ResponseHeadersPolicy'));
    const { SecurityHeadersConfig } = policy?.Properties.ResponseHeadersPolicyConfig ?? {};
    const words: string = SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy;
    expect(words).toContain("connect-src 'self';");
    expect(words).toContain("frame-ancestors 'none'");
    expect(words).not.toMatch(/unsafe|\*/);
    expect(SecurityHeadersConfig.ReferrerPolicy.ReferrerPolicy).toBe('no-referrer');
  });

  it('keeps the bucket to the distribution', () => {
    const buckets = Object.entries(template.findResources('AWS::S3::Bucket'));
    const bucket = buckets.find(([id]) => id.startsWith('ConsoleSite'))?.[1];
    expect(bucket?.Properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    const policies = Object.entries(template.findResources('AWS::S3::BucketPolicy'));
    const statements = policies.find(([id]) => id.startsWith('ConsoleSite'))?.[1].Properties.PolicyDocument.Statement;
    const allowed = statements.filter(({ Effect }: { Effect: string }) => Effect === 'Allow');
    expect(allowed).toHaveLength(1);
    expect(allowed[0]).toMatchObject({ Action: 's3:GetObject', Principal: { Service: 'cloudfront.amazonaws.com' } });
    expect(JSON.stringify(allowed[0].Condition)).toContain('AWS:SourceArn');
  });

  it('is absent without the edge', () => {
    expect(synthesize().findResources('Custom::ConsoleFiles')).toEqual({});
  });

  it.each([
    ['/', '/index.html'],
    ['/api-docs/', '/api-docs/index.html'],
    ['/assets/app.js', '/assets/app.js'],
  ])('finds %s at %s', (uri, found) => {
    const [rewrite] = Object.values(template.findResources('AWS::CloudFront::Function'));
    const code = `${rewrite?.Properties.FunctionCode}; JSON.stringify([handler({ request: { uri } }), handler({ request: { uri: '/api-docs' } })])`;
    const [page, folder] = JSON.parse(runInNewContext(code, { uri }));
    expect(page).toEqual({ uri: found });
    expect(folder).toMatchObject({ statusCode: 308, headers: { location: { value: '/api-docs/' } } });
  });
});

describe('the function that publishes it', () => {
  const s3 = mockClient(S3Client);
  beforeEach(() => s3.reset().on(DeleteObjectsCommand).resolves({}));

  it('is made anew exactly when the console is', () => {
    const folder = consoleFolder('one');
    const [one, again] = [fingerprintOf(folder), fingerprintOf(folder)];
    expect(again).toBe(one);
    writeFileSync(join(folder, 'index.html'), 'two');
    expect(fingerprintOf(folder)).not.toBe(one);
    expect(() => publisherCode(temporaryFolder())).toThrow('npm run console');
  });

  it('brings files with their types, pages last, and takes away what is old', async () => {
    s3.on(ListObjectsV2Command)
      .resolvesOnce({ Contents: [{ Key: 'index.html' }, { Key: 'assets/old.js' }], NextContinuationToken: 'more' })
      .resolves({ Contents: [{ Key: 'assets/older.css' }] });
    const answer = await publish('Update');
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'console-bucket' });
    const puts = s3.commandCalls(PutObjectCommand).map(({ args: [{ input }] }) => input);
    expect(puts.map(({ Key, ContentType, CacheControl }) => [Key, ContentType, CacheControl])).toEqual([
      ['assets/app.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
      ['index.html', 'text/html; charset=utf-8', 'no-cache'],
    ]);
    const [deleted] = s3.commandCalls(DeleteObjectsCommand);
    expect(deleted?.args[0].input.Delete?.Objects).toEqual([{ Key: 'assets/old.js' }, { Key: 'assets/older.css' }]);
  });

  it('empties the bucket when the console goes', async () => {
    s3.on(ListObjectsV2Command).resolves({ Contents: [{ Key: 'index.html' }] });
    expect(await publish('Delete')).toMatchObject({ Status: 'SUCCESS' });
    expect(s3.commandCalls(PutObjectCommand)).toEqual([]);
    expect(s3.commandCalls(DeleteObjectsCommand)[0]?.args[0].input.Delete?.Objects).toEqual([{ Key: 'index.html' }]);
  });

  it('tells CloudFormation why it failed', async () => {
    s3.on(PutObjectCommand).rejects(new Error('no room'));
    expect(await publish('Create')).toMatchObject({ Status: 'FAILED', Reason: 'Error: no room' });
  });
});

function consoleFolder(page: string): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), page);
  writeFileSync(join(folder, 'assets/app.js'), 'document.title;');
  return folder;
}

function fingerprintOf(folder: string): string {
  const stack = new Stack(new App());
  const { code, fingerprint, tidyUp } = publisherCode(folder);
  code.bind(stack);
  tidyUp();
  return fingerprint;
}

/** Runs the handler as the stack's own call would. The console lies beside the handler's code. */
async function publish(RequestType: 'Create' | 'Update' | 'Delete'): Promise<unknown> {
  const { handlerOf } = await import('../../infra/constructs/console-publisher-handler.ts');
  const received: Promise<unknown>[] = [];
  const server = createServer((request, response) => {
    received.push(text(request).then((body) => JSON.parse(body)));
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const site = new URL(`file://${consoleFolder('page')}/`);
  await handlerOf(site)({
    RequestType,
    ServiceToken: 'arn',
    ResponseURL: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`,
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Files',
    ResourceType: 'Custom::ConsoleFiles',
    ResourceProperties: { ServiceToken: 'arn', Bucket: 'bucket' },
    OldResourceProperties: { ServiceToken: 'arn' },
    PhysicalResourceId: 'console-bucket',
  });
  return received[0];
}
