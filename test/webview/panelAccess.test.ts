import assert from 'node:assert/strict';
import type { OpenPanel, PanelHost } from './panelPage.ts';
import { startPanelHost } from './panelPage.ts';
import { sampleLog } from './sampleLog.ts';
import { sampleSteps } from './sampleSteps.ts';
import type { Theme } from './themes.ts';

/** Walks the page through all shadow roots and says what people without a mouse or without sight would miss. */
const audit = `(() => {
  const wrong = [];
  const visit = (root, inside) => {
    for (const element of root.querySelectorAll('*')) {
      const role = element.getAttribute('role');
      const name = element.getAttribute('aria-label') || element.textContent.trim() || element.getAttribute('alt');
      const what = element.tagName.toLowerCase() + '.' + (element.className || '');
      if ((element.matches('button, [role=button], [role=tab], [role=option], [role=columnheader], img, input')) && !name && !element.shadowRoot)
        wrong.push(what + ' has no name');
      if (['grid', 'tree', 'listbox', 'separator', 'group'].includes(role) && !element.getAttribute('aria-label'))
        wrong.push(what + ' (' + role + ') has no label');
      const active = element.getAttribute('aria-activedescendant');
      if (active !== null && root.getElementById(active) === null) wrong.push(what + ' points to #' + active + ', which is not there');
      if (role === 'row' && !element.closest('[role=grid]')) wrong.push(what + ' is outside its grid');
      if (role === 'gridcell' && !element.closest('[role=row]')) wrong.push(what + ' is outside its row');
      if (role === 'row' && !element.hasAttribute('aria-rowindex')) wrong.push(what + ' has no index');
      if (element.tabIndex > 0) wrong.push(what + ' changes the order of the keyboard');
      if (element.hasAttribute('style') && element.style.length === 0) wrong.push(what + ' has a style that the policy refused');
      if (element.shadowRoot) visit(element.shadowRoot);
    }
  };
  visit(document);
  return wrong;
})()`;

/** Text with less contrast to what is behind it than 4.5 to 1, icons with less than 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11). */
const contrast = `(() => {
  const parse = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const over = ([r, g, b, a = 1], [x, y, z]) => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a)];
  const light = (rgb) => rgb.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const parentOf = (e) => e.assignedSlot ?? e.parentElement ?? e.getRootNode().host ?? null;
  const behind = (e) => {
    const layers = [];
    for (let at = e; at; at = parentOf(at)) layers.push(parse(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((below, layer) => (layer.length < 3 ? below : over(layer, below)), [255, 255, 255]);
  };
  const wrong = new Set();
  const visit = (root) => {
    for (const e of root.querySelectorAll('*')) {
      if (e.shadowRoot) visit(e.shadowRoot);
      if (!e.checkVisibility() || e.closest('.visually-hidden, :disabled')) continue;
      if (![...e.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')) continue;
      const back = behind(e);
      const fore = over(parse(getComputedStyle(e).color), back);
      const [a, b] = [light(fore), light(back)].sort((x, y) => y - x);
      const ratio = (a + 0.05) / (b + 0.05);
      if (ratio < (e.matches('.icon') ? 3 : 4.5)) wrong.add(e.tagName.toLowerCase() + '.' + e.className + ' ' + ratio.toFixed(2));
    }
  };
  visit(document);
  return [...wrong];
})()`;

describe('The log panel', function () {
  this.timeout(90_000);
  let host: PanelHost;
  before(async () => {
    host = await startPanelHost();
  });
  after(async () => host.close());

  for (const theme of ['dark', 'light', 'contrast'] as const satisfies readonly Theme[]) {
    it(`can be read and used by everybody, ${theme}`, async () => {
      const panel: OpenPanel = await host.open(sampleLog(), {
        theme,
        fixes: [{ id: 'a', title: 'Set max_tokens to 412' }],
        troubleshooting: sampleSteps,
      });
      const { page } = panel;
      await page.locator('tollgate-table .row', { hasText: '402' }).first().click();
      for (const tab of ['Overview', 'Request', 'Response', 'Timing', 'Finding', 'Troubleshoot']) {
        await page.locator('vscode-tab-header', { hasText: tab }).click();
        await page.locator(`.scroll[data-tab=${tab.toLowerCase()}] .pad`).waitFor();
        await page.waitForTimeout(300);
        assert.deepEqual(await page.evaluate(audit), [], tab);
        assert.deepEqual(await page.evaluate(contrast), [], tab);
      }
      await page.locator('tollgate-filter input').pressSequentially('status>=(');
      await page.locator('.below.problem').waitFor();
      assert.deepEqual(await page.evaluate(audit), []);
      assert.deepEqual(await page.evaluate(contrast), []);
      assert.deepEqual(panel.complaints, []);
      await page.close();
    });
  }

  it('says how many calls it shows, calmly', async () => {
    const { page } = await host.open(sampleLog());
    await page.getByRole('status').getByText('68 calls shown').waitFor();
    await page.close();
  });
});
