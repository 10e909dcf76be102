import { shallowRef } from 'vue';

/** What is asked before something that can't be taken back. */
export interface Question {
  readonly title: string;
  readonly body: string;
  /** The word on the button that does it. */
  readonly action: string;
  readonly tone?: 'danger' | 'normal';
}

interface OpenQuestion extends Question {
  readonly answer: (yes: boolean) => void;
}

/** The question that is open; the layout shows it. */
export const openQuestion = shallowRef<OpenQuestion>();

/** Asks, and waits for the answer. */
export function confirm(question: Question): Promise<boolean> {
  openQuestion.value?.answer(false);
  return new Promise((resolve) => {
    openQuestion.value = {
      ...question,
      answer: (yes) => {
        openQuestion.value = undefined;
        resolve(yes);
      },
    };
  });
}
