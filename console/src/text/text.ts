import { type ComputedRef, computed, ref, shallowReactive } from 'vue';
import { beginningLanguage, type Language, type OtherLanguage } from './languages.ts';

const storageName = 'qwen-gateway.language';

/** The words of one part of the console in all languages, those of the current one at hand. */
export interface Text<Words extends object> {
  /** Takes the words of a language; does nothing when they are there. */
  readonly load: (language: Language) => Promise<void>;
  readonly words: ComputedRef<Words>;
}

type Loaders<Words> = { readonly [Other in OtherLanguage]: () => Promise<{ readonly words: Words }> };

const current = ref<Language>('en');
const texts = new Set<Text<object>>();

/** The language of everything that is shown. Changed by `setLanguage`. */
export const language = computed(() => current.value);

/**
 * Declares words: English is the pattern, and a language without one of them is a type error. Words are texts, or
 * functions that return texts.
 */
export function defineText<Words extends object>(english: Words, loaders: Loaders<Words>): Text<Words> {
  const loaded = shallowReactive(new Map<Language, Words>([['en', english]]));
  const text: Text<Words> = {
    words: computed(() => loaded.get(current.value) ?? english),
    load: async (wanted) => {
      if (wanted === 'en' || loaded.has(wanted)) return;
      const { words } = await loaders[wanted]();
      loaded.set(wanted, words);
    },
  };
  texts.add(text);
  return text;
}

/** Waits until everything declared so far is there in the current language, so that no page shows two. */
export async function loadTexts(wanted: Language = current.value): Promise<void> {
  await Promise.all([...texts].map((text) => text.load(wanted)));
}

/** Switches when the words are there, and remembers it in this browser. */
export async function setLanguage(wanted: Language): Promise<void> {
  await loadTexts(wanted);
  current.value = wanted;
  document.documentElement.lang = wanted;
  localStorage.setItem(storageName, wanted);
}

/** Before anything is shown. */
export async function beginLanguage(): Promise<void> {
  const wanted = beginningLanguage(localStorage.getItem(storageName), navigator.languages);
  await loadTexts(wanted);
  current.value = wanted;
  document.documentElement.lang = wanted;
}
