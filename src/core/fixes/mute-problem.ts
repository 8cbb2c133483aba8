import { ISTIO_ANNOTATION, KIALI_ANNOTATION, muteComments } from '../checks/index.ts';
import type { CheckProblem } from '../checks/index.ts';
import { planGesture } from '../commands/index.ts';
import { targetOf } from '../commands/target.ts';
import { ok, refuse } from '../base/result.ts';
import { lineIndex } from '../text/index.ts';
import type { TextEdit } from '../text/index.ts';
import type { PlanResult, Projection } from '../workspace/types.ts';
import { entryAt, rangeOfPath, readDocument } from '../yaml/index.ts';
import type { YamlDocument, YamlPath } from '../yaml/types.ts';

/** What muting has to know of a problem. */
export type MutableProblem = Pick<CheckProblem, 'code' | 'source' | 'by'>;

/**
 * Mutes one problem where it stands, as whoever reports it understands it: an annotation for what only istioctl says, one for Kiali's
 * checks, and a comment above the line for all else, which Meshwright alone heeds. Refuses where the document can't be edited, and places
 * above which no comment can stand.
 */
export function planMute(projection: Projection, problem: MutableProblem): PlanResult {
  const target = targetOf(projection, problem.source);
  if (target.kind === 'refused') return target;
  const { slot, resource } = target.value;
  const annotation = annotationFor(problem);
  if (annotation === undefined || resource === undefined) {
    const edit = commentEdit(slot.document, problem);
    if (edit === undefined) return refuse('NO_PLACE', `There is no place for a comment that mutes ${problem.code}.`);
    const changes = [{ ...edit, from: edit.from + slot.from, to: edit.to + slot.from }];
    return ok({ label: `Mute ${problem.code}`, changes: new Map([[slot.file, changes]]), notes: [] });
  }
  const before = resource.annotations[annotation];
  const value = before === undefined || before.trim() === '' ? problem.code : `${before},${problem.code}`;
  const path = [...resource.source.path, 'metadata', 'annotations', annotation];
  const plan = planGesture(projection, { kind: 'setField', at: { ...resource.source, path }, value });
  return plan.kind === 'refused' ? plan : ok({ ...plan.value, label: `Mute ${problem.code}` });
}

function annotationFor({ code, by }: MutableProblem): string | undefined {
  if (code.startsWith('KIA')) return KIALI_ANNOTATION;
  return code.startsWith('IST') && by.every((who) => who === 'istioctl') ? ISTIO_ANNOTATION : undefined;
}

/** A comment of its own above the line of a place, or one more code in the comment that is there. */
function commentEdit(document: YamlDocument, { code, source }: MutableProblem): TextEdit | undefined {
  const { text } = document;
  const lines = lineIndex(text);
  const { line } = lines.position(startOf(document, source.path));
  const there = muteComments(text).find(
    (comment) => !comment.file && comment.mutes === line && comment.codes.length > 0,
  );
  if (there !== undefined) return { from: there.codesEnd, to: there.codesEnd, insert: `, ${code}` };
  const at = lines.lineStart(line);
  const indent = /^[ \t]*/.exec(text.slice(at))?.[0] ?? '';
  const edit = {
    from: at,
    to: at,
    insert: `${indent}# meshwright-ignore ${code}${text.includes('\r\n') ? '\r\n' : '\n'}`,
  };
  // What the document says must stay: above a marker, or in the midst of a text, a comment would be something else.
  const after = text.slice(0, at) + edit.insert + text.slice(at);
  const same = JSON.stringify(readDocument(after).value) === JSON.stringify(document.value);
  return same && !text.startsWith('---', at) ? edit : undefined;
}

function startOf(document: YamlDocument, path: YamlPath): number {
  return entryAt(document, path)?.key?.from ?? rangeOfPath(document, path).from;
}
