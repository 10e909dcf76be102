/** What a property of a call's object says. */
export type KeyRole =
  /** The tool's name; or, as an object, the call itself. */
  | 'name'
  | 'arguments'
  /** The call itself, within another object. */
  | 'call'
  /** Several calls. */
  | 'list'
  /** Nothing that is needed. */
  | 'ignored'
  | 'other';

const roles: ReadonlyMap<string, KeyRole> = new Map([
  ['name', 'name'],
  ['tool', 'name'],
  ['function', 'name'],
  ['toolname', 'name'],
  ['functionname', 'name'],
  ['arguments', 'arguments'],
  ['argument', 'arguments'],
  ['args', 'arguments'],
  ['parameters', 'arguments'],
  ['params', 'arguments'],
  ['input', 'arguments'],
  ['inputs', 'arguments'],
  ['toolinput', 'arguments'],
  ['toolcall', 'call'],
  ['functioncall', 'call'],
  ['toolcalls', 'list'],
  ['functioncalls', 'list'],
  ['calls', 'list'],
  ['type', 'ignored'],
  ['id', 'ignored'],
  ['index', 'ignored'],
  ['callid', 'ignored'],
  ['toolcallid', 'ignored'],
]);

/** Takes `tool_name`, `toolName` and `ToolName` for the same. */
export function keyRole(key: string): KeyRole {
  return roles.get(key.toLowerCase().replaceAll(/[-_ ]/g, '')) ?? 'other';
}
