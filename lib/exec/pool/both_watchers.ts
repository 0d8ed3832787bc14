import type { RunWatcher } from "./run_watcher.ts";

/** Two watchers as one. */
export function bothWatchers(first: RunWatcher, second: RunWatcher): RunWatcher {
  return {
    begin(run) {
      first.begin(run);
      second.begin(run);
    },
    running(items) {
      first.running(items);
      second.running(items);
    },
    reported(slot, message) {
      first.reported(slot, message);
      second.reported(slot, message);
    },
    heard(event) {
      first.heard?.(event);
      second.heard?.(event);
    },
    decided(command, event, death) {
      first.decided(command, event, death);
      second.decided(command, event, death);
    },
  };
}
