// What people do now and then: a bundle of its own, loaded by `import('./desk.ts')` when the first of it is asked for, so
// that starting the editor does not wait for it.
export { generateToken, mendAccess, validateToken } from './commands/accessCommands.ts';
export { allowDestination } from './commands/allowDestination.ts';
export { openBody, saveBody } from './commands/bodyCommands.ts';
export { compareExchanges, compareWithSuccess } from './commands/compareCommands.ts';
export { copyProxySettings } from './commands/proxyCommands.ts';
export { copyRequestAs, editRequest, pasteCurl, sendHttpRequest } from './commands/requestCommands.ts';
export { cancelWait, waitAndReplay } from './commands/waitCommands.ts';
export { createApplication, createTeam, moveApplication } from './commands/applicationCommands.ts';
export { findApi } from './commands/findApi.ts';
export { importOpenApi } from './commands/importOpenApi.ts';
export { issueKey, revokeKey, rotateKey } from './commands/keyCommands.ts';
export { apiNameOf, compareDraft, openDraft, publishApi, rollBackApi } from './commands/lifecycleCommands.ts';
export { revealDeclaration, setLimit } from './commands/limitCommands.ts';
export { decideSubscription, requestSubscription } from './commands/subscriptionCommands.ts';
export { deprecateVersion, restoreVersion, retireVersion } from './commands/versionCommands.ts';
export { setBudget } from './commands/budgetCommands.ts';
export { exportLines } from './commands/exportCommands.ts';
export { addProvider, refreshModels } from './commands/providerCommands.ts';
export { addFallback } from './commands/recourseCommands.ts';
export { simulateRefusal, stopSimulation } from './commands/simulationCommands.ts';
export { accessItem } from './views/accessItem.ts';
export { accessChildren, accessParent } from './views/accessNodes.ts';
export { lifecycleItem } from './views/lifecycleItem.ts';
