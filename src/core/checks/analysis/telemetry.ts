import { selects } from '../../istio/index.ts';
import { asList, asMap, isMap, rawAt, textsAt } from './raw.ts';
import { selectorText } from './world.ts';
import type { Analyzer, Entry, Say, World } from './types.ts';

const names = (entries: readonly Entry[]): string =>
  entries
    .map(({ name }) => name)
    .sort()
    .join(', ');

function sayConflicts(world: World, say: Say): void {
  const selected = new Map<Entry, Entry[]>();
  for (const entry of world.of('Telemetry')) {
    const labels = textsAt(entry, 'spec', 'selector', 'matchLabels');
    if (Object.keys(labels).length === 0) continue;
    const pods = world
      .of('Pod')
      .filter(({ namespace, resource }) => namespace === entry.namespace && selects(labels, resource.labels));
    for (const pod of pods) selected.set(pod, [...(selected.get(pod) ?? []), entry]);
    if (pods.length > 0) continue;
    const text = selectorText(labels);
    const path = ['spec', 'selector', 'matchLabels'];
    const message = `No pod of the namespace has the labels "${text}".`;
    say({ code: 'IST0101', entry, path, linePath: [...path, text.split('=', 1)[0] ?? ''], message });
  }
  for (const [pod, entries] of selected) {
    if (entries.length < 2) continue;
    const message = `The Telemetries ${names(entries)} select the same pod, ${pod.fullName}.`;
    for (const entry of entries)
      say({ code: 'IST0159', entry, path: ['spec', 'selector'], linePath: ['metadata', 'name'], message });
  }
}

function sayWhole(world: World, say: Say): void {
  const whole = new Map<string, Entry[]>();
  for (const entry of world.of('Telemetry')) {
    if (!isMap(rawAt(entry, 'spec', 'selector')))
      whole.set(entry.namespace, [...(whole.get(entry.namespace) ?? []), entry]);
  }
  for (const entries of whole.values()) {
    if (entries.length < 2) continue;
    const message = `The Telemetries ${names(entries)} are all for the whole namespace: only one of them can be used.`;
    for (const entry of entries) say({ code: 'IST0160', entry, path: ['spec'], message });
  }
}

/** Telemetries that meet, select nothing or log nowhere. Source: analyzers/telemetry. */
export const telemetry: Analyzer = {
  name: 'telemetry.SelectorAnalyzer',
  reads: ['Telemetry', 'Pod'],
  needs: ['Pod'],
  analyze: (world, say) => {
    sayConflicts(world, say);
    sayWhole(world, say);
    for (const entry of world.of('Telemetry')) {
      for (const [index, each] of asList(rawAt(entry, 'spec', 'accessLogging')).entries()) {
        const logging = asMap(each);
        if (logging['disabled'] === true || asList(logging['providers']).length > 0) continue;
        const message = 'Access logs without a provider go nowhere.';
        say({ code: 'IST0157', entry, path: ['spec', 'accessLogging', index], message });
      }
    }
  },
};
