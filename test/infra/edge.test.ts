import { describe, expect, it } from 'vitest';
import { functionsByPath } from '../../infra/constructs/edge.ts';
import { defaultFunction, deployedFunctions, functions, routes } from '../../shared/routes.ts';
import { synthesize } from './support/synthesize.ts';

const template = synthesize({ edge: 'true' });
const [distribution] = Object.values(template.findResources('AWS::CloudFront::Distribution'));
const { CacheBehaviors, DefaultCacheBehavior, Origins, PriceClass } = distribution?.Properties.DistributionConfig ?? {};

/** The logical id of the function whose URL an origin is. */
function urlBehind(targetOriginId: string): string {
  const origin = Origins.find(({ Id }: { Id: string }) => Id === targetOriginId);
  return JSON.stringify(origin.DomainName);
}

function urlOf(name: string): string {
  return name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()).concat('FunctionFunctionUrl');
}

describe('CloudFront, when it is asked for', () => {
  it('has one behaviour for each path, in the order of the routes, to the function of the path', () => {
    const expected = [...functionsByPath(routes)];
    expect(CacheBehaviors.map((behavior: { PathPattern: string }) => behavior.PathPattern)).toEqual(
      expected.map(([pattern]) => pattern),
    );
    for (const [index, [, name]] of expected.entries()) {
      expect(urlBehind(CacheBehaviors[index].TargetOriginId)).toContain(urlOf(name));
    }
  });

  it('sends all other paths to the function that answers them', () => {
    expect(urlBehind(DefaultCacheBehavior.TargetOriginId)).toContain(urlOf(defaultFunction));
  });

  it('has an origin for each function, once', () => {
    expect(Origins).toHaveLength(Object.keys(functions).length);
  });

  it('neither caches, nor compresses, nor passes Host on, nor takes plain HTTP', () => {
    const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
    const allViewerExceptHostHeader = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
    for (const behavior of [DefaultCacheBehavior, ...CacheBehaviors]) {
      expect(behavior).toMatchObject({
        CachePolicyId: cachingDisabled,
        OriginRequestPolicyId: allViewerExceptHostHeader,
        ViewerProtocolPolicy: 'https-only',
        Compress: false,
      });
      expect(behavior.AllowedMethods).toContain('POST');
      expect(behavior.AllowedMethods).toContain('DELETE');
    }
    expect(PriceClass).toBe('PriceClass_100');
  });

  it('waits 60 seconds for each byte, and proves itself to the functions', () => {
    const [secretId] = Object.keys(template.findResources('Custom::OriginSecret'));
    const secret = { 'Fn::GetAtt': [secretId, 'Value'] };
    for (const origin of Origins) {
      expect(origin.CustomOriginConfig).toMatchObject({ OriginReadTimeout: 60, OriginProtocolPolicy: 'https-only' });
      expect(origin.OriginCustomHeaders).toEqual([{ HeaderName: 'x-origin-secret', HeaderValue: secret }]);
    }
    const endpoints = Object.entries(template.findResources('AWS::Lambda::Function')).filter(
      ([id]) => !id.startsWith('OriginSecret'),
    );
    expect(endpoints).toHaveLength(Object.keys(deployedFunctions).length);
    for (const [, { Properties }] of endpoints) {
      expect(Properties.Environment.Variables.ORIGIN_SECRET).toEqual(secret);
    }
  });

  it('prints base URLs on one host, and no secret', () => {
    const outputs = template.findOutputs('*');
    expect(Object.keys(outputs).toSorted()).toEqual([
      'NativeBaseUrl',
      'OpenAiBaseUrl',
      'SecretKeyParameter',
      'TableName',
    ]);
    expect(outputs.OpenAiBaseUrl?.Value['Fn::Join'][1].at(-1)).toBe('/v1');
    expect(JSON.stringify(outputs)).not.toContain('OriginSecret');
  });

  it('draws a new secret when its version changes, and only then', () => {
    const versionOf = (context: Record<string, string>): unknown =>
      Object.values(synthesize({ edge: 'true', ...context }).findResources('Custom::OriginSecret'))[0]?.Properties
        .Version;
    expect(versionOf({})).toBe('1');
    expect(versionOf({ originSecretVersion: '2' })).toBe('2');
    expect(synthesize({ edge: 'true' }).toJSON()).toEqual(template.toJSON());
  });
});

describe('paths as CloudFront knows them', () => {
  it('have a star where a route has a name', () => {
    const route = { method: 'GET', path: '/a/{id}/b', function: 'models', dialect: 'native', access: 'key' } as const;
    expect([...functionsByPath([route])]).toEqual([['/a/*/b', 'models']]);
  });

  it('belong to one function each', () => {
    const read = { method: 'GET', path: '/a', function: 'models', dialect: 'native', access: 'key' } as const;
    const write = { ...read, method: 'POST', function: 'chats' } as const;
    expect(() => functionsByPath([read, write])).toThrow(/models and chats.*\/a/);
    expect(functionsByPath([read, { ...read, method: 'DELETE' }]).size).toBe(1);
  });
});
