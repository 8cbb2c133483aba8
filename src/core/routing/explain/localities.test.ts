import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fileId, slotId } from '../../base/ids.ts';
import { assignIds, readResources } from '../../istio/index.ts';
import { readDocument, splitStream } from '../../yaml/index.ts';
import { createEngine } from '../index.ts';

/** The last reason for a request to `web` from a caller with a label, in the mesh of a hand-written case. */
function reason(name: string, locality: string): string {
  const whole = readFileSync(new URL(`../../../../conformance/surprises/${name}.yaml`, import.meta.url), 'utf8');
  const documents = splitStream(whole.slice(whole.indexOf('\n---\n') + 5)).filter(({ kind }) => kind === 'document');
  const resources = documents.flatMap(({ text }, n) =>
    readResources(fileId('a.yaml'), slotId(`s#${n}`), readDocument(text)),
  );
  const labels: Readonly<Record<string, string>> = locality === '' ? {} : { 'istio-locality': locality };
  const proxy = { type: 'sidecar', namespace: 'default', labels } as const;
  const { exit } = createEngine(assignIds(resources)).explain(proxy, { port: 80, host: 'web', path: '/' });
  return exit.at(-1)?.text ?? '';
}

describe('why these endpoints, by place', () => {
  it('says who is first, and who waits', () => {
    expect(reason('failover-says-which-region-is-next', 'eu/b')).toBe(
      'The caller is in eu/b (its labels say so); outlierDetection is set, so the nearest come first, then the region that failover names: priority 0 gets everything (1 endpoint in eu/b/1); priority 1 (2 endpoints in eu/a/1 and eu/a/2), priority 2 (1 endpoint in asia/a/1), priority 3 (2 endpoints in us/a/1 or without a locality) only when those fail.',
    );
    expect(reason('outlier-detection-alone-keeps-requests-nearby', '')).toMatch(
      /^The caller's locality is not known; a label `istio-locality` on it says it; .* priority 0 gets everything \(4 endpoints in eu\/a\/1, eu\/a\/2, eu\/b\/1 and us\/a\/1\)\.$/,
    );
  });
  it('says shares', () => {
    expect(reason('distribute-shares-without-outlier-detection', 'eu/a')).toBe(
      'The caller is in eu/a (its labels say so); distribute shares: eu/a/1 30 %, eu/a/2 30 %, eu/b/1 30 %, us/a/1 10 %.',
    );
    expect(reason('distribute-from-elsewhere-leaves-all', 'eu/a')).toContain('no distribute is from there');
    expect(reason('distribute-to-nowhere-leaves-nobody', 'eu/a')).toContain('no endpoint is where its `to` names');
  });
  it('says what waits for outlierDetection, and what the Service asks for', () => {
    expect(reason('failover-without-outlier-detection-does-nothing', 'eu/a')).toBe(
      'failover waits for outlierDetection: without it all localities get requests alike.',
    );
    expect(reason('prefer-close-needs-no-outlier-detection', 'eu/a')).toContain('(trafficDistribution)');
    expect(reason('without-outlier-detection-requests-go-everywhere', 'eu/a')).not.toContain('locality');
  });
});
