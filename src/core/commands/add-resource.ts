import { fileId } from '../base/ids.ts';
import type { FileId } from '../base/ids.ts';
import { ok, refuse } from '../base/result.ts';
import type { GesturePlan, PlanResult, Projection, WorkspaceFile } from '../workspace/types.ts';
import { planAddDocument, printBlock } from '../yaml/index.ts';
import { styleOfTree } from '../yaml/plan/site.ts';
import { treeOf } from '../yaml/trees.ts';
import type { JsonObject } from '../yaml/types.ts';
import { insertedAt } from './plan-edit.ts';
import { freeName, styleOf } from './style.ts';
import { templateOf } from './templates.ts';
import type { GestureOf } from './types.ts';

/**
 * A new resource from its template, as the last document of the file that holds the workspace's last resource (of a new file where none
 * can be edited). It follows what is there: the apiVersion and namespace most used, the indentation of the file's last document, and a
 * name that is free. Refuses a name that is given and taken.
 */
export function planAddResource(
  projection: Projection,
  gesture: GestureOf<'addResource'>,
  subsets: readonly string[] = [],
): PlanResult {
  const { resourceKind: kind } = gesture;
  const style = styleOf(projection);
  const written = gesture.namespace ?? style.namespace;
  const namespace = written ?? 'default';
  const template = templateOf(projection, kind, { namespace, host: gesture.host, subsets });
  const free = freeName(projection, kind, namespace, gesture.name ?? template.name);
  if (gesture.name !== undefined && free !== gesture.name) {
    return refuse('NAME_TAKEN', `There is a ${kind} ${gesture.name} already.`, { remedy: 'Choose another name.' });
  }
  const silent = written === undefined || (written === 'default' && style.namespace === undefined);
  const value: JsonObject = {
    apiVersion: style.apiVersion,
    kind,
    metadata: silent ? { name: free } : { name: free, namespace: written },
    spec: template.spec,
  };
  const planned = planNewDocument(projection, `Add ${kind}`, (file) => printLike(projection, file, value));
  return planned.kind === 'refused' ? planned : ok({ ...planned.value, placeAt: gesture.at });
}

/** A new document at the end of the file that new things go to. `textFor` prints it for that file. */
function planNewDocument(
  projection: Projection,
  label: string,
  textFor: (file: FileId | undefined) => string,
): PlanResult {
  const file = fileForNew(projection);
  if (file === undefined) {
    const id = freeFile(projection);
    const text = textFor(undefined);
    const selectAt = { file: id, offset: text.indexOf('metadata:') };
    return ok({ label, changes: new Map(), addFiles: [{ id, text }], notes: [], selectAt });
  }
  const planned = planAddDocument(file.text, textFor(file.id));
  if (planned.kind === 'refused') return planned;
  const { changes } = planned.value;
  const plan: GesturePlan = { label, changes: new Map([[file.id, changes]]), notes: [] };
  return ok({ ...plan, selectAt: insertedAt(file.id, changes, 'metadata:') });
}

/** The file of the last resource that can be edited, else the last file that can. */
function fileForNew(projection: Projection): WorkspaceFile | undefined {
  const open = projection.files.filter((file) => file.readOnly === undefined);
  const ids = new Set(open.map((file) => file.id));
  const last = projection.resources.findLast(
    ({ source, group }) => ids.has(source.file) && group === 'networking.istio.io',
  );
  return open.find((file) => file.id === last?.source.file) ?? open.at(-1);
}

function freeFile(projection: Projection): FileId {
  const taken = new Set<string>(projection.files.map((file) => file.id));
  let name = 'mesh.yaml';
  for (let next = 2; taken.has(name); next += 1) name = `mesh-${next}.yaml`;
  return fileId(name);
}

/** Block style with the indentation that the file's last readable document uses. The stream's line ends are set when it is added. */
function printLike(projection: Projection, file: FileId | undefined, value: JsonObject): string {
  const slot = projection.slots.findLast((one) => one.file === file && !one.document.broken && !one.document.empty);
  const text = slot?.document.text;
  const style = text === undefined ? { step: 2, compactSequences: true } : styleOfTree(text, treeOf(text));
  return `${printBlock(value, { ...style, column: 0, eol: '\n' })}\n`;
}
