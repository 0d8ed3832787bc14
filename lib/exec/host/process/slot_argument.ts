/** The first argument that makes our executable a slot: no name of a command. */
export const slotArgument = "slot-process";
