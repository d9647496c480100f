// What of capture is needed only when it is asked for, or when a program is debugged. It is a bundle of its own, loaded
// by `import('./captureTools.ts')`, and the only one beside the extension's that may speak to the editor.
export { captureDebugSession } from './capture/captureDebugSession.ts';
export { pauseCapture, resumeCapture, showHistory, showRun } from './commands/captureCommands.ts';
export { findCallingLine } from './commands/probableCommands.ts';
export { whyNothing } from './commands/whyCommands.ts';
export { searchForCall } from './probable/searchForCall.ts';
