import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fingerprintSources, isFresh } from '../../infra/bundle/freshness.ts';
import { type BundleReport, formatReport } from '../../infra/bundle/report.ts';
import { type BundleOptions, bundleFunctions } from '../../infra/bundle.ts';
import { deployedFunctions } from '../../shared/routes.ts';
import { pngFile } from '../support/sample-files.ts';
import { projectRoot } from './support/cdk-command.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** A project with nothing but these handlers. */
function writeProject(handlers: Readonly<Record<string, string>>): string {
  const root = temporaryFolder();
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'));
  for (const [name, source] of Object.entries(handlers)) {
    const file = join(root, 'functions', name, 'handler.ts');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, source);
  }
  return root;
}

function bundleOne(source: string): Promise<BundleReport> {
  const options: BundleOptions = { root: writeProject({ one: source }), names: ['one'] };
  return bundleFunctions(options);
}

/** Bytes of the functions that need more than the others: the vocabulary, pictures, stored responses that hold pictures. */
const larger: ReadonlyMap<string, number> = new Map([
  ['count-tokens', 1_300_000],
  ['images', 950_000],
  ['responses', 820_000],
]);

/** Bytes of workers that neither ask the upstream nor have callers: nothing that is for these may be in them. */
const smaller: ReadonlyMap<string, number> = new Map([
  ['alert-owner', 250_000],
  ['roll-up-usage', 235_000],
]);

describe('the bundles of the functions', () => {
  it('are one for each function, within the budget of 800 KB, but for three that carry more', async () => {
    const report = await bundleFunctions({ outputFolder: join(temporaryFolder(), 'functions') });
    expect(report.functions.map(({ name }) => name).toSorted()).toEqual(Object.keys(deployedFunctions).toSorted());
    for (const { name, bytes, packages } of report.functions) {
      expect(bytes, name).toBeLessThan(larger.get(name) ?? smaller.get(name) ?? 800_000);
      const names = packages.map((share) => share.name);
      expect(names).toContain('qwen-gateway');
      expect(names).not.toContain('@aws-sdk/credential-provider-node');
      expect(names).not.toContain('@aws-sdk/nested-clients');
    }
    const table = formatReport(report);
    for (const name of Object.keys(deployedFunctions))
      expect(table).toMatch(new RegExp(`^${name} +\\d+\\.\\d KB`, 'm'));
  });
});

describe('bundling', () => {
  it('names the function whose handler is missing', async () => {
    const root = writeProject({ here: 'export const handler = 1;' });
    await expect(bundleFunctions({ root, names: ['here', 'gone'] })).rejects.toThrow('functions/gone/handler.ts');
  });

  it('leaves the old bundles alone when a source is broken', async () => {
    const root = writeProject({ one: 'export const handler = 1;' });
    await bundleFunctions({ root, names: ['one'] });
    const bundle = join(root, 'dist/functions/one/index.mjs');
    const before = readFileSync(bundle, 'utf8');
    writeFileSync(join(root, 'functions/one/handler.ts'), 'export const handler = ;');
    await expect(bundleFunctions({ root, names: ['one'] })).rejects.toThrow('Unexpected');
    expect(readFileSync(bundle, 'utf8')).toBe(before);
  });

  it('keeps class names, which errors in the log go by', async () => {
    const report = await bundleOne(
      'export class WorthReadingError extends Error {}; export const handler = WorthReadingError;',
    );
    const module: { handler: { name: string } } = await import(report.functions[0]?.file ?? '');
    expect(module.handler.name).toBe('WorthReadingError');
  });

  it('refuses a lazy import of something that a slim client lacks', async () => {
    const source =
      "export const handler = async () => { const { SSMClient, DeleteParameterCommand } = await import('@aws-sdk/client-ssm'); return [SSMClient, DeleteParameterCommand]; };";
    await expect(bundleOne(source)).rejects.toThrow('lacks DeleteParameterCommand');
  });

  it.each([
    ['client-ssm', 'SSMClient'],
    ['client-sfn', 'SFNClient'],
    ['client-sns', 'SNSClient'],
  ])('makes %s small also when it is imported lazily', async (packageName, name) => {
    const source = `export const handler = async () => { const { ${name} } = await import('@aws-sdk/${packageName}'); return ${name}; };`;
    const report = await bundleOne(source);
    const client = report.functions[0]?.packages.find((share) => share.name === `@aws-sdk/${packageName}`);
    expect(client?.bytes).toBeGreaterThan(1_000);
    expect(client?.bytes).toBeLessThan(30_000);
  });
});

describe('a bundle that changes pictures', () => {
  const source =
    "export const handler = async (bytes) => { const { default: sharp } = await import('sharp'); return sharp(bytes).webp().toBuffer(); };";

  it('has sharp’s WebAssembly beside it, and needs no folder of packages', async () => {
    const report = await bundleOne(source);
    const folder = join(temporaryFolder(), 'alone');
    cpSync(dirname(report.functions[0]?.file ?? ''), folder, { recursive: true });
    expect(readdirSync(folder).toSorted()).toEqual(['index.mjs', 'sharp-wasm32-0.35.5.node.wasm', 'sharp.cjs']);
    const bundle: { handler: (bytes: Buffer) => Promise<Buffer> } = await import(join(folder, 'index.mjs'));
    const picture = await bundle.handler(pngFile());
    expect(picture.toString('latin1', 8, 12)).toBe('WEBP');
  });

  it('is the only one to have it', async () => {
    const report = await bundleOne('export const handler = 1;');
    expect(readdirSync(dirname(report.functions[0]?.file ?? ''))).toEqual(['index.mjs']);
  });
});

describe('freshness', () => {
  it('goes by what sources say, not by when they were written', async () => {
    const root = writeProject({ one: 'export const handler = 1;' });
    await bundleFunctions({ root, names: ['one'] });
    const output = join(root, 'dist/functions');
    const source = join(root, 'functions/one/handler.ts');
    expect(isFresh(output, fingerprintSources(root), ['one'])).toBe(true);
    utimesSync(source, new Date(0), new Date(0));
    expect(isFresh(output, fingerprintSources(root), ['one'])).toBe(true);
    writeFileSync(source, 'export const handler = 2;');
    expect(isFresh(output, fingerprintSources(root), ['one'])).toBe(false);
  });

  it('goes by names too', () => {
    const one = writeProject({ one: 'export const handler = 1;' });
    const two = writeProject({ two: 'export const handler = 1;' });
    expect(fingerprintSources(one)).not.toBe(fingerprintSources(two));
    expect(isFresh(join(one, 'dist/functions'), fingerprintSources(one), [])).toBe(false);
  });
});
