import { computed, ref } from 'vue';

/** `system` follows the device. */
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const storageName = 'qwen-gateway.theme';
const current = ref<Theme>(themes.find((theme) => theme === localStorage.getItem(storageName)) ?? 'system');

/** The chosen theme, and how to choose. */
export function useTheme() {
  return { theme: computed(() => current.value), setTheme };
}

function setTheme(theme: Theme): void {
  current.value = theme;
  localStorage.setItem(storageName, theme);
  applyTheme();
}

/** Shows the chosen theme; before anything is drawn. */
export function applyTheme(): void {
  const { dataset } = document.documentElement;
  if (current.value === 'system') delete dataset.theme;
  else dataset.theme = current.value;
}
