import type { Mesh } from '../mesh/types.ts';
import { createEngine } from '../routing/index.ts';
import { scenarioOf } from '../simulation/index.ts';
import type { Scenario } from '../simulation/types.ts';

/** What answers follow from: a mesh with its scenario and an engine over both. */
export interface Ready {
  readonly mesh: Mesh;
  readonly engine: ReturnType<typeof createEngine>;
  readonly scenario: Scenario;
}

let last: Ready | undefined;

/** The engine for a mesh: made at the first question after an edit, and kept until the next edit, whoever asks. */
export function readyFor(mesh: Mesh): Ready {
  if (last?.mesh === mesh) return last;
  const scenario = scenarioOf(mesh);
  const { registry, outboundTrafficPolicy } = scenario;
  last = { mesh, scenario, engine: createEngine(mesh, { registry, outboundTrafficPolicy }, last?.engine) };
  return last;
}
