export { watchDrops } from './drop-zone.ts';
export { askForFiles, askForFolder, type OpenedFile } from './files.ts';
export { readPreference, writePreference } from './preferences.ts';
export { bytesOf, copyText, download, pasteText } from './share-out.ts';
