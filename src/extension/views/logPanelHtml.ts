/** What the panel's page is made of. Addresses are as the webview may load them. */
export interface LogPanelPage {
  /** The source that the webview's own resources come from (`Webview.cspSource`). */
  readonly cspSource: string;
  /** Fresh for every page: only scripts that carry it run. */
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
  /** `codicon.css`, for its font. */
  readonly icons: string;
  readonly title: string;
  /** BCP 47, as `vscode.env.language`. */
  readonly language: string;
  /** Every string the panel shows, by its key in `panelStrings`. */
  readonly strings: Readonly<Record<string, string>>;
}

/** The policy the panel lives under: nothing remote, nothing inline; pictures only from bytes it already has. */
export function logPanelPolicy({ cspSource, nonce }: Pick<LogPanelPage, 'cspSource' | 'nonce'>): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    'img-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** The panel's page. */
export function logPanelHtml(page: LogPanelPage): string {
  return `<!DOCTYPE html>
<html lang="${escaped(page.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(logPanelPolicy(page))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(page.title)}</title>
<link rel="stylesheet" id="vscode-codicon-stylesheet" href="${escaped(page.icons)}">
<link rel="stylesheet" href="${escaped(page.style)}">
</head>
<body data-strings="${escaped(JSON.stringify(page.strings))}">
<tollgate-log></tollgate-log>
<script type="module" nonce="${escaped(page.nonce)}" src="${escaped(page.script)}"></script>
</body>
</html>
`;
}

function escaped(value: string): string {
  return value.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
