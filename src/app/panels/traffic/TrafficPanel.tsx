import type { JSX } from 'react';

export function TrafficPanel(): JSX.Element {
  return <div className="ui-empty" />;
}
