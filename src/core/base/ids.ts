/** A file's name in the workspace, unique in it, for example `bookinfo.yaml` or `edge/gateway.yaml`. */
export type FileId = string & { readonly __brand: 'FileId' };

/** A document's place in the session: given once, kept while the document lives, through edits above, below and inside it. */
export type SlotId = string & { readonly __brand: 'SlotId' };

/** `Kind namespace/name` (`Kind name` for kinds without a namespace); a second of the same name gets ` ~2`, in text order. */
export type ResourceId = string & { readonly __brand: 'ResourceId' };

/** Brands a string that is known to be a file's name. */
export const fileId = (name: string): FileId => name as FileId;

/** Brands a string that is known to be a slot's id. */
export const slotId = (id: string): SlotId => id as SlotId;

/** Brands a string that is known to be a resource's id. */
export const resourceId = (id: string): ResourceId => id as ResourceId;
