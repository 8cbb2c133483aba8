export { watchDrops, type DropPorts } from './drop-zone.ts';
export { askForFiles, askForFolder, MOST_FILES, type OpenedFile } from './files.ts';
export { readPaneSizes, readPreference, writePaneSizes, writePreference } from './preferences.ts';
export { bytesOf, copyText, download, pasteText } from './share-out.ts';
