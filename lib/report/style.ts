/** How text may look where it is going. */
export interface Style {
  /** Someone looks at a terminal, not a pipe or a file. */
  readonly terminal: boolean;
  readonly color: boolean;
  /** Columns. */
  readonly width: number;
  /** False where the locale is not UTF-8: then marks are ASCII. */
  readonly unicode: boolean;
}

/** Text that becomes a part of a page or of Markdown, which have their own lines and colours. */
export const plainStyle: Style = { terminal: false, color: false, width: Infinity, unicode: true };
