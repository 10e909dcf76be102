import { describe, expect, it } from 'vitest';
import { consolePatterns } from '../../infra/console-headers.ts';
import { edgePaths, functionAt } from '../../infra/constructs/edge-paths.ts';
import { defaultFunction, deployedFunctions, type FunctionName, functions, routes } from '../../shared/routes.ts';
import { synthesize } from './support/synthesize.ts';

const template = synthesize({ edge: 'true' });
const [distribution] = Object.values(template.findResources('AWS::CloudFront::Distribution'));
const { CacheBehaviors, DefaultCacheBehavior, Origins, PriceClass } = distribution?.Properties.DistributionConfig ?? {};
/** Those of the console come first. */
const functionBehaviors = CacheBehaviors.slice(consolePatterns.length);
const functionOrigins = Origins.filter((origin: object) => 'CustomOriginConfig' in origin);

/** The logical id of the function whose URL an origin is. */
function urlBehind(targetOriginId: string): string {
  const origin = Origins.find(({ Id }: { Id: string }) => Id === targetOriginId);
  return JSON.stringify(origin.DomainName);
}

function urlOf(name: string): string {
  return name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()).concat('FunctionFunctionUrl');
}

describe('CloudFront, when it is asked for', () => {
  it('has a behaviour for each pattern, in their order, to the function of the pattern', () => {
    const expected = edgePaths(routes, defaultFunction);
    expect(functionBehaviors.map((behavior: { PathPattern: string }) => behavior.PathPattern)).toEqual(
      expected.map(([pattern]) => pattern),
    );
    for (const [index, [, name]] of expected.entries()) {
      expect(urlBehind(functionBehaviors[index].TargetOriginId)).toContain(urlOf(name));
    }
  });

  it('sends all other paths to the function that answers them', () => {
    expect(urlBehind(DefaultCacheBehavior.TargetOriginId)).toContain(urlOf(defaultFunction));
  });

  it('has an origin for each function, once', () => {
    expect(functionOrigins).toHaveLength(Object.keys(functions).length);
  });

  it('neither caches, nor compresses, nor passes Host on, nor takes plain HTTP', () => {
    const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
    const allViewerExceptHostHeader = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
    for (const behavior of [DefaultCacheBehavior, ...functionBehaviors]) {
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
    for (const origin of functionOrigins) {
      expect(origin.CustomOriginConfig).toMatchObject({ OriginReadTimeout: 60, OriginProtocolPolicy: 'https-only' });
      expect(origin.OriginCustomHeaders).toEqual([{ HeaderName: 'x-origin-secret', HeaderValue: secret }]);
    }
    const endpoints = Object.entries(template.findResources('AWS::Lambda::Function')).filter(
      ([id]) => !id.startsWith('OriginSecret') && !id.startsWith('ConsoleSite'),
    );
    expect(endpoints).toHaveLength(Object.keys(deployedFunctions).length);
    for (const [, { Properties }] of endpoints) {
      expect(Properties.Environment.Variables.ORIGIN_SECRET).toEqual(secret);
    }
  });

  it('prints base URLs on one host, and no secret', () => {
    const outputs = template.findOutputs('*');
    expect(Object.keys(outputs).toSorted()).toEqual([
      'ConsoleUrl',
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
  const read = { method: 'GET', path: '/a', function: 'status', dialect: 'native', access: 'key' } as const;
  const patterns = (...more: readonly { readonly path: string; readonly function: FunctionName }[]) =>
    edgePaths(
      more.map((route) => ({ ...read, ...route })),
      'models',
    );

  it('have a star where a route has a name', () => {
    expect(patterns({ path: '/a/{id}/b', function: 'status' })).toEqual([['/a/*/b', 'status']]);
  });

  it('are one for a family of paths', () => {
    const family = ['/a', '/a/{id}', '/a/{id}/c', '/a/d'].map((path) => ({ path, function: 'status' }) as const);
    expect(patterns(...family)).toEqual([['/a*', 'status']]);
    const first = { path: '/a/d', function: 'chats' } as const;
    expect(patterns(first, ...family.slice(0, 2))).toEqual([
      ['/a/d', 'chats'],
      ['/a*', 'status'],
    ]);
  });

  it('are no family where another function has a path that begins so', () => {
    const both = [
      { path: '/a', function: 'status' },
      { path: '/a/b', function: 'status' },
      { path: '/ab', function: 'chats' },
    ] as const;
    expect(patterns(...both)).toEqual(both.map(({ path, function: name }) => [path, name]));
  });

  it('are none where the default serves', () => {
    expect(patterns({ path: '/a', function: 'models' })).toEqual([]);
  });

  it('lead to the right function, or the stack can’t be made', () => {
    const wide = { path: '/a/{id}', function: 'status' } as const;
    expect(() => patterns(wide, { path: '/a/b', function: 'chats' })).toThrow(/\/a\/b to status and not to chats/);
    expect(() => patterns(wide, { path: '/a/b', function: 'models' })).toThrow(/\/a\/b to status and not to models/);
  });

  it('belong to one function each', () => {
    expect(() => patterns(read, { ...read, function: 'chats' })).toThrow(/status and chats.*\/a/);
    expect(edgePaths([read, { ...read, method: 'DELETE' }], 'models')).toHaveLength(1);
  });

  it('are no more than AWS allows a distribution, its default included', () => {
    expect(edgePaths(routes, defaultFunction).length + consolePatterns.length).toBeLessThan(75);
    const many = Array.from({ length: 75 }, (_, index) => ({ path: `/${index}/a`, function: 'status' }) as const);
    expect(() => patterns(...many)).toThrow('74 patterns, not 75');
    const one = [{ ...read, path: '/a' }];
    expect(() => edgePaths(one, 'models', Array(74).fill('/z'))).toThrow('74 patterns, not 75');
    expect(() => edgePaths(one, 'models', ['/a*'])).toThrow('take /a for /a*');
  });

  it.each(routes.map((route) => [route.path, route.function] as const))('find %s', (path, name) => {
    const paths = edgePaths(routes, defaultFunction);
    expect(functionAt(path.replaceAll(/\{\w+\}/g, 'a.b'), paths) ?? defaultFunction).toBe(name);
  });
});
