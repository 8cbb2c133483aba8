/** Work in steps, between which others may work: each `next` does a part, and the last gives what came of all. */
export type Steps<T> = Generator<void, T>;

/** Takes all steps at once. */
export function takeSteps<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}
