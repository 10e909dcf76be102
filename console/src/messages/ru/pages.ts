import type { PagesWords } from '../en/pages.ts';

export const words: PagesWords = {
  home: 'Главная',
  'sign-in': 'Вход',
  accounts: 'Аккаунты',
  keys: 'Ключи',
  usage: 'Расход',
  jobs: 'Задания',
  playground: 'Проба',
  settings: 'Настройки',
  audit: 'Журнал действий',
  requests: 'Запросы',
};
