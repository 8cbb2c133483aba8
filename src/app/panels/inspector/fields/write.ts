import type { SourceRef } from '../../../../core/istio/types.ts';
import type { Json } from '../../../../core/yaml/types.ts';
import { actions } from '../../../state/index.ts';

/** Writes a field; gives what is wrong, for the box to show, where it is refused. */
export async function write(at: SourceRef, value: Json): Promise<string | undefined> {
  return (await actions.gesture({ kind: 'setField', at, value }, 'panel'))?.message;
}

/** Takes the field's lines away, so that Istio's own default holds. */
export async function reset(at: SourceRef): Promise<string | undefined> {
  return (await actions.gesture({ kind: 'removeField', at }, 'panel'))?.message;
}

/** The place of an item or key below another. */
export function below(at: SourceRef, key: string | number): SourceRef {
  return { ...at, path: [...at.path, key] };
}
