import { grouped } from '../../core/base/lists.ts';
import { fileId, slotId } from '../../core/base/ids.ts';
import type { TextRange } from '../../core/base/result.ts';
import { fileMutes, findAllProblems, findProblems, mutedReading } from '../../core/checks/index.ts';
import type { CheckOptions, CheckProblem, MuteComment, Speaker } from '../../core/checks/index.ts';
import { assignIds, readResources } from '../../core/istio/index.ts';
import type { Resource } from '../../core/istio/index.ts';
import { buildMesh } from '../../core/mesh/index.ts';
import { lineIndex } from '../../core/text/index.ts';
import type { LineIndex } from '../../core/text/index.ts';
import { rangeOfPath, readDocument, splitStream } from '../../core/yaml/index.ts';
import type { Segment, YamlDocument } from '../../core/yaml/types.ts';
import type { SourceFile } from './files.ts';
import { toldProof } from './proof.ts';
import type { ToldProof } from './proof.ts';

/** Who may be asked, and kubectl, whose reading nobody gets around. */
export const EYES = ['apiServer', 'webhook', 'istioctl', 'kiali', 'meshwright'] as const;
export type Eye = (typeof EYES)[number];

/** A problem at its place in a file; lines and columns from 1, the end behind its last character. */
export interface Report extends Omit<CheckProblem, 'resource' | 'source' | 'by'> {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly resource?: string;
  readonly path?: readonly (string | number)[];
  readonly by: readonly (Speaker | 'kubectl')[];
  /** The request that proves a finding of Meshwright's own. */
  readonly proof?: ToldProof;
}

/** What is found in one file, in the order of its text. */
export interface CheckedFile extends SourceFile {
  readonly index: LineIndex;
  readonly resources: readonly string[];
  /** What is muted among them says so. */
  readonly reports: readonly Report[];
}

export interface CheckSettings extends Pick<CheckOptions, 'complete' | 'now'> {
  /** Who is asked; all without it. */
  readonly eyes?: ReadonlySet<Eye>;
}

interface ReadSegment {
  readonly segment: Segment;
  readonly document: YamlDocument;
  readonly resources: readonly Resource[];
}

interface ReadFile {
  readonly source: SourceFile;
  readonly mutes: readonly MuteComment[];
  readonly read: readonly ReadSegment[];
}

const slotOf = ({ name }: SourceFile, number: number) => slotId(`${name}#${number}`);

function readFileOf(source: SourceFile): ReadFile {
  const segments = splitStream(source.text);
  const documents = segments.filter((segment) => segment.kind === 'document');
  const read = documents.map((segment, number) => {
    const document = readDocument(segment.text);
    return { segment, document, resources: readResources(fileId(source.name), slotOf(source, number), document) };
  });
  return { source, mutes: fileMutes(segments.map(({ text }) => text)), read };
}

/** Reports with the offset that they are sorted by. */
type Placed = Report & { readonly at: number };

/** Everything that is wrong in these files, what is muted marked: what can't be read, and what each of the eyes says. */
export function checkFiles(files: readonly SourceFile[], settings: CheckSettings = {}): readonly CheckedFile[] {
  const read = files.map(readFileOf);
  const resources = assignIds(read.flatMap((file) => file.read.flatMap((one) => one.resources)));
  const mutes = new Map(read.map(({ source, mutes: comments }) => [fileId(source.name), comments]));
  // Kiali's checks and the engine's proofs are work that nobody asked for where they are not to be heard.
  const wantsAll = settings.eyes === undefined || settings.eyes.has('kiali') || settings.eyes.has('meshwright');
  const find: typeof findAllProblems = wantsAll ? findAllProblems : findProblems;
  const problems = find(resources, buildMesh(resources), {
    ...(settings.complete === undefined ? {} : { complete: settings.complete }),
    now: settings.now,
    muted: true,
    fileMutes: (file) => mutes.get(file) ?? [],
  });
  const said = grouped(problems, ({ source }) => source.slot);
  const ids = grouped(resources, ({ source }) => source.file);
  return read.map((file) => {
    const { source } = file;
    const index = lineIndex(source.text);
    const reports = file.read.flatMap((one, number): Placed[] => {
      const place = (range: TextRange) => placeOf(source.name, index, one.segment.from, range);
      const there = (said.get(slotOf(source, number)) ?? []).flatMap((problem): Placed[] => {
        const { source: where, by, proof, ...rest } = problem;
        const eyes = by.filter((eye) => settings.eyes?.has(eye) ?? true);
        if (eyes.length === 0) return [];
        const report = { ...place(rangeOfPath(one.document, where.path)), ...rest, path: where.path, by: eyes };
        return [proof === undefined ? report : { ...report, proof: toldProof(proof) }];
      });
      return [...readingReports(one.document, file.mutes, place), ...there];
    });
    return {
      ...source,
      index,
      resources: (ids.get(fileId(source.name)) ?? []).map(({ id }) => id),
      reports: reports.sort((a, b) => a.at - b.at).map(({ at: _at, ...report }) => report),
    };
  });
}

/** What kubectl says of the text of a document. */
function readingReports(
  document: YamlDocument,
  comments: readonly MuteComment[],
  place: (range: TextRange) => ReturnType<typeof placeOf>,
): readonly Placed[] {
  return document.problems.map((problem) => {
    const { code, severity, message, range, remedy } = problem;
    const muted = mutedReading(document, problem, comments);
    return {
      ...place(range),
      severity,
      code,
      message,
      ...(remedy === undefined ? {} : { remedy }),
      by: ['kubectl'],
      ...(muted === undefined ? {} : { muted }),
    };
  });
}

function placeOf(file: string, index: LineIndex, start: number, { from, to }: TextRange) {
  const begin = index.position(start + from);
  const end = index.position(start + Math.max(from, to));
  return {
    at: start + from,
    file,
    line: begin.line,
    column: begin.column,
    endLine: end.line,
    endColumn: end.column,
  };
}

/** A place as people write it: `spec.http[0].timeout`. */
export function pathText(path: Report['path']): string {
  return (path ?? [])
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      return /^[\w-]+$/.test(step) ? `${index === 0 ? '' : '.'}${step}` : `[${JSON.stringify(step)}]`;
    })
    .join('');
}
