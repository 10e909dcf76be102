import { createHash } from 'node:crypto';
import type { Simulator } from '../../../local/simulator/simulator.ts';
import { storageCredentials } from '../../../local/simulator/uploads/storage-credentials.ts';
import { hearAnswers } from './hear-answers.ts';

type Note = (secret: string) => void;

const issued = /eyJ[\w-]+\.[\w-]+\.[\w-]+|\brefresh-[0-9a-f-]{36}/g;
const setCookie = /^set-cookie: ([^=\s]+)=([^;\r\n]*)/gim;
/** The region, which signatures for the site's storage tell as well. */
const plainCookies: ReadonlySet<string> = new Set(['x-ap']);
/** The fields of an account that the admin API takes in and never gives back. */
const secretFields = /"(?:token|cookie|password|refreshToken|proxyUrl)"\s*:\s*("(?:[^"\\]|\\.)*")/g;
/** Settings whose value is one secret, or a list of them. */
const secretSettings = ['QWEN_TOKEN', 'QWEN_TOKENS', 'API_KEY', 'API_KEYS', 'ORIGIN_SECRET', 'WEBHOOK_SECRET'] as const;

/** Notes every secret of a simulator: what it issues over HTTP, and what tests get from its control. */
export function hearSimulatorSecrets(
  simulator: Simulator,
  note: Note,
): { readonly simulator: Simulator; readonly end: () => void } {
  const end = hearAnswers(Number(new URL(simulator.url).port), (bytes) => {
    const text = bytes.toString();
    for (const [secret] of text.matchAll(issued)) note(secret);
    for (const [, name = '', value = ''] of text.matchAll(setCookie)) if (!plainCookies.has(name)) note(value);
  });
  note(storageCredentials.accessKeySecret);
  const { accounts } = simulator.control;
  const control: Simulator['control'] = {
    ...simulator.control,
    accounts: {
      ...accounts,
      add(account) {
        notePassword(account.password, note);
        const added = accounts.add(account);
        note(added.token);
        return added;
      },
      token(email, kind) {
        const token = accounts.token(email, kind);
        note(token);
        return token;
      },
    },
  };
  return { simulator: { ...simulator, control }, end };
}

/** Notes the secrets of the settings that a gateway starts with. */
export function noteSettings(env: Readonly<Record<string, string>>, note: Note): void {
  for (const name of secretSettings) for (const secret of env[name]?.split(',') ?? []) note(secret.trim());
  for (const account of env.ACCOUNTS?.split(',') ?? []) notePassword(account.slice(account.indexOf(':') + 1), note);
}

/** Notes the secrets in the body of a request to the admin API. */
export function noteBody(body: string, note: Note): void {
  for (const [, quoted = '""'] of body.matchAll(secretFields)) {
    const secret: unknown = JSON.parse(quoted);
    if (typeof secret === 'string') noteGiven(secret, note);
  }
}

/** A token, a password, a whole Cookie header or a proxy's URL; the parts of these two are secrets of their own. */
function noteGiven(secret: string, note: Note): void {
  notePassword(secret, note);
  if (URL.canParse(secret)) {
    const { username, password } = new URL(secret);
    note(decodeURIComponent(username));
    note(decodeURIComponent(password));
  }
  for (const pair of secret.split(';')) note(pair.slice(pair.indexOf('=') + 1).trim());
}

/** The site takes a password's hash for the password (qwen-web §1.1). */
function notePassword(password: string, note: Note): void {
  note(password);
  note(createHash('sha256').update(password).digest('hex'));
}
