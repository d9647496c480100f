// What is of no use before there is a finding or an API to add. It is a bundle of its own, loaded when first asked for
// by `import('./expertise.ts')`, so that starting the editor does not wait for it.
export { findElsewhere } from '../fixes/elsewhere.ts';
export { remedies } from '../fixes/index.ts';
export { languageOf } from '../fixes/source/language.ts';
export { providerById, providerForHost, providers } from '../providers/index.ts';
export { passedOverFolders, searchedExtensions, searchWorkspace } from '../search/searchWorkspace.ts';
export { mailLink, reportName, troubleshootReport } from '../troubleshoot/report.ts';
export { captureChecks, captureConclusion } from '../troubleshoot/capture/captureChecks.ts';
export { troubleshoot } from '../troubleshoot/troubleshoot.ts';
export { canBreakOff, simulations } from '../simulations/index.ts';
export { csvHead, csvLine, jsonLine } from '../shared/exchangeLines.ts';
export { indentedJson } from './commands/indentedJson.ts';
export { proxyClients, proxyEnvironment, shellCommands } from '../shared/proxySettings.ts';
export { comparableText } from '../troubleshoot/comparableText.ts';
export { requestFormats } from '../requests/index.ts';
export { httpFile } from '../requests/httpFile.ts';
export { parseCurl } from '../requests/parseCurl.ts';
export { parseHttpFile } from '../requests/parseHttpFile.ts';
export { toOutgoing } from '../requests/toOutgoing.ts';
export { toPlainRequest } from '../requests/plainRequest.ts';
export { budgetIn, setBudgetIn, setLimitIn } from './commands/budgetText.ts';
export { addFilledProviderTo, addLocalTo, addProviderTo, blanksIn } from './commands/providerText.ts';
export { addApiTo, apiNamesIn, freeName } from './commands/catalogueText.ts';
export { fallbackApis, fallbackEdits, fallbackModel } from '../fixes/fallback.ts';
export { declaredApis, declaredCredentials } from '../fixes/source/declared.ts';
export { memberEdits, withEdits } from '../fixes/source/memberEdits.ts';
export { moveMemberIn, setMembersIn } from './commands/catalogueMembers.ts';
export { withForm } from './details/formChange.ts';
