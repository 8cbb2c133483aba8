/** Work in steps, between which others may work: each `next` does a part, and the last gives what came of all. */
export type Steps<T> = Generator<void, T>;

/** Takes all steps at once, whatever each of them gives. */
export function takeSteps<T>(steps: Generator<unknown, T>): T {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}
