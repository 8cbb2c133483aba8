import { memo, type JSX } from 'react';
import { useAppState, type Inspected } from '../../state/index.ts';
import { later } from '../../ui/index.ts';
import { AddPalette } from './AddPalette.tsx';
import type { FieldsProps } from './Fields.tsx';
import { pickedOf } from './picked.ts';

const Fields = later<FieldsProps>(async () => (await import('./Fields.tsx')).Fields);

const Content = memo(function Content({ shown }: { readonly shown: Inspected }): JSX.Element {
  const { view, nodes, id } = shown;
  const { node } = pickedOf(nodes, id);
  const isSomething = (view !== null && view.id === id) || (node !== undefined && node.source === undefined);
  return isSomething ? <Fields shown={shown} /> : <AddPalette />;
});

/** Every field of what is picked; with nothing picked, what can be added. */
export function Inspector(): JSX.Element {
  const inspected = useAppState((state) => state.inspected);
  return (
    <section className="pn-inspector" aria-label="Inspector">
      <Content shown={inspected} />
    </section>
  );
}
