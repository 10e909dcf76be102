import type { Setting, SettingValue } from './setting.ts';

/** What the owner has typed or chosen, as text; `null` to let the environment or the default count again. */
export type Draft = string | null;

/** A value in the form that a field holds: a list has a line for each entry. */
export function textOf(value: SettingValue): string {
  if (value === null) return '';
  return typeof value === 'object' ? value.join('\n') : String(value);
}

/** Whether saving would change anything. */
export function isChange(setting: Setting, draft: Draft | undefined): boolean {
  if (draft === undefined) return false;
  if (draft === null) return setting.source === 'live';
  return textOf(sentValue(setting, draft)) !== textOf(setting.value);
}

/** What is sent. A number that is none goes as it is: the gateway says what is wrong with it. */
export function sentValue({ type }: Pick<Setting, 'type'>, draft: Draft): SettingValue {
  if (draft === null) return null;
  switch (type) {
    case 'boolean':
      return draft === 'true';
    case 'list':
      return draft
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
    case 'text':
    case 'integer':
    case 'choice':
      return draft.trim();
  }
}

/** Everything that would change, in the form of `PATCH /admin/settings`. */
export function changedValues(
  settings: readonly Setting[],
  drafts: ReadonlyMap<string, Draft>,
): Readonly<Record<string, SettingValue>> {
  return Object.fromEntries(
    settings.flatMap((setting) => {
      const draft = drafts.get(setting.name);
      return draft !== undefined && setting.live && isChange(setting, draft)
        ? [[setting.name, sentValue(setting, draft)]]
        : [];
    }),
  );
}
