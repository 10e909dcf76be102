import { inject } from 'vitest';
import { noteSettings } from './hear-secrets.ts';
import { Recording } from './recording.ts';
import { whereabouts } from './whereabouts.ts';
import './secret-check.ts';

/** A new admin key is shown once, to the owner who starts the program: the only secret that is meant to be seen. */
const shownKey = /^Admin key\b/;

/** The ear at one of the programs in `local/`. */
export interface ProgramWatch {
  line(text: string): void;
  end(): Promise<void>;
}

/** Records what a program prints, and the secrets among its settings, for the run's end. */
export function watchProgram(name: string, settings: Readonly<Record<string, string>>): ProgramWatch {
  const folder = inject('recordings');
  if (folder === undefined) return { line: () => {}, end: async () => {} };
  const recording = new Recording(folder, `${name} in ${whereabouts()}`);
  noteSettings(settings, (secret) => recording.secret(secret));
  return {
    line(text) {
      if (!shownKey.test(text)) recording.line(text);
    },
    end: () => recording.close(),
  };
}
