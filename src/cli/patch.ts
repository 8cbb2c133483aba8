import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/** The change of a file as a unified diff. */
export function patch(file: string, before: string, after: string): string {
  return createTwoFilesPatch(file, file, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}
