/** The first argument that makes our program a slot. Like the next one, it must not be the name of a command. */
export const slotArgument = "slot-process";

/** The first argument that makes our program a measuring child. */
export const childArgument = "child-measurement";
