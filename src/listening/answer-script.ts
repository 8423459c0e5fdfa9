import type { Header } from '../ports.js';

/** How one request is answered, after it is recorded. */
export interface ScriptedAnswer {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: string;
  /** Real milliseconds between recording and answering. */
  readonly delayMs: number;
  /** Close the connection instead of answering. */
  readonly dropped: boolean;
}

/** The answer to the request of this number, from 1. */
export type AnswerScript = (number: number) => ScriptedAnswer;

export interface ScriptOptions {
  /** One for each request in turn; the last one goes on. None answers 200. */
  readonly steps: readonly AnswerStep[];
  /** Where a step names none. */
  readonly delayMs: number;
  readonly drops: (number: number) => boolean;
}

export interface AnswerStep {
  readonly status: number;
  readonly headers?: readonly Header[];
  readonly body?: string;
  readonly delayMs?: number;
}

const ACCEPTED: AnswerStep = { status: 200 };

/** Answers in the order given. */
export function createAnswerScript({ steps, delayMs, drops }: ScriptOptions): AnswerScript {
  const plain = { ...ACCEPTED, headers: [], body: '', delayMs, dropped: false };
  const answers = steps.map((step): ScriptedAnswer => ({ ...plain, ...step }));
  return (number) => {
    const answer = answers[number - 1] ?? answers.at(-1) ?? plain;
    return drops(number) ? { ...answer, dropped: true } : answer;
  };
}
