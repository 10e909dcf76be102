import { plural } from '../../text/plural.ts';
import type { AuditWords } from '../en/audit.ts';

const acts: Readonly<Record<string, string>> = {
  'account.add': 'Добавлен аккаунт',
  'account.remove': 'Удалён аккаунт',
  'account.test': 'Проверен аккаунт',
  'account.refresh': 'Обновлён токен аккаунта',
  'account.relogin': 'Заменён секрет аккаунта',
  'account.disable': 'Аккаунт выведен из работы',
  'account.drain': 'Аккаунт завершает работу',
  'account.enable': 'Аккаунт возвращён в работу',
  'account.refresh-all': 'Обновлены все аккаунты',
  'import.start': 'Начат массовый импорт',
  'key.add': 'Создан ключ',
  'key.change': 'Изменён ключ',
  'key.remove': 'Удалён ключ',
  'model-aliases.replace': 'Заменены имена моделей',
  'session.begin': 'Вход',
  'session.end': 'Выход',
  'settings.change': 'Изменены настройки',
  'settings.undo': 'Отменено изменение настроек',
  'job.cancel': 'Отменено задание',
  'job.delete': 'Удалено задание',
  'backup.export': 'Выгружены все данные',
  'backup.import': 'Загружена резервная копия',
};

export const words: AuditWords = {
  title: 'Журнал действий',
  lead: 'Всё, что владельцы делали с этим шлюзом, начиная с последнего. Секретов в нём нет.',
  refresh: 'Обновить',
  save: 'Выгрузить',
  saved: (count) =>
    plural('ru', count, {
      one: 'Сохранена # запись.',
      few: 'Сохранены # записи.',
      many: 'Сохранено # записей.',
      other: 'Сохранено # записи.',
    }),
  chain: 'Журнал не изменён?',
  chainMeaning:
    'Каждая запись хранит хеш предыдущей, поэтому любая правка заметна. Сохраните последний хеш отдельно, и обнаружится даже переписанный целиком журнал.',
  check: 'Проверить журнал',
  checking: 'Проверка…',
  whole: (count) =>
    plural('ru', count, {
      one: '# запись, без изменений',
      few: 'Все # записи без изменений',
      many: 'Все # записей без изменений',
      other: 'Все # записи без изменений',
    }),
  broken: (count) =>
    plural('ru', count, {
      one: '# запись не та, что была',
      few: '# записи не те, что были',
      many: '# записей не те, что были',
      other: '# записи не те, что были',
    }),
  problems: { changed: 'изменена', missing: 'отсутствует' },
  head: (sequence) => `Хеш записи ${sequence}:`,
  entry: (sequence) => `запись ${sequence}`,
  hash: 'Хеш',
  previous: 'Хеш предыдущей записи',
  request: 'Запрос',
  search: 'Поиск',
  all: 'Все',
  columns: { at: 'Когда', act: 'Что', target: 'С чем', actor: 'Кто', outcome: 'Итог', details: 'Подробности' },
  outcomes: { done: 'Выполнено', failed: 'Не удалось', begun: 'Начато, конец не отмечен' },
  begun: 'Начало',
  actName: (act) => acts[act] ?? act,
  details: 'Подробности',
  looked: (count, hasMore) =>
    `${plural('ru', count, {
      one: 'Просмотрена # запись',
      few: 'Просмотрены # записи',
      many: 'Просмотрено # записей',
      other: 'Просмотрено # записи',
    })}${hasMore ? '; есть и более ранние.' : ': весь журнал.'}`,
  more: 'Показать более ранние',
  empty: 'Пока никто ничего не делал',
  emptyBody: 'Здесь появляются записи об изменениях аккаунтов, ключей и настроек.',
  nothing: 'Подходящих записей нет',
  nothingBody: 'Смягчите условия или покажите более ранние записи.',
  clear: 'Показать все',
};
