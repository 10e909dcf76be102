import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Node } from 'constructs';
import { type Environment, Settings } from '../shared/read-settings.ts';
import { edgeReadTimeoutSeconds, type Setting, settings } from '../shared/settings.ts';

/** What a deployment may choose. */
export interface GatewayOptions {
  /** CloudFront in front of the functions, for one base URL. Context `edge`. */
  readonly edge: boolean;
  /** X-Ray traces of every function; billed per trace. Context `tracing`. */
  readonly tracing: boolean;
  /** Whether `cdk destroy` may delete the table with its accounts and keys. Context `removeTable`. */
  readonly removeTable: boolean;
  /** How long logs are kept, in days. Context `logRetentionDays`, 14 by default. */
  readonly logRetention: RetentionDays;
  /** Another value makes CloudFront and the functions agree on a new secret. Context `originSecretVersion`. */
  readonly originSecretVersion: string;
  /** Who gets alerts by e-mail. Context `alertEmail`, nobody by default. */
  readonly alertEmail?: string;
  /** Where the bundles are, when not in `dist/functions`. Context `bundleFolder`. */
  readonly bundleFolder?: string;
  /** Environment variables of the functions: the settings that differ from their defaults. */
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * Reads the choices from the CDK context (`-c name=value`) and the functions' settings from the environment.
 *
 * @throws Error when a context value is not understood, InvalidSettingsError when a setting is wrong.
 */
export function readGatewayOptions(node: Node, environment: Environment): GatewayOptions {
  const bundleFolder = readText(node, 'bundleFolder');
  const alertEmail = readEmail(node, 'alertEmail');
  const edge = readSwitch(node, 'edge');
  const functionSettings = readFunctionSettings(environment);
  if (edge) checkHoldingTime(functionSettings);
  return {
    edge,
    tracing: readSwitch(node, 'tracing'),
    removeTable: readSwitch(node, 'removeTable'),
    logRetention: readRetention(node, 'logRetentionDays', RetentionDays.TWO_WEEKS),
    originSecretVersion: readText(node, 'originSecretVersion') ?? '1',
    settings: functionSettings,
    ...(alertEmail === undefined ? {} : { alertEmail }),
    ...(bundleFolder === undefined ? {} : { bundleFolder }),
  };
}

/**
 * The settings that the functions get as environment variables: given, not secret, and other than their default.
 * Secrets reach the functions through the table only, where they are encrypted.
 *
 * @throws InvalidSettingsError when a setting is wrong.
 */
export function readFunctionSettings(environment: Environment): Record<string, string> {
  new Settings(environment);
  const table: readonly [string, Setting][] = Object.entries(settings);
  const given = table.flatMap(([name, setting]) => {
    const value = environment[name]?.trim() ?? '';
    const isForHere = setting.readBy === 'functions' && !setting.secret && setting.laptopOnly !== true;
    const isWanted = isForHere && value !== '' && value !== setting.default;
    return isWanted ? [[name, value]] : [];
  });
  return Object.fromEntries(given);
}

function checkHoldingTime(functionSettings: Readonly<Record<string, string>>): void {
  if (Number(functionSettings.FIRST_EVENT_SECONDS ?? 0) < edgeReadTimeoutSeconds) return;
  throw new Error(`FIRST_EVENT_SECONDS must be below ${edgeReadTimeoutSeconds}: CloudFront gives up on silence then`);
}

function readSwitch(node: Node, name: string): boolean {
  const value: unknown = node.tryGetContext(name) ?? false;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new Error(`The context value ${name} must be true or false`);
}

function readText(node: Node, name: string): string | undefined {
  const value: unknown = node.tryGetContext(name);
  return value === undefined ? undefined : String(value);
}

function readEmail(node: Node, name: string): string | undefined {
  const value = readText(node, name);
  if (value === undefined || /^[^\s@]+@[^\s@]+$/.test(value)) return value;
  throw new Error(`The context value ${name} must be an e-mail address`);
}

function readRetention(node: Node, name: string, fallback: RetentionDays): RetentionDays {
  const days = Number(readText(node, name) ?? fallback);
  if (RetentionDays[days] === undefined) {
    throw new Error(`The context value ${name} must be a number of days that CloudWatch knows, as 7, 14, 30 or 90`);
  }
  return days;
}
