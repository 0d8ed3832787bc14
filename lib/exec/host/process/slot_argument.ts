/** The first argument that makes our executable a slot. It must not be the name of a command. */
export const slotArgument = "slot-process";
