export { watchDrops } from './drop-zone.ts';
export { askForFiles, askForFolder, MOST_FILES, type Choice } from './files.ts';
export { keepLastWords, readLastWords } from './last-words.ts';
export { readPreference, writePreference } from './preferences.ts';
export { readSources, type OpenedFile } from './read-files.ts';
export { bytesOf, copyText, download, pasteText } from './share-out.ts';
