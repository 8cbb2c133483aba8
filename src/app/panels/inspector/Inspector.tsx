import type { JSX } from 'react';

export function Inspector(): JSX.Element {
  return <section className="pn-inspector pn-region" aria-label="Inspector" />;
}
