import type { AnyResource, SourceRef } from '../../istio/index.ts';
import { lineIndex } from '../../text/index.ts';
import type { LineIndex } from '../../text/index.ts';
import { entryAt, rangeOfPath } from '../../yaml/index.ts';
import type { YamlDocument, YamlPath } from '../../yaml/types.ts';
import { muteComments } from './comments.ts';
import type { MuteComment } from './comments.ts';

export { muteComments } from './comments.ts';
export type { MuteComment } from './comments.ts';

export const ISTIO_ANNOTATION = 'galley.istio.io/analyze-suppress';
export const KIALI_ANNOTATION = 'kiali.io/ignore-validations';

/** By what a problem is muted, and the reason that is given. */
export interface Muted {
  readonly by: 'comment' | 'file' | typeof ISTIO_ANNOTATION | typeof KIALI_ANNOTATION;
  readonly because?: string;
}

/** What is asked of a problem: its code, istioctl's name for it, and its place. */
export interface Mutable {
  readonly code: string;
  readonly istioCode?: string;
  readonly source: SourceRef;
}

const listed = (text: string): readonly string[] => text.split(',').map((code) => code.trim());

/** Whether Istio's annotation mutes a message of istioctl: a list of codes, `*` for all. Items are not trimmed, as in Istio. */
export function mutesIstioctl(resource: AnyResource, code: string): boolean {
  const codes = resource.annotations[ISTIO_ANNOTATION];
  return codes?.split(',').some((each) => each === '*' || each === code) ?? false;
}

/** Whether Kiali's annotation mutes a check of Kiali: a list of codes, empty for all. */
export function mutesKiali(resource: AnyResource, code: string): boolean {
  const codes = resource.annotations[KIALI_ANNOTATION];
  return codes !== undefined && (codes.trim() === '' || listed(codes).includes(code));
}

/** By which annotation a code of istioctl or Kiali is muted on an object. */
function annotationOn(resource: AnyResource, code: string): Muted | undefined {
  if (code.startsWith('IST') && mutesIstioctl(resource, code)) return { by: ISTIO_ANNOTATION };
  if (code.startsWith('KIA') && mutesKiali(resource, code)) return { by: KIALI_ANNOTATION };
  return undefined;
}

const means = ({ codes }: MuteComment, code: string, istioCode?: string): boolean =>
  codes.length === 0 || codes.includes(code) || (istioCode !== undefined && codes.includes(istioCode));

const told = (by: 'comment' | 'file', { because }: MuteComment): Muted => ({
  by,
  ...(because === undefined ? {} : { because }),
});

/** The comments of a file that mute in all of it. `texts` are its segments, or the whole. */
export function fileMutes(texts: readonly string[]): readonly MuteComment[] {
  return texts.flatMap((text) => muteComments(text).filter(({ file }) => file));
}

const indexes = new WeakMap<YamlDocument, LineIndex>();
function lineOf(document: YamlDocument, offset: number): number {
  let index = indexes.get(document);
  if (index === undefined) indexes.set(document, (index = lineIndex(document.text)));
  return index.position(offset).line;
}

/** The lines, from 1 in its document, that a place can be muted on: where its value begins, and where its key stands. */
function linesOf(document: YamlDocument, path: YamlPath): readonly number[] {
  const { from } = rangeOfPath(document, path);
  const key = entryAt(document, path)?.key ?? entryAt(document, path)?.lines;
  return [lineOf(document, from), ...(key === undefined ? [] : [lineOf(document, key.from)])];
}

/** By which comment a line of a document is muted for a code; `file` holds the comments that mute in the document's whole file. */
export function mutedOnLines(
  document: YamlDocument,
  lines: () => readonly number[],
  code: { readonly code: string; readonly istioCode?: string },
  file: readonly MuteComment[] = [],
): Muted | undefined {
  const whole = file.find((comment) => means(comment, code.code, code.istioCode));
  if (whole !== undefined) return told('file', whole);
  const comments = muteComments(document.text);
  if (comments.length === 0) return undefined;
  const at = lines();
  const comment = comments.find(
    (each) => !each.file && at.includes(each.mutes) && means(each, code.code, code.istioCode),
  );
  return comment === undefined ? undefined : told('comment', comment);
}

/** By which comment a problem of reading, at an offset of its document, is muted. */
export function mutedReading(
  document: YamlDocument,
  problem: { readonly code: string; readonly range: { readonly from: number } },
  file: readonly MuteComment[] = [],
): Muted | undefined {
  return mutedOnLines(document, () => [lineOf(document, problem.range.from)], problem, file);
}

/**
 * Whether and by what a problem of an object is muted: Istio's annotation for what istioctl alone says, Kiali's for Kiali's checks, a
 * comment on its line or above it, or a comment for the whole `file` (see fileMutes). Costs nothing where there is none.
 */
export function mutedBy(problem: Mutable, resource: AnyResource, file: readonly MuteComment[] = []): Muted | undefined {
  const { document } = resource;
  return (
    annotationOn(resource, problem.code) ??
    mutedOnLines(document, () => linesOf(document, problem.source.path), problem, file)
  );
}

const marked = new WeakMap<object, Mutable & { readonly muted: Muted }>();

/** The problem with what mutes it; the same object each time. */
function mark<P extends Mutable>(problem: P, muted: Muted): P & { readonly muted: Muted } {
  const before = marked.get(problem);
  const same = before?.muted.by === muted.by && before.muted.because === muted.because;
  // What stands here for a problem was made from it below.
  const made = same ? (before as P & { readonly muted: Muted }) : { ...problem, muted };
  if (!same) marked.set(problem, made);
  return made;
}

/** The problems of one object without the muted ones, or with these marked (`keep`). The same list where nothing is muted. */
export function withoutMuted<P extends Mutable>(
  problems: readonly P[],
  resource: AnyResource,
  file: readonly MuteComment[],
  keep = false,
): readonly (P & { readonly muted?: Muted })[] {
  const { annotations, document } = resource;
  const annotated = ISTIO_ANNOTATION in annotations || KIALI_ANNOTATION in annotations;
  if (!annotated && file.length === 0 && muteComments(document.text).length === 0) return problems;
  return problems.flatMap((problem) => {
    const muted = mutedBy(problem, resource, file);
    if (muted === undefined) return [problem];
    return keep ? [mark(problem, muted)] : [];
  });
}
