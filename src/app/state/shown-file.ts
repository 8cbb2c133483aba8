import type { FileId } from '../../core/base/ids.ts';

/** Where the shown file is remembered from visit to visit. */
export interface ShownFilePorts {
  readonly read: () => string;
  readonly write: (file: FileId) => void;
}

/**
 * Which file was looked at last, so that a reload shows it again. Of many files it comes with a later portion: until then the first one is
 * shown, and nothing is written over what is remembered.
 */
export class ShownFile {
  private readonly ports: ShownFilePorts;
  private awaited: string | undefined;
  private first: FileId | undefined;

  constructor(ports: ShownFilePorts) {
    this.ports = ports;
  }

  /** The file to show of those that are back. */
  begin(files: readonly FileId[]): FileId | undefined {
    this.awaited = this.ports.read();
    this.first = files[0];
    return this.arrived(files) ?? this.first;
  }

  /** The file that was looked at last, if it is one of these and nobody chose another one meanwhile. */
  arrived(files: readonly FileId[]): FileId | undefined {
    const file = files.find((id) => id === this.awaited);
    if (file !== undefined) this.awaited = undefined;
    return file;
  }

  /** Takes in which file is shown now. */
  show(file: FileId | undefined): void {
    if (file === undefined || (this.awaited !== undefined && file === this.first)) return;
    this.awaited = undefined;
    this.ports.write(file);
  }
}
