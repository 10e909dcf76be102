import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { clientSetups, guides } from '../../console/src/pages/home/clients.ts';

const laptop = 'http://127.0.0.1:3264';

describe('what the home page tells clients', () => {
  it('has a guide for each of them', () => {
    expect(clientSetups(laptop).map(({ name }) => name)).toEqual(Object.keys(guides));
  });

  it.each(Object.entries(guides))('says of %s what its guide says', (name, guide) => {
    const page = readFileSync(`docs/guides/${guide}.md`, 'utf8');
    const steps = clientSetups(laptop).find((setup) => setup.name === name)?.steps ?? [];
    expect(steps.length).toBeGreaterThan(0);
    for (const { code, file } of steps) {
      expect(page).toContain(code);
      if (file !== undefined) expect(page).toContain(file);
    }
  });

  it('names the address that the page was opened at', () => {
    const text = JSON.stringify(clientSetups('https://gateway.example'));
    expect(text).toContain('https://gateway.example/v1');
    expect(text).not.toContain('127.0.0.1');
  });
});
