// Values that a command needs: from its flags, else asked for, else a default.
import { createInterface } from 'node:readline/promises';

/** A question to the user. */
export interface Question {
  readonly text: string;
  /** From the command line; not asked for when given. */
  readonly given: string | undefined;
  readonly fallback: string;
}

/** Answers questions in turn. Asks only on a terminal; an empty answer takes the fallback. */
export async function ask<K extends string>(
  questions: Readonly<Record<K, Question>>,
): Promise<Record<K, string>> {
  const answers = {} as Record<K, string>;
  const open = (Object.keys(questions) as K[]).some((key) => questions[key].given === undefined);
  const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const terminal =
    open && isTerminal ? createInterface({ input: process.stdin, output: process.stdout }) : undefined;
  try {
    for (const key of Object.keys(questions) as K[]) {
      const { text, given, fallback } = questions[key];
      if (given !== undefined) answers[key] = given;
      else if (terminal === undefined) answers[key] = fallback;
      else answers[key] = (await terminal.question(`${text} (${fallback}) `)).trim() || fallback;
    }
  } finally {
    terminal?.close();
  }
  return answers;
}
