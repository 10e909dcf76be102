import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AwsDouble } from './cloudformation-double/aws-double.ts';
import { creationOrder } from './cloudformation-double/creation-order.ts';
import { parseTemplate } from './cloudformation-double/template.ts';
import { listZipEntries } from './cloudformation-double/zip-entries.ts';

let aws: AwsDouble;
let endpoint: string;

beforeEach(async () => {
  aws = new AwsDouble();
  endpoint = await aws.start();
});
afterEach(() => aws.stop());

/** One call as an SDK words it. */
async function call(action: string, parameters: Record<string, string>): Promise<{ status: number; text: string }> {
  const body = new URLSearchParams({ Action: action, StackName: 'S', ...parameters });
  const response = await fetch(endpoint, { method: 'POST', body });
  return { status: response.status, text: await response.text() };
}

function propose(resources: object, outputs: object = {}): Promise<{ status: number; text: string }> {
  const template = JSON.stringify({ Resources: resources, Outputs: outputs, Parameters: { P: { Type: 'String' } } });
  return call('CreateChangeSet', { ChangeSetName: 'c', TemplateBody: template });
}

const thing = (properties: object = {}, dependsOn: string[] = []): object => ({
  Type: 'Test::Thing',
  Properties: properties,
  DependsOn: dependsOn,
});

/** A zip archive of empty files: what a reader of its directory needs. */
function zipOf(...names: string[]): Buffer {
  const entries = names.map((name) => {
    const head = Buffer.alloc(46);
    head.writeUInt32LE(0x02014b50);
    head.writeUInt16LE(name.length, 28);
    return Buffer.concat([head, Buffer.from(name)]);
  });
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(names.length, 10);
  return Buffer.concat([...entries, end]);
}

describe('a change set is refused', () => {
  it.each([
    ['a Ref to nothing', { a: thing({ x: { Ref: 'gone' } }) }, {}, 'Unresolved dependency [gone] in resource a'],
    ['an attribute of nothing', { a: thing({ x: [{ 'Fn::GetAtt': ['gone', 'Arn'] }] }) }, {}, '[gone]'],
    ['an attribute of nothing, in short', { a: thing({ x: { 'Fn::GetAtt': 'gone.Arn' } }) }, {}, '[gone]'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholder.
    ['a substitution of nothing', { a: thing({ x: { 'Fn::Sub': 'a-${gone.Arn}' } }) }, {}, '[gone]'],
    ['waiting for nothing', { a: thing({}, ['gone']) }, {}, '[gone]'],
    [
      'an output of nothing',
      { a: thing() },
      { o: { Value: { Ref: 'gone' } } },
      'Unresolved dependency [gone] in output o',
    ],
    ['two that need each other', { a: thing({ x: { Ref: 'b' } }), b: thing({}, ['a']) }, {}, '[a, b, a]'],
    ['one that needs itself', { a: thing({ x: { Ref: 'a' } }) }, {}, '[a, a]'],
    ['a resource without a type', { a: {} }, {}, 'no type'],
  ])('for %s', async (_, resources, outputs, complaint) => {
    const { status, text } = await propose(resources, outputs);
    expect(status).toBe(400);
    expect(text).toContain(complaint);
    expect(text).toContain('<Code>ValidationError</Code>');
  });

  it('for a function whose code was not uploaded, or is no archive with its handler', async () => {
    const lambda = {
      Type: 'AWS::Lambda::Function',
      Properties: { Handler: 'index.handler', Code: { S3Bucket: 'b', S3Key: 'k.zip' } },
    };
    expect((await propose({ lambda })).text).toContain('was not uploaded');
    await fetch(`${endpoint}/b/k.zip`, { method: 'PUT', body: new Uint8Array(zipOf('other.mjs')) });
    expect((await propose({ lambda })).text).toContain('holds no index.mjs');
    await fetch(`${endpoint}/b/k.zip`, { method: 'PUT', body: 'not a zip' });
    expect((await propose({ lambda })).status).toBe(500);
    await fetch(`${endpoint}/b/k.zip`, { method: 'PUT', body: new Uint8Array(zipOf('a.txt', 'index.mjs')) });
    expect((await propose({ lambda })).status).toBe(200);
  });
});

describe('a deployment', () => {
  it('creates, changes and removes, and says so', async () => {
    await propose({ b: thing({ x: { Ref: 'a' } }), a: thing(), old: thing() }, { o: { Value: { Ref: 'a' } } });
    await call('ExecuteChangeSet', {});
    const created = aws.cloudFormation.stack('S')?.resources ?? [];
    expect(created.map(({ logicalId }) => logicalId)).toEqual(['a', 'b', 'old']);
    expect((await call('DescribeStacks', {})).text).toContain('<StackStatus>CREATE_COMPLETE</StackStatus>');
    expect(aws.cloudFormation.stack('S')?.outputs.get('o')).toBe(created[0]?.physicalId);

    await propose({ b: thing({ x: 1 }), a: thing(), c: thing() });
    const described = (await call('DescribeChangeSet', {})).text;
    expect(
      [...described.matchAll(/<Action>(\w+)<\/Action><LogicalResourceId>(\w+)</g)].map(([, ...rest]) => rest),
    ).toEqual([
      ['Modify', 'b'],
      ['Add', 'c'],
      ['Remove', 'old'],
    ]);
    await call('ExecuteChangeSet', {});
    const stack = aws.cloudFormation.stack('S');
    expect(stack?.status).toBe('UPDATE_COMPLETE');
    expect(stack?.resources.map(({ logicalId }) => logicalId)).toEqual(['a', 'b', 'c']);
    expect(stack?.resources[0]).toEqual(created[0]);
    expect(stack?.events[0]).toMatchObject({ type: 'AWS::CloudFormation::Stack', status: 'UPDATE_COMPLETE' });
  });

  it('without changes fails as the service words it, and can not be executed', async () => {
    await propose({ a: thing() });
    await call('ExecuteChangeSet', {});
    await propose({ a: thing() });
    const described = (await call('DescribeChangeSet', {})).text;
    expect(described).toContain('<Status>FAILED</Status>');
    expect(described).toContain('The submitted information didn&#39;t contain changes.');
    expect((await call('ExecuteChangeSet', {})).status).toBe(400);
    await call('DeleteChangeSet', {});
    expect((await call('DescribeChangeSet', {})).status).toBe(404);
    expect((await call('ListStackResources', {})).text).toContain('<LogicalResourceId>a</LogicalResourceId>');
  });

  it('of an unknown stack, or by an unknown call, is refused', async () => {
    expect((await call('DescribeStacks', {})).text).toContain('does not exist');
    expect((await call('DeleteEverything', {})).text).toContain('<Code>InvalidAction</Code>');
  });
});

describe('the order of creation', () => {
  it('puts each resource after all that it needs, whatever the order of the template', () => {
    // Resource number i needs some resources of lower numbers, so there is no cycle.
    const graph = fc.array(fc.array(fc.nat(50), { maxLength: 4 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(graph, fc.infiniteStream(fc.nat()), (needs, random) => {
        const resources = needs.map((numbers, index) => {
          const references = index === 0 ? [] : numbers.map((number) => ({ Ref: `r${number % index}` }));
          return [`r${index}`, thing({ references })] as const;
        });
        const shuffled = resources
          .map((resource) => ({ resource, key: random.next().value }))
          .sort((a, b) => a.key - b.key);
        const template = Object.fromEntries(shuffled.map(({ resource }) => resource));
        const order = creationOrder(parseTemplate(JSON.stringify({ Resources: template })));
        expect(order).toHaveLength(needs.length);
        for (const [index, numbers] of needs.entries()) {
          for (const number of index === 0 ? [] : numbers) {
            expect(order.indexOf(`r${number % index}`)).toBeLessThan(order.indexOf(`r${index}`));
          }
        }
      }),
    );
  });
});

it('the directory of an archive is found also behind a comment, and nothing else is taken for one', () => {
  const archive = zipOf('index.mjs', 'folder/more.txt');
  expect(listZipEntries(archive)).toEqual(['index.mjs', 'folder/more.txt']);
  expect(listZipEntries(Buffer.concat([archive, Buffer.from('a comment that is longer than the end')]))).toHaveLength(
    2,
  );
  expect(() => listZipEntries(readFileSync(join(import.meta.dirname, 'cloudformation-double.test.ts')))).toThrow('zip');
  expect(() => listZipEntries(Buffer.alloc(3))).toThrow('zip');
});
