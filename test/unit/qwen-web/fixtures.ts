import { readFileSync } from 'node:fs';

const folder = new URL('../../fixtures/qwen-web/', import.meta.url);

/** The bytes of a fixture. */
export function fixtureBytes(path: string): Buffer {
  return readFileSync(new URL(path, folder));
}

export function fixtureText(path: string): string {
  return fixtureBytes(path).toString('utf8');
}

/** A fixture's JSON; its shape is the test's own knowledge. */
export function fixtureJson<Shape>(path: string): Shape {
  return JSON.parse(fixtureText(path));
}
