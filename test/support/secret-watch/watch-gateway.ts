import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { Simulator } from '../../../local/simulator/simulator.ts';
import { hearAnswers } from './hear-answers.ts';
import { hearOutput } from './hear-output.ts';
import { hearSimulatorSecrets, noteBody, noteSettings } from './hear-secrets.ts';
import { Recording } from './recording.ts';
import { whereabouts } from './whereabouts.ts';
import './secret-check.ts';

/** The ears at one gateway of a test. */
export interface GatewayWatch {
  /** To be used in place of the one that was given: it tells of the tokens that tests get from it. */
  readonly simulator: Simulator;
  line(text: string): void;
  /** A secret that a test has made up, as one of a pasted Cookie header. */
  secret(text: string): void;
  /** The body of a request to the admin API. */
  body(text: string): void;
  /** Listens to a front door from its first request on. */
  door(url: string): void;
  /** To be called when the gateway is closed, while its state folder is still there. */
  end(stateFolder: string): Promise<void>;
}

export interface WatchOptions {
  readonly mode: 'start' | 'dev';
  readonly env: Readonly<Record<string, string>>;
  readonly simulator: Simulator;
}

/** Records what a gateway logs and answers, and its secrets, for the run's end; does nothing where nobody looks then. */
export function watchGateway({ mode, env, simulator }: WatchOptions): GatewayWatch {
  const folder = inject('recordings');
  if (folder === undefined) return deaf(simulator);
  const recording = new Recording(folder, `${mode} in ${whereabouts()}`);
  const note = (secret: string) => recording.secret(secret);
  noteSettings(env, note);
  const watched = hearSimulatorSecrets(simulator, note);
  const ends = [watched.end, ...(mode === 'start' ? [hearOutput((text) => recording.line(text))] : [])];
  return {
    simulator: watched.simulator,
    line: (text) => recording.line(text),
    secret: note,
    body: (text) => noteBody(text, note),
    door: (url) => ends.push(hearAnswers(Number(new URL(url).port), (bytes) => recording.answers(bytes))),
    async end(stateFolder) {
      for (const end of ends) end();
      for (const key of await secretKeys(stateFolder)) note(key);
      await recording.close();
    },
  };
}

function deaf(simulator: Simulator): GatewayWatch {
  const nothing = () => {};
  return { simulator, line: nothing, secret: nothing, body: nothing, door: nothing, end: async () => {} };
}

/** The key of the accounts' secrets, as the laptop keeps it, in base64 and in hex. None before the first secret. */
async function secretKeys(stateFolder: string): Promise<readonly string[]> {
  const file = await readFile(join(stateFolder, 'parameters.json'), 'utf8').catch(() => '{}');
  const parameters: unknown = JSON.parse(file);
  return Object.values(parameters ?? {}).flatMap((key) => [
    String(key),
    Buffer.from(String(key), 'base64').toString('hex'),
  ]);
}
