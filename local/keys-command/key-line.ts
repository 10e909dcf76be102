import { commandWords } from '../command/command-line.ts';

const text = { type: 'string' } as const;

/** What `npm run keys` can be told. */
export const keyWords = commandWords(
  `Usage: npm run keys -- COMMAND [OPTIONS]

  list                         all keys, without the keys themselves
  add --name N                 a new key, which is printed once; nobody can read it again
  set ID                       changes what is given, and leaves the rest
  remove ID                    the key is good for nothing any more

Options of add and set; an empty text ('') takes a limit away:
  --name N                     what lists call it
  --role user|admin            user, unless said otherwise
  --expires TIME               as 2027-01-31 or 2027-01-31T12:00:00Z
  --models A,B*                models that may be asked for; * stands for any further text
  --routes chat,images         parts of the API: chat, images, videos, files, chats
  --conversations MODE         auto, always-new or never-fold
  --limits LIST                all limits, as requests_per_minute=60,tokens_per_minute=100000,in_flight=4,
                               day.tokens=1000000,month.images=100,day.video_seconds=60,day.requests=500

Options for all: --url URL (http://127.0.0.1:$PORT by default), --key KEY (API_KEY by default).

Exit codes: 0 done, 1 refused, 2 wrong usage, 3 gateway not reached.`,
  { name: text, role: text, expires: text, models: text, routes: text, conversations: text, limits: text },
);

/** A command as it was typed. */
export type KeyLine = ReturnType<typeof keyWords.read>;
