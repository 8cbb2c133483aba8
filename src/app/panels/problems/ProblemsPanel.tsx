import type { JSX } from 'react';
import { useAppState } from '../../state/index.ts';
import { later } from '../../ui/index.ts';

/** The first picture has no problems yet. */
const ProblemLists = later(async () => (await import('./ProblemLists.tsx')).ProblemLists);

/** All problems, or that there are none. */
export function ProblemsPanel(): JSX.Element {
  const isEmpty = useAppState((state) => state.allProblems.length === 0);
  const hasFiles = useAppState((state) => state.files.length > 0);
  if (isEmpty) {
    return (
      <div className="ui-empty">
        <h3>{hasFiles ? 'No problems found' : 'Problems will be listed here'}</h3>
        <p>
          What the API server, istiod’s webhook, istioctl and Kiali would say of your configuration appears here, by
          resource, as you type.
        </p>
      </div>
    );
  }
  return <ProblemLists />;
}
