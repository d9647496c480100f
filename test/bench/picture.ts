import { isMet, shown, type Bar } from './bars.ts';

const [width, line, left, full] = [760, 26, 330, 240] as const;

/** The bars as a picture: each as long as its number is of the limit, which is the vertical line. */
export function picture(bars: readonly Bar[], about: string): string {
  const rows = bars.map((bar, index) => {
    const y = 54 + index * line;
    const ratio = Number.isFinite(bar.value) ? Math.min(1.6, Math.max(0.004, bar.value / bar.limit)) : 0;
    const value = `${shown(bar.value)} ${bar.unit} (${bar.is} ${shown(bar.limit)})`;
    return [
      `<text x="${left - 10}" y="${y + 13}" text-anchor="end">${escaped(bar.what)}</text>`,
      `<rect x="${left}" y="${y + 2}" width="${Math.round((ratio * full) / 1.6)}" height="14" fill="${isMet(bar) ? '#2f855a' : '#c05621'}"/>`,
      `<text x="${left + full + 8}" y="${y + 13}">${escaped(value)}${isMet(bar) ? '' : ' missed'}</text>`,
    ].join('');
  });
  const height = 64 + bars.length * line;
  const limit = left + full / 1.6;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="12">
<rect width="${width}" height="${height}" fill="#fff"/>
<text x="12" y="22" font-size="15">Tollgate: what was measured, against what it is to be</text>
<text x="12" y="40" fill="#555">${escaped(about)}</text>
${rows.join('\n')}
<line x1="${limit}" y1="50" x2="${limit}" y2="${height - 8}" stroke="#333" stroke-dasharray="3 3"/>
</svg>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
