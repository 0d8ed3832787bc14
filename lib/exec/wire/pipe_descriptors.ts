/** Descriptors of a process that is reached by pipes, see host/process/slot_pipes.ts. */
export const pipeDescriptors = { toParent: 3, fromParent: 4 } as const;
