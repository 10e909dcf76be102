/** The console's languages, each named in its own words. */
export const languages = [
  { code: 'en', name: 'English' },
  { code: 'zh-Hans', name: '简体中文' },
  { code: 'zh-Hant', name: '繁體中文' },
  { code: 'ru', name: 'Русский' },
] as const;

export type Language = (typeof languages)[number]['code'];

/** The languages that are loaded when they are wanted; English is always there. */
export type OtherLanguage = Exclude<Language, 'en'>;

/**
 * The language to begin with.
 *
 * @param chosen what this browser was told before, if anything.
 * @param wanted the browser's own languages, best first, as `zh-TW`.
 */
export function beginningLanguage(chosen: string | null, wanted: readonly string[]): Language {
  const known = languages.find(({ code }) => code === chosen);
  if (known !== undefined) return known.code;
  for (const tag of wanted) {
    const language = languageOf(tag);
    if (language !== undefined) return language;
  }
  return 'en';
}

function languageOf(tag: string): Language | undefined {
  const { language, script, region } = new Intl.Locale(tag).maximize();
  if (language === 'zh') return script === 'Hant' || region === 'TW' ? 'zh-Hant' : 'zh-Hans';
  return languages.find(({ code }) => code === language)?.code;
}
