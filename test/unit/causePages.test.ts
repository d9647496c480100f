import assert from 'node:assert/strict';
import { causeMarkdown, causeTitle } from '../../src/shared/causePages.ts';
import { causes } from '../../src/shared/finding.ts';
import { plain } from '../../src/shared/text.ts';

describe('The pages about causes', () => {
  it('exist for every cause, each with a title of its own, its marks and its ways out', () => {
    const titles = causes.map((cause) => plain(causeTitle(cause)));
    assert.deepEqual(titles, [...new Set(titles)]);
    for (const cause of causes) {
      const page = causeMarkdown(cause);
      assert.ok(page.startsWith(`# ${plain(causeTitle(cause))}\n\n\`${cause}\``), cause);
      assert.match(page, /## How it is recognised\n\n- /);
      assert.match(page, /## What to do\n\n1\. /);
    }
  });

  it('are translated sentence by sentence', () => {
    const page = causeMarkdown('rate_limit', ({ message }) => message.toUpperCase());
    assert.ok(page.startsWith('# RATE LIMIT'));
    assert.match(page, /## WHAT TO DO/);
  });
});
