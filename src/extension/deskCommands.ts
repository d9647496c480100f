import { apiArgument, exchangeOf } from './commandArguments.ts';
import type * as desk from './desk.ts';
import type { Parts } from './parts.ts';

type Handler = (parts: Parts, argument: unknown, second: unknown) => Promise<unknown>;
type Desk = typeof desk;

/** A command whose code is loaded when it is first asked for. */
const atDesk =
  (run: (desk: Desk, ...parameters: Parameters<Handler>) => unknown): Handler =>
  async (parts, argument, second) =>
    run(await import('./desk.ts'), parts, argument, second);

/** Commands that are given now and then, by their ids without `tollgate.`. */
export const deskCommands = {
  allowDestination: atDesk((desk, parts, api) => desk.allowDestination(parts, apiArgument(api))),
  addProvider: atDesk((desk, parts, provider) => desk.addProvider(parts, provider)),
  refreshModels: atDesk((desk, parts) => desk.refreshModels(parts)),
  showRoutes: atDesk((desk, parts) => desk.showRoutes(parts)),
  setBudget: atDesk((desk, parts, api, change) => desk.setBudget(parts, apiArgument(api), change)),
  simulateRefusal: atDesk((desk, parts, api, plan) => desk.simulateRefusal(parts, apiArgument(api), plan)),
  stopSimulation: atDesk((desk, parts, api) => desk.stopSimulation(parts, apiArgument(api))),
  addFallback: atDesk((desk, parts, api, choice) => desk.addFallback(parts, apiArgument(api), choice)),
  exportHar: atDesk((desk, parts) => desk.saveCalls(parts, '', 'har')),
  saveSession: atDesk((desk, parts) => desk.saveCalls(parts, '', 'session')),
  openSession: atDesk((desk, parts, file) => desk.openSession(parts, file)),
  exportLines: atDesk((desk, parts) => desk.exportLines(parts, '')),
  copyProxySettings: atDesk((desk, parts, shell) => desk.copyProxySettings(parts, shell)),
  copyControlSettings: atDesk((desk, parts) => desk.copyControlSettings(parts)),
  mendAccess: atDesk((desk, parts, wish) => desk.mendAccess(parts, wish)),
  generateToken: atDesk((desk, parts, application) => desk.generateToken(parts, application)),
  validateToken: atDesk((desk, parts) => desk.validateToken(parts)),
  compareExchanges: atDesk((desk, parts, argument) => desk.compareExchanges(parts, exchangeOf(parts, argument))),
  compareWithSuccess: atDesk((desk, parts, argument) => desk.compareWithSuccess(parts, exchangeOf(parts, argument))),
  copyRequestAs: atDesk((desk, parts, argument) => desk.copyRequestAs(parts, exchangeOf(parts, argument))),
  editRequest: atDesk((desk, parts, argument) => desk.editRequest(parts, exchangeOf(parts, argument))),
  pasteCurl: atDesk((desk) => desk.pasteCurl()),
  sendHttpRequest: atDesk((desk, parts, uri, line) => desk.sendHttpRequest(parts, uri, line)),
  waitAndReplay: atDesk((desk, parts, argument, at) => desk.waitAndReplay(parts, exchangeOf(parts, argument), at)),
  cancelWait: atDesk((desk, parts) => desk.cancelWait(parts)),
  importOpenApi: atDesk((desk, parts, api, source) => desk.importOpenApi(parts, desk.apiNameOf(parts, api), source)),
  openDraft: atDesk((desk, parts, api) => desk.openDraft(parts, api)),
  compareDraft: atDesk((desk, parts, api) => desk.compareDraft(parts, api)),
  publishApi: atDesk((desk, parts, api) => desk.publishApi(parts, api)),
  rollBackApi: atDesk((desk, parts, api) => desk.rollBackApi(parts, api)),
  deprecateVersion: atDesk((desk, parts, version) => desk.deprecateVersion(parts, version)),
  retireVersion: atDesk((desk, parts, version) => desk.retireVersion(parts, version)),
  restoreVersion: atDesk((desk, parts, version) => desk.restoreVersion(parts, version)),
  findApi: atDesk((desk, parts) => desk.findApi(parts)),
  createTeam: atDesk((desk, parts) => desk.createTeam(parts)),
  createApplication: atDesk((desk, parts, team) => desk.createApplication(parts, team)),
  moveApplication: atDesk((desk, parts, application, target) => desk.moveApplication(parts, application, target)),
  requestSubscription: atDesk((desk, parts, argument) => desk.requestSubscription(parts, argument)),
  approveSubscription: atDesk((desk, parts, argument) => desk.decideSubscription(parts, argument, 'approve')),
  rejectSubscription: atDesk((desk, parts, argument) => desk.decideSubscription(parts, argument, 'reject')),
  renewSubscription: atDesk((desk, parts, argument) => desk.decideSubscription(parts, argument, 'renew')),
  suspendSubscription: atDesk((desk, parts, argument) => desk.decideSubscription(parts, argument, 'suspend')),
  resumeSubscription: atDesk((desk, parts, argument) => desk.decideSubscription(parts, argument, 'resume')),
  cancelSubscription: atDesk((desk, parts, argument) => desk.decideSubscription(parts, argument, 'cancel')),
  issueKey: atDesk((desk, parts, application) => desk.issueKey(parts, application)),
  rotateKey: atDesk((desk, parts, key) => desk.rotateKey(parts, key)),
  revokeKey: atDesk((desk, parts, key) => desk.revokeKey(parts, key)),
  setLimit: atDesk((desk, parts, scope) => desk.setLimit(parts, scope)),
  filterAccess: atDesk((desk, parts) => desk.filterAccess(parts)),
  clearAccessFilter: atDesk((desk, parts) => desk.clearAccessFilter(parts)),
  requireSubscriptions: atDesk((desk, parts, api) => desk.requireSubscriptions(parts, api)),
  openToEveryone: atDesk((desk, parts, api) => desk.openToEveryone(parts, api)),
  moveApi: atDesk((desk, parts, api, target) => desk.moveApi(parts, api, target)),
  orderApi: atDesk((desk, parts, api, before) => desk.orderApi(parts, api, before)),
  moveUp: atDesk((desk, parts, node) => desk.moveByOne(parts, node, -1)),
  moveDown: atDesk((desk, parts, node) => desk.moveByOne(parts, node, 1)),
  createPlan: atDesk((desk, parts) => desk.createPlan(parts)),
  changePlan: atDesk((desk, parts, subscription) => desk.changePlan(parts, subscription)),
  removeDeclaration: atDesk((desk, parts, node) => desk.removeDeclaration(parts, node)),
  switchApplicationOff: atDesk((desk, parts, application) => desk.switchApplication(parts, application, false)),
  switchApplicationOn: atDesk((desk, parts, application) => desk.switchApplication(parts, application, true)),
  showDetails: atDesk((desk, parts, node) => desk.showDetails(parts, node)),
  revealDeclaration: atDesk((desk, parts, node) => desk.revealDeclaration(parts, node)),
} satisfies Readonly<Record<string, Handler>>;
