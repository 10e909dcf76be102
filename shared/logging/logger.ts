import { redact } from './redact.ts';

const severities = { debug: 10, info: 20, warn: 30, error: 40 } as const;
type Severity = keyof typeof severities;

/** Facts of one log line. Values are redacted before they are written. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes one JSON object a line, which CloudWatch can query. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/**
 * @param level lines below it are dropped; one of the choices of LOG_LEVEL.
 * @param write takes one line without its line feed.
 */
export function createLogger(
  level: string,
  write: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
): Logger {
  const least = isSeverity(level) ? severities[level] : severities.info;
  const at =
    (severity: Severity) =>
    (message: string, fields: LogFields = {}) => {
      if (severities[severity] < least) return;
      write(JSON.stringify({ time: new Date().toISOString(), level: severity, message, ...fields }, redact));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function isSeverity(level: string): level is Severity {
  return Object.hasOwn(severities, level);
}
